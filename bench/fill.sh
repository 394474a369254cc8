# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# shellcheck disable=SC2154 # debugfs and held are those of lib.sh
#
# fill.sh - make a record for each of many pages, for the benchmarks; sourced in the
# machine, behind tests/e2e/lib.sh
#
# Under a clock that counts instructions a million hint faults take minutes, so that
# nothing else may: all of the memory is scanned at a time, which the kernel then
# does once a second, and kpromoted rests as long as it can while its rings overflow.

# Counted in useful reports, of which the first of each page is one.
reported() { raw do source-get name=hintfault | field useful; }

# fill MIB: a record for every page of that much memory on node 1, held by $held,
# which is stopped then
fill() {
	local mib=$1 seconds=0
	set_params promote=0 window-ms="$(constant WINDOW_MS_MAX)" sleep-ms="$(constant SLEEP_MS_MAX)"
	enable > /dev/null
	echo "$mib" > "$debugfs/sched/numa_balancing/scan_size_mb"
	fast_scan
	hold all --mib "$mib"
	while [ "$(reported)" -lt $(( mib * 256 )) ]; do
		(( seconds++ < 600 )) || fail "after $seconds s there are $(reported) reports only"
		sleep 1
	done
	kill -STOP "$held"
	balancing 0
	pghotctl set sleep-ms="$(constant SLEEP_MS_DEFAULT)ms" > /dev/null
}
