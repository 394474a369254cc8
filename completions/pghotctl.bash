# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion of pghotctl. Made from its command table: do not edit,
# run pghotctl-gen bash.
# shellcheck shell=bash

_pghotctl_sources='hintfault hwhint ibs pebs lruscan klruscand mmscan kmmscand'
_pghotctl_params='promote freq-threshold window-ms window-max-ms promote-rate-limit-mbps batch-nr sleep-ms target-nid heap-capacity adaptive'

# What may be assigned to a parameter, if there is a list.
_pghotctl_assigned() {
	case $1 in
	enabled|promote|adaptive|count-kernel|isolated-cpus) echo 'on off' ;;
	target-nid|target) echo "-1 $(_pghotctl_nodes)" ;;
	esac
}

_pghotctl_source_params() {
	case $1 in
	hintfault) echo 'enabled hot-latency-ms' ;;
	hwhint|ibs|pebs) echo 'enabled pmu-type config config1 config2 sample-period samples-per-sec count-kernel isolated-cpus' ;;
	lruscan|klruscand) echo 'enabled interval-ms budget-pages cpu-percent' ;;
	mmscan|kmmscand) echo 'enabled scan-size-mib scan-period-min-ms scan-period-max-ms scan-delay-ms cpu-percent' ;;
	esac
}

_pghotctl_next() {
	case $1 in
	'') echo 'status probe source enable disable get set node dump stats promote why cgroup reset run monitor record report shell save apply batch metrics help version' ;;
	source) echo 'list show set' ;;
	dump) echo 'heap records promoted' ;;
	cgroup) echo 'show set' ;;
	report) echo 'hotness cgroups diff fit mappings processes timeline why' ;;
	esac
}

_pghotctl_options() {
	case $1 in
	'enable') echo '--no-sysctl --period' ;;
	'dump heap') echo '--node --limit --min-freq --pfn-range --type --cgroup --fields' ;;
	'dump records') echo '--node --limit --min-freq --pfn-range --type --cgroup --fields' ;;
	'dump promoted') echo '--node --limit --min-freq --pfn-range --type --cgroup --fields' ;;
	'stats') echo '--watch --count' ;;
	'promote') echo '--node --count' ;;
	'why') echo '--node' ;;
	'cgroup set') echo '--promote --share' ;;
	'run') echo '--scan-scale' ;;
	'monitor') echo '--count' ;;
	'record') echo '--interval --count --limit --force' ;;
	'report hotness') echo '--node --svg --html' ;;
	'report cgroups') echo '--node --top --svg --html' ;;
	'report diff') echo '--top --sort --svg --html' ;;
	'report fit') echo '--node --cgroup --pid --svg --html' ;;
	'report mappings') echo '--node --cgroup --pid --top --sort --svg --html' ;;
	'report processes') echo '--node --cgroup --pid --top --sort --svg --html' ;;
	'report timeline') echo '--svg --html' ;;
	'report why') echo '--node --sample' ;;
	'apply') echo '--dry-run' ;;
	'batch') echo '--keep-going' ;;
	'metrics') echo '--output --format --cgroups --http' ;;
	esac
}

_pghotctl_globals='--json --pretty --raw --help --version --backend'

# PATH:OPTION, or PATH: for what is no option
_pghotctl_value() {
	case $1 in
	*':--backend') echo 'word auto netlink posted' ;;
	'source show'':') echo 'source' ;;
	'source set'':') echo 'source_assign' ;;
	'enable'':--period') echo 'none' ;;
	'enable'':') echo 'source' ;;
	'disable'':') echo 'source_or_all' ;;
	'get'':') echo 'param' ;;
	'set'':') echo 'assign' ;;
	'node'':') echo 'node' ;;
	'dump heap'':--node') echo 'node' ;;
	'dump heap'':--limit') echo 'none' ;;
	'dump heap'':--min-freq') echo 'none' ;;
	'dump heap'':--pfn-range') echo 'range' ;;
	'dump heap'':--type') echo 'words anon thp file shmem ksm hugetlb other' ;;
	'dump heap'':--cgroup') echo 'cgroup' ;;
	'dump heap'':--fields') echo 'words pfn address nid target_nid freq age_ms pages sources state type flags cgroup_ino cgroup' ;;
	'dump records'':--node') echo 'node' ;;
	'dump records'':--limit') echo 'none' ;;
	'dump records'':--min-freq') echo 'none' ;;
	'dump records'':--pfn-range') echo 'range' ;;
	'dump records'':--type') echo 'words anon thp file shmem ksm hugetlb other' ;;
	'dump records'':--cgroup') echo 'cgroup' ;;
	'dump records'':--fields') echo 'words pfn address nid target_nid freq age_ms pages sources state type flags cgroup_ino cgroup' ;;
	'dump promoted'':--node') echo 'node' ;;
	'dump promoted'':--limit') echo 'none' ;;
	'dump promoted'':--min-freq') echo 'none' ;;
	'dump promoted'':--pfn-range') echo 'range' ;;
	'dump promoted'':--type') echo 'words anon thp file shmem ksm hugetlb other' ;;
	'dump promoted'':--cgroup') echo 'cgroup' ;;
	'dump promoted'':--fields') echo 'words pfn address nid target_nid freq age_ms pages sources state type flags cgroup_ino cgroup' ;;
	'stats'':--watch') echo 'none' ;;
	'stats'':--count') echo 'none' ;;
	'promote'':--node') echo 'node' ;;
	'promote'':--count') echo 'none' ;;
	'promote'':') echo 'none' ;;
	'why'':--node') echo 'node' ;;
	'why'':') echo 'none' ;;
	'cgroup show'':') echo 'cgroup' ;;
	'cgroup set'':--promote') echo 'word on off' ;;
	'cgroup set'':--share') echo 'none' ;;
	'cgroup set'':') echo 'cgroup' ;;
	'reset'':') echo 'word records heaps counters all' ;;
	'run'':--scan-scale') echo 'none' ;;
	'run'':') echo 'program' ;;
	'monitor'':--count') echo 'none' ;;
	'monitor'':') echo 'word config promotion' ;;
	'record'':--interval') echo 'none' ;;
	'record'':--count') echo 'none' ;;
	'record'':--limit') echo 'none' ;;
	'record'':') echo 'file heap records promoted' ;;
	'report hotness'':--node') echo 'node' ;;
	'report hotness'':--svg') echo 'file' ;;
	'report hotness'':--html') echo 'file' ;;
	'report cgroups'':--node') echo 'node' ;;
	'report cgroups'':--top') echo 'none' ;;
	'report cgroups'':--svg') echo 'file' ;;
	'report cgroups'':--html') echo 'file' ;;
	'report diff'':--top') echo 'none' ;;
	'report diff'':--sort') echo 'word change hot cold cgroup' ;;
	'report diff'':--svg') echo 'file' ;;
	'report diff'':--html') echo 'file' ;;
	'report diff'':') echo 'file' ;;
	'report fit'':--node') echo 'node' ;;
	'report fit'':--cgroup') echo 'cgroup' ;;
	'report fit'':--pid') echo 'none' ;;
	'report fit'':--svg') echo 'file' ;;
	'report fit'':--html') echo 'file' ;;
	'report fit'':') echo 'file' ;;
	'report mappings'':--node') echo 'node' ;;
	'report mappings'':--cgroup') echo 'cgroup' ;;
	'report mappings'':--pid') echo 'none' ;;
	'report mappings'':--top') echo 'none' ;;
	'report mappings'':--sort') echo 'word hot warm slow fast size pid' ;;
	'report mappings'':--svg') echo 'file' ;;
	'report mappings'':--html') echo 'file' ;;
	'report processes'':--node') echo 'node' ;;
	'report processes'':--cgroup') echo 'cgroup' ;;
	'report processes'':--pid') echo 'none' ;;
	'report processes'':--top') echo 'none' ;;
	'report processes'':--sort') echo 'word hot warm slow fast size pid' ;;
	'report processes'':--svg') echo 'file' ;;
	'report processes'':--html') echo 'file' ;;
	'report timeline'':--svg') echo 'file' ;;
	'report timeline'':--html') echo 'file' ;;
	'report timeline'':') echo 'file' ;;
	'report why'':--node') echo 'node' ;;
	'report why'':--sample') echo 'none' ;;
	'report why'':') echo 'none' ;;
	'save'':') echo 'file' ;;
	'apply'':') echo 'file' ;;
	'batch'':') echo 'file' ;;
	'metrics'':--output') echo 'file' ;;
	'metrics'':--format') echo 'word openmetrics prometheus' ;;
	'metrics'':--cgroups') echo 'none' ;;
	'help'':') echo 'command' ;;
	esac
}

_pghotctl_nodes() {
	local d
	for d in /sys/devices/system/node/node[0-9]*; do
		[ -d "$d" ] && echo "${d##*node}"
	done
}

# The page frames of each node.
_pghotctl_ranges() {
	awk '$1 == "Node" { nid = $2 + 0 }
	$1 == "spanned" { spanned = $2 }
	$1 == "start_pfn:" && spanned > 0 {
		if (!(nid in end) || $2 < start[nid]) start[nid] = $2
		if (!(nid in end) || $2 + spanned > end[nid]) end[nid] = $2 + spanned
	}
	END { for (nid in end) printf "%#x-%#x\n", start[nid], end[nid] - 1 }' /proc/zoneinfo 2>/dev/null
}

# _pghotctl_cgroups TYPED: paths below the root of the hierarchy
_pghotctl_cgroups() {
	local root=/sys/fs/cgroup lead=/ d
	[ -e $root/cgroup.controllers ] || root=$root/unified
	[[ -z $1 || $1 == /* ]] || lead=''
	for d in "$root/${1#/}"*/; do
		[ -d "$d" ] && echo "$lead${d#"$root"/}"
	done
}

# _pghotctl_list TYPED WORD...: TYPED, a list with commas, with one word more
_pghotctl_list() {
	local before=${1%"${1##*,}"} w
	shift
	for w; do
		[[ ,$before == *,$w,* ]] || echo "$before$w"
	done
}

_pghotctl() {
	local cur=${COMP_WORDS[COMP_CWORD]} path='' src='' opt='' prev='' before='' w i n=0 kind words=''

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		w=${COMP_WORDS[i]}
		prev=$w
		case $w in
		=)
			continue ;;
		-*)
			opt=${w%%=*}
			[[ $w != *=* ]] || opt=''
			continue ;;
		esac
		# The value of an option is no word of the command.
		if [ -n "$opt" ] && [ -n "$(_pghotctl_value "$path:$opt")" ]; then
			opt=''
			continue
		fi
		opt=''
		if [[ " $(_pghotctl_next "$path") " == *" $w "* ]]; then
			path=${path:+$path }$w
		elif ((n++ == 0)); then
			src=$w
		fi
	done

	# NAME=VALUE and --OPTION=VALUE; bash may have split them at the '='.
	w=''
	if [[ $cur == = || $prev == = ]]; then
		i=$((COMP_CWORD - 1))
		[[ $cur == = ]] && cur='' || i=$((i - 1))
		w=${COMP_WORDS[i]}
	elif [[ $cur == *=* ]]; then
		w=${cur%%=*}
		before=$w=
		cur=${cur#*=}
	fi
	if [[ $w == -* ]]; then
		kind=$(_pghotctl_value "$path:$w")
	elif [ -n "$w" ]; then
		kind="word $(_pghotctl_assigned "$w")"
	elif [[ -n $src && $(_pghotctl_value "$path:") == program ]]; then
		kind='file'
	elif [[ $cur == -* ]]; then
		kind='word '"$(_pghotctl_options "$path") $_pghotctl_globals"
	elif [ -n "$opt" ] && [ -n "$(_pghotctl_value "$path:$opt")" ]; then
		kind=$(_pghotctl_value "$path:$opt")
	elif [ -n "$(_pghotctl_next "$path")" ]; then
		kind='word '$(_pghotctl_next "$path")
	else
		kind=$(_pghotctl_value "$path:")
	fi

	case $kind in
	file\ *)
		words=${kind#* }
		[ -n "$src" ] || kind='file' ;;
	word*\ *) words=${kind#* } ;;
	esac
	case $kind in
	node) words=$(_pghotctl_nodes) ;;
	range) words=$(_pghotctl_ranges) ;;
	source) words=$_pghotctl_sources ;;
	source_or_all) words="$_pghotctl_sources all" ;;
	param) words=$_pghotctl_params ;;
	program) words=$(compgen -c -- "$cur") ;;
	command) words=$(_pghotctl_next "${src:-}") ;;
	assign)
		compopt -o nospace 2>/dev/null
		for w in $_pghotctl_params; do words+=" $w="; done ;;
	source_assign)
		if [ -z "$src" ]; then
			words=$_pghotctl_sources
		else
			compopt -o nospace 2>/dev/null
			for w in $(_pghotctl_source_params "$src"); do words+=" $w="; done
		fi ;;
	file)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -P "$before" -- "$cur")
		return ;;
	cgroup)
		compopt -o nospace 2>/dev/null
		mapfile -t COMPREPLY < <(_pghotctl_cgroups "$cur")
		COMPREPLY=("${COMPREPLY[@]/#/$before}")
		return ;;
	esac
	if [[ $kind == words\ * ]]; then
		compopt -o nospace 2>/dev/null
		# shellcheck disable=SC2086
		words=$(_pghotctl_list "$cur" $words)
	fi
	mapfile -t COMPREPLY < <(compgen -W "$words" -P "$before" -- "$cur")
}

complete -F _pghotctl pghotctl
