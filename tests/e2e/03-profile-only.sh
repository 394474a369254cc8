#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# "promote off" makes pghot a profiler: heaps fill with the hot pages, hottest
# first, and nothing moves.

. "${0%/*}/lib.sh"

# Twice is hot: eight times take longer, and show nothing else here.
set_params promote=0 window-ms=60000 freq-threshold=2
pages=$(( 2048 / less ))
hold hot --mib $(( 32 / less )) --hot $pages
fast_scan
success=$(vmstat pgpromote_success) migrated=$(vmstat numa_pages_migrated)
enable
pfns "$held" hot | sort > "$tmp/hot.pfns"
expect "hot pages with a page frame" "$(grep -vcx 0 "$tmp/hot.pfns")" '==' $pages

in_heap() {
	raw dump heap-get nid=0 > "$tmp/heap"
	awk '$1 == "entry" { print $2 }' "$tmp/heap" | sort > "$tmp/heap.pfns"
	found=$(comm -12 "$tmp/hot.pfns" "$tmp/heap.pfns" | wc -l)
	[ "$found" -ge $(( pages - pages / 20 )) ]
}
eventually "95 % of the hot pages wait in the heap" in_heap

# What is in there is what was accessed: hardly anything else.
entries=$(wc -l < "$tmp/heap.pfns")
expect "entries of the heap" "$entries" '<=' $(( found + pages / 4 ))
expect "page frames twice in the heap" "$(uniq -d "$tmp/heap.pfns" | wc -l)" '==' 0
awk '$1 == "entry" { if (n++ && $5 > last) exit 1; last = $5 }' "$tmp/heap" ||
	fail "the dump is not ordered by frequency"
awk '$1 == "entry" && ($3 != 1 || $4 != 0 || $7 != 1) { print; exit 1 }' "$tmp/heap" ||
	fail "an entry that is not of node 1, to node 0, by hintfault"
expect "length that node-get tells" "$(node 0 heap-length)" '>=' $(( pages - pages / 20 ))

sleep 1
where "$held" hot
expect "hot pages on node 1" "$node1" '==' $pages
expect "promotions" $(( $(vmstat pgpromote_success) - success )) '==' 0
expect "NUMA migrations" $(( $(vmstat numa_pages_migrated) - migrated )) '==' 0

set_params promote=1
eventually "and once it is on again, they move" on_node0 "$held" hot 0.95
