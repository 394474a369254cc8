# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the scripts of tests/unit share: sourced, never run.

set -u
failed=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
out=$work/out err=$work/err
touch "$out" "$err"

# wrong WHAT...: what failed, with what was said last; $about, if set, goes before it
wrong() {
	echo "FAIL: ${about:+$about: }$*"
	sed 's/^/  stdout: /' "$out"
	sed 's/^/  stderr: /' "$err"
	failed=$((failed + 1))
}

# expect_status STATUS COMMAND...: run it, keep its streams in $out and $err
expect_status() {
	local want=$1 got=0
	shift
	"$@" > "$out" 2> "$err" || got=$?
	[ "$got" -eq "$want" ] || wrong "$*: exit status $got, not $want"
}

root=
# put FILE TEXT: a file of a kernel whose files are below $root
put() {
	mkdir -p "$(dirname "$root$1")"
	printf '%s\n' "$2" > "$root$1"
}

# posted_kernel: the files of one with the latest of the posted series
posted_kernel() {
	put /proc/sys/vm/pghot_enabled_sources 1
	put /proc/sys/vm/pghot_target_nid 0
	put /proc/sys/vm/pghot_freq_threshold 2
	put /proc/sys/vm/pghot_promote_freq_window_ms 3000
	put /proc/sys/vm/pghot_promote_rate_limit_MBps 65536
	put /sys/kernel/debug/pghot/kmigrated_sleep_ms 100
	put /sys/kernel/debug/pghot/kmigrated_batch_nr 512
	put /proc/sys/kernel/numa_balancing 0
	put /proc/vmstat $'pgpromote_success 5\npghot_recorded_accesses 7'
}

# verdict: the last command of a test
verdict() {
	echo "$failed failed"
	[ "$failed" -eq 0 ]
}
