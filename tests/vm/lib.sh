# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the tests of vm/ share: sourced, never run.

set -eu
. "$(dirname "${BASH_SOURCE[0]}")/../../vm/lib.sh"
cd "$PGHOT_TOP"
# Not in /tmp: the guest has one of its own.
mkdir -p build
scratch=$(mktemp -d "$PGHOT_TOP/build/scratch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

complaints=0
complain() {
	printf '%s\n' "$*" >&2
	complaints=$(( complaints + 1 ))
}

# expect_status WANTED COMMAND...: output in $scratch/out and $scratch/err.
expect_status() {
	local wanted=$1 rc=0
	shift
	"$@" > "$scratch/out" 2> "$scratch/err" < /dev/null || rc=$?
	[ "$rc" -eq "$wanted" ] || {
		complain "exit status $rc instead of $wanted: $*"
		tail -n 20 "$scratch/err" >&2
	}
}

# expect_in FILE TEXT: TEXT, literally, is somewhere in FILE.
expect_in() {
	grep -qF -- "$2" "$1" || {
		complain "not found: '$2' in:"
		sed 's/^/  /' "$1" >&2
	}
}

# verdict: end the test.
verdict() {
	[ "$complaints" -eq 0 ] || { echo "$complaints complaints"; exit 1; }
	exit 0
}
