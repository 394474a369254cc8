#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The threshold of a node follows what becomes hot and what can be promoted: more than
# the rate limit lets through makes it rise, less makes it fall, and never below
# freq-threshold. adaptive=0 ends that at once.
#
# In huge pages: one fault tells of 512 pages, so that a slow host looks at them often
# enough to know that they are hot.

. "${0%/*}/lib.sh"

base=1
set_params promote-rate-limit-mbps=1 freq-threshold=$base window-ms=1500
fast_scan
expect "threshold before" "$(node 0 threshold)" '==' $base
enable

# More hot memory every second than the limit lets through in two.
for i in {1..60}; do
	hold "hot$i" --mib 6 --thp
	sleep 0.6
	kill -STOP "$held"
done &
arrivals=$!

# threshold OPERATOR BOUND
threshold() { compare "$(node 0 threshold)" "$1" "$2"; }
eventually "it has risen by two" threshold '>=' $(( base + 2 ))

set_params adaptive=0
eventually "a fixed threshold is freq-threshold" threshold '==' $base
set_params adaptive=1
eventually "it has risen again" threshold '>=' $(( base + 2 ))

# Now nothing is too much, and then nothing comes any more.
set_params promote-rate-limit-mbps=65536
stop "$arrivals"
eventually "it has fallen to freq-threshold" threshold '==' $base
sleep 2
expect "it goes no further" "$(node 0 threshold)" '==' $base

disable
