#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# machine: ibs
# alone: yes
#
# All sources: together they are no worse than the best of them, an idle machine does
# not notice them, and when all pages are accessed alike each of them leaves them
# where they are.

. "$(dirname "$0")/lib.sh"

[ -e /sys/bus/event_source/devices/ibs_op ] || fail "this machine has no IBS"
sources=(ibs hintfault lruscan mmscan)

# --- together, within the time of the fastest --------------------------------

carries 0 6 0.95 "${sources[@]}"
# Who saw a page: a bit of the source's number each.
several=$(raw dump promoted-get | awk '
	$1 == "entry" && $7 != 1 && $7 != 2 && $7 != 4 && $7 != 8 { n++ }
	END { print n + 0 }')
expect "promoted pages that several sources saw" "$several" '>=' 100

# --- on an idle machine ------------------------------------------------------

hold idle --mib 64 --idle
declare -A thread=() began_ns=() used=()
while IFS=: read -r file name; do
	thread[$name]=${file%/comm}
done < <(grep -xE 'kmmscand|klruscand|kpromoted0' /proc/[0-9]*/comm 2> /dev/null)
expect "threads" ${#thread[@]} '==' 3
# Whoever was interrupted by the host seems busy: the least of some looks counts.
idle() {
	local name ns start ms busy=''
	for name in "${!thread[@]}"; do read -r began_ns["$name"] _ < "${thread[$name]}/schedstat"; done
	start=$(now_ms)
	sleep 3
	ms=$(( $(now_ms) - start ))
	for name in "${!thread[@]}"; do
		read -r ns _ < "${thread[$name]}/schedstat"
		used[$name]=$(( (ns - began_ns[$name]) / 1000 ))
		[ "${used[$name]}" -le $ms ] || busy=1
	done
	say "CPU time in $ms ms: kmmscand ${used[kmmscand]} us, klruscand ${used[klruscand]} us, kpromoted0 ${used[kpromoted0]} us"
	[ -z "$busy" ]
}
[ "$slow" != 1 ] || eventually "each takes 0.1 % of a CPU at most" idle
stop "$held"
pghotctl disable all > /dev/null
balancing 0
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
[ "$slow" = 1 ] || exit 0

# --- all alike ---------------------------------------------------------------

# KiB that are free on node 0
free_kib() { awk '$3 == "MemFree:" { print $4 }' /sys/devices/system/node/node0/meminfo; }

# Less of it makes it full sooner.
hold rest --mib $(( ($(free_kib) >> 10) - 320 )) --node 0 --mlock --idle
echo true > /sys/kernel/mm/numa/demotion_enabled
mib=$(( ($(free_kib) >> 10) * 2 ))
pghot-workload --flat --size $mib --seconds 0 --interval 10000 > "$tmp/workload" &
workload=$!
eventually "the workload runs" grep -q ^ready "$tmp/workload"
address=$(sed -n 's/^ready.* address=\([^ ]*\).*/\1/p' "$tmp/workload")
# As it would be after a while, at once.
say "to node 0: $(pghot-e2e-mem move $workload 0 "$address" $(( mib * 256 )))"
# What a node may exchange at once is spent by whoever comes first: the bound of a
# minute holds for all of them in less than a minute. With a minute for each they are
# on their own.
seconds=${PGHOT_FLAT_SECONDS:-8} total=0
for source in "${sources[@]}"; do
	pghotctl enable "$source" > /dev/null
	sleep 1
	settle_vmstat
	since=$(vmstat pgpromote_success) start=$(now_ms)
	sleep "$seconds"
	settle_vmstat
	ms=$(( $(now_ms) - start ))
	moved=$(( $(vmstat pgpromote_success) - since ))
	[ "$seconds" -lt 60 ] || total=0
	total=$(( total + moved ))
	say "$source: $moved of $(( mib * 256 )) pages in $ms ms, $(free_kib) KiB free"
	grep -E "^(source ${source/ibs/hwhint}|node 0) " $debugfs/pghot/state
	expect "$source: thousandths of the pages promoted" $(( total * 1000 / (mib * 256) )) '<=' 50
	pghotctl disable "$source" > /dev/null
	balancing 0
	raw do reset what=3 > /dev/null
done
stop $workload
