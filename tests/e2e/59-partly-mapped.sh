#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: yes
#
# Huge pages of which a part is not mapped any more: what moves is what is counted.

. "${0%/*}/lib.sh"

hold halves --mib 16 --thp --halve --idle
huge=$(awk '/^AnonHugePages:/ { print $2 }' "/proc/$held/smaps_rollup")
sort "$tmp/halves.list" > "$tmp/sorted" && mv "$tmp/sorted" "$tmp/halves.list"
where "$held" halves
expect "pages that are mapped, on node 1" "$node1" '==' 2048
expect "KiB in huge page mappings" "$huge" '==' 0
settle_vmstat
before=$(vmstat pgpromote_success)

kill -STOP "$held"
answer=$(pfns "$held" halves | raw promote-all)
promoted=$(field promoted <<< "$answer")
say "$answer"
where "$held" halves
expect "pages that pghot says it promoted" "$promoted" '==' "$node0"
expect "of all that are mapped" "$promoted" '>=' 1900
settle_vmstat
expect "and that the kernel counted" $(( $(vmstat pgpromote_success) - before )) '==' "$promoted"
stop "$held"
eventually "nothing stays isolated" [ "$(vmstat nr_isolated_anon)" = 0 ]
