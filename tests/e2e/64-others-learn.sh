#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
#
# When a scan has cleared accessed bits, others still learn of the accesses: the multi-gen
# LRU has the pages in its youngest generation, and they are not idle for those who track
# that.

. "${0%/*}/lib.sh"

# idle mark|count PID NAME: the pages in NAME's list, by /sys/kernel/mm/page_idle/bitmap
idle() {
	pfns "$2" "$3" | /usr/bin/python3 -c '
import struct, sys
words = {}
for pfn in map(int, sys.stdin):
    words[pfn // 64] = words.get(pfn // 64, 0) | 1 << pfn % 64
n = 0
with open("/sys/kernel/mm/page_idle/bitmap", "r+b", buffering=0) as f:
    for word, bits in words.items():
        f.seek(word * 8)
        if sys.argv[1] == "mark":
            f.write(struct.pack("<Q", bits))
        else:
            n += (struct.unpack("<Q", f.read(8))[0] & bits).bit_count()
print(n)' "$1"
}

pages=$(( 2048 / less ))
set_params promote=0
raw do source-set name=lruscan "lruscan=[" interval-ms=200 ] > /dev/null
raw do source-set name=mmscan "mmscan=[" scan-delay-ms=0 scan-period-min-ms=200 scan-period-max-ms=1000 ] > /dev/null

is_young() {
	generations "e2e-$1"
	[ "${aged[max]}" -ge $(( pages * 95 / 100 )) ]
}

# check SOURCE: a process sleeps until its pages are old and idle, and then accesses them
check() {
	local i ages
	mkdir "$cgroups/e2e-$1"
	hold_by=(in_group "e2e-$1")
	hold "$1" --mib $(( pages / 256 ))
	hold_by=()
	kill -STOP "$held"
	for i in 1 2 3; do
		generations "e2e-$1"
		new_generation "e2e-$1"
	done
	generations "e2e-$1"
	ages=$max
	expect "$1: young pages after a long sleep" "${aged[max]}" '<=' $(( pages / 8 ))
	idle mark "$held" "$1" > /dev/null
	expect "$1: idle pages" "$(idle count "$held" "$1")" '>=' $(( pages * 95 / 100 ))

	pghotctl enable "$1" > /dev/null
	kill -CONT "$held"
	eventually "$1: what is accessed is young" is_young "$1"
	expect "$1: generations made meanwhile" $(( max - ages )) '==' 0

	# Until the scan has cleared all accessed bits: only the flag can tell.
	kill -STOP "$held"
	sleep $(( 3 * slow ))
	pghotctl disable "$1" > /dev/null
	expect "$1: pages idle that were accessed" "$(idle count "$held" "$1")" '<=' $(( pages / 20 ))
	stop "$held"
}

check mmscan
check lruscan
