#compdef pghottop
# SPDX-License-Identifier: GPL-2.0-or-later
# zsh completion of pghottop. Columns and themes are asked of the program; a check
# compares the options with its help.

_pghottop_nodes() {
	local -a nodes expl
	nodes=(/sys/devices/system/node/node<->(N:t))
	nodes=(${nodes#node})
	_wanted nodes expl node compadd "$@" -a - nodes
}

# name:summary of each column that the program has.
_pghottop_list_columns() {
	reply=(${(f)"$(_call_program columns $words[1] --sort-key help 2>/dev/null |
		awk '/^[a-z]/ && !seen[$1]++ { name = $1; $1 = $2 = $3 = ""; sub(/^ +/, ""); print name ":" $0 }')"})
}

_pghottop_columns() {
	local -a reply
	_pghottop_list_columns
	local name
	compset -P '+'
	compset -P '*,'
	# Each once.
	for name in ${(s:,:)${IPREFIX##*[=+]}}; do
		reply=(${reply:#$name:*})
	done
	_describe -t columns column reply -qS ,
}

_pghottop_sort() {
	local -a reply
	_pghottop_list_columns
	compset -P '[+-]'
	_describe -t columns column reply
	compadd help
}

_pghottop_themes() {
	local -a themes
	themes=(${(f)"$(_call_program themes $words[1] --theme help 2>/dev/null |
		awk '{ name = $1; $1 = ""; sub(/^ +/, ""); print name ":" $0 }')"})
	_describe -t themes theme themes
	compadd help
}

_arguments -s -S \
	'(-A --ascii)'{-A,--ascii}'[no other characters than ASCII]' \
	'(-b --batch)'{-b,--batch}'[print samples as text]' \
	'(-j --json --csv)--csv=-[print samples as CSV]::lines of:(pages nodes)' \
	'(-d --delay)'{-d+,--delay=}'[time between samples]:time:(100ms 500ms 1s 2s 5s 1m)' \
	'(-f --filter)'{-f+,--filter=}'[only those that pass]:expression' \
	'--flat[a list of cgroups instead of a tree]' \
	'--heat-metric=[what colours of the heat map mean]:metric:(freq hot tracked)' \
	'--heatmap=[write the heat map of a node as SVG, and end]:file:_files' \
	'(- *)'{-h,--help}'[show help]' \
	'(-j --json --csv)'{-j,--json}'[print samples as JSON, one object per line]' \
	'(-l --limit)'{-l+,--limit=}'[rows per sample]:number' \
	'(-m --min-freq)'{-m+,--min-freq=}'[only pages with that frequency or more]:frequency' \
	'(-M --no-mouse)'{-M,--no-mouse}'[leave the mouse to the terminal]' \
	'(-N --node)'{-N+,--node=}'[only pages on that node or bound for it]:node:_pghottop_nodes' \
	'(-n --iterations)'{-n+,--iterations=}'[end after so many samples]:number' \
	'(-o --columns)'{-o+,--columns=}'[columns to show]:columns:_pghottop_columns' \
	'(-p --pid)'{-p+,--pid=}'[process that mappings are of]:process:_pids' \
	'--readonly[write no file]' \
	'(-r --replay)--record=[write all samples to a file, too]:file:_files' \
	'(-r --replay --record)'{-r+,--replay=}'[show the samples of a recording]:file:_files' \
	'--seek=[begin the recording there]:time or \#sample' \
	'(-s --sort-key)'{-s+,--sort-key=}'[sort by a column]:column:_pghottop_sort' \
	'--speed=[play slower or faster]:speed:(1/8 1/4 1/2 1 2 4 8 16 64)' \
	'--theme=[colours]:theme:_pghottop_themes' \
	'(-u --raw)'{-u,--raw}'[plain numbers instead of human units]' \
	'(- *)'{-V,--version}'[show the version]' \
	'(-v --view)'{-v+,--view=}'[what to show]:view:(queue records promotions cgroups processes mappings)'
