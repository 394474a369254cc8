#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# engine: yes
#
# Pinned pages stay, however hot, and whoever asks. Unevictable ones, by mlock(2) or by
# SHM_LOCK, are promoted, as by NUMA balancing, and are unevictable afterwards.

. "${0%/*}/lib.sh"

# flagged BIT PID NAME: how many of the pages in NAME's list are, by /proc/kpageflags
flagged() {
	pfns "$2" "$3" | /usr/bin/python3 -c '
import struct, sys
n = 0
with open("/proc/kpageflags", "rb") as f:
    for pfn in sys.stdin:
        f.seek(int(pfn) * 8)
        n += struct.unpack("<Q", f.read(8))[0] >> int(sys.argv[1]) & 1
print(n)' "$1"
}
# See include/linux/kernel-page-flags.h.
mlocked() { flagged 33 "$@"; }
unevictable() { flagged 18 "$@"; }

# by_hand WHAT PID NAME: these 4 MiB are promoted, and are still WHAT
by_hand() {
	expect "$3: pages that are $1 to begin with" "$($1 "$2" "$3")" '==' 1024
	answer=$(pfns "$2" "$3" | raw promote-all)
	expect "$3: promoted by hand" "$(field promoted <<< "$answer")" '>=' 960
	where "$2" "$3"
	expect "$3: and by move_pages" "$node0" '>=' 960
	# On their way to the list of the unevictable.
	echo 1 > /proc/sys/vm/compact_memory
	expect "$3: that are $1" "$($1 "$2" "$3")" '==' 1024
}

hold locked --mib 4 --mlock
locked=$held
hold idle --mib 4 --mlock --idle
idle=$held
# Of an object, mapped by a second process that has not locked it.
hold shared --mib 4 --mlock --users 1 --idle
shared=$held
hold segment --mib 4 --shm-lock --idle
segment=$held
hold pinned --mib 4 --pin
pinned=$held
sort "$tmp/pinned.list" | head -n 256 > "$tmp/pins.list"
sort "$tmp/pinned.list" | tail -n 768 > "$tmp/rest.list"
# Pages in a CPU's LRU batch are busy.
echo 1 > /proc/sys/vm/compact_memory
by_hand mlocked "$idle" idle
by_hand mlocked "$shared" shared
by_hand unevictable "$segment" segment

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
