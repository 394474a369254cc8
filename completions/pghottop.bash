# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion of pghottop. Columns and themes are asked of the program; a check
# compares the options with its help.
# shellcheck shell=bash

_pghottop_nodes() {
	local d
	for d in /sys/devices/system/node/node[0-9]*; do
		[ -d "$d" ] && echo "${d##*node}"
	done
}

# First word of each line but titles, from a list that the program prints.
_pghottop_names() {
	"${COMP_WORDS[0]}" "$@" 2>/dev/null | sed -n 's/^\([a-z][a-z-]*\) .*/\1/p'
}

_pghottop_options='--ascii --batch --columns --csv --delay --filter --flat --heat-metric --heatmap
	--help --iterations --json --limit --min-freq --no-mouse --node --pid --raw --readonly
	--record --replay --seek --sort-key --speed --theme --version --view'

_pghottop() {
	local cur=${COMP_WORDS[COMP_CWORD]} opt=${COMP_WORDS[COMP_CWORD - 1]} words='' start='' w

	COMPREPLY=()
	# bash splits words at '=', --option = value, unless COMP_WORDBREAKS lacks it.
	if [[ $cur == --*=* ]]; then
		opt=${cur%%=*}
		start=$opt=
		cur=${cur#*=}
	elif [[ $cur == = ]]; then
		cur=''
	elif [[ $opt == = ]] && ((COMP_CWORD > 1)); then
		opt=${COMP_WORDS[COMP_CWORD - 2]}
	elif [[ $opt == --csv ]]; then
		# Its value stands behind '=' only.
		opt=''
	fi

	case $opt in
	-v | --view) words='queue records promotions cgroups processes mappings' ;;
	-N | --node) words=$(_pghottop_nodes) ;;
	-s | --sort-key)
		for w in $(_pghottop_names --sort-key help); do
			words+=" $w -$w +$w"
		done
		words+=' help' ;;
	-o | --columns)
		# What is before the last comma stays as it is.
		local before=''
		[[ $cur == *,* ]] && before=${cur%,*},
		[[ $cur == +* && -z $before ]] && before=+
		for w in $(_pghottop_names --sort-key help); do
			[[ ,${before#+} == *,$w,* ]] || words+=" $before$w"
		done
		compopt -o nospace 2>/dev/null ;;
	-f | --filter)
		for w in node target freq age score source type flag cgroup size order pfn addr \
			hot warm fast slow infast prom dem pid command mapping; do
			words+=" $w"
		done
		words+=' help'
		compopt -o nospace 2>/dev/null ;;
	--theme) words="$(_pghottop_names --theme help) help" ;;
	--csv) words='pages nodes' ;;
	--heat-metric) words='freq hot tracked' ;;
	--speed) words='1/8 1/4 1/2 1 2 4 8 16 64' ;;
	-d | --delay) words='100ms 500ms 1s 2s 5s 1m' ;;
	-r | --replay | --record | --heatmap)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -P "$start" -- "$cur")
		return ;;
	-m | --min-freq | -p | --pid | -n | --iterations | -l | --limit | --seek) return ;;
	*) words=$_pghottop_options ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -P "$start" -- "$cur")
}

complete -F _pghottop pghottop
