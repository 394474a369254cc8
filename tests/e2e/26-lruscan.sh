#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# timeout: 200
# alone: yes
#
# lruscan finds the hot pages from accessed bits alone, leaves the cold ones, and
# runs while it is enabled and the multi-gen LRU is on, not otherwise.

. "${0%/*}/lib.sh"

get() { raw do source-get name=lruscan | field "$1"; }
counter() { get "lruscan-counters.$1"; }
more() { [ "$(counter "$1")" -gt "$2" ]; }

! has_thread klruscand || fail "klruscand runs before it is enabled"

# On a slow kernel the window and the looks in it are as many times longer, too.
slow_times
interval=$(( $(constant LRUSCAN_INTERVAL_MS_DEFAULT) * slow ))
raw do source-set name=lruscan "lruscan=[" interval-ms=$interval ] > /dev/null
before=$(vmstat pghot_lruscan_passes)
# Part of the 40 s for which precision is promised, that part of the mistakes.
seconds=${PGHOT_DEMO_SECONDS:-12}
[ "$slow" = 1 ] || seconds=0
carries "$seconds" 15 0.985 lruscan
has_thread klruscand || fail "there is no klruscand"
expect "NUMA balancing" "$(</proc/sys/kernel/numa_balancing)" '==' 0
raw dump record-get nid=1 limit=1000 > "$tmp/records"
expect "records of others than lruscan (4), to others than node 0" \
	"$(awk '$1 == "entry" && !($7 == 4 && $4 == 0)' "$tmp/records" | wc -l)" '==' 0

# --- what the CPU has no need to look up -----------------------------------------------

# Alone on its CPU, few pages stay in the TLB for good: the hottest ones there are.
still_found() {
	mkdir $cgroups/e2e-alone
	echo 0 > $cgroups/test/cpuset.cpus
	echo 1 > $cgroups/e2e-alone/cpuset.cpus
	hold_by=(in_group e2e-alone)
	hold alone --mib 1 --keep-tlb
	hold_by=()
	eventually "pages whose translations stay in the TLB are promoted" on_node0 "$held" alone 0.95
	stop "$held"
	rmdir $cgroups/e2e-alone
	echo 0-1 > $cgroups/test/cpuset.cpus
}
# With intervals four times as long it takes half a minute, and shows nothing else.
[ "$slow" != 1 ] || still_found

# --- parameters and what is reported -------------------------------------------------

refused "an interval too short" 'error ERANGE attr=* interval-ms: 49 *50-60000*' \
	do source-set name=lruscan "lruscan=[" interval-ms=49 ]
refused "a budget too large" 'error ERANGE attr=* budget-pages: 1073741825 *4096-1073741824*' \
	do source-set name=lruscan "lruscan=[" interval-ms=100 budget-pages=1073741825 ]
refused "no CPU at all" 'error ERANGE attr=* cpu-percent: 0 *1-100*' \
	do source-set name=lruscan "lruscan=[" interval-ms=100 cpu-percent=0 ]
expect "the interval, after that" "$(get lruscan.interval-ms)" '==' "$interval"
refused "counters are not to be set" 'error *' \
	do source-set name=lruscan "lruscan-counters=[" passes=1 ]

eventually "three rounds" more rounds 2
expect "a round's length in ms" "$(counter round-ms)" '>=' $(( interval * 9 / 10 ))
expect "passes in /proc/vmstat" $(( $(vmstat pghot_lruscan_passes) - before )) '>=' 3
expect "entries looked at" "$(vmstat pghot_lruscan_scanned)" '>=' $(( hot_pages * 16 ))
expect "accessed ones" "$(vmstat pghot_lruscan_accessed)" '>=' $hot_pages
expect_text "in text" "$(pghotctl source show lruscan | tr -s ' \n' ' ')" \
	'*interval-ms*budget-pages*cpu-percent*passes*scanned*accessed*rounds*round-ms*memcg-cursor*'
expect_text "in JSON" "$(pghotctl -j source show lruscan)" \
	'*"interval_ms":*"counters":*"passes":*"memcg_cursor":*'

# --- memory cgroups come and go, a pass ends in the midst of one ----------------------

raw do source-set name=lruscan "lruscan=[" interval-ms=50 budget-pages=4096 ] > /dev/null
hold busy --mib 32 --hot 1024
cursors=0
dying() { stat_of $cgroups/cgroup.stat nr_dying_descendants; }
dying_before=$(dying)
for (( i = 0; i < 8; i++ )); do
	mkdir $cgroups/e2e-churn
	( in_group e2e-churn pghot-e2e-nl do info-get > /dev/null )
	rmdir $cgroups/e2e-churn
	[ "$(counter memcg-cursor)" = 0 ] || cursors=$(( cursors + 1 ))
done
expect "times that a pass had stopped within a memory cgroup" $cursors '>=' 1
rounds=$(counter rounds)
eventually "rounds are completed nevertheless" more rounds "$rounds"
stop "$held"
raw do source-set name=lruscan "lruscan=[" interval-ms=100 budget-pages=1048576 ] > /dev/null

# --- huge pages ------------------------------------------------------------------------

pghot-workload --size 64 --hot 4 --skew 0.9999 --seconds 60 --interval 500 --thp on \
	> "$tmp/thp" &
workload=$!
reached() { grep -q 'recall=\(0\.9[5-9]\|1\.0\)' "$tmp/thp"; }
eventually "recall 0.95 with huge pages" reached
stop "$workload"

# --- off -------------------------------------------------------------------------------

passes=$(counter passes)
eventually "passes go on" more passes "$passes"
echo n > /sys/kernel/mm/lru_gen/enabled
expect "available without MGLRU" "$(get available)" '==' 0
expect_text "and why not" "$(get unavailable-reason)" '*multi-gen LRU is off*'
sleep 0.2
passes=$(counter passes)
sleep 0.3
expect "passes without it" "$(counter passes)" '==' "$passes"
pghotctl disable lruscan
! has_thread klruscand || fail "klruscand runs after it was disabled"
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
rc=0
pghotctl enable lruscan > "$tmp/out" 2>&1 || rc=$?
expect "enable without MGLRU, exit status" "$rc" '==' 3
expect_text "its message" "$(<"$tmp/out")" '*lruscan*multi-gen LRU is off*'
echo y > /sys/kernel/mm/lru_gen/enabled

# The cursor kept none of the memory cgroups; a page of theirs in the cache may.
gone() { [ $(( $(dying) - dying_before )) -le 4 ]; }
eventually "memory cgroups of the past are gone" gone
