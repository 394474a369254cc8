#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# kernel: plain
#
# The top tier is full of cold pages: a hot set comes up although it is several times
# what a full node may exchange before it is known what came of it, because the exchange
# is seen to pay.

. "${0%/*}/lib.sh"

keep_programs
echo true > /sys/kernel/mm/numa/demotion_enabled
# Less of it is full sooner.
hold rest --mib $(( ($(free_kib 0) >> 10) - 160 )) --node 0 --mlock --idle
hold cold --mib $(( ($(free_kib 0) >> 10) - 16 )) --node 0 --policy preferred --idle
cold=$held
# A kswapd that could do nothing a few times, in another test or before there was anything
# to demote, has given up until somebody else reclaims.
echo 4M > $cgroups/test/memory.reclaim || true
hold hot --mib 40
where "$held" hot
expect "hot pages on node 1" "$node1" '==' 10240
size=$(( $(node 0 present-pages) - $(stat_of /sys/devices/system/node/node0/vmstat nr_unevictable) ))
expect "their share of what could be exchanged, a 64th of it at first, in thousandths" \
	$(( 10240 * 1000 / size )) '>=' 100

success=$(vmstat pgpromote_success) demoted=$(vmstat pgdemote_kswapd)
fast_scan
enable
eventually "a part comes up" on_node0 "$held" hot 0.10
within 60 "all that is hot comes up" on_node0 "$held" hot 0.95
settle_vmstat
expect "pages promoted" $(( $(vmstat pgpromote_success) - success )) '>=' 9728
# Some room there was, and the marks between which kswapd keeps free are some more.
expect "pages demoted" $(( $(vmstat pgdemote_kswapd) - demoted )) '>=' 2048
where "$cold" cold
expect "cold pages that went" "$node1" '>=' 2048
expect "what went down was judged colder" "$(grep -c 'verdict \(good\|fair\)' $debugfs/pghot/state || true)" '>=' 1
stop "$held" "$cold"
