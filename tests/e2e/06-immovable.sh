#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: yes
#
# Mlocked and pinned pages stay, however hot, and whoever asks.

. "${0%/*}/lib.sh"

hold locked --mib 4 --mlock
locked=$held
hold pinned --mib 4 --pin
pinned=$held
sort "$tmp/pinned.list" | head -n 256 > "$tmp/pins.list"
sort "$tmp/pinned.list" | tail -n 768 > "$tmp/rest.list"

fast_scan
set_params freq-threshold=1
enable
eventually "the pages beside the pinned ones are promoted" on_node0 "$pinned" rest 0.95
found_locked() { [ "$(ask stats-get failed.mlocked)" -ge 512 ]; }
eventually "mlocked pages were found hot" found_locked
# Hint faults spare pinned pages, so there is nothing to find.

where "$locked" locked
expect "mlocked pages on node 1" "$node1" '==' 1024
where "$pinned" pins
expect "pinned pages on node 1" "$node1" '==' 256

kill -STOP "$locked" "$pinned"
answer=$(pfns "$locked" locked | raw promote-all)
expect "mlocked: promoted by hand" "$(field promoted <<< "$answer")" '==' 0
expect "mlocked: refused as mlocked" "$(field failed.mlocked <<< "$answer")" '>=' 960
answer=$(pfns "$pinned" pins | raw promote-all)
expect "pinned: promoted by hand" "$(field promoted <<< "$answer")" '==' 0
expect "pinned: refused as pinned" "$(field failed.pinned <<< "$answer")" '>=' 192

where "$locked" locked
expect "mlocked pages on node 1" "$node1" '==' 1024
where "$pinned" pins
expect "pinned pages on node 1" "$node1" '==' 256
