#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 90
# kernel: plain
#
# The heat map is hot where pagemap says that the workload is, and its place on the
# page frames is that of /proc/zoneinfo; CSV from cron has the same pages.

. "${0%/*}/lib.sh"
export LC_ALL=C.UTF-8

set_params promote=0 window-ms="$(constant WINDOW_MS_MAX)"
hold hot --mib 2
pfns "$held" hot > "$tmp/pfns"
fast_scan
enable
queue_stays 450

pghottop --heatmap "$tmp/map.svg"
pghottop --heatmap "$tmp/map.svg" --heat-metric hot --theme colour-blind -N 1
first=$(awk '
	$1 == "Node" { node = $2 + 0 }
	$1 == "spanned" { spanned = $2 }
	$1 == "start_pfn:" && node == 1 && spanned > 0 { print $2; exit }' /proc/zoneinfo)
# Cells of the map that are not cold, as page frame numbers.
python3 - "$tmp/map.svg" "$tmp/pfns" "$first" <<'END' > "$tmp/verdict"
import re, sys
svg, first = open(sys.argv[1]).read(), int(sys.argv[3])
rows = re.findall(r"<g><title>0x([0-9a-f]+)-0x([0-9a-f]+)</title>(.*?)</g>", svg, re.S)
hot, cells = set(), 0
start = int(rows[0][0], 16)
pages = (int(rows[0][1], 16) + 1 - start) // 128
for low, high, cells_of in rows:
    for level, x, width in re.findall(r'class="l(\d)" x="(\d+)" y="\d+" width="(\d+)"', cells_of):
        for i in range(int(width) // 7):
            cells += 1
            if int(level):
                hot.add(int(low, 16) + ((int(x) - 112) // 7 + i) * pages)
pfns = [int(line) for line in open(sys.argv[2])]
missing = [p for p in pfns if p - (p - start) % pages not in hot]
of_workload = {p - (p - start) % pages for p in pfns}
print("first", start - first)
print("missing", len(missing) * 100 // len(pfns))
print("foreign", len(hot - of_workload))
print("cells", cells)
END
expect "first page frame of the map, beside that of the node" "$(pick "$(<"$tmp/verdict")" first)" '==' 0
expect "pages of the workload where the map is cold, in percent" \
	"$(pick "$(<"$tmp/verdict")" missing)" '<=' 10
expect "hot cells where the workload is not" "$(pick "$(<"$tmp/verdict")" foreign)" '<=' 64
expect "cells" "$(pick "$(<"$tmp/verdict")" cells)" '>=' 4096

rc=0
# Wherever the checkout is, here everybody may go.
chmod 755 "$tmp"
cp "$top/build/pghottop/pghottop" "$tmp"
raw --as nobody exec "$tmp/pghottop" --heatmap - > "$tmp/out" 2> "$tmp/err" || rc=$?
expect "exit status without privilege" "$rc" '==' 4
[ ! -s "$tmp/out" ] || fail "a map for nobody"

# As cron has it: no terminal, nearly no environment.
env -i "$(command -v pghottop)" --csv -n 1 -l 100000 < /dev/null > "$tmp/csv"
sed 1d "$tmp/csv" | cut -d , -f 3 | sort > "$tmp/shown"
sort "$tmp/pfns" > "$tmp/sorted"
expect "pages of the workload in the CSV" "$(comm -12 "$tmp/sorted" "$tmp/shown" | wc -l)" '>=' 450
expect_text "heading" "$(head -n 1 "$tmp/csv")" 'time_ms,view,pfn,*'
stop "$held"
