#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: only
#
# The engine stands alone: in a kernel that keeps no records, pages that take hint
# faults are promoted by kpromoted, in batches, while those who touched them go on.

. "${0%/*}/lib.sh"

# --- what there is, and what there is not ------------------------------------------

expect_text "sources" "$(raw dump source-get | awk '$1 == "name" { print $2 }')" hintfault
refused "records" 'error EOPNOTSUPP *CONFIG_PGHOT_RECORDS*' dump record-get

# --- candidates wait ---------------------------------------------------------------

set_params promote=0
pages=$(( 4096 / less ))
hold hot --mib $(( pages / 256 ))
fast_scan
enable
# Nothing is remembered: 4 bytes for each of a quarter of a million pages would be that much.
expect "memory in use" "$(ask info-get memory-bytes)" '>' 0
expect "pages with a record" "$(node 1 tracked-pages)" '==' 0
wait_for_them() { [ "$(node 0 heap-length)" -ge $(( pages / 4 )) ]; }
eventually "candidates wait" wait_for_them

raw dump heap-get > "$tmp/heap"
pfns "$held" hot | sort > "$tmp/pfns"
awk '$1 == "entry" { print $2 }' "$tmp/heap" | sort -u > "$tmp/waiting"
expect "of them, pages of the hot process" "$(comm -12 "$tmp/pfns" "$tmp/waiting" | wc -l)" '>=' $(( pages / 8 ))
expect "candidates of other sources than hintfault (1), for others than node 0, or cold" \
	"$(awk '$1 == "entry" && !($7 == 1 && $4 == 0 && $5 >= 8)' "$tmp/heap" | wc -l)" '==' 0

# --- and are promoted, in batches, not by those who touched them --------------------

before=$(vmstat pgpromote_success)
set_params promote=1
eventually "hot pages are promoted" on_node0 "$held" hot 0.95
# The rest may be on its way.
kill -STOP "$held"
eventually "pghot's own account is the kernel's" accounts_agree "$before"
promoted=$(ask stats-get promoted)
expect "pages per batch" $(( promoted / $(ask stats-get batches) )) '>=' 8
expect "lines of the log" "$(raw dump promoted-get limit=100 | awk '$1 == "entry" && $7 == 1' | wc -l)" '==' 100
stop "$held"

# --- what waits and is not touched again cools and is forgotten ---------------------

set_params promote=0
hold cooling --mib $(( pages / 256 ))
eventually "candidates wait" wait_for_them
kill -STOP "$held"
forgotten() { [ "$(node 0 heap-length)" -lt $(( pages / 8 )) ]; }
eventually "candidates that are not hot any more leave" forgotten
stop "$held"

disable
balancing 0
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
! has_thread kpromoted0 || fail "kpromoted0 is still there"
