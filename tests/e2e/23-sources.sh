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

# CPU time in us that a thread has used
cpu_us() {
	local ns
	read -r ns _ < "$1/schedstat"
	echo $(( ns / 1000 ))
}

hold idle --mib 64 --idle
declare -A thread used=()
for file in /proc/[0-9]*/comm; do
	name=$(cat "$file" 2>/dev/null) || continue
	case $name in kmmscand|klruscand|kpromoted0) thread[$name]=${file%/comm} ;; esac
done
expect "threads" ${#thread[@]} '==' 3
# Whoever was interrupted by the host seems busy: the least of some looks counts.
idle() {
	local name start us busy=''
	local -A since
	for name in "${!thread[@]}"; do since[$name]=$(cpu_us "${thread[$name]}"); done
	start=$(now_ms)
	sleep 3
	for name in "${!thread[@]}"; do
		us=$(( $(cpu_us "${thread[$name]}") - since[$name] ))
		used[$name]=$us
		[ $us -le $(( $(now_ms) - start )) ] || busy=1
	done
	[ -z "$busy" ]
}
[ "$slow" != 1 ] || eventually "each takes 0.1 % of a CPU at most" idle
say "CPU time in 3 s: kmmscand ${used[kmmscand]-} us, klruscand ${used[klruscand]-} us"
stop "$held"
pghotctl disable all > /dev/null
balancing 0
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
[ "$slow" = 1 ] || exit 0

# --- all alike ---------------------------------------------------------------

# KiB that are free on node 0
free_kib() { awk '$3 == "MemFree:" { print $4 }' /sys/devices/system/node/node0/meminfo; }

# Less of it makes it full sooner.
hold rest --mib $(( ($(free_kib) >> 10) - 160 )) --node 0 --mlock --idle
echo true > /sys/kernel/mm/numa/demotion_enabled
mib=$(( ($(free_kib) >> 10) * 2 ))
pghot-workload --flat --size $mib --seconds 0 --interval 10000 > "$tmp/workload" &
workload=$!
eventually "the workload runs" grep -q ^ready "$tmp/workload"
address=$(sed -n 's/^ready.* address=\([^ ]*\).*/\1/p' "$tmp/workload")
# As it would be after a while, at once.
say "to node 0: $(pghot-e2e-mem move $workload 0 "$address" $(( mib * 256 )))"
seconds=${PGHOT_FLAT_SECONDS:-8}
for source in "${sources[@]}"; do
	pghotctl enable "$source" > /dev/null
	sleep 2
	settle_vmstat
	before=$(vmstat pgpromote_success) start=$(now_ms)
	sleep "$seconds"
	settle_vmstat
	ms=$(( $(now_ms) - start ))
	moved=$(( $(vmstat pgpromote_success) - before ))
	say "$source: $moved of $(( mib * 256 )) pages in $ms ms, $(free_kib) KiB free, $(grep "^node 0" $debugfs/pghot/state | cut -c 1-110)"
	grep "^source ${source/ibs/hwhint} " $debugfs/pghot/state
	expect "$source: thousandths of the pages promoted per minute" \
		$(( moved * 60000000 / (ms * mib * 256) )) '<=' 50
	pghotctl disable "$source" > /dev/null
	balancing 0
	raw do reset what=3 > /dev/null
done
stop $workload
