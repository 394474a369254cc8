# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# shellcheck disable=SC2034 # the names are for who sources this
#
# arms.bash - the mechanisms that are compared, and how each is turned on
#
# Sourced, by run for the names and by cell, in the machine, for the rest. Every arm
# starts from the same state: demotion on, NUMA balancing off, pghot with its defaults
# and no source, DAMON without kdamonds. It is not turned off again: the machine ends.

# What each is, for the report.
declare -A arm_about=(
	[nothing]='demotion only; nothing is promoted'
	[balancing]='NUMA balancing mode 2 of stock Linux'
	[damon]="DAMON on node 1's addresses, migrate_hot to node 0"
	[damon-both]='the same, and migrate_cold from node 0 to node 1'
	[hintfault]='pghot with hint faults'
	[ibs]='pghot with IBS samples'
	[mmscan]='pghot with scans of address spaces'
	[lruscan]='pghot with page-table walks of MGLRU'
	[hintfault+ibs]='pghot with hint faults and IBS samples'
	[all]='pghot with all of its sources'
)
arms=(nothing balancing damon damon-both hintfault ibs mmscan lruscan hintfault+ibs all)

# pghot SOURCE...
pghot() {
	pghotctl enable "$@"
	# In this order: until the source owns them, hint faults promote by themselves.
	[[ " $* " != *" hintfault "* ]] || echo 2 > /proc/sys/kernel/numa_balancing
}

arm_on() {
	case $1 in
	nothing) ;;
	balancing) echo 2 > /proc/sys/kernel/numa_balancing ;;
	damon) damon_start 1 promote ;;
	damon-both) damon_start 2 promote demote ;;
	all) pghot hintfault ibs mmscan lruscan ;;
	*) IFS=+ read -ra sources <<< "$1"
		pghot "${sources[@]}" ;;
	esac
}

# --- DAMON ---------------------------------------------------------------------
#
# The parameters are those of the kernel's own sample for memory tiers,
# samples/damon/mtier.c: hot is what was accessed in an aggregation and is young when
# it is to be moved; 200 MiB per second at most, the most frequently accessed first; where
# the kernel has quota goals for that, as much as keeps node 0 at 99.7 % used and 0.5 %
# free.

damon=/sys/kernel/mm/damon/admin/kdamonds

put() { echo "$2" > "$1" || { echo "DAMON refuses '$2' in $1" >&2; exit 1; }; }

# Has a file that came with a later kernel: not an error when it is not there.
put_if_there() { [ ! -e "$1" ] || put "$1" "$2"; }

# node_ranges NID: "START END" in bytes, of adjacent memory blocks
node_ranges() {
	local block size first
	size=$(( 16#$(</sys/devices/system/memory/block_size_bytes) ))
	first=''
	for block in $(printf '%s\n' "/sys/devices/system/node/node$1/"memory[0-9]* | sed 's/.*memory//' | sort -n); do
		if [ -n "$first" ] && (( block == last + 1 )); then
			last=$block
			continue
		fi
		[ -z "$first" ] || echo $(( first * size )) $(( (last + 1) * size ))
		first=$block last=$block
	done
	echo $(( first * size )) $(( (last + 1) * size ))
}

# damon_kdamond NUMBER promote|demote
damon_kdamond() {
	local dir=$damon/$1/contexts scheme i nid=1 to=0 action=migrate_hot metric=node_mem_used_bp value=9970
	local accesses_min=1 accesses_max=4294967295 matching=N
	if [ "$2" = demote ]; then
		nid=0 to=1 action=migrate_cold metric=node_mem_free_bp value=50
		accesses_min=0 accesses_max=0 matching=Y
	fi
	put "$dir/nr_contexts" 1
	dir+=/0
	put "$dir/operations" paddr
	put "$dir/monitoring_attrs/intervals/sample_us" 5000
	put "$dir/monitoring_attrs/intervals/aggr_us" 100000
	put "$dir/monitoring_attrs/nr_regions/min" 10
	put "$dir/monitoring_attrs/nr_regions/max" 1000

	mapfile -t ranges < <(node_ranges $nid)
	put "$dir/targets/nr_targets" 1
	put "$dir/targets/0/regions/nr_regions" ${#ranges[@]}
	for i in "${!ranges[@]}"; do
		put "$dir/targets/0/regions/$i/start" "${ranges[i]% *}"
		put "$dir/targets/0/regions/$i/end" "${ranges[i]#* }"
	done

	put "$dir/schemes/nr_schemes" 1
	scheme=$dir/schemes/0
	put "$scheme/action" $action
	put "$scheme/target_nid" $to
	put "$scheme/access_pattern/sz/max" 18446744073709551615
	put "$scheme/access_pattern/nr_accesses/min" $accesses_min
	put "$scheme/access_pattern/nr_accesses/max" $accesses_max
	put "$scheme/access_pattern/age/max" 4294967295
	put "$scheme/quotas/reset_interval_ms" 1000
	put "$scheme/quotas/bytes" $(( 200 << 20 ))
	put "$scheme/quotas/weights/sz_permil" 0
	put "$scheme/quotas/weights/nr_accesses_permil" 100
	put "$scheme/quotas/weights/age_permil" 100
	# Goals that are about the memory of a node came with Linux 6.16.
	put "$scheme/quotas/goals/nr_goals" 1
	if [ -e "$scheme/quotas/goals/0/nid" ] && echo $metric 2> /dev/null > "$scheme/quotas/goals/0/target_metric"; then
		put "$scheme/quotas/goals/0/nid" 0
		put "$scheme/quotas/goals/0/target_value" $value
	else
		put "$scheme/quotas/goals/nr_goals" 0
	fi
	# What matches a filter is left alone: promoted is what is young, demoted what is not.
	put "$scheme/filters/nr_filters" 1
	put "$scheme/filters/0/type" young
	put "$scheme/filters/0/matching" $matching
	put_if_there "$scheme/filters/0/allow" N
	put "$damon/$1/state" on
}

# damon_start NUMBER WHAT...: so many kdamonds
damon_start() {
	local i=0
	[ -d $damon ] || { echo "this kernel has no DAMON in sysfs" >&2; exit 1; }
	put $damon/nr_kdamonds "$1"
	shift
	for what; do
		damon_kdamond $i "$what"
		i=$(( i + 1 ))
	done
}

# damon_stats: "promoted PAGES" and "demoted PAGES", as far as there are schemes
damon_stats() {
	local dir name=damon_promoted
	for dir in "$damon"/[0-9]*; do
		[ -d "$dir" ] || continue
		put "$dir/state" update_schemes_stats
		echo $name $(( $(<"$dir/contexts/0/schemes/0/stats/sz_applied") / 4096 ))
		name=damon_demoted
	done
}
