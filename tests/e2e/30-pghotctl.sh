#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 200
#
# Every command of pghotctl does what it says: what it shows is what the kernel
# says through the tests' own client, what it sets is set, and what it is refused
# changes nothing.

. "$(dirname "$0")/lib.sh"

ctl() { pghotctl "$@"; }

# json FILTER ARG...: run pghotctl -j, which must be one envelope, and filter it
json() {
	local filter=$1
	shift
	ctl -j "$@" > "$tmp/json" || true
	[ "$(jq -s length "$tmp/json")" = 1 ] || fail "pghotctl -j $*: not one object"
	jq -e 'has("schema") and has("command") and (has("data") or has("error"))' \
		"$tmp/json" > /dev/null || fail "pghotctl -j $*: no envelope: $(<"$tmp/json")"
	jq -r "$filter" "$tmp/json"
}

# status WANTED ARG...: exit status of pghotctl; stderr stays in $tmp/err
status() {
	local wanted=$1 rc=0
	shift
	"$@" > "$tmp/out" 2> "$tmp/err" || rc=$?
	expect "exit status of $*" "$rc" '==' "$wanted"
}

# A generic-netlink socket is in some multicast group.
listening() { awk '$2 == 16 && $4 != "00000000" { found = 1 } END { exit !found }' /proc/net/netlink; }

ctl=pghotctl
balancing 1

# --- what it sets is set ------------------------------------------------------

status 0 $ctl enable hintfault
expect "numa_balancing keeps its other bit" "$(</proc/sys/kernel/numa_balancing)" '==' 3
grep -q 'numa_balancing was 1, is now 3' "$tmp/out" || fail "enable does not say so"
expect "the source is enabled" "$(raw do source-get name=hintfault | field enabled)" '==' 1
has_thread kpromoted0 || fail "no kpromoted0 runs"
expect_text "enable again changes nothing" \
	"$(json '.data.sources[0].changed' enable hintfault)" false
balancing 0
status 0 $ctl enable hintfault --no-sysctl
expect "--no-sysctl leaves it" "$(</proc/sys/kernel/numa_balancing)" '==' 0
grep -q 'left alone' "$tmp/out" || fail "--no-sysctl does not warn"

status 0 $ctl set window-ms=2s promote-rate-limit-mbps=1G promote=off target-nid=0
expect "window-ms" "$(ask param-get window-ms)" '==' 2000
expect "rate limit" "$(ask param-get promote-rate-limit-mbps)" '==' 1024
expect "promote" "$(ask param-get promote)" '==' 0
expect_text "get agrees" "$(json '[.data.window_ms, .data.promote] | tostring' get)" '[[]2000,false]'
status 0 $ctl source set hintfault hot-latency-ms=100ms
expect "hot-latency-ms" "$(raw do source-get name=hintfault | field hintfault.hot-latency-ms)" '==' 100

# --- what is refused changes nothing ------------------------------------------

before=$(all_params)
status 2 $ctl set sleep-ms=200 window-ms=1
grep -q 'accepted: 500 ms to 60 s' "$tmp/err" || fail "no range: $(<"$tmp/err")"
status 1 $ctl set sleep-ms=200 target-nid=1
grep -q 'target-nid.*accepted' "$tmp/err" || fail "the kernel's cause is lost: $(<"$tmp/err")"
expect_text "the attribute is named" "$(json .error.attribute set target-nid=1)" target-nid
expect_text "all or nothing" "$(all_params)" "$before"
status 3 $ctl enable hintfault ibs
expect_text "a source that is not built" "$(json .error.code enable ibs)" unsupported
status 1 $ctl promote 0xfffffffff
status 1 $ctl node 7

for what in 'set promote=on' 'enable hintfault' 'disable all' 'reset all' 'dump heap' \
	'dump records' 'dump promoted' 'promote 1' 'source set hintfault enabled=off' \
	'monitor promotion'; do
	# shellcheck disable=SC2086
	status 4 setpriv --reuid 65534 --regid 65534 --clear-groups $ctl $what
	grep -q 'run it as root' "$tmp/err" || fail "$what: no hint: $(<"$tmp/err")"
done
for what in status get node stats 'source list' 'source show hintfault' version help; do
	# shellcheck disable=SC2086
	status 0 setpriv --reuid 65534 --regid 65534 --clear-groups $ctl $what
done
expect_text "nothing changed by those" "$(all_params)" "$before"
expect "still enabled" "$(raw do source-get name=hintfault | field enabled)" '==' 1
status 3 unshare -n $ctl status
grep -q 'initial network namespace' "$tmp/err" || fail "no hint at the namespace"

# --- what it shows is what there is -------------------------------------------

ctl set window-ms=60s > /dev/null
hold hot --mib 4
pfns "$held" hot | sort > "$tmp/pfns"
fast_scan
balancing 2
filled() { [ "$(node 0 heap-length)" -ge 900 ]; }
eventually "the queue fills" filled
kill -STOP "$held"

json '.data.entries[].pfn' dump records --node 1 --min-freq 6 | sort > "$tmp/hot"
expect "hot records of the workload" "$(comm -12 "$tmp/pfns" "$tmp/hot" | wc -l)" '>=' 900
expect_text "type and sources of an entry" \
	"$(json '.data.entries[0] | [.type, .sources[0], .nid] | tostring' dump heap --limit 1)" \
	'[[]"anon","hintfault",1]'
expect "--limit" "$(json '.data.entries | length' dump heap --limit 7)" '==' 7
expect_text "hottest first" \
	"$(json '[.data.entries[].freq] | . == (sort | reverse)' dump records --limit 100)" true
first=$(head -n 1 "$tmp/hot")
expect "--pfn-range" "$(json '.data.entries[0].pfn' dump records --pfn-range "$first+1")" \
	'==' "$first"
expect "rows of text" "$(ctl dump heap --limit 7 | wc -l)" '==' 8
expect "queue in status" "$(json '.data.nodes[0].heap_length' status)" '==' "$(node 0 heap-length)"
expect "memory in status" "$(json .data.memory_bytes status)" '==' "$(ask info-get memory-bytes)"
expect "hot in stats" "$(json .data.hot stats)" '==' "$(ask stats-get hot)"

# --- acting -------------------------------------------------------------------

ctl -j monitor --count 2 promotion > "$tmp/events" &
monitor=$!
eventually "monitor listens" listening
where "$held" hot
was=$node0
status 0 $ctl promote --node 0 --count 100
where "$held" hot
expect "pages that move_pages(2) finds promoted" "$(( node0 - was ))" '>=' 90
expect "those in the ring" "$(json '.data.entries | length' dump promoted --limit 50)" '==' 50
pfn=$(json '.data.entries[0].pfn' dump heap --limit 1)
expect "one page by its frame" "$(json .data.promoted_pages promote "$pfn")" '==' 1
wait "$monitor" || fail "monitor: exit status $?"
expect "events, one per line" "$(wc -l < "$tmp/events")" '==' 2
expect_text "what they are" "$(jq -s '[.[].data | [.event, .kind]] | unique | tostring' \
	-r "$tmp/events")" '[[][[]"promotion","batch"]]'

ctl -j monitor --count 1 config > "$tmp/events" &
monitor=$!
eventually "monitor listens" listening
ctl set sleep-ms=150 > /dev/null
wait "$monitor" || fail "monitor: exit status $?"
expect_text "who changed what" "$(jq -r '.data | [.comm, .uid, .parameters.sleep_ms] | tostring' \
	"$tmp/events")" '[[]"pghotctl",0,150]'

expect "intervals of a watch" "$(ctl -j stats --watch 200ms --count 3 | wc -l)" '==' 3

# --- events that come faster than they are read -------------------------------

ctl -j monitor config > "$tmp/events" &
monitor=$!
eventually "monitor listens" listening
kill -STOP "$monitor"
for (( i = 0; i < 3000; i++ )); do
	echo "do param-set sleep-ms=$(( 100 + i % 2 ))"
done | raw batch > /dev/null
kill -CONT "$monitor"
overrun() { grep -q '"resync"' "$tmp/events"; }
eventually "an overrun is told, and the state after it" overrun
expect_text "in this order" "$(jq -r .data.event "$tmp/events" | grep -v config | tr '\n' ' ')" \
	'overrun resync '
expect_text "the state is the last" \
	"$(jq -r 'select(.data.event == "resync") | .data.parameters.sleep_ms' "$tmp/events")" 101
kill "$monitor"

# --- output that cannot be written --------------------------------------------

rc=0
ctl -j dump records > /dev/full 2> "$tmp/err" || rc=$?
expect "exit status on a full disk" "$rc" '==' 1
grep -q 'No space left' "$tmp/err" || fail "the full disk is not named: $(<"$tmp/err")"

# --- and back -----------------------------------------------------------------

status 0 $ctl reset records
expect "records after a reset" "$(json '.data.entries | length' dump records)" '==' 0
status 0 $ctl disable all
grep -q 'numa_balancing is still 2' "$tmp/out" || fail "disable does not tell what is left"
status 0 $ctl reset all
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
expect_text "running" "$(json .data.running status)" false
stop "$held"
