#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# engine: yes
# timeout: 200
#
# NUMA balancing is what it was: mode 2 promotes by itself while the source is
# off, and mode 1 never knows of pghot, not even while the source is on.

. "${0%/*}/lib.sh"

mib=$(( 16 / less )) least=$(( 3890 / less ))
fast_scan
rest=$(pghot_vmstat)

hold stock --mib $mib
success=$(vmstat pgpromote_success) candidates=$(vmstat pgpromote_candidate)
balancing 2
eventually "mode 2, source off: hot pages are promoted" on_node0 "$held" stock 0.95
expect "pgpromote_success" $(( $(vmstat pgpromote_success) - success )) '>=' $least
expect "pgpromote_candidate" $(( $(vmstat pgpromote_candidate) - candidates )) '>=' $least
stop "$held"
balancing 0

mode1() {
	local migrated success
	hold "$1" --mib $mib
	migrated=$(vmstat numa_pages_migrated) success=$(vmstat pgpromote_success)
	balancing 1
	eventually "mode 1, source $1: pages move to where they are used" on_node0 "$held" "$1" 0.95
	expect "numa_pages_migrated" $(( $(vmstat numa_pages_migrated) - migrated )) '>=' $least
	expect "pgpromote_success" $(( $(vmstat pgpromote_success) - success )) '==' 0
	stop "$held"
	balancing 0
}
mode1 off
expect_text "pghot counted nothing" "$(pghot_vmstat)" "$rest"
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0

raw do source-set name=hintfault enabled=1 > "$tmp/out"
expect_text "enabling in mode 0 warns" "$(<"$tmp/out")" 'warning *numa_balancing*'
mode1 on
expect_text "pghot counted nothing" "$(pghot_vmstat)" "$rest"
expect "records" "$(raw dump record-get | grep -c ^entry)" '==' 0
