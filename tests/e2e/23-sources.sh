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
declare -A thread=() began_ns=() least=()
while IFS=: read -r file name; do
	thread[$name]=${file%/comm}
done < <(grep -xE 'kmmscand|klruscand|kpromoted0' /proc/[0-9]*/comm 2> /dev/null)
expect "threads" ${#thread[@]} '==' 3
# Whoever was interrupted by the host seems busy: the least of some looks counts.
idle() {
	local name ns start ms busy=''
	for name in "${!thread[@]}"; do read -r began_ns["$name"] _ < "${thread[$name]}/schedstat"; done
	start=$(now_ms)
	sleep 2
	ms=$(( $(now_ms) - start ))
	for name in "${!thread[@]}"; do
		read -r ns _ < "${thread[$name]}/schedstat"
		ns=$(( (ns - began_ns[$name]) / ms ))
		[ "$ns" -ge "${least[$name]:-$ns}" ] || unset "least[$name]"
		least[$name]=${least[$name]:-$ns}
		[ "${least[$name]}" -le 1000 ] || busy=1
	done
	say "least millionths of a CPU: kmmscand ${least[kmmscand]}, klruscand ${least[klruscand]}, kpromoted0 ${least[kpromoted0]}"
	[ -z "$busy" ]
}
[ "$slow" != 1 ] || eventually "each takes 0.1 % of a CPU at most" idle
stop "$held"
pghotctl disable all > /dev/null
balancing 0
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
