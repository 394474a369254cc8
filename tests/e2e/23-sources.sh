#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# machine: ibs
# alone: yes
#
# All sources: together they are no worse than the best of them, and an idle machine
# does not notice them.

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
