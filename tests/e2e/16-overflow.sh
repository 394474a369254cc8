#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Nothing hot is forgotten: many more hot pages than rings and heap can hold are
# all promoted, without one more access.

. "${0%/*}/lib.sh"

# Twice is hot: eight times take longer, and show nothing else here.
set_params heap-capacity=256 promote=0 window-ms=60000 freq-threshold=2
pages=$(( 4096 / less ))
hold hot --mib $(( 16 / less ))
fast_scan
enable
# all_hot NUMBER: that many pages of all.pfns have records that are hot
all_hot() {
	raw dump record-get min-freq="$(ask param-get freq-threshold)" |
		awk '$1 == "entry" { print $2 }' | sort > "$tmp/hot.pfns"
	[ "$(comm -12 "$tmp/hot.pfns" "$tmp/all.pfns" | wc -l)" -ge "$1" ]
}
pfns "$held" hot | sort > "$tmp/all.pfns"
eventually "all of $pages pages are hot" all_hot $pages
kill -STOP "$held"
sleep 0.5

expect "waiting in the heap" "$(node 0 heap-length)" '<=' 256
expect "capacity of the heap" "$(node 0 heap-capacity)" '==' 256
dropped=$(( $(ask stats-get dropped-ring) + $(ask stats-get dropped-heap) ))
expect "candidates dropped" "$dropped" '>=' $(( pages - 256 - 320 ))
expect "as node-get has it" "$(node 0 dropped)" '==' "$dropped"
expect "sections to search" "$(node 1 refill-sections)" '>=' 1
where "$held" hot
expect "pages on node 1" "$node1" '==' $pages
recorded=$(raw do source-get name=hintfault | field recorded)

set_params promote=1
eventually "all are promoted" on_node0 "$held" hot 1
expect "accesses reported meanwhile" "$(raw do source-get name=hintfault | field recorded)" '==' "$recorded"
expect "found again by searching" "$(ask stats-get refilled)" '>=' $(( pages - 256 - 320 ))
nothing_left() { [ "$(node 1 refill-sections)" = 0 ]; }
eventually "no section is left to search" nothing_left

# Changing the capacity loses nothing either.
stop "$held"
set_params promote=0 heap-capacity=4096
pages=$(( pages / 2 ))
hold more --mib $(( 8 / less ))
pfns "$held" more | sort > "$tmp/all.pfns"
eventually "all of $pages pages are hot" all_hot $pages
expect "waiting in the heap" "$(node 0 heap-length)" '>=' $(( pages * 93 / 100 ))
kill -STOP "$held"
set_params heap-capacity=256
expect "waiting in the smaller heap" "$(node 0 heap-length)" '<=' 256
set_params promote=1 heap-capacity=512
eventually "all are promoted" on_node0 "$held" more 1
