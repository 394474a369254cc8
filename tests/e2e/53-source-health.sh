#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 200
# kernel: plain
#
# Somebody takes away what an enabled source needs: everything that shows the source
# says so, and no longer when it is back.

. "${0%/*}/lib.sh"

export LC_ALL=C.UTF-8

# causes: what is wrong with SOURCE by every way to ask, one after the other
causes() {
	local of=".sources[] | select(.name == \"$1\") | .problems | map(.cause) | join(\" \")"
	pghotctl -j status | jq -r ".data | $of"
	pghotctl -j source list | jq -r ".data | $of"
	pghotctl -j source show "$1" | jq -r ".data | $of"
	pghottop -j -n 1 -l 0 | jq -r ".data | $of"
}
# told SOURCE CAUSE WORDS - all say so; none when CAUSE is empty
told() {
	local source=$1 cause=$2 words=$3
	expect_text "$source: causes" "$(causes "$source" | sort | uniq -c | tr -s ' ')" " 4 $cause"
	pghotctl status > "$tmp/status" 2>&1
	pghotctl source show "$source" > "$tmp/show" 2>&1
	pghottop -b -n 1 -l 0 > "$tmp/top"
	for file in status show top; do
		if [ -n "$cause" ]; then
			grep -qF "$words" "$tmp/$file" || fail "$file does not say '$words': $(<"$tmp/$file")"
		else
			! grep -qF "$words" "$tmp/$file" || fail "$file says '$words': $(<"$tmp/$file")"
		fi
	done
}
gauge() { pghotctl metrics | sed -n "s/^pghot_source_problem{source=\"$1\",cause=\"$2\"} //p"; }

pghotctl enable hintfault > /dev/null
told hintfault '' 'numa_balancing is 0'
expect "the gauge" "$(gauge hintfault numa-balancing-off)" '==' 0
echo 0 > /proc/sys/kernel/numa_balancing
told hintfault numa-balancing-off 'numa_balancing is 0'
expect "the gauge" "$(gauge hintfault numa-balancing-off)" '==' 1
pghotctl metrics > "$tmp/metrics"
/usr/bin/python3 "$top/tests/unit/openmetrics.py" "$tmp/metrics" || fail "no OpenMetrics"
# The way out is one.
pghotctl enable hintfault > /dev/null
told hintfault '' 'numa_balancing is 0'
pghotctl disable all > /dev/null
echo 0 > /proc/sys/kernel/numa_balancing
told hintfault '' 'numa_balancing is 0'

lru=/sys/kernel/mm/lru_gen/enabled
if [ -e "$lru" ]; then
	before=$(<"$lru")
	echo y > "$lru"
	pghotctl enable lruscan > /dev/null
	told lruscan '' 'LRU is off'
	echo n > "$lru"
	told lruscan mglru-off 'LRU is off'
	expect "the gauge" "$(gauge lruscan mglru-off)" '==' 1
	pghotctl disable all > /dev/null
	echo "$before" > "$lru"
fi
