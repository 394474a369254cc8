#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 60
#
# pghottop's collector loses its privilege and then the family, says so each time,
# and has everything again when they are back.

. "${0%/*}/lib.sh"

set_params promote=0 window-ms="$(constant WINDOW_MS_MAX)"
hold hot --mib 1
fast_scan
enable
queue_stays 200

eperm=1
pghot-e2e-collector > "$tmp/samples" || fail "collector: $(<"$tmp/samples")"
# sample NAME STATE ERRNO NODES PAGES
sample() { expect_text "$1" "$(pick "$(<"$tmp/samples")" "$1")" "$2 $3 $4 $5"; }
sample start ok 0 2 10
sample refused ok $eperm 2 0
sample still-refused ok $eperm 2 0
sample allowed ok 0 2 10
sample moved ok 0 2 10
sample moved-refused ok $eperm 2 0
sample gone no-family 0 0 0
sample still-gone no-family 0 0 0
sample back ok 0 2 10
stop "$held"
