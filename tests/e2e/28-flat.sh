#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 320
# machine: ibs
# kernel: plain
#
# When all pages are accessed alike, and the top tier is full of them, each source
# leaves them where they are. It is about how much is accessed in how much time, which
# the checks of the debug kernel distort.

. "${0%/*}/lib.sh"

[ -e /sys/bus/event_source/devices/ibs_op ] || fail "this machine has no IBS"

# Less of it makes it full sooner.
hold rest --mib $(( ($(free_kib 0) >> 10) - 320 )) --node 0 --mlock --idle
echo true > /sys/kernel/mm/numa/demotion_enabled
mib=$(( ($(free_kib 0) >> 10) * 2 ))
pghot-workload --flat --size $mib --seconds 0 --interval 10000 > "$tmp/workload" &
workload=$!
eventually "the workload runs" grep -q ^ready "$tmp/workload"
address=$(sed -n 's/^ready.* address=\([^ ]*\).*/\1/p' "$tmp/workload")
# As it would be after a while, at once.
say "to node 0: $(pghot-e2e-mem move $workload 0 "$address" $(( mib * 256 )))"
# on_top: its pages on node 0
on_top() { awk -v a="${address#0x}" '$1 == a { sub(/.* N0=/, ""); print $1 + 0 }' "/proc/$workload/numa_maps"; }

# What is free is filled first, and what others have left on node 0 is cold and deserves to
# go down: neither is an exchange of one page of the workload for another. What a node may
# exchange before it has seen what came of it is spent by whoever comes first: the bound of
# a minute holds for all of them in less than a minute. With a minute for each they are on
# their own.
seconds=${PGHOT_FLAT_SECONDS:-8} total=0
for source in ibs hintfault lruscan mmscan; do
	pghotctl enable "$source" > /dev/null
	sleep 1
	settle_vmstat
	since=$(vmstat pgpromote_success) start=$(now_ms) top=$(on_top)
	sleep "$seconds"
	settle_vmstat
	ms=$(( $(now_ms) - start ))
	moved=$(( $(vmstat pgpromote_success) - since ))
	gained=$(( $(on_top) - top ))
	[ "$seconds" -lt 60 ] || total=0
	total=$(( total + moved - gained ))
	say "$source: $moved of $(( mib * 256 )) pages in $ms ms, $gained for others, $(free_kib 0) KiB free"
	grep -E "^(source ${source/ibs/hwhint}|node 0) " $debugfs/pghot/state
	expect "$source: thousandths of the pages exchanged" $(( total * 1000 / (mib * 256) )) '<=' 60
	pghotctl disable "$source" > /dev/null
	balancing 0
	raw do reset what=3 > /dev/null
done
stop $workload
