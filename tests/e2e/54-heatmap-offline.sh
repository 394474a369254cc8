#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 90
# kernel: plain
#
# Where a block of the node is offline, the heat map is blank.

. "${0%/*}/lib.sh"
export LC_ALL=C.UTF-8

blocks=(/sys/devices/system/node/node1/memory*)
[ ${#blocks[@]} -ge 4 ] || skip "node 1 has only ${#blocks[@]} memory blocks"
pages=$(( 0x$(</sys/devices/system/memory/block_size_bytes) / 4096 ))
block=${blocks[2]}
first=$(( ${block##*/memory} * pages ))

# cells FIRST LAST: how many of the map's cells lie there
cells() {
	pghottop --heatmap "$tmp/map.svg" -N 1
	python3 - "$tmp/map.svg" "$1" "$2" <<-'END'
	import re, sys
	svg, first, last = open(sys.argv[1]).read(), int(sys.argv[2]), int(sys.argv[3])
	rows = re.findall(r"<g><title>0x([0-9a-f]+)-0x([0-9a-f]+)</title>(.*?)</g>", svg, re.S)
	size = (int(rows[0][1], 16) + 1 - int(rows[0][0], 16)) // 128
	n = 0
	for low, high, row in rows:
	    for x, width in re.findall(r'x="(\d+)" y="\d+" width="(\d+)"', row):
	        for i in range(int(width) // 7):
	            pfn = int(low, 16) + ((int(x) - 112) // 7 + i) * size
	            n += first <= pfn <= last
	print(n)
	END
}

enable
expect "cells of the block while it is online" "$(cells "$first" $(( first + pages - 1 )))" '>' 0
echo offline > "$block/state" || skip "cannot take ${block##*/} offline"
expect "cells of the block while it is offline" "$(cells "$first" $(( first + pages - 1 )))" '==' 0
expect "cells of the one before it" "$(cells $(( first - pages )) $(( first - 1 )))" '>' 0
echo online_movable > "$block/state"
expect "cells of the block when it is back" "$(cells "$first" $(( first + pages - 1 )))" '>' 0
