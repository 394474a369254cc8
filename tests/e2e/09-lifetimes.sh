#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Processes fork, exec, unmap and exit while their pages are found, queued and
# migrated; records of pages that are gone do no harm.

. "${0%/*}/lib.sh"

fast_scan
set_params freq-threshold=1 sleep-ms=10
raw do source-set name=hintfault enabled=1 'hintfault=[' hot-latency-ms=2000 ] > /dev/null
balancing 2
anon=$(meminfo AnonPages)
success=$(vmstat pgpromote_success)

pghot-e2e-mem churn 6 > "$tmp/churn" 2>&1 &
churn=$!
# An administrator promotes at the same time, and looks at the pages.
while [ -d "/proc/$churn" ]; do
	raw do promote nid=0 count=4096 > /dev/null
	raw dump record-get > "$tmp/records"
	raw dump promoted-get > "$tmp/promoted"
	# Whatever page frames were seen: most are someone else's by now.
	awk '$1 == "entry" { print $2 }' "$tmp/records" "$tmp/promoted" | head -n 200 |
		raw promote-all > /dev/null
done
wait "$churn" || fail "churn: $(<"$tmp/churn")"
eval "$(tail -n 1 "$tmp/churn")"
# shellcheck disable=SC2154 # born and failed come from there
expect "short lives" "$born" '>=' 10
expect "pages promoted meanwhile" $(( $(vmstat pgpromote_success) - success )) '>=' 500

back() { [ "$(vmstat nr_isolated_anon)" = 0 ] && [ $(( $(meminfo AnonPages) - anon )) -le 8192 ]; }
eventually "nothing stays isolated, and memory is back" back
expect "pages isolated from files" "$(vmstat nr_isolated_file)" '==' 0
