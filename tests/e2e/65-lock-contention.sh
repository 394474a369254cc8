#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
#
# lruscan looks at an address space in each round although another thread holds its lock
# most of the time.

. "${0%/*}/lib.sh"

slow_times
raw do source-set name=lruscan "lruscan=[" \
	interval-ms=$(( $(constant LRUSCAN_INTERVAL_MS_DEFAULT) * slow )) ] > /dev/null
# Looked at in half of the rounds a page would not get there.
set_params freq-threshold=6
hold contended --mib 4 --writer
contended=$held
hold beside --mib 4
beside=$held
pghotctl enable lruscan > /dev/null
eventually "hot pages of an address space that is busy are promoted" on_node0 "$contended" contended 0.95
eventually "and those of another one" on_node0 "$beside" beside 0.95
rounds() { raw do source-get name=lruscan | field lruscan-counters.rounds; }

# Rounds do not wait for who is late.
before=$(rounds)
start=$(now_ms)
more() { [ $(( $(rounds) - before )) -ge 6 ]; }
eventually "six more rounds" more
expect "ms that they took" $(( $(now_ms) - start )) '<=' $(( 15000 * slow ))

# Who has exited, or is killed in the middle, leaves nothing behind.
stop "$contended" "$beside"
pghotctl disable lruscan > /dev/null
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
