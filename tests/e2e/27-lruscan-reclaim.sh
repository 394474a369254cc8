#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
#
# Reclaim does not notice lruscan: generations are made and given up as without
# it, and who is accessed is young, who is not is old.

. "${0%/*}/lib.sh"

set_params promote=0
# Slower than ages are made here, so that each is made of both walks' findings.
raw do source-set name=lruscan "lruscan=[" interval-ms=200 ] > /dev/null

# Age the lruvec once, with some time of accesses before.
age() {
	local before
	sleep 0.8
	generations "$1"
	before=$max
	new_generation "$1"
	generations "$1"
	made+=" $(( max - before ))"
}

hot=$(( 2048 / less ))
# run GROUP: ages of a group with that many accessed pages and three times as many that are not
run() {
	local i before
	made='' kept=''
	mkdir $cgroups/"$1"
	hold_by=(in_group "$1")
	hold "$1" --mib $(( 32 / less )) --hot $hot
	hold_by=()
	for (( i = 0; i < 4; i++ )); do
		age "$1"
		kept+=" $(( max - min ))"
	done
	# A walk that ends while sizes are read has its pages in two of them: look until two
	# looks agree.
	until before=$max:${aged[*]}; generations "$1"; [ "$before" = "$max:${aged[*]}" ]; do :; done
	# Accessed since the last but one: in the two youngest.
	young=$(( aged[max] + aged[max - 1] )) old=0
	for i in "${!aged[@]}"; do
		[ "$i" -ge $(( max - 1 )) ] || old=$(( old + aged[i] ))
	done
	say "$1: ages made:$made, generations kept:$kept, young pages $young, old ones $old"
}

check() {
	expect_text "$1: ages made" "$made" ' 1 1 1 1'
	expect "$1: young pages" "$young" '>=' $hot
	expect "$1: young pages" "$young" '<=' $(( hot + hot / 4 ))
	expect "$1: old pages" "$old" '>=' $(( 3 * hot - hot / 4 ))
}

run e2e-stock
check stock
stock_kept=$kept
stop "$held"

passes=$(vmstat pghot_lruscan_passes)
accessed=$(vmstat pghot_lruscan_accessed)
pghotctl enable lruscan > /dev/null
run e2e-scan
check scan
expect_text "generations kept" "$kept" "$stock_kept"
expect "passes meanwhile" $(( $(vmstat pghot_lruscan_passes) - passes )) '>=' 10
expect "accesses that lruscan took" $(( $(vmstat pghot_lruscan_accessed) - accessed )) '>=' $(( hot * 4 ))

# The old ones are lruscan's idea of cold as well, and the young ones of hot.
pfns "$held" e2e-scan | sort > "$tmp/hot.pfns"
found() {
	raw dump record-get nid=1 min-freq=8 | awk '$1 == "entry" { print $2 }' | sort > "$tmp/found.pfns"
	[ "$(comm -12 "$tmp/hot.pfns" "$tmp/found.pfns" | wc -l)" -ge $(( hot - hot / 20 )) ]
}
eventually "lruscan has found the hot pages" found

# Address spaces that come and go under the cursor do not stop ageing, either.
short=()
for (( i = 0; i < 20; i++ )); do
	in_group e2e-scan pghot-e2e-nl do info-get > /dev/null &
	short+=($!)
done
made=''
age e2e-scan
wait "${short[@]}"
age e2e-scan
pghotctl disable lruscan > /dev/null
age e2e-scan
expect_text "ages made while processes exit, and afterwards" "$made" ' 1 1 1'
stop "$held"
