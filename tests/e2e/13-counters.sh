#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
#
# Every page that moves is counted where it belongs: in its memory cgroup, on its
# node, once; and isolation is paid back. Two groups share each batch.

. "${0%/*}/lib.sh"

declare -A pid mib=([a]=$(( 8 / less )) [b]=$(( 12 / less )))
for group in a b; do
	mkdir $cgroups/e2e-$group
	hold_by=(in_group "e2e-$group")
	hold $group --mib "${mib[$group]}" --idle
	pid[$group]=$held
done
hold_by=()

# anon GROUP NODE: bytes, by memory.numa_stat
anon() { sed -n "s/^anon .*N$2=\([0-9]*\).*/\1/p" $cgroups/e2e-"$1"/memory.numa_stat; }
counter() { stat_of $cgroups/e2e-"$1"/memory.stat "$2"; }
# Statistics are flushed with a delay of up to two seconds.
sleep 2.2
declare -A was
for group in a b; do
	for name in pgpromote_success numa_pages_migrated anon; do
		was[$group.$name]=$(counter $group $name)
	done
	was[$group.0]=$(anon $group 0) was[$group.1]=$(anon $group 1)
done
settle_vmstat
success=$(vmstat pgpromote_success) migrated=$(vmstat numa_pages_migrated)
node_success=$(stat_of /sys/devices/system/node/node0/vmstat pgpromote_success)

# All of a, and of b an arbitrary third, mixed.
{
	pfns "${pid[a]}" a
	pfns "${pid[b]}" b | head -n $(( 1000 / less ))
} | shuf --random-source=/bin/bash > "$tmp/pfns"
raw promote-all < "$tmp/pfns" > "$tmp/answer"
cat "$tmp/answer"
promoted=$(field promoted < "$tmp/answer")
settle_vmstat
expect "promoted" "$promoted" '>=' $(( 2900 / less ))

where "${pid[a]}" a
moved_a=$node0
where "${pid[b]}" b
moved_b=$node0
expect "pages that moved, by move_pages" $(( moved_a + moved_b )) '==' "$promoted"
expect "pgpromote_success" $(( $(vmstat pgpromote_success) - success )) '==' "$promoted"
expect "numa_pages_migrated" $(( $(vmstat numa_pages_migrated) - migrated )) '==' "$promoted"
expect "pgpromote_success of node 0" \
	$(( $(stat_of /sys/devices/system/node/node0/vmstat pgpromote_success) - node_success )) '==' "$promoted"

sleep 2.2
for group in a b; do
	moved=moved_$group
	for name in pgpromote_success numa_pages_migrated; do
		expect "group $group: $name" $(( $(counter $group $name) - ${was[$group.$name]} )) '==' "${!moved}"
	done
	expect "group $group: anon" $(( $(counter $group anon) - ${was[$group.anon]} )) '==' 0
	expect "group $group: bytes that came to node 0" $(( $(anon $group 0) - ${was[$group.0]} )) '==' $(( ${!moved} * 4096 ))
	expect "group $group: bytes that left node 1" $(( ${was[$group.1]} - $(anon $group 1) )) '==' $(( ${!moved} * 4096 ))
done

# In batches, through the heap, whose entries belong to either group.
success=$(vmstat pgpromote_success)
fast_scan
set_params freq-threshold=1
enable
hold c --mib $(( 8 / less ))
eventually "a third process is promoted by the source" on_node0 "$held" c 0.95
# Without a source hint faults would promote by themselves.
kill -STOP "$held"
disable
settled() { [ "$(vmstat nr_isolated_anon)" = 0 ] && [ "$(vmstat nr_isolated_file)" = 0 ]; }
eventually "nothing stays isolated" settled
expect "nr_isolated_anon of node 1" "$(stat_of /sys/devices/system/node/node1/vmstat nr_isolated_anon)" '==' 0

where "$held" c
eventually "pghot's own account is the kernel's" accounts_agree $(( success - promoted ))

# What a group is charged goes with it.
stop "${pid[a]}" "${pid[b]}"
gone() { rmdir $cgroups/e2e-a $cgroups/e2e-b 2> /dev/null; }
eventually "the groups can be removed" gone
