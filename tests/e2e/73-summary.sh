#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
#
# What summary-get adds up in the kernel is what a dump of all records adds up to, by
# node, cgroup, type and frequency; and report says whose memory is hot.

# shellcheck disable=SC2119 # ask_all needs no option
. "${0%/*}/lib.sh"

mkdir $cgroups/e2e-summary-{a,b}
set_params promote=0 freq-threshold=1 window-ms=60000
hold_by=(in_group e2e-summary-a)
hold a --mib 4
pids=("$held")
hold_by=(in_group e2e-summary-b)
hold b --mib 2
pids+=("$held")
hold_by=()
fast_scan
enable
# More than the first has: of both.
queue_fills 1200
# What is asked twice is the same.
kill -STOP "${pids[@]}"
balancing 0
sleep 1

# Of two; the guest's awk does without arithmetic of reals.
power='function power(n, p) { for (p = 1; n > 0; n--) p *= 2; return p } '

# From the dump: base pages by node, cgroup and class of frequency.
raw dump record-get min-freq=1 > "$tmp/records"
awk "$power"'$1 == "entry" && $10 {
	for (c = 0; power(c + 1) <= $5; c++) ;
	sum[$3 " " $11 " " c] += power($9)
} END { for (k in sum) print k, sum[k] }' "$tmp/records" | sort > "$tmp/wanted"
raw dump summary-get > "$tmp/summary"
awk '$1 == "nid" { nid = $2 } $1 == "cgroup-ino" { ino = $2 } $1 == "pages" {
	for (i = 2; i <= NF; i++)
		if ($i) sum[nid " " ino " " int((i - 2) / 6)] += $i
} END { for (k in sum) print k, sum[k] }' "$tmp/summary" | sort > "$tmp/said"
expect "kinds of memory" "$(wc -l < "$tmp/wanted")" '>=' 2
diff "$tmp/wanted" "$tmp/said" > "$tmp/diff" || fail "not what the records add up to: $(<"$tmp/diff")"
grep -q 'interrupted=0' "$tmp/summary" || fail "interrupted: $(tail -n 1 "$tmp/summary")"

for group in a b; do
	ino=$(stat -c %i $cgroups/e2e-summary-$group)
	hot=$(awk -v ino="$ino" "$power"'$1 == "entry" && $11 == ino { n += power($9) } END { print n + 0 }' "$tmp/records")
	expect "$group: hot pages by the records" "$hot" '>=' 100
	expect "$group: and by the report" "$(pghotctl -j report cgroups | jq -r --argjson ino "$ino" \
		'.data.cgroups[] | select(.cgroup_inode == $ino) | .hot_pages')" '==' "$hot"
done
expect "pages of the report by frequency" "$(pghotctl -j report hotness --node 1 | jq '[.data.classes[].pages] | add')" \
	'==' "$(awk '{ n += $4 } END { print n }' "$tmp/wanted")"
expect "one cgroup of several" "$(pghotctl -j report cgroups --top 1 | jq '.data.cgroups | length')" '==' 1

# Limits, and what is wrong.
raw dump summary-get nid=0 | grep -q '^nid' && fail "fast memory has records"
raw dump summary-get pfn-start=0 pfn-end=1 | grep -q '^nid' && fail "page frames that were not asked for"
wanted "a frequency that no record has" 'error ERANGE attr=min-freq *1-63*' dump summary-get min-freq=64
wanted "none" 'error ERANGE attr=min-freq *1-63*' dump summary-get min-freq=0
wanted "no node" 'error ERANGE attr=nid *0-1*' dump summary-get nid=5
wanted "a range that ends before it begins" 'error ERANGE attr=pfn-start *' dump summary-get pfn-start=9 pfn-end=8
ask_all
disable
! raw dump summary-get | grep -q '^nid' || fail "nothing is on, and there is a summary"
