#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 200
# kernel: plain
# shellcheck disable=SC2119
#
# Every command of pghotctl does what it says: what it shows is what the kernel
# says through the tests' own client, what it sets is set, and what it is refused
# changes nothing. The form of its JSON is for 36-json.sh to judge.

. "${0%/*}/lib.sh"

ctl=pghotctl
# For those who may not look into the directory that the checkout is in.
public=$tmp/pghotctl
cp "$(command -v pghotctl)" "$public"
chmod 755 "$tmp"

# json FILTER ARG...: run pghotctl -j, which must be one envelope, and filter it
json() {
	local filter=$1
	shift
	$ctl -j "$@" > "$tmp/json" || true
	jq -rs "if length == 1 and (.[0] | has(\"schema\") and (has(\"data\") != has(\"error\")))
		then .[0] | $filter else error(\"no envelope\") end" "$tmp/json" ||
		fail "pghotctl -j $*: $(<"$tmp/json")"
}

# status WANTED ARG...: exit status of pghotctl; its streams stay in $tmp
status() {
	local wanted=$1 rc=0
	shift
	"$@" > "$tmp/out" 2> "$tmp/err" || rc=$?
	expect "exit status of $*" "$rc" '==' "$wanted"
}

# said FILE PATTERN: it was said there
said() {
	# shellcheck disable=SC2053
	[[ "$(<"$tmp/$1")" == *$2* ]] || fail "no $2 in: $(<"$tmp/$1")"
}

# refusals COMMAND...: each line of stdin, CODE|PATTERN|LINE, is refused with that
# code and a message or hint that matches, or has the code ok; one process runs all
refusals() {
	local codes=() patterns=() lines=() code line i=0
	while IFS='|' read -r code line; do
		# A pattern may have a bar, between attribute and message.
		codes+=("$code") patterns+=("${line%|*}") lines+=("${line##*|}")
	done
	printf '%s\n' "${lines[@]}" > "$tmp/batch"
	"$@" -j batch --keep-going - < "$tmp/batch" > "$tmp/json" || true
	# The last one is the answer of batch itself.
	jq -r '"\(.error.code // "ok")|\(.error.attribute)|\(.error.message) \(.error.hint)"' \
		"$tmp/json" > "$tmp/answers"
	while IFS='|' read -r code line; do
		[ $i -lt ${#codes[@]} ] || break
		# shellcheck disable=SC2053
		[[ $code == "${codes[i]}" && $line == ${patterns[i]} ]] ||
			fail "${lines[i]}: $code, $line; expected ${codes[i]}, ${patterns[i]}"
		say "ok: ${lines[i]}: $code"
		i=$(( i + 1 ))
	done < "$tmp/answers"
	expect "lines that were answered" "$(wc -l < "$tmp/answers")" '==' $(( ${#codes[@]} + 1 ))
}

balancing 1

# --- what it sets is set ------------------------------------------------------

status 0 $ctl enable hintfault
said out 'numa_balancing was 1, is now 3'
expect "numa_balancing keeps its other bit" "$(</proc/sys/kernel/numa_balancing)" '==' 3
expect "the source is enabled" "$(raw do source-get name=hintfault | field enabled)" '==' 1
has_thread kpromoted0 || fail "no kpromoted0 runs"
expect_text "enable again changes nothing" \
	"$(json '.data.sources[0] | [.enabled, .changed] | tostring' enable hintfault)" '[[]true,false]'
balancing 0
status 0 $ctl enable hintfault --no-sysctl
expect "--no-sysctl leaves it" "$(</proc/sys/kernel/numa_balancing)" '==' 0
said out 'left alone'

status 0 $ctl set window-ms=2s promote-rate-limit-mbps=1G promote=off target-nid=0 sleep-ms=250
wanted "what was set" '* window-ms 2000 promote-rate-limit-mbps 1024 * sleep-ms 250 target-nid 0 *' do param-get
wanted "and the switch" 'promote 0 *' do param-get
ask_all
expect_text "get agrees" "$(json '[.data.window_ms, .data.promote] | tostring' get)" '[[]2000,false]'
status 0 $ctl source set hintfault hot-latency-ms=100ms
expect "hot-latency-ms" "$(raw do source-get name=hintfault | field hintfault.hot-latency-ms)" '==' 100

# --- what is refused changes nothing ------------------------------------------

before=$(all_params)
# The exit statuses; what is said about each is below.
status 2 $ctl set sleep-ms=200 window-ms=1
said err 'accepted: 500 ms to 60 s'
status 1 $ctl set sleep-ms=200 target-nid=1
said err 'target-nid*accepted'
status 3 $ctl enable hintfault ibs
status 4 raw --as netadmin exec "$public" set sleep-ms=200
status 3 unshare -n $ctl status
said err "another network namespace than the kernel's first"
rc=0
$ctl -j dump records > /dev/full 2> "$tmp/err" || rc=$?
expect "exit status on a full disk" "$rc" '==' 1
said err 'No space left'

refusals $ctl <<'END'
usage|*unknown command*|frobnicate
usage|*|set
usage|sleep-ms|*10 ms*10 s*|set sleep-ms=9
usage|sleep-ms|*|set sleep-ms=10001
usage|batch-nr|*|set promote=off batch-nr=513
usage|*unknown parameter*|set promote=off nosuch=1
usage|sleep-ms*|set sleep-ms=
usage|sleep-ms*|set sleep-ms=5apples
usage|promote*|set promote=maybe
usage|sleep-ms*|set sleep-ms=18446744073709551716
failed|target-nid*accepted*|set sleep-ms=200 target-nid=1
usage|hot-latency-ms*|source set hintfault hot-latency-ms=0
usage|*unknown source*|enable nosuch
unsupported|*|enable ibs
usage|*|promote
usage|*|promote abc
usage|*|promote -1
failed|*pfn*|promote 256
failed|*pfn*|promote 0xffffffffff
failed|*nid*|promote --node 1 --count 5
failed|*|node 7
failed|*nid*|dump heap --node 7
usage|*|dump nosuch
usage|*|reset
usage|*|reset everything
usage|*|get nosuch
usage|*|monitor nosuch
usage|*|--nosuch status
END
refusals raw --as netadmin exec "$public" <<'END'
permission|*|set sleep-ms=200
permission|*|enable hintfault
permission|*|promote 1
permission|*|dump heap
END
refusals setpriv --reuid 65534 --regid 65534 --clear-groups "$public" <<'END'
permission|*run it as root*|set promote=on
permission|*run it as root*|enable hintfault
permission|*run it as root*|disable all
permission|*run it as root*|reset all
permission|*run it as root*|dump heap
permission|*run it as root*|dump records
permission|*run it as root*|dump promoted
permission|*run it as root*|promote 1
permission|*run it as root*|source set hintfault enabled=off
permission|*run it as root*|monitor promotion
ok|*|status
ok|*|get
ok|*|node
ok|*|stats
ok|*|source list
ok|*|source show hintfault
ok|*|version
ok|*|help
END
expect_text "all that was refused changed nothing" "$(all_params)" "$before"
wanted "still enabled, as it was" '* enabled 1 * hintfault.hot-latency-ms 100' do source-get name=hintfault
ask_all

# --- what it shows is what there is -------------------------------------------

status 0 $ctl reset records
$ctl set window-ms=60s > /dev/null
$ctl source set hintfault hot-latency-ms=1s > /dev/null
hold hot --mib 4
pfns "$held" hot | sort > "$tmp/pfns"
fast_scan
balancing 2
queue_stays 1000

json '.data.entries[].pfn' dump records --node 1 --min-freq 6 | sort > "$tmp/hot"
expect "hot records of the workload" "$(comm -12 "$tmp/pfns" "$tmp/hot" | wc -l)" '>=' 1000
# Others' pages may be on node 1, and hot.
expect "and hardly of others" "$(comm -13 "$tmp/pfns" "$tmp/hot" | wc -l)" '<=' 64
expect_text "entries of the heap, and its hottest of a process" "$(json '.data | [(.entries | length >= 1000),
	([.entries[] | select(.type == "anon")][0] | .type, .sources[0], .nid)] | tostring' dump heap)" '[[]true,"anon","hintfault",1]'
first=$(head -n 1 "$tmp/hot")
$ctl -j batch - > "$tmp/json" <<-END
	dump heap --limit 7
	dump records --limit 100
	dump records --pfn-range $first+1
	status
	stats
END
expect_text "limited, hottest first, by range" "$(jq -rs '[(.[0].data.entries | length),
	(.[1].data.entries | map(.freq) | . == (sort | reverse)), .[2].data.entries[0].pfn] | tostring' \
	"$tmp/json")" "[[]7,true,$first]"
expect "rows of text" "$($ctl dump heap --limit 7 | wc -l)" '==' 8
read -r queue memory hot < <(jq -rs '"\(.[3].data.nodes[0].heap_length) \(.[3].data.memory_bytes) \(.[4].data.hot)"' "$tmp/json")
expect "queue in status" "$queue" '==' "$(node 0 heap-length)"
expect "memory in status" "$memory" '==' "$(ask info-get memory-bytes)"
expect "hot in stats" "$hot" '==' "$(ask stats-get hot)"

# --- acting -------------------------------------------------------------------

$ctl -j monitor --count 2 promotion > "$tmp/events" &
monitor=$!
monitor_listens
where "$held" hot
was=$node0
expect_text "promoted by hand" "$(json .data.promoted_pages promote --node 0 --count 300)" 300
where "$held" hot
expect "and by move_pages(2)" "$(( node0 - was ))" '==' 300
expect_text "those in the ring, and where they went" "$(json \
	'[(.data.entries | length), (.data.entries | map(.target_nid) | unique)] | tostring' dump promoted)" \
	'[[]300,[[]0]]'
pfn=$(json '.data.entries[0].pfn' dump heap --limit 1)
expect "one page by its frame" "$(json .data.promoted_pages promote "$pfn")" '==' 1
wait "$monitor" || fail "monitor: exit status $?"
expect_text "events, one per line" "$(jq -r '.data | "\(.event) \(.kind)"' "$tmp/events" | tr '\n' ' ')" \
	'promotion batch promotion batch '

$ctl -j monitor --count 2 config > "$tmp/events" &
monitor=$!
monitor_listens
$ctl set sleep-ms=150 > /dev/null
set_params batch-nr=77
wait "$monitor" || fail "monitor: exit status $?"
expect_text "who changed what" "$(jq -r '.data | [.comm, .uid, .parameters] | tostring' "$tmp/events" | tr '\n' ' ')" \
	'[[]"pghotctl",0,{"sleep_ms":150}] [[]"pghot-e2e-nl",0,{"batch_nr":77}] '
expect "intervals of a watch" "$($ctl -j stats --watch 200ms --count 3 | wc -l)" '==' 3

# --- events that come faster than they are read -------------------------------

$ctl -j monitor config > "$tmp/events" &
monitor=$!
monitor_listens
kill -STOP "$monitor"
for (( i = 0; i < 3000; i++ )); do
	echo "do param-set sleep-ms=$(( 100 + i % 2 ))"
done | raw batch > /dev/null
kill -CONT "$monitor"
overrun() { grep -q '"resync"' "$tmp/events"; }
eventually "an overrun is told, and the state after it" overrun
expect_text "in this order, and the last state" "$(jq -r '.data | select(.event != "config") |
	"\(.event) \(.parameters.sleep_ms)"' "$tmp/events" | tr '\n' ' ')" 'overrun null resync 101 '
kill "$monitor"

# --- and back -----------------------------------------------------------------

status 0 $ctl reset records
expect "records after a reset" "$(json '.data.entries | length' dump records)" '==' 0
status 0 $ctl disable all
said out 'numa_balancing is still 2'
status 0 $ctl reset all
expect "memory in use" "$(ask info-get memory-bytes)" '==' 0
expect_text "running" "$(json .data.running status)" false
stop "$held"
