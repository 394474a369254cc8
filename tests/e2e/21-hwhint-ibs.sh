#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# machine: ibs
# timeout: 200
#
# The main job with the processor's own samples: `pghotctl enable ibs` finds the hot
# pages of a running workload within seconds, and little else.

. "$(dirname "$0")/lib.sh"

[ -e /sys/bus/event_source/devices/ibs_op ] || fail "this machine has no IBS"

seconds=40
# The checkers make everything slower but the clock; recall has its full limit.
[ "$slow" = 1 ] || seconds=$(( 6 * slow + 10 ))

pghot-workload --size 256 --hot 16 --skew 0.9999 --seconds "$seconds" --interval 500 \
	> "$tmp/workload" &
workload=$!
eventually "the workload runs" grep -q ^ready "$tmp/workload"

before=$(vmstat pgpromote_success)
kill -USR1 "$workload"
pghotctl enable ibs
wait "$workload" || fail "the workload: $(tail -n 3 "$tmp/workload")"
settle_vmstat
promoted=$(( $(vmstat pgpromote_success) - before ))
cat "$tmp/workload"
pghotctl source show ibs

eval "$(sed -n 's/^summary //p' "$tmp/workload")"
# shellcheck disable=SC2154 # reached, recall and precision come from there
{
	[ "$reached" != - ] || fail "recall never reached 0.95"
	expect "seconds until recall 0.95" "$reached" '<=' $(( 6 * slow ))
	expect "recall at the end" "$recall" '>=' 0.95
	expect "precision at the end" "$precision" '>=' 0.95
}
expect "pages that the kernel promoted" "$promoted" '>=' 3892
expect "pages that pghot promoted" "$(ask stats-get promoted)" '==' "$promoted"
# By samples, and by nothing else.
source=$(raw do source-get name=hwhint)
expect "samples without an address" "$(field hwhint-counters.unaddressed <<< "$source")" '==' 0
expect "throttled" "$(field hwhint-counters.throttled <<< "$source")" '==' 0
expect "useful reports" "$(field useful <<< "$source")" '>=' "$promoted"
