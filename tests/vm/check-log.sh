#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# vm/check-log finds each kind of splat that it claims to, and does not take a
# file without a log for a clean log.

. "$(dirname "$0")/lib.sh"

expect_status 0 vm/check-log --self-test
: > "$scratch/empty"
expect_status 1 vm/check-log "$scratch/empty"
expect_in "$scratch/err" "not the log of a boot"
expect_status 1 vm/check-log "$scratch/missing"
expect_status 2 vm/check-log
verdict
