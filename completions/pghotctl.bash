# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion of pghotctl. Made from its command table: do not edit,
# run pghotctl-gen bash.
# shellcheck shell=bash

_pghotctl_sources='hintfault hwhint ibs pebs lruscan klruscand mmscan kmmscand'
_pghotctl_params='promote freq-threshold window-ms promote-rate-limit-mbps batch-nr sleep-ms target-nid heap-capacity adaptive'
_pghotctl_switches=' enabled promote adaptive '

_pghotctl_source_params() {
	case $1 in
	hintfault) echo 'enabled hot-latency-ms' ;;
	hwhint|ibs|pebs) echo 'enabled' ;;
	lruscan|klruscand) echo 'enabled interval-ms budget-pages' ;;
	mmscan|kmmscand) echo 'enabled' ;;
	esac
}

_pghotctl_next() {
	case $1 in
	'') echo 'status source enable disable get set node dump stats promote reset monitor help version' ;;
	source) echo 'list show set' ;;
	dump) echo 'heap records promoted' ;;
	esac
}

_pghotctl_options() {
	case $1 in
	'enable') echo '--no-sysctl' ;;
	'dump heap') echo '--node --limit --min-freq' ;;
	'dump records') echo '--node --limit --min-freq --pfn-range' ;;
	'dump promoted') echo '--node --limit' ;;
	'stats') echo '--watch --count' ;;
	'promote') echo '--node --count' ;;
	'monitor') echo '--count' ;;
	esac
}

_pghotctl_globals='--json --pretty --raw --help --version'

# PATH:OPTION, or PATH: for what is no option
_pghotctl_value() {
	case $1 in
	'source show:') echo 'source' ;;
	'source set:') echo 'source_assign' ;;
	'enable:') echo 'source' ;;
	'disable:') echo 'source_or_all' ;;
	'get:') echo 'param' ;;
	'set:') echo 'assign' ;;
	'node:') echo 'node' ;;
	'dump heap:--node') echo 'node' ;;
	'dump heap:--limit') echo 'none' ;;
	'dump heap:--min-freq') echo 'none' ;;
	'dump records:--node') echo 'node' ;;
	'dump records:--limit') echo 'none' ;;
	'dump records:--min-freq') echo 'none' ;;
	'dump records:--pfn-range') echo 'none' ;;
	'dump promoted:--node') echo 'node' ;;
	'dump promoted:--limit') echo 'none' ;;
	'stats:--watch') echo 'none' ;;
	'stats:--count') echo 'none' ;;
	'promote:--node') echo 'node' ;;
	'promote:--count') echo 'none' ;;
	'promote:') echo 'none' ;;
	'reset:') echo 'word records heaps counters all' ;;
	'monitor:--count') echo 'none' ;;
	'monitor:') echo 'word config promotion' ;;
	'help:') echo 'command' ;;
	esac
}

_pghotctl_nodes() {
	local d
	for d in /sys/devices/system/node/node[0-9]*; do
		[ -d "$d" ] && echo "${d##*node}"
	done
}

_pghotctl() {
	local cur=${COMP_WORDS[COMP_CWORD]} path='' src='' opt='' prev='' w i n=0 kind words=''

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		w=${COMP_WORDS[i]}
		prev=$w
		case $w in
		-*)
			opt=$w
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

	# bash splits words at '=': NAME = VALUE.
	if [[ $cur == = || $prev == = ]]; then
		i=$((COMP_CWORD - 1))
		[[ $cur == = ]] && cur='' || i=$((i - 1))
		[[ $_pghotctl_switches == *" ${COMP_WORDS[i]} "* ]] && words='on off'
		# shellcheck disable=SC2207
		COMPREPLY=($(compgen -W "$words" -- "$cur"))
		return
	fi
	if [[ $cur == -* ]]; then
		kind='word '"$(_pghotctl_options "$path") $_pghotctl_globals"
	elif [ -n "$opt" ] && [ -n "$(_pghotctl_value "$path:$opt")" ]; then
		kind=$(_pghotctl_value "$path:$opt")
	elif [ -n "$(_pghotctl_next "$path")" ]; then
		kind='word '$(_pghotctl_next "$path")
	else
		kind=$(_pghotctl_value "$path:")
	fi

	case $kind in
	word*) words=${kind#word } ;;
	node) words=$(_pghotctl_nodes) ;;
	source) words=$_pghotctl_sources ;;
	source_or_all) words="$_pghotctl_sources all" ;;
	param) words=$_pghotctl_params ;;
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
	esac
	# shellcheck disable=SC2207
	COMPREPLY=($(compgen -W "$words" -- "$cur"))
}

complete -F _pghotctl pghotctl
