#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: yes
#
# Pages that nobody maps have rules, too: the policy of the shared memory that they are
# of, and the cpusets of those who are charged for them.

. "${0%/*}/lib.sh"

pages=256
mkdir "$tmp/bound" "$tmp/plain"
mount -t tmpfs -o mpol=bind:1 none "$tmp/bound"
mount -t tmpfs none "$tmp/plain"
trap 'umount "$tmp/bound" "$tmp/plain"; rm -rf "$tmp"' EXIT

# file_pfns FILE: page frame numbers of its pages; nobody maps them afterwards
file_pfns() {
	/usr/bin/python3 - "$1" <<-'END'
	import mmap
	import struct
	import sys
	with open(sys.argv[1], "rb") as f:
	    m = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ)
	    for at in range(0, len(m), 4096):
	        m[at]
	    for line in open("/proc/self/maps"):
	        if line.rstrip().endswith(sys.argv[1]):
	            start = int(line.split("-")[0], 16)
	    with open("/proc/self/pagemap", "rb") as p:
	        p.seek(start // 4096 * 8)
	        for (entry,) in struct.iter_unpack("<Q", p.read(len(m) // 512)):
	            print(entry & ((1 << 55) - 1))
	END
}

# write_by GROUP FILE: a process that may have memory of node 1 only
write_by() {
	mkdir -p "$cgroups/$1"
	echo 1 > "$cgroups/$1/cpuset.mems"
	hold_by=(in_group "$1")
	hold "$1" --mib 1 --idle
	hold_by=()
	( in_group "$1" dd if=/dev/zero of="$2" bs=4096 count=$pages 2> /dev/null )
}

# by_hand FILE: leaves the answer in $answer
by_hand() {
	# Not before that process has unmapped them.
	file_pfns "$1" > "$tmp/pfns"
	answer=$(raw promote-all < "$tmp/pfns")
}

dd if=/dev/zero of="$tmp/bound/file" bs=4096 count=$pages 2> /dev/null
write_by e2e-confined "$tmp/plain/confined"
write_by e2e-free "$tmp/plain/free"
echo 0-1 > $cgroups/e2e-free/cpuset.mems

# Pages in a CPU's LRU batch are busy.
echo 1 > /proc/sys/vm/compact_memory

by_hand "$tmp/bound/file"
expect "bound by its mount: promoted" "$(field promoted <<< "$answer")" '==' 0
expect "because of policy" "$(field failed.policy <<< "$answer")" '>=' $(( pages * 9 / 10 ))
by_hand "$tmp/plain/confined"
expect "of a confined group: promoted" "$(field promoted <<< "$answer")" '==' 0
expect "because of cpuset" "$(field failed.cpuset <<< "$answer")" '>=' $(( pages * 9 / 10 ))
by_hand "$tmp/plain/free"
expect "of nobody in particular: promoted" "$(field promoted <<< "$answer")" '>=' $(( pages * 9 / 10 ))
