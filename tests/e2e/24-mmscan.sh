#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 200
#
# mmscan carries the main job alone: hot pages of a running workload are promoted
# within 15 s of `pghotctl enable mmscan`, cold ones are left where they are, and
# there is no daemon before or after.

. "$(dirname "$0")/lib.sh"

seconds=40
# The checkers make everything slower but the clock; recall has its full limit.
[ "$slow" = 1 ] || seconds=$(( 10 * slow ))

pghot-workload --size 256 --hot 16 --skew 0.9999 --rate 16 --seconds "$seconds" --interval 500 \
	> "$tmp/workload" &
workload=$!
eventually "the workload runs" grep -q ^ready "$tmp/workload"
! has_thread kmmscand || fail "kmmscand runs before the source is enabled"

before=$(vmstat pgpromote_success) faults=$(vmstat pghot_recorded_hintfault)
accessed=$(vmstat pghot_mmscan_accessed) scanned=$(vmstat pghot_mmscan_scanned)
kill -USR1 "$workload"
pghotctl enable mmscan
has_thread kmmscand || fail "no kmmscand runs"
wait "$workload" || fail "the workload: $(tail -n 3 "$tmp/workload")"
settle_vmstat
promoted=$(( $(vmstat pgpromote_success) - before ))
read -r busy_ns _ < "/proc/$(pgrep -x kmmscand)/schedstat"
cat "$tmp/workload"
say "CPU time of kmmscand: $(( busy_ns / 1000 )) us in $seconds s"

eval "$(sed -n 's/^summary //p' "$tmp/workload")"
# shellcheck disable=SC2154 # reached, recall and precision come from there
{
	[ "$reached" != - ] || fail "recall never reached 0.95"
	expect "seconds until recall 0.95" "$reached" '<=' $(( 15 * slow ))
	expect "recall at the end" "$recall" '>=' 0.95
	expect "precision at the end" "$precision" '>=' 0.95
}
expect "pages that the kernel promoted" "$promoted" '>=' 3892
expect "pages that pghot promoted" "$(ask stats-get promoted)" '==' "$promoted"
# Each page that was found hot had been young at four passes, at least.
expect "pages found young" $(( $(vmstat pghot_mmscan_accessed) - accessed )) '>=' $(( 4 * promoted ))
expect "of pages looked at" $(( $(vmstat pghot_mmscan_scanned) - scanned )) '>=' $(( 5 * 65536 ))
expect "hint faults" $(( $(vmstat pghot_recorded_hintfault) - faults )) '==' 0

pghotctl disable mmscan
! has_thread kmmscand || fail "kmmscand still runs"
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
