#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# timeout: 200
#
# A block of node 1 goes offline and comes back while its pages are promoted: the
# map follows, no record of it stays behind, and promotion goes on.

. "${0%/*}/lib.sh"

blocks=(/sys/devices/system/node/node1/memory*)
[ ${#blocks[@]} -ge 4 ] || skip "node 1 has only ${#blocks[@]} memory blocks"
pages_per_block=$(( 0x$(</sys/devices/system/memory/block_size_bytes) / 4096 ))

# Two blocks, with hot pages in both: those of a block that goes offline go to node 0,
# and the others are there to be promoted, slowly. The first one is filled, which by huge
# pages costs least, before there is another one.
for block in "${blocks[@]:1}"; do
	echo offline > "$block/state" || skip "cannot take ${block##*/} offline to begin with"
done
hold filler --mib $(( ($(free_kib 1) >> 10) - 44 )) --thp --idle; filler=$held
hold hot --mib 40; hot=$held
echo online_movable > "${blocks[1]}/state"
set_params promote-rate-limit-mbps=1 freq-threshold=1
hold more --mib 20; more=$held
fast_scan
enable
expect "pages tracked" "$(node 1 tracked-pages)" '==' $(( 2 * pages_per_block ))

block=${blocks[1]}
first=$(( ${block##*/memory} * pages_per_block ))
last=$(( first + pages_per_block - 1 ))
records_in_block() { raw dump record-get pfn-start=$first pfn-end=$last | grep -c ^entry || true; }
has_records() { [ "$(records_in_block)" -ge 1000 ]; }
eventually "records of ${block##*/}" has_records

success=$(vmstat pgpromote_success)
offline() { echo offline > "$block/state"; } 2> /dev/null
eventually "${block##*/} goes offline" offline
expect "records of it" "$(records_in_block)" '==' 0
expect "pages tracked" "$(node 1 tracked-pages)" '==' "$pages_per_block"
in_heap=$(raw dump heap-get | awk -v a=$first -v b=$last '$1 == "entry" && $2 >= a && $2 <= b' | wc -l)
expect "queued pages of it" "$in_heap" '==' 0
refused "promote a page of it" 'error ERANGE attr=pfn *' do promote pfn=$first
grows() { [ "$(vmstat pgpromote_success)" -gt $(( $1 + 256 )) ]; }
eventually "promotion goes on" grows "$success"

echo online_movable > "$block/state"
expect "pages tracked, when it is back" "$(node 1 tracked-pages)" '==' $(( 2 * pages_per_block ))
expect "records of it" "$(records_in_block)" '==' 0
success=$(vmstat pgpromote_success)
eventually "promotion goes on" grows "$success"

# Its pages are used again, as the other block is too small, and found.
stop "$more"
hold again --mib 64
eventually "records of ${block##*/}" has_records

# Under full load, a few times over.
set_params promote-rate-limit-mbps=64
for _ in 1 2 3; do
	eventually "${block##*/} goes offline" offline
	echo online_movable > "$block/state"
done
expect "pages tracked" "$(node 1 tracked-pages)" '==' $(( 2 * pages_per_block ))

# The whole node: nothing is left to track, and nothing breaks.
stop "$held" "$hot" "$filler"
gone() {
	for block in "${blocks[@]:0:2}"; do
		[ "$(<"$block/state")" = offline ] || echo offline > "$block/state" 2> /dev/null || return 1
	done
}
eventually "node 1 goes offline" gone
expect "nodes" "$(raw dump node-get | grep -c ^nid)" '==' 1
raw dump record-get | grep -q 'entries=0' || fail "records of a node that is gone"
echo online_movable > "${blocks[0]}/state"
expect "pages tracked" "$(node 1 tracked-pages)" '==' "$pages_per_block"
