#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# machine: ibs
# kernel: plain
# alone: yes
#
# The main job with the processor's own samples: `pghotctl enable ibs` finds the hot
# pages of a running workload within seconds, and little else. On the debug kernel 22
# and 23 run it.

. "${0%/*}/lib.sh"

[ -e /sys/bus/event_source/devices/ibs_op ] || fail "this machine has no IBS"

# Part of the 40 s for which precision is promised, that part of the mistakes.
carries "${PGHOT_DEMO_SECONDS:-12}" 6 0.985 ibs

# By samples, and by nothing else.
settle_vmstat
source=$(raw do source-get name=hwhint)
echo "$source"
expect "samples without an address" "$(field hwhint-counters.unaddressed <<< "$source")" '==' 0
expect "useful reports" "$(field useful <<< "$source")" '>=' "$promoted"
