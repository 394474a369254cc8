#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-memory.sh PGHOTCTL LIBRARY - without memory an answer is whole, or there is
# none: each allocation of a command fails in turn, and what exits with 0 must have said
# what it says with memory.

set -u
ctl=$1 library=$2
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A kernel with the posted series, whose status there is to tell.
root=$work/root
mkdir -p "$root"/proc/sys/vm "$root"/proc/sys/kernel "$root"/sys/kernel/debug/pghot \
	"$root"/sys/kernel/mm/numa "$root"/sys/kernel/mm/lru_gen
for file in enabled_sources:1 freq_threshold:2 promote_freq_window_ms:3000 \
	promote_rate_limit_MBps:100 target_nid:0; do
	echo "${file#*:}" > "$root/proc/sys/vm/pghot_${file%:*}"
done
for file in kmigrated_batch_nr:512 kmigrated_sleep_ms:100; do
	echo "${file#*:}" > "$root/sys/kernel/debug/pghot/${file%:*}"
done
# A later one, with more than is known.
echo 5 > "$root/proc/sys/vm/pghot_invented"
mkdir -p "$root/sys/devices/system/cpu/ibs-mprof" "$root/sys/kernel/debug/ibs-mprof"
echo enabled > "$root/sys/devices/system/cpu/ibs-mprof/enabled"
echo 10000 > "$root/sys/kernel/debug/ibs-mprof/period"
echo 2 > "$root/proc/sys/kernel/numa_balancing"
echo true > "$root/sys/kernel/mm/numa/demotion_enabled"
echo 0x0007 > "$root/sys/kernel/mm/lru_gen/enabled"
printf 'pghot_recorded_accesses 7\npghot_recorded_hintfaults 6\npgpromote_success 5\nhwhint_total_events 4\n' > "$root/proc/vmstat"

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

echo "$failed failed"
[ "$failed" -eq 0 ]
