#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 120
# kernel: plain
#
# What pghotctl -j says of a living kernel, success and failure of every command,
# is what the schemas describe, and what the text says is in it. So is what
# pghottop -j says.

. "${0%/*}/lib.sh"

out=${PGHOT_E2E_OUT:-$tmp/out}
mkdir -p "$out" $cgroups/e2e-json

# json STATUS ARGUMENT...: keep the answer, beside which there is nothing
json() {
	answer "$@"
	shift
	[ ! -s "$out/$n.err" ] || fail "pghotctl -j $*: on standard error: $(<"$out/$n.err")"
}

# both ARGUMENT...: keep the text, too, in whose numbers nothing may be new. What
# is free on a node may change at any time, so it is taken between two answers that
# are the same.
both() {
	local before='' i
	json 0 "$@"
	for i in {1..20}; do
		before=$(<"$out/$n.json")
		pghotctl -r "$@" > "$out/$n.text" 2> "$out/$n.err" < /dev/null || fail "pghotctl -r $*"
		n=$(( n - 1 ))
		json 0 "$@"
		[ "$(<"$out/$n.json")" != "$before" ] || return 0
	done
	fail "pghotctl -j $*: $i times different from the time before"
}

# --- idle, and before anything is known ---
json 0 status
json 0 dump heap
json 0 dump records
json 0 dump promoted
json 0 node
json 0 stats

# --- at work ---
set_params promote=0
hold hot --mib 1
fast_scan
json 0 enable hintfault
json 0 enable hintfault --no-sysctl
queue_fills 200
pghotctl -j monitor --count 3 > "$out/monitor.json" &
monitor=$!
monitor_listens
kill -STOP "$held"
balancing 0
sleep 0.5

json 0 promote --node 0 --count 50
json 0 set sleep-ms=250 window-ms=60s
json 0 source set hintfault hot-latency-ms=8
wait $monitor || fail "monitor: exit status $?"
echo monitor > "$out/monitor.args"

both status
both probe
both source list
both source show hintfault
both get
both get window-ms window-max-ms adaptive
both node
both node 0 1
both stats
json 0 report hotness
json 0 report hotness --node 1
json 0 report cgroups --top 2
json 0 cgroup show
json 0 cgroup show / /e2e-json
json 0 cgroup set /e2e-json --promote off
json 0 report processes --pid "$held"
json 0 report mappings --cgroup / --sort size
json 0 report why "$held"
json 0 why "$(pfns "$held" hot | head -n 1)"
json 0 dump heap --limit 30
json 0 dump records --limit 30
json 0 dump promoted
# Ages go on between two commands.
still=pfn,address,nid,target_nid,freq,pages,sources,state,type,flags,cgroup_ino,cgroup
both dump heap --fields $still --limit 30
both dump heap --fields $still --node 0 --limit 3 --min-freq 2
both dump records --fields $still --limit 20
both dump records --fields pfn,freq --limit 1 --node 1
both dump promoted --fields $still
json 0 dump promoted --limit 5
both version
json 0 save
json 0 save "$tmp/saved.conf"
json 0 record "$tmp/recording" --count 1
json 0 report timeline "$tmp/recording"
json 0 report diff "$tmp/recording" "$tmp/recording"
json 0 report fit "$tmp/recording"
json 0 report fit --node 1
json 0 help
json 0 help dump
json 0 metrics
json 0 metrics --output "$tmp/metrics"
json 0 stats --watch 100ms --count 2
json 0 reset counters
json 0 apply "$tmp/saved.conf"
sed -i 's/^sleep-ms.*/sleep-ms = 300/' "$tmp/saved.conf"
json 0 apply "$tmp/saved.conf" --dry-run
json 0 apply "$tmp/saved.conf"
printf '%s\n' version 'get sleep-ms' > "$tmp/batch"
json 0 batch "$tmp/batch"
echo frob >> "$tmp/batch"
json 2 batch "$tmp/batch" --keep-going

# --- the other tool ---
watch() {
	n=$(( n + 1 ))
	printf '%s\n' pghottop "$@" > "$out/$n.args"
	pghottop -j "$@" > "$out/$n.json" 2> "$out/$n.err" < /dev/null || fail "pghottop -j $*: exit status $?"
}
watch -n 2 -d 200ms
watch -n 1 -v records -N 1 -f 'node=1 and pfn>0x1000 and not type=file' -s -age
watch -n 1 -v promotions -l 1000

# --- failures ---
json 2 frob
json 2 set sleep-ms=1
json 2 get nosuch
json 2 promote
json 1 set target-nid=1
json 1 node 7
json 1 promote 0xfffffffff
json 2 dump heap --pfn-range 7-1
json 1 apply /nonexistent
echo 'sleep-ms = 1' > "$tmp/wrong.conf"
json 2 apply "$tmp/wrong.conf"
denied() {
	n=$(( n + 1 ))
	printf '%s\n' "$@" > "$out/$n.args"
	setpriv --reuid 65534 --regid 65534 --clear-groups pghotctl -j "$@" > "$out/$n.json" &&
		fail "pghotctl -j $*: not refused"
	return 0
}
denied dump heap
denied reset all
denied enable hintfault
json 0 disable all
json 0 disable all
json 0 reset all
stop "$held"

expect "answers" "$n" '>=' 50
say "$n answers to validate"
pghotctl -j help | jq -r '.data.commands[].path' > "$tmp/commands"
/usr/bin/python3 "$top/tests/unit/validate.py" "$top/pghotctl/schemas:$top/pghottop/schemas" "$out" --cover "$tmp/commands"
