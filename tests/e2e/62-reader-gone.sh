#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kernel: plain
#
# A reader that goes away is noticed at once, not when there is something to say.

. "${0%/*}/lib.sh"

# ends COMMAND...: though nothing happens, it does when nobody reads what it says
ends() {
	local start status
	start=$(now_ms)
	{ "$@" 2> "$tmp/err" || echo $? > "$tmp/status"; } | true
	expect "ms until '$*' ends" $(( $(now_ms) - start )) '<=' 10000
	status=$(<"$tmp/status")
	expect "its status" "$status" '==' 1
	expect_text "what it says" "$(<"$tmp/err")" '*Broken pipe*'
	rm "$tmp/status"
}
ends pghotctl monitor
ends pghotctl -j monitor
ends pghotctl stats --watch 600s
ends pghotctl -j stats --watch 600s

# Somebody who reads is told everything, and a file is no reader.
pghotctl -j monitor --count 1 > "$tmp/events" &
monitor=$!
changed() {
	set_params sleep-ms=101
	set_params sleep-ms=100
	[ -s "$tmp/events" ]
}
eventually "an event arrives in a file" changed
wait $monitor
expect "lines" "$(wc -l < "$tmp/events")" '==' 1
