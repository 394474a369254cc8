#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 150
# kernel: plain
#
# Every kind of event is what the schema of monitor describes, provoked for real: what
# was changed and reset, batches, the onset of the rate limit, an overflow, and what
# comes when events are lost. So are failures of programs that run could not start.

. "${0%/*}/lib.sh"

mkdir "$out"
echo monitor > "$out/monitor.args"
pghotctl -j monitor > "$out/monitor.json" &
monitor=$!
monitor_listens
# has FILTER: an event of which jq says true
has() { jq -es "any(.[].data; $1)" "$out/monitor.json" > "$tmp/has"; }

# More hot pages than the heap holds, then promotion at a crawl.
set_params heap-capacity=256 promote=0 window-ms=60000 freq-threshold=1 promote-rate-limit-mbps=1 adaptive=0
hold hot --mib 8
fast_scan
enable > "$tmp/said"
eventually "an overflow" has '.kind == "overflow"'
set_params promote=1
eventually "a batch" has '.kind == "batch"'
eventually "the onset of the limit" has '.kind == "rate-limit"'
pghotctl source set hintfault hot-latency-ms=8 > "$tmp/said"
eventually "a change of a source" has '.event == "config" and .source.name == "hintfault"'
eventually "a change of parameters" has '.event == "config" and .parameters.promote == true'
pghotctl reset all > "$tmp/said"
eventually "a reset of all" has '.event == "config" and (.reset | length) == 3'
stop "$held"
disable > "$tmp/said"

# While it cannot read, more comes than its socket holds.
kill -STOP $monitor
for i in {1..2000}; do
	echo "set sleep-ms=$(( 100 + i % 2 ))"
done > "$tmp/batch"
pghotctl batch "$tmp/batch" > "$tmp/said"
kill -CONT $monitor
eventually "events are lost" has '.event == "overrun"'
eventually "and how things are is told" has '.event == "resync"'
kill $monitor
expect "events to validate" "$(wc -l < "$out/monitor.json")" '>=' 20

if grep -qx CONFIG_PGHOT_MMSCAN=y <(zcat /proc/config.gz 2> "$tmp/err") || pghotctl source show mmscan > "$tmp/said" 2>&1; then
	answer 127 run --scan-scale 2 -- /nonexistent/program
	answer 126 run --scan-scale 2 -- /dev/null
fi
# What is given twice is there once.
answer 0 node 1 1 0
expect "nodes" "$(jq -c '[.data.nodes[].nid]' "$out/$n.json" | tr -d '[]' | tr ',' ' ' | wc -w)" '==' 2
answer 0 source show hintfault hintfault
expect "sources" "$(jq '.data.sources | length' "$out/$n.json")" '==' 1
answer 0 get window-ms window-ms
[ "$(pghotctl get window-ms window-ms | grep -c window-ms)" = 1 ] || fail "a parameter is shown twice"
/usr/bin/python3 "$top/tests/unit/validate.py" "$top/pghotctl/schemas" "$out"
