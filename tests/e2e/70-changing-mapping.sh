#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
#
# Pages of a mapping that has a policy of its own, and that its process changes most of
# the time, wait until they can be asked about: they are not given up for that.

. "${0%/*}/lib.sh"

set_params promote=0 freq-threshold=1 batch-nr=64
# Nodes 0 and 1 are allowed.
hold changing --mib 4 --policy bind-both --change
changing=$held
pghotctl enable mmscan
all_wait() { [ "$(node 0 heap-length)" -ge 960 ]; }
eventually "pages of the mapping that changes wait" all_wait

echo 1 > $tracing/events/pghot/pghot_promote_fail/enable
set_params promote=1
eventually "they are promoted" on_node0 "$changing" changing 0.95
echo 0 > $tracing/events/pghot/pghot_promote_fail/enable
cp $tracing/trace "$tmp/trace"

# failures TRIES: how many were busy, and had been tried so often
failures() { grep -c "pghot_promote_fail: .*reason=busy tries=$1\$" "$tmp/trace" || true; }
expect "times that a page waited" "$(failures 0)" '>=' 16
expect "pages that were given up as busy" "$(failures '[3-9]')" '<=' 8
pghotctl disable mmscan
