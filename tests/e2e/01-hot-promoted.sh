#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# timeout: 200
# alone: yes
#
# The main job: hot pages of a running workload are promoted within seconds of
# `pghotctl enable hintfault`, cold ones are left where they are.

. "${0%/*}/lib.sh"

# As many accesses as the machine can do.
demo=(--skew 0.9999 --interval 500)
slow_times
seconds=40
[ "$slow" = 1 ] || seconds=0
carries $seconds 6 0.90 hintfault
