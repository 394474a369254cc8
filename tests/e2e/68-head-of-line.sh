#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Pages that cannot be moved, pinned ones, neither keep what stands behind them in the
# queue from being promoted nor the thread busy: a batch of which nothing moves ends a round.

. "${0%/*}/lib.sh"

set_params promote=0 sleep-ms=1000 batch-nr=64
for i in 1 2 3 4; do
	hold "pinned$i" --mib 1 --pin
	pfns "$held" "pinned$i"
done > "$tmp/pins.pfns"
pghotctl enable mmscan
all_wait() { [ "$(raw dump heap-get | awk '$1 == "entry" { print $2 }' | grep -cxFf "$tmp/pins.pfns")" -ge 960 ]; }
eventually "pinned pages wait" all_wait
hold free --mib 1

failed=$(ask stats-get failed.pinned) start=${EPOCHREALTIME/./}
set_params promote=1
eventually "what is not pinned is promoted" on_node0 "$held" free 0.95
failed=$(( $(ask stats-get failed.pinned) - failed ))
# One such batch in a round, and some that are partly pinned.
rounds=$(( (${EPOCHREALTIME/./} - start) / 1000000 + 2 ))
expect "refused as pinned" "$failed" '>=' 64
expect "and for each of $rounds rounds" $(( failed / rounds )) '<=' 192
pghotctl disable mmscan
