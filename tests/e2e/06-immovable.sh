#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: yes
#
# Pinned pages stay, however hot, and whoever asks. Mlocked ones are promoted, as by NUMA
# balancing, and are mlocked afterwards.

. "${0%/*}/lib.sh"

# mlocked PID NAME: how many of the pages in NAME's list are, by /proc/kpageflags
mlocked() {
	# Bit 33: see include/linux/kernel-page-flags.h.
	pfns "$1" "$2" | /usr/bin/python3 -c '
import struct, sys
n = 0
with open("/proc/kpageflags", "rb") as f:
    for pfn in sys.stdin:
        f.seek(int(pfn) * 8)
        n += struct.unpack("<Q", f.read(8))[0] >> 33 & 1
print(n)'
}

hold locked --mib 4 --mlock
locked=$held
hold idle --mib 4 --mlock --idle
idle=$held
hold pinned --mib 4 --pin
pinned=$held
sort "$tmp/pinned.list" | head -n 256 > "$tmp/pins.list"
sort "$tmp/pinned.list" | tail -n 768 > "$tmp/rest.list"
# Pages in a CPU's LRU batch are busy.
echo 1 > /proc/sys/vm/compact_memory
expect "mlocked pages to begin with" "$(mlocked "$idle" idle)" '==' 1024

answer=$(pfns "$idle" idle | raw promote-all)
expect "mlocked: promoted by hand" "$(field promoted <<< "$answer")" '>=' 960
where "$idle" idle
expect "and by move_pages" "$node0" '>=' 960
expect "that are mlocked" "$(mlocked "$idle" idle)" '==' 1024

fast_scan
set_params freq-threshold=1
enable
eventually "the pages beside the pinned ones are promoted" on_node0 "$pinned" rest 0.95
eventually "hot mlocked pages are promoted" on_node0 "$locked" locked 0.95
kill -STOP "$locked" "$pinned"
# One that is on its way at this moment is nowhere.
all_mlocked() { [ "$(mlocked "$locked" locked)" -eq 1024 ]; }
eventually "all of them are mlocked" all_mlocked
# Hint faults spare pinned pages, so there is nothing to find.
where "$pinned" pins
expect "pinned pages on node 1" "$node1" '==' 256

answer=$(pfns "$pinned" pins | raw promote-all)
expect "pinned: promoted by hand" "$(field promoted <<< "$answer")" '==' 0
expect "pinned: refused as pinned" "$(field failed.pinned <<< "$answer")" '>=' 192
where "$pinned" pins
expect "pinned pages on node 1" "$node1" '==' 256
