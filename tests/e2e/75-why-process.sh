#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 600
#
# Why hot memory of a process is in slow memory: report why says of all of it what explain
# says of a page. And report fit has the records of a process, or of a cgroup, alone.

. "${0%/*}/lib.sh"

mkdir $cgroups/e2e-{why,bound}
echo 1 > $cgroups/e2e-bound/cpuset.mems
set_params promote=0 freq-threshold=1 window-ms="$(constant WINDOW_MS_MAX)"
hold_by=(in_group e2e-why)
hold free --mib 2
free=$held
hold_by=()
hold bound --mib 1
bound=$held
fast_scan
enable
seen() { [ "$(pghotctl -j report processes --pid "$1" | jq '.data.slow_hot_pages')" -ge "$2" ]; }
eventually "what may move is hot" seen "$free" 400
eventually "what will not be allowed to move is hot" seen "$bound" 100
# What is asked twice is the same.
kill -STOP "$free" "$bound"
balancing 0
sleep 1
# What is hot may not move any more.
echo "$bound" > $cgroups/e2e-bound/cgroup.procs

# why PID FILTER [OPTION...]: of report why
why() { pghotctl -j report why "$1" "${@:3}" | jq -r ".data | $2"; }
share() { why "$1" "[.reasons[] | select(.reason == \"$2\").percent] | add // 0 | floor"; }
expect "all hot folios are asked about" "$(why "$free" '.hot_folios_count - .asked_folios_count')" '==' 0
expect "hot memory" "$(why "$free" '.slow_hot_pages')" '>=' \
	"$(pghotctl -j report processes --pid "$free" | jq '.data.slow_hot_pages')"
expect "off: what may move waits for that" "$(share "$free" promote-off)" '>=' 80
expect "off: what may not move does not" "$(share "$bound" cpuset)" '>=' 60
expect_text "off: what would change it" "$(why "$free" '.reasons[] | select(.reason == "promote-off").commands[0]')" \
	'pghotctl set promote=on'
expect "a sample" "$(why "$free" '.asked_folios_count' --sample 50)" '==' 50
pghotctl report why "$bound" > "$tmp/text"
grep -q '^cpuset, for example: the cpuset of process' "$tmp/text" || fail "in words: $(<"$tmp/text")"
expect_text "nothing was moved" "$(node 0 promoted)" 0

# It is said of a page and of a process alike.
read -r pfn < <(pfns "$bound" bound)
expect_text "a page of it" "$(pghotctl -j why "$pfn" | jq -r .data.verdict)" cpuset

# --- how much is enough for one of them ------------------------------------------------------
# Nothing is accessed any more, so that there are fewer and fewer.
all=$(pghotctl -j report fit | jq .data.records_count)
pghotctl -j report fit --pid "$free" > "$tmp/fit"
expect_text "fit: whose" "$(jq .data.pid "$tmp/fit")" "$free"
expect "fit: its slow memory" "$(jq .data.tracked_pages "$tmp/fit")" '<=' \
	"$(pghotctl -j report processes --pid "$free" | jq .data.slow_pages)"
expect "fit: its records" "$(jq .data.records_count "$tmp/fit")" '>=' 1
expect "fit: not those of others" "$(jq .data.records_count "$tmp/fit")" '<' "$all"
expect_text "fit: hint faults do not tell how often" "$(jq -r .data.doubt "$tmp/fit")" latency
pghotctl -j report fit --cgroup /e2e-why > "$tmp/fit"
expect "fit: records of a cgroup" "$(jq .data.records_count "$tmp/fit")" '>=' 1
expect "fit: slow memory of a cgroup" "$(jq .data.tracked_pages "$tmp/fit")" '>=' 512
