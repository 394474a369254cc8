#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-files.sh PGHOTCTL - commands and settings from files, as far as they need no
# pghot in the kernel: what is wrong is named with its line, and ends with the right
# status.

. "$(dirname "$0")/lib.sh"
ctl=$1

# expect STATUS ARG...: run it, keep its streams; stdin is $work/in
expect() { expect_status "$1" "$ctl" "${@:2}" < "$work/in"; }

# says PATTERN: a line of stderr
says() { grep -q -- "$1" "$err" || wrong "does not say: $1"; }

# --- batch --------------------------------------------------------------------

printf 'version\n\n   # a comment\n "help" '"'status'"' # and another\n' > "$work/in"
expect 0 batch -
grep -q '^usage: pghotctl status' "$out" || wrong "the quoted line was not run"
cp "$work/in" "$work/batch"
: > "$work/in"
expect 0 batch "$work/batch"
printf 'version' > "$work/in"
expect 0 batch -
grep -q '^pghotctl' "$out" || wrong "a last line without a newline is not run"
: > "$work/in"
expect 0 batch -

# batch_fails STATUS MESSAGE TEXT: with what it says
batch_fails() {
	# shellcheck disable=SC2059
	printf "$3" > "$work/in"
	expect "$1" batch -
	says "^pghotctl: <stdin>:$2"
}
batch_fails 2 '2: unknown command: stauts' 'version\nstauts\n'
says 'did you mean status'
batch_fails 2 "1: a ' is not closed" "version 'x\n"
batch_fails 2 '1: a " is not closed' 'version "x\n'
batch_fails 2 '3: nothing follows' '\n\nversion \\\n'
batch_fails 2 '1: not a text file' 'version\0x\n'
batch_fails 2 '2: batch cannot be used' 'version\nbatch -\n'
batch_fails 2 '1: shell cannot be used' 'shell\n'
batch_fails 2 '1: version: surplus argument' 'version x\n'
batch_fails 2 '1: set: NAME=VALUE is missing' 'set\n'

# The first failure ends it; or not.
printf 'nonsense\nversion\nhelp nonsense\n' > "$work/in"
expect 2 batch -
! grep -q '^pghotctl' "$out" || wrong "it goes on"
expect 2 batch - --keep-going
grep -q '^pghotctl' "$out" || wrong "it does not go on"
says '2 of 3 commands failed'
expect 2 -j batch - --keep-going
[ "$(jq -s length "$out")" -eq 4 ] ||
	wrong "not an envelope for each"
[ "$(jq -r 'select(.command == "batch") | .data | [.lines, .commands, .failed] | tostring' "$out")" = \
	'[3,3,2]' ] || wrong "wrong sums"
[ ! -s "$err" ] || wrong "something on stderr with -j"
expect 1 batch "$work/none"
says 'No such file'
expect 1 batch "$work"
says 'Is a directory'
expect 2 batch
got=0
printf 'version\nversion\n' | "$ctl" batch - > /dev/full 2> "$err" || got=$?
[ "$got" -eq 1 ] || wrong "batch to a full disk: exit status $got"
says 'No space left'

# What a line gets from its batch counts for the rules of its command, too.
printf 'record -\n' > "$work/in"
expect 2 --json batch -
[ "$(jq -r 'select(.schema == "pghot/error/1") | .error.message' "$out")" = \
	'record: standard output cannot be both the recording and JSON' ] || wrong "a recording amid JSON"
expect 2 --json shell
jq -e .error.message "$out" | grep -q 'cannot be both' || wrong "a recording amid the JSON of the shell"

# --- settings -----------------------------------------------------------------

# apply_fails STATUS MESSAGE TEXT
apply_fails() {
	# shellcheck disable=SC2059
	printf "$3" > "$work/in"
	expect "$1" apply -
	says "^pghotctl: <stdin>:$2"
	expect "$1" -j apply --dry-run -
	[ "$(jq -r '.error.location | startswith("<stdin>:")' "$out")" = true ] ||
		wrong "no location in JSON"
}
apply_fails 2 '2: window-ms: 1 is out of range, accepted: 500 ms to 60 s' '[parameters]\nwindow-ms=1\n'
apply_fails 2 '1: unknown section: parms' '[parms]\n'
apply_fails 2 '3: window-ms is set twice, first in line 2' '[parameters]\nwindow-ms=1s\nwindow=1s\n'
apply_fails 2 '1: a setting before the first section' 'window-ms=1s\n'
expect 1 apply "$work/none"
expect 1 apply /dev/zero
expect 2 apply

# --- the backend --------------------------------------------------------------

: > "$work/in"
expect 2 --backend
says 'needs a value'
expect 2 --backend netlnk status
says 'did you mean netlink'
expect 2 status --backend=
expect 0 --backend netlink help
expect 0 help --backend=auto
if [ ! -e /proc/sys/vm/pghot_enabled_sources ]; then
	expect 3 --backend posted get
	says 'no files of the posted pghot series'
fi

verdict
