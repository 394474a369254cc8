#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: yes
# alone: yes
#
# promote-rate-limit-mbps is what is promoted per second, within 10 %, and a new
# limit counts at once.

. "${0%/*}/lib.sh"

# measure SECONDS: sets rate, in MiB per second of the guest's clock
measure() {
	local n0 t0 n1 t1
	n0=$(vmstat pgpromote_success) t0=${EPOCHREALTIME/./}
	sleep "$1"
	n1=$(vmstat pgpromote_success) t1=${EPOCHREALTIME/./}
	rate=$(awk -v n=$(( n1 - n0 )) -v us=$(( t1 - t0 )) \
		'BEGIN { printf "%.3f", n / 256 * 1e6 / us }')
}

# measured_at LIMIT: the rate is that, within 10 %
measured_at() {
	measure 5
	expect "MiB/s at a limit of $1, in percent of it" "$(awk "BEGIN { print $rate * 100 / $1 }")" '>=' 90
	expect "MiB/s at a limit of $1, in percent of it" "$(awk "BEGIN { print $rate * 100 / $1 }")" '<=' 110
}

# A fixed threshold, and limits that this kernel can keep up with: there is always
# more to promote than the limit allows.
limit=$(( 8 / slow ))
set_params promote-rate-limit-mbps=$limit freq-threshold=1 adaptive=0
hold hot --mib $(( 16 * limit ))
fast_scan
before=$(vmstat pgpromote_success)
enable
flowing() { [ $(( $(vmstat pgpromote_success) - before )) -ge $(( 256 * limit )) ]; }
eventually "a second's worth has been promoted" flowing

measured_at $limit
expect "node-get says that it is limited" "$(node 0 rate-limited)" '==' 1

set_params promote-rate-limit-mbps=$(( limit / 2 ))
sleep 0.5
measured_at $(( limit / 2 ))
expect "onsets of limiting" "$(ask stats-get rate-limited)" '>=' 1
