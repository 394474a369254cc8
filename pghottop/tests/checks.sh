# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# checks.sh - sourced by the scripts beside it and by terminal.sh: checks that are
# counted, and a directory of their own, $tmp
#
# Every check that fails is printed; the exit status is that of finish, 1 when one did.

set -u
# terminal.sh may come when it is there already.
[ -z "${checks-}" ] || return 0
tmp=$(mktemp -d) || exit 1
trap 'rm -r "$tmp"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC
unset PGHOTTOP_FAKE NO_COLOR
checks=0 failures=0

# fail WHAT - with what was said last
fail() {
	failures=$((failures + 1))
	echo "FAIL: $1"
	tail -n 20 "$tmp"/{check,out,err} 2> /dev/null | cut -c 1-200 | sed 's/^/    /'
}

# check WHAT COMMAND... - the command must succeed
check() {
	local what=$1
	shift
	checks=$((checks + 1))
	"$@" > "$tmp/check" 2>&1 || fail "$what: $*"
}

# after_run COMMAND... - what a script wants to be done with the output of each
after_run() { :; }

# run STATUS COMMAND... - leaves its output in $tmp/out and $tmp/err
run() {
	local status=$1 got=0
	shift
	"$@" > "$tmp/out" 2> "$tmp/err" < /dev/null || got=$?
	after_run "$@"
	check "exit status of ${*##*/}" [ "$got" -eq "$status" ]
}
out() { check "output has '$1'" grep -qF -- "$1" "$tmp/out"; }
err() { check "error has '$1'" grep -qF -- "$1" "$tmp/err"; }
json() { check "JSON" jq -es "$1" "$tmp/out"; }

# finish - tell how it went, as the exit status
finish() {
	echo "$checks checks, $failures failed"
	[ "$failures" -eq 0 ]
}
