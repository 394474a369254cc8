#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# kernel: plain
# alone: yes
#
# mmscan carries the main job alone: hot pages of a running workload are promoted
# within 15 s of `pghotctl enable mmscan`, cold ones are left where they are, and
# there is no daemon before or after. On the debug kernel 23 and 25 run it.

. "${0%/*}/lib.sh"

! has_thread kmmscand || fail "kmmscand runs before the source is enabled"
faults=$(vmstat pghot_recorded_hintfault)
accessed=$(vmstat pghot_mmscan_accessed) scanned=$(vmstat pghot_mmscan_scanned)

# Part of the 40 s for which precision is promised, that part of the mistakes.
carries "${PGHOT_DEMO_SECONDS:-12}" 15 0.985 mmscan
read -r busy_ns _ < "/proc/$(pgrep -x kmmscand)/schedstat"
say "CPU time of kmmscand: $(( busy_ns / 1000 )) us"

# Each page that was found hot had been young at four passes, at least.
expect "pages found young" $(( $(vmstat pghot_mmscan_accessed) - accessed )) '>=' $(( 4 * promoted ))
expect "of pages looked at" $(( $(vmstat pghot_mmscan_scanned) - scanned )) '>=' $(( 5 * 16 * hot_pages ))
expect "hint faults" $(( $(vmstat pghot_recorded_hintfault) - faults )) '==' 0

pghotctl disable mmscan
! has_thread kmmscand || fail "kmmscand still runs"
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
