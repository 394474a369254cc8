#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# engine: yes
#
# User placement wins: what mbind(2), set_mempolicy(2) or a cpuset keep on node 1
# stays there, whether a source finds it hot or an administrator asks for it.

. "${0%/*}/lib.sh"

declare -A pid
# Without MPOL_F_NUMA_BALANCING there are no hint faults: asked for by hand only.
hold bind --mib 4 --policy bind --idle; pid[bind]=$held
hold bind-numab --mib 4 --policy bind-numab; pid[bind-numab]=$held
hold task-bind --mib 4 --policy task-bind --idle; pid[task-bind]=$held
hold cpuset --mib 4; pid[cpuset]=$held
hold free --mib 4; pid[free]=$held
# Two processes share these; only the one that does not access them is confined.
hold shared --mib 4 --child; pid[shared]=$held

mkdir $cgroups/e2e-cpuset
echo 1 > $cgroups/e2e-cpuset/cpuset.mems
echo "${pid[cpuset]}" > $cgroups/e2e-cpuset/cgroup.procs
awk '$1 == "PPid:" { print $2 }' "/proc/${pid[shared]}/status" > $cgroups/e2e-cpuset/cgroup.procs

fast_scan
set_params freq-threshold=1
enable
eventually "what nobody placed is promoted" on_node0 "${pid[free]}" free 0.95
# Hint faults do not care for cpusets: the page was found hot and had to stay.
by_cpuset() { [ "$(ask stats-get failed.cpuset)" -ge 512 ]; }
eventually "pages of the cpuset were found hot" by_cpuset
sleep 1

for who in bind bind-numab task-bind cpuset shared; do
	where "${pid[$who]}" $who
	expect "$who: pages on node 1" "$node1" '==' 1024
done

# By hand; the CPUs are needed for that. A page that is in a CPU's LRU batch is busy, and as immovable.
kill -STOP "${pid[@]}"
by_hand() {
	local who=$1 reason=$2 answer
	answer=$(pfns "${pid[$who]}" "$who" | raw promote-all)
	expect "$who: attempted" "$(field attempted <<< "$answer")" '==' 1024
	expect "$who: promoted" "$(field promoted <<< "$answer")" '==' 0
	expect "$who: failed because of $reason" "$(field "failed.$reason" <<< "$answer")" '>=' 960
	where "${pid[$who]}" "$who"
	expect "$who: pages on node 1" "$node1" '==' 1024
}
by_hand bind policy
by_hand bind-numab policy
by_hand task-bind policy
by_hand cpuset cpuset
by_hand shared cpuset

# Restrictions end: the cpuset's pages may move, a lifted binding too.
echo 0-1 > $cgroups/e2e-cpuset/cpuset.mems
answer=$(pfns "${pid[cpuset]}" cpuset | raw promote-all)
expect "promoted after the cpuset allows it" "$(field promoted <<< "$answer")" '>=' 900
where "${pid[cpuset]}" cpuset
expect "and by move_pages" "$node0" '>=' 900
