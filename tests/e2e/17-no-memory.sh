#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A full top tier: promotion fails because of no-memory, wakes kswapd, and does
# not spin; with demotion it goes on.

. "${0%/*}/lib.sh"

# zone FIELD: pages, of the largest zone of node 0
zone() {
	awk -v want="$1" '
		/^Node/ { here = $2 == "0," }
		here && $1 == "pages" && $2 == "free" { free = $3 }
		here && ($1 == "min" || $1 == "high") { mark[$1] = $2 }
		here && $1 == "managed" && $2 > managed {
			managed = $2; min = mark["min"]; high = mark["high"]; best = free
		}
		END { print want == "free" ? best : want == "min" ? min : want == "high" ? high : managed }
	' /proc/zoneinfo
}
full() { [ "$(zone free)" -lt "$(zone high)" ]; }

# Put the high watermark of node 0 a little above what is free: that makes it
# short of memory without anything being allocated. The marks are a quarter of
# the minimum apart: min, low, high and the one that kswapd aims at.
shorten() {
	echo $(( ($(zone free) + 6144) * 8 / 3 )) > /proc/sys/vm/min_free_kbytes
	full || fail "node 0 is not short: $(zone free) pages are free, $(zone high) is the high watermark"
}

keep_programs

echo true > /sys/kernel/mm/numa/demotion_enabled
hold cold --mib 96 --node 0 --policy preferred --idle
cold=$held
demoted=$(vmstat pgdemote_kswapd) success=$(vmstat pgpromote_success)
shorten
pages=$(( 4096 / less ))
hold hot --mib $(( 16 / less ))
fast_scan
set_params freq-threshold=1
enable
eventually "with demotion, hot pages come up" on_node0 "$held" hot 0.95
expect "pages promoted" $(( $(vmstat pgpromote_success) - success )) '>=' $(( pages * 95 / 100 ))
cold_went() { where "$cold" cold && [ "$node1" -ge 256 ]; }
eventually "and cold ones go down" cold_went
expect "pages demoted" $(( $(vmstat pgdemote_kswapd) - demoted )) '>=' 256
stop "$held"

# Without it there is nowhere to go.
echo false > /sys/kernel/mm/numa/demotion_enabled
balancing 0
hold again --mib $(( 16 / less ))
where "$held" again
expect "pages on node 1 that will wait" "$node1" '==' "$pages"
# Reclaim frees what it can of the page cache, and then there would be room again.
short_for_good() {
	shorten
	sleep 1
	full
}
eventually "node 0 is short of memory and stays so" short_for_good
where "$held" again
expect "and are still there" "$node1" '==' "$pages"
raw do reset what=4 > /dev/null
success=$(vmstat pgpromote_success)
# It may be at work already, as it is when it finds page cache again and again.
kswapd_work() { echo $(( $(vmstat pageoutrun) + $(vmstat pgscan_kswapd) )); }
work=$(kswapd_work)
balancing 2
no_memory() { [ "$(ask stats-get failed.no-memory)" -ge 3 ]; }
eventually "failures because of no-memory" no_memory
# After 16 runs that freed nothing the kernel does not wake it any more.
hopeless() {
	awk '/^Node/ { here = $2 == "0," }
		here && /node_unreclaimable: *1/ { found = 1 }
		END { exit !found }' /proc/zoneinfo
}
kswapd_woken() { [ "$(kswapd_work)" -gt "$work" ] || hopeless; }
eventually "kswapd was woken, or has given up" kswapd_woken

# Ticks of CPU time that kpromoted0 used, and failures, in two seconds.
thread=$(grep -lx kpromoted0 /proc/[0-9]*/comm)
ticks() { awk '{ print $14 + $15 }' "${thread%comm}stat"; }
t=$(ticks) n=$(ask stats-get failed.no-memory) start=$(now_ms)
sleep 2
ms=$(( $(now_ms) - start ))
expect "share of a CPU, in percent" $(( ($(ticks) - t) * 1000 / ms )) '<=' 20
# One look per rest of 100 ms: not a storm.
expect "failures per second" $(( ($(ask stats-get failed.no-memory) - n) * 1000 / ms )) '<=' 20
expect "pages promoted" $(( $(vmstat pgpromote_success) - success )) '<=' $(( pages / 4 ))
where "$held" again
say "where they are: $node0 on node 0, $node1 on node 1, $absent nowhere"
expect "hot pages that wait on node 1" "$node1" '>=' $(( pages * 3 / 4 ))

# Memory comes back, and what waited goes.
echo 4096 > /proc/sys/vm/min_free_kbytes
eventually "when there is room again, they are promoted" on_node0 "$held" again 0.95
