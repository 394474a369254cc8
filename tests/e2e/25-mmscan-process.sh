#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# timeout: 120
#
# mmscan and processes: their scan scale over fork and exec, what is left alone and
# why, what reclaim still knows, and processes that come and go meanwhile.

. "${0%/*}/lib.sh"

# --- the scale: prctl(2) and pghotctl run ---
value() { pick "$(<"$tmp/scale")" "$1"; }
pghot-e2e-scale > "$tmp/scale"
for wanted in default=1 default.exec=1 set=0 get=7 set.0=0 get.0=0 set.most=0 \
	bad.scale=EINVAL bad.negative=EINVAL bad.flag=EINVAL bad.get=EINVAL \
	bad.arg4=EINVAL bad.arg5=EINVAL bad.op=EINVAL unchanged=10 \
	set.exec=0 own=10 parent=10 next=4 next.exec=1; do
	expect_text "prctl: ${wanted%=*}" "$(value "${wanted%=*}")" "${wanted#*=}"
done
# Of the first program's child, and then of the second's.
expect_text "children inherit" \
	"$(sed -n 's/^child\.*[a-z]* //p' "$tmp/scale" | tr '\n' ' ')" '10 4 0 4 1 0 '
expect_text "run sets the scale" "$(pghotctl run --scan-scale 9 -- pghot-e2e-scale next)" $'next 9\n*'
rc=0
pghotctl run --scan-scale 3 -- sh -c 'exit 7' || rc=$?
expect "run's exit status" $rc '==' 7
rc=0
pghotctl run --scan-scale 3 -- /no/such/program 2> "$tmp/err" || rc=$?
expect "run's exit status, no program" $rc '==' 127
rc=0
pghotctl run --scan-scale 3 -- /dev/null 2> "$tmp/err" || rc=$?
expect "run's exit status, not executable" $rc '==' 126

# --- parameters: all or nothing, in an order ---
refused "min above max" '*scan-period-min-ms*above*100-16000*' \
	do source-set name=mmscan mmscan=[ scan-period-min-ms=20000 ]
refused "max below min" '*scan-period-max-ms*below*1000-600000*' \
	do source-set name=mmscan mmscan=[ scan-size-mib=4 scan-period-max-ms=500 ]
refused "no CPU at all" '*cpu-percent: 0 *1-100*' do source-set name=mmscan mmscan=[ cpu-percent=0 ]
refused "another source's" '*no such parameters*' \
	do source-set name=mmscan hintfault=[ hot-latency-ms=5 ]
expect "nothing changed" "$(raw do source-get name=mmscan | field mmscan.scan-size-mib)" '==' \
	"$(constant MMSCAN_SCAN_SIZE_MIB_DEFAULT)"

# --- who is scanned, and what stays ---
# Without generations, which 64 is about, reclaim is told by a flag.
echo n > /sys/kernel/mm/lru_gen/enabled
# Looks every 200 ms, and every 100 ms at who accesses all it has.
pghotctl source set mmscan scan-period-min=200ms scan-period-max=800ms scan-delay=0 > "$tmp/out"
declare -A pid
hold bind --mib 4 --policy bind; pid[bind]=$held
hold idle --mib 8 --idle; pid[idle]=$held
hold_by=(pghotctl run --scan-scale 0 --)
hold never --mib 4; pid[never]=$held
hold_by=()
hold free --mib 8; pid[free]=$held
referenced() {
	local value
	value=$(pick "$(tr -s ': ' ' ' < "/proc/$1/smaps_rollup")" Referenced)
	echo "${value%% *}"
}
before=$(referenced "${pid[idle]}")
passes=$(vmstat pghot_mmscan_passes)
echo 1 > $tracing/events/pghot/pghot_mmscan_target/enable
pghotctl enable mmscan
eventually "what nobody placed is promoted" on_node0 "${pid[free]}" free 0.95
settle_vmstat
expect "passes" $(( $(vmstat pghot_mmscan_passes) - passes )) '>=' 8
for who in bind never idle; do
	where "${pid[$who]}" $who
	expect "$who: pages that stay on node 1" "$node1" '>=' 1024
	expect "$who: pages on node 0" "$node0" '==' 0
done
expect "skipped: asked for it" "$(vmstat pghot_mmscan_skipped_scale)" '>=' 1
expect "skipped: mappings" "$(vmstat pghot_mmscan_skipped_vma)" '>=' 1

# line WHO: its line of the debugfs file, if there is one, in $scale, $target, ...
line() {
	local text
	text=$'\n'$(<$debugfs/pghot/mmscan)
	[[ $text == *$'\n'"${pid[$1]} "* ]] || return
	text=${text#*$'\n'"${pid[$1]} "}
	# shellcheck disable=SC2034 # some of them are for later
	read -r scale period interval weight ran_on target passes lower accessed skipped comm <<< "$text"
}
line free || fail "no line of free"
expect_text "where the pages went, and why" "$ran_on $target" '0 0'
line never || fail "no line of never"
expect_text "what asked not to be scanned" "$scale $passes $skipped" '0 0 scale'
# By half with each pass that finds nothing, and then, for it sleeps, twice as long each time.
at_longest() { line idle && [ "$period" -ge 1600 ]; }
eventually "beyond the longest pace of those awake, the idle one" at_longest
expect "pages of the idle one" "$lower" '>=' 2048
expect "which it accessed" "$accessed" '<=' 16
expect_text "the choice is traced" \
	"$(grep -c "pghot_mmscan_target: pid=${pid[free]} ran_on=0 target=0" $tracing/trace)" 1
# The accessed bits are gone, but not what they said.
expect "KiB that reclaim takes for referenced" "$(referenced "${pid[idle]}")" '>=' "$before"
stop "${pid[@]}"
pghotctl disable mmscan

# --- the young wait, but for those who asked ---
raw do source-set name=mmscan mmscan=[ scan-delay-ms=$(( 10000 * slow )) ] > /dev/null
hold young --mib 4; pid[young]=$held
hold_by=(pghotctl run --scan-scale 10 --)
hold eager --mib 4; pid[eager]=$held
hold_by=()
pghotctl enable mmscan
eager() { line eager && [ "$passes" -ge 2 ]; }
eventually "scale 10 is scanned after a tenth of the delay" eager
line young || fail "no line of young"
expect_text "scale 1 is not" "$scale $passes $skipped" '1 0 delay'
stop "${pid[young]}" "${pid[eager]}"

# --- what is unmapped for a hint fault keeps an old accessed bit ---
# Hint faults first: they find it set since the pages were faulted in.
raw do source-set name=mmscan enabled=0 mmscan=[ scan-delay-ms=0 ] > /dev/null
raw do reset what=7 > /dev/null
set_params promote=0
fast_scan
enable
hold waiting --mib 16 --hot 4; pid[waiting]=$held
marked() {
	raw do source-set name=mmscan enabled=1 > /dev/null
	sleep 0.5
	settle_vmstat
	[ "$(( $(vmstat pghot_mmscan_skipped_protnone) - protnone ))" -ge 4000 ] && return
	raw do source-set name=mmscan enabled=0 > /dev/null
	false
}
protnone=$(vmstat pghot_mmscan_skipped_protnone)
eventually "pages wait for their hint fault" marked
raw do source-set name=mmscan enabled=0 > /dev/null
raw do reset what=1 > /dev/null
accessed=$(vmstat pghot_useful_mmscan)
raw do source-set name=mmscan enabled=1 > /dev/null
sleep 1.5
settle_vmstat
expect "reports of such pages" $(( $(vmstat pghot_useful_mmscan) - accessed )) '<=' 500
stop "${pid[waiting]}"
disable
balancing 0

# --- processes that come and go, fork and execute while they are scanned ---
raw do source-set name=mmscan mmscan=[ scan-period-min-ms=100 scan-period-max-ms=100 cpu-percent=100 ] > /dev/null
set_params promote=1
chunks=$(vmstat pghot_mmscan_chunks)
pghot-e2e-mem churn $(( 2 + slow ))
settle_vmstat
expect "chunks meanwhile" $(( $(vmstat pghot_mmscan_chunks) - chunks )) '>=' 20
pghotctl disable mmscan
! has_thread kmmscand || fail "kmmscand still runs"
chunks=$(vmstat pghot_mmscan_chunks)
sleep 0.5
expect "chunks after that" "$(vmstat pghot_mmscan_chunks)" '==' "$chunks"
