#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-program.sh PGHOTCTL - what the program does as a process, on a kernel that
# need not have pghot: exit status, streams, envelopes.

. "$(dirname "$0")/lib.sh"
ctl=$1

# expect STATUS ARG...: run it, keep its streams.
expect() { expect_status "$1" "$ctl" "${@:2}"; }

expect 0 help
grep -q '^usage: pghotctl' "$out" || wrong "help has no usage line"
[ ! -s "$err" ] || wrong "help complains"
expect 0 --help
expect 0 help dump records
grep -q -- --pfn-range "$out" || wrong "help of a command lacks its options"
expect 0 version
expect 2
[ ! -s "$out" ] || wrong "a usage error is on standard output"
grep -q '^usage: pghotctl' "$err" || wrong "no usage line"
expect 2 stauts
grep -q 'did you mean status' "$err" || wrong "no suggestion"
expect 2 set freq-threshold=64
grep -q 'accepted: 1 to 63' "$err" || wrong "no range"

# One JSON object whatever happens, and nothing else anywhere.
for args in 'help' 'version' 'status' 'dump heap' 'nonsense' 'set a=b' 'help nonsense'; do
	for opt in -j -p; do
		# shellcheck disable=SC2086
		"$ctl" $opt $args > "$out" 2> "$err"
		[ "$(jq -s 'length' "$out" 2>&1)" = 1 ] || wrong "$opt $args: no JSON object"
		[ "$(jq -r 'has("schema") and has("command") and
			(has("data") or has("error"))' "$out")" = true ] ||
			wrong "$opt $args: no envelope"
		[ ! -s "$err" ] || wrong "$opt $args: something on stderr"
	done
done

# Without the family every command that needs it says so, the same way.
if [ "$("$ctl" -j version | jq .data.family_version)" = null ]; then
	expect 3 status
	grep -q 'this kernel has no pghot family' "$err" || wrong "no hint at the missing family"
	expect 3 -j dump heap
	[ "$(jq -r .error.code "$out")" = unsupported ] || wrong "the code is not unsupported"
fi

# run becomes the program, if the kernel knows scan scales.
# shellcheck disable=SC2016 # for that shell
"$ctl" run --scan-scale 2 -- sh -c 'echo "$0 $1"; exit 7' a b > "$out" 2> "$err"
case $? in
7) [ "$(cat "$out")" = 'a b' ] || wrong "run lost arguments"
	expect 127 run --scan-scale 2 -- /no/such/program
	expect 126 run --scan-scale 2 -- /dev/null ;;
3) grep -q CONFIG_PGHOT_MMSCAN "$err" || wrong "run: no hint at what is missing" ;;
*) wrong "run: neither the status of the program nor 3" ;;
esac
expect 2 run --scan-scale 11 -- true

# Standard output that cannot be written is an error.
"$ctl" help > /dev/full 2> "$err"
[ $? -eq 1 ] || wrong "a full disk is no error"
grep -q 'No space left' "$err" || wrong "a full disk is not named"
"$ctl" -j help > /dev/full 2> "$err"
[ $? -eq 1 ] || wrong "a full disk is no error with -j"
"$ctl" help >&- 2> "$err"
[ $? -eq 1 ] || wrong "a closed standard output is no error"
# A reader that is gone before anything is written.
(sleep 0.2; exec "$ctl" help 2> "$err"; ) | exec true
[ "${PIPESTATUS[0]}" -eq 1 ] || wrong "a closed pipe is no error"

# Started without standard descriptors, it opens nothing in their place; while it waits
# for who writes to the pipe, its descriptors can be seen.
mkfifo "$out.fifo"
# closed REDIRECTION DESCRIPTOR...
closed() {
	local redirection=$1
	shift
	eval '"$ctl" batch "$out.fifo" < /dev/null > "$out" 2> "$err"' "$redirection" '&'
	for ((i = 0; i < 200; i++)); do
		[ "$(cat "/proc/$!/comm")" = "${ctl##*/}" ] && grep -q '^State:.S' "/proc/$!/status" && break
		sleep 0.02
	done
	for fd; do
		[ "$(readlink "/proc/$!/fd/$fd")" = / ] || wrong "$redirection: descriptor $fd is free"
	done
	: > "$out.fifo"
	wait $!
}
closed '<&-' 0
closed '>&-' 1
closed '2>&-' 2
closed '<&- >&- 2>&-' 0 1 2
rm "$out.fifo"
"$ctl" version > "$out" 2> "$err" >&-
[ $? -eq 1 ] && grep -q 'Bad file descriptor' "$err" || wrong "without standard output it does not fail"

verdict
