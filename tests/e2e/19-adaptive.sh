#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The threshold of a node follows the flow of candidates: more than the rate limit
# lets through make it rise, fewer make it fall, by a step per window, and never
# below freq-threshold. adaptive=0 ends that at once.

. "${0%/*}/lib.sh"

base=1 window=1500
set_params promote-rate-limit-mbps=1 freq-threshold=$base window-ms=$window
fast_scan
expect "threshold before" "$(node 0 threshold)" '==' $base
enable

# More hot memory every second than the limit lets through in two.
for i in {1..60}; do
	hold "hot$i" --mib 6
	sleep 0.6
	kill -STOP "$held"
done &
arrivals=$!

# threshold OPERATOR BOUND
threshold() { compare "$(node 0 threshold)" "$1" "$2"; }
# One step per window is the fastest that it may move: what was seen at one time
# bounds what can be seen later.
first=$(now_ms)
eventually "it has risen by two" threshold '>=' $(( base + 2 ))
expect "it after that time" "$(node 0 threshold)" '<=' $(( base + ($(now_ms) - first) / window + 1 ))

set_params adaptive=0
eventually "a fixed threshold is freq-threshold" threshold '==' $base
set_params adaptive=1
eventually "it has risen again" threshold '>=' $(( base + 2 ))

# Now nothing is too much, and then nothing comes any more.
high=$(node 0 threshold)
first=$(now_ms)
set_params promote-rate-limit-mbps=65536
stop "$arrivals"
eventually "it has fallen by two" threshold '<=' $(( high - 2 ))
expect "steps in that time" $(( high - $(node 0 threshold) )) '<=' \
	$(( ($(now_ms) - first) / window + 1 ))
eventually "it has fallen to freq-threshold" threshold '==' $base
sleep 2
expect "it goes no further" "$(node 0 threshold)" '==' $base

disable
