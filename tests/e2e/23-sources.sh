#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# machine: ibs
# alone: yes
#
# All sources together are no worse than the best of them.

. "${0%/*}/lib.sh"

[ -e /sys/bus/event_source/devices/ibs_op ] || fail "this machine has no IBS"
sources=(ibs hintfault lruscan mmscan)

carries 0 6 0.95 "${sources[@]}"
# Who saw a page: a bit of the source's number each.
several=$(raw dump promoted-get | awk '
	$1 == "entry" && $7 != 1 && $7 != 2 && $7 != 4 && $7 != 8 { n++ }
	END { print n + 0 }')
expect "promoted pages that several sources saw" "$several" '>=' 100

pghotctl disable all > /dev/null
balancing 0
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
