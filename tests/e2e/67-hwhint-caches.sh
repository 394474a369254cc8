#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# machine: ibs-caches
#
# What a cache has answered is no evidence of slow memory: such samples are counted and
# make no page hot, and the others do as ever.

# shellcheck disable=SC2086 # $get is words

. "${0%/*}/lib.sh"

[ -e /sys/bus/event_source/devices/ibs_op ] || fail "this machine has no IBS"
get='do source-get name=hwhint'

set_params promote=0
hold hot --mib 64
pghotctl enable ibs > /dev/null
enough() {
	request $get || fail "$reply"
	[ "$(pick "$reply" hwhint-counters.received)" -ge 2000 ]
}
eventually "samples" enough
pghotctl disable ibs > /dev/null
# All of one moment, when no more come.
request $get || fail "$reply"
counter() { pick "$reply" "hwhint-counters.$1"; }
received=$(counter received) user=$(counter user) kernel=$(counter kernel)
cached=$(counter cached) unaddressed=$(counter unaddressed) dropped=$(counter dropped)
say "received $received, user $user, kernel $kernel, cached $cached"
# Every other one, but for chance.
expect "per cent of the samples that a cache has answered" $(( cached * 100 / received )) '>=' 40
expect "per cent of the samples that a cache has answered" $(( cached * 100 / received )) '<=' 60
expect "all samples" "$received" '==' $(( user + kernel + cached + unaddressed + dropped ))
expect "samples of user mode that memory has answered" "$user" '>=' 100
expect "reports" "$(pick "$reply" recorded)" '<=' $(( user + kernel ))
expect "reports" "$(pick "$reply" recorded)" '>=' 100
settle_vmstat
expect "samples that a cache has answered, by vmstat" "$(vmstat pghot_hwhint_cached)" '>=' "$cached"
