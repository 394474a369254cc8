#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 200
#
# pghotctl on a living kernel: what it says is what the kernel says, its JSON is
# JSON, and bad input gets the exit status that the manual promises and changes
# nothing.

. "$(dirname "$0")/lib.sh"

# tool STATUS PATTERN ARGUMENT...: pghotctl, its exit status and all its output
tool() {
	local status=$1 pattern=$2 rc=0 out
	shift 2
	out=$(pghotctl "$@" 2>&1 < /dev/null) || rc=$?
	[ $rc = "$status" ] || fail "pghotctl $*: exit status $rc, expected $status: $out"
	# shellcheck disable=SC2053
	[[ $out == $pattern ]] || fail "pghotctl $*: got '$out', expected '$pattern'"
	say "ok: pghotctl $*: $status"
}

# --- JSON of every command, parsed by a program that is not ours ---
set_params promote=0
hold hot --mib 4
fast_scan
commands=0
json() {
	pghotctl -j "$@" >> "$tmp/json" || fail "pghotctl -j $*: exit status $?"
	commands=$(( commands + 1 ))
	say "ok: pghotctl -j $*"
}
json enable hintfault
filled() { [ "$(node 0 heap-length)" -ge 1000 ]; }
eventually "the heap fills" filled
kill -STOP "$held"
sleep 0.3
pfns "$held" hot | sort > "$tmp/pfns"
json status
json source list
json source show hintfault
json get
json node
json stats
json dump heap
json dump records
json dump promoted
json promote --node 0 --count 300
json dump promoted
json set sleep-ms=250 window-ms=2s
json source set hintfault hot-latency-ms=8
json reset counters
json version
json help
jq -r -s --argjson n $commands '
	def of(name): map(select(.command == name)) | last | .data;
	if length != $n or any(.[]; (.schema | test("^pghot/[a-z-]+/[0-9]+$") | not) or
		(.command | type != "string") or (.data | type != "object"))
	then error("not one envelope per command") else . end |
	"heap \(of("dump heap").entries | length)",
	"by_hand \(of("promote").promoted_pages)",
	"listed \(of("dump promoted").entries | length)",
	"targets \(of("dump promoted").entries | map(.target_nid) | unique | @csv)",
	"enabled \(of("enable").sources[0].enabled)",
	"memory \(of("status").memory_bytes)",
	(of("dump records").entries[] | "pfn \(.pfn)")' "$tmp/json" > "$tmp/values" ||
	fail "malformed: $(<"$tmp/json")"
say "ok: $commands commands, one envelope each"

value() { field "$1" < "$tmp/values"; }
expect "entries of the heap" "$(value heap)" '>=' 1000
sed -n 's/^pfn //p' "$tmp/values" | sort | cmp - "$tmp/pfns" || fail "the records are not those of the hot pages"
expect "promoted by hand" "$(value by_hand)" '==' 300
where "$held" hot
expect "and by move_pages" "$node0" '==' 300
expect "promotions that the dump lists" "$(value listed)" '==' 300
expect_text "where they went" "$(value targets)" 0
expect_text "what enable has done" "$(value enabled)" true
expect "memory in use" "$(value memory)" '==' "$(ask info-get memory-bytes)"
expect "a parameter" "$(ask param-get sleep-ms)" '==' 250
expect "a parameter with a unit" "$(ask param-get window-ms)" '==' 2000
kill -CONT "$held"

# --- monitor: one object per line, as it happens ---
pghotctl -j monitor --count 1 config > "$tmp/monitor" &
monitor=$!
heard() {
	[ ! -d /proc/$monitor ] || [ -s "$tmp/monitor" ] || {
		raw do param-set batch-nr=$(( RANDOM % 500 + 1 )) > /dev/null
		sleep 0.1
		[ -s "$tmp/monitor" ]
	}
}
eventually "monitor tells of a change" heard
wait $monitor || fail "monitor --count 1: exit status $?"
expect_text "its line" "$(head -n 1 "$tmp/monitor" | jq -r '[.. | .comm? // empty] | first')" pghot-e2e-nl

# --- bad input: nothing changes ---
e2e_reset
before=$(all_params)
tool 2 '*unknown command*' frobnicate
tool 2 '*' set
tool 2 '*sleep-ms*10 ms*10 s*' set sleep-ms=9
tool 2 '*sleep-ms*' set sleep-ms=10001
tool 2 '*batch-nr*' set promote=off batch-nr=513
tool 2 '*unknown parameter*' set promote=off nosuch=1
tool 2 '*' set sleep-ms=
tool 2 '*' set sleep-ms=5apples
tool 2 '*' set promote=maybe
tool 2 '*' set sleep-ms=18446744073709551716
tool 2 '*"error"*' -j set sleep-ms=9
tool 2 '*hot-latency-ms*' source set hintfault hot-latency-ms=0
tool 2 '*unknown source*' enable nosuch
tool 3 '*' enable lruscan
tool 2 '*' promote
tool 2 '*' promote abc
tool 2 '*' promote -1
tool 1 '*pfn*' promote 256
tool 1 '*pfn*' promote 0xffffffffff
tool 1 '*nid*' promote --node 1 --count 5
tool 1 '*nid*' dump heap --node 7
tool 2 '*' dump nosuch
tool 2 '*' reset
tool 2 '*' reset everything
tool 2 '*' get nosuch
tool 2 '*' monitor nosuch
tool 2 '*' --nosuch status

# failing STATUS WORD ARGUMENT... : a JSON error
failing() {
	local status=$1 code=$2 rc=0
	shift 2
	raw "$@" > "$tmp/error" 2> "$tmp/stderr" || rc=$?
	[ $rc = "$status" ] || fail "$*: exit status $rc, expected $status: $(<"$tmp/error")"
	expect_text "$*" "$(jq -r .error.code "$tmp/error")" "$code"
}
for command in 'set sleep-ms=200' 'enable hintfault' 'promote 1' 'dump heap'; do
	# shellcheck disable=SC2086
	failing 4 permission --as netadmin exec pghotctl -j $command
done
failing 3 unsupported --netns exec pghotctl -j status
raw --as nobody exec pghotctl -j status > "$tmp/out" || fail "status for nobody: $(<"$tmp/out")"
jq -e .data "$tmp/out" > /dev/null || fail "status for nobody is no JSON: $(<"$tmp/out")"
rc=0
pghotctl -j stats > /dev/full 2> "$tmp/stderr" || rc=$?
expect "exit status when the output cannot be written" $rc '==' 1

expect_text "nothing changed" "$(all_params)" "$before"
expect "running" "$(ask info-get running)" '==' 0
expect "hot-latency-ms" "$(raw do source-get name=hintfault | field hintfault.hot-latency-ms)" \
	'==' "$(constant HOT_LATENCY_MS_DEFAULT)"
