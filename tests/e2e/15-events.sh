#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Who changed what is told to everybody, once per change; what was promoted is
# told to administrators, and adds up.

. "${0%/*}/lib.sh"

# An unprivileged listener.
raw --as nobody listen config 600 > "$tmp/config" &
listener=$!
eventually "somebody listens" grep -q listening "$tmp/config"
raw listen promotion 600 > "$tmp/promotion" &
eventually "somebody listens" grep -q listening "$tmp/promotion"

# $events is how many were told, $last_event the lines of the last one. The listener
# writes all of an event at once.
events=0 last_event=''
look() {
	local text rest
	text=$'\n'$(<"$tmp/config")$'\n'
	rest=${text//$'\n'event }
	events=$(( (${#text} - ${#rest}) / 7 ))
	last_event=$'\n'event\ ${text##*$'\n'event }
}
nr=0
told() {
	nr=$(( nr + 1 ))
	look
	expect "events, with: $1" "$events" '==' "$nr"
	shift
	local line
	for line; do
		[[ $last_event == *$'\n'"$line"$'\n'* ]] || fail "no '$line' in: $last_event"
		say "ok: $line"
	done
}
arrived() { look; [ "$events" -gt "$1" ]; }
# change WHAT LINE... -- ARGUMENT...: exactly one event, with these lines
change() {
	local what=$1 lines=() pid
	shift
	while [ "$1" != -- ]; do lines+=("$1"); shift; done
	shift
	# Not through the function: its process would be another one.
	pghot-e2e-nl do "$@" > /dev/null &
	pid=$!
	wait "$pid" || fail "$what"
	eventually "$what: an event" arrived "$nr"
	sleep 0.1
	told "$what" "pid $pid" "uid 0" "comm pghot-e2e-nl" "${lines[@]}"
}

change "source enabled" 'event config-ntf' 'source.name hintfault' 'source.enabled 1' -- source-set name=hintfault enabled=1
change "source parameter" 'source.hintfault.hot-latency-ms 8' 'source.enabled 1' -- source-set id=0 'hintfault=[' hot-latency-ms=8 ]
change "a parameter" 'param.sleep-ms 50' -- param-set sleep-ms=50
change "two, and one that stays" 'param.batch-nr 64' 'param.promote-rate-limit-mbps 16' -- \
	param-set batch-nr=64 promote-rate-limit-mbps=16 sleep-ms=50
[[ $last_event != *sleep-ms* ]] || fail "what did not change is told: $last_event"
change "a reset" 'reset 6' -- reset what=6
raw do param-set sleep-ms=50 > /dev/null
raw do source-set name=hintfault enabled=1 > /dev/null
raw do param-set sleep-ms=1 > /dev/null && fail "sleep-ms=1 was accepted"
sleep 0.3
look
expect "events after what changed nothing" "$events" '==' "$nr"

# Promotions: all of them are in the summaries. With so short a hot-latency-ms a
# fault counts as one access, and one must be enough. Pages wait when promotion
# begins, more than the rate limit lets through at once.
raw do param-set freq-threshold=1 promote-rate-limit-mbps=1 adaptive=0 promote=0 > /dev/null
raw do reset what=7 > /dev/null
settle_vmstat
success=$(vmstat pgpromote_success)
hold hot --mib 6
fast_scan
balancing 2
waiting() { [ "$(node 0 heap-length)" -ge "$1" ]; }
eventually "hot pages wait" waiting 1000
raw do param-set promote=1 > /dev/null
nr=$(( nr + 3 ))
eventually "hot pages are promoted" on_node0 "$held" hot 0.99
change "source disabled" 'source.enabled 0' -- source-set name=hintfault enabled=0
stop "$held"
settle_vmstat
success=$(( $(vmstat pgpromote_success) - success ))
# Sets sum; the listener may still be writing.
sum_is() {
	sum=$(awk '$1 == "promoted" { n += $2 } END { print n + 0 }' "$tmp/promotion")
	[ "$sum" = "$1" ]
}
eventually "pages by the batches' events: $success" sum_is "$success"
! grep -q ^lost "$tmp/promotion" || fail "promotion events were lost"
expect "pages promoted" "$success" '>=' 1520
expect "onsets of rate limiting" "$(awk '$1 == "kind" && $2 == 1' "$tmp/promotion" | wc -l)" '>=' 1
awk '$1 == "promoted" { p = $2 } $1 == "attempted" && $2 > 64 { print; exit 1 }' "$tmp/promotion" ||
	fail "a batch of more than batch-nr"
kill "$listener"
