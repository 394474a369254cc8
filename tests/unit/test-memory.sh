#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-memory.sh PGHOTCTL LIBRARY - without memory an answer is whole, or there is
# none: each allocation of a command fails in turn, and what exits with 0 must have said
# what it says with memory.

. "$(dirname "$0")/lib.sh"
ctl=$1 library=$2

# A kernel with the posted series, whose status there is to tell.
root=$work/root
posted_kernel
# A later one, with more than is known.
put /proc/sys/vm/pghot_invented 5
put /sys/devices/system/cpu/ibs-mprof/enabled enabled
put /sys/kernel/debug/ibs-mprof/period 10000
put /proc/sys/kernel/numa_balancing 2
put /sys/kernel/mm/numa/demotion_enabled true
put /sys/kernel/mm/lru_gen/enabled 0x0007
printf 'pghot_recorded_hintfaults 6\nhwhint_total_events 4\n' >> "$root/proc/vmstat"

# every FIRST STEP ARG...: each allocation from FIRST on, or one of STEP
every() {
	local n=$1 step=$2 status kept=0
	shift 2
	PGHOT_SYSROOT=$root "$ctl" "$@" > "$work/whole" 2> /dev/null
	for (( ; ; n += step)); do
		rm -f "$work/told"
		status=0
		FAIL_ALLOC=$n FAIL_ALLOC_TOLD=$work/told LD_PRELOAD=$library PGHOT_SYSROOT=$root \
			"$ctl" "$@" > "$work/out" 2> "$work/err" || status=$?
		[ -e "$work/told" ] || break
		if [ $status -eq 0 ] && ! cmp -s "$work/whole" "$work/out"; then
			echo "FAIL: pghotctl $*: without allocation $n it says something else, and exits with 0"
			diff "$work/whole" "$work/out" | cut -c -400 | head -n 6
			failed=$((failed + 1))
		elif [ $status -gt 4 ]; then
			echo "FAIL: pghotctl $*: without allocation $n it ends with $status"
			failed=$((failed + 1))
		elif [ $status -ne 0 ] && [ ! -s "$work/err" ] && ! grep -q '"error"' "$work/out"; then
			echo "FAIL: pghotctl $*: without allocation $n it fails in silence"
			failed=$((failed + 1))
		fi
		[ $status -eq 0 ] && kept=$((kept + 1))
	done
	[ "$n" -gt 10 ] || {
		echo "FAIL: pghotctl $*: only $n allocations were seen"
		failed=$((failed + 1))
	}
	echo "pghotctl $*: $n allocations, $kept that it can do without"
}

every 1 1 -j --backend posted status
every 1 1 -j --backend posted stats
every 1 1 -j --backend posted metrics
every 1 1 -j --backend posted source show ibs
every 1 1 -p version
every 1 17 -j help
every 1 1 -j stauts

verdict
