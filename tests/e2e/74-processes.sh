#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 900
#
# Whose memory is hot: what report processes and report mappings say is what numa_maps says of
# where memory is, mapping by mapping, and what a dump of all records says of how hot it is.
# One, two and five processes in cgroups; private and shared memory, huge pages, files.

# shellcheck disable=SC2119 # ask_all needs no option
. "${0%/*}/lib.sh"

mkdir $cgroups/e2e-{one,two,five}
set_params promote=0 freq-threshold=3 window-ms="$(constant WINDOW_MS_MAX)"
declare -A pid
# held GROUP NAME OPTION...
held() {
	hold_by=(in_group "$1")
	hold "$2" "${@:3}"
	hold_by=()
	pid[$2]=$held
}
held e2e-one thp --mib 4 --thp
held e2e-two shared --mib 2 --users 1
held e2e-two fast --mib 2 --node 0
for n in 1 2 3; do
	held e2e-five used$n --mib 1
done
held e2e-five idle --mib 3 --idle
# Its name is no UTF-8 and has a newline; so has that of a file that it maps.
cp "$(command -v pghot-e2e-mem)" "$tmp/odd"$'\xff\n'x
in_group e2e-five "$tmp/odd"$'\xff\n'x hold --mib 1 --idle --list "$tmp/odd.list" > "$tmp/odd.out" &
eventually "an odd process is there" grep -q ready "$tmp/odd.out"
pid[odd]=$(sed -n 's/.*pid=\([0-9]*\).*/\1/p' "$tmp/odd.out")
fast_scan
enable
queue_fills 600
# What is asked twice is the same.
kill -STOP "${pid[@]}"
balancing 0
sleep 1

# --- how hot it is, by the records ------------------------------------------------------------------
# count NAME: hot pages of its list, and those with any record
count() {
	raw dump record-get min-freq=1 > "$tmp/records"
	awk '
		function power(n, p) { for (p = 1; n > 0; n--) p *= 2; return p }
		FNR == NR { if ($1 == "entry" && $10) { n = power($9); for (i = 0; i < n; i++) freq[$2 - $2 % n + i] = $5 } next }
		freq[$1] >= 3 { hot++ }
		freq[$1] { any++ }
		END { print hot + 0, any + 0 }' "$tmp/records" "$tmp/pfns.$1"
}
for name in thp shared used1 fast idle; do
	pfns "${pid[$name]}" "$name" > "$tmp/pfns.$name"
	read -r first < "$tmp/$name.list"
	# Nothing is accessed any more: frequencies become less, if they change.
	read -r hot_before any_before <<< "$(count $name)"
	read -r hot any all <<< "$(pghotctl -j report mappings --pid "${pid[$name]}" --top 1000 | jq -r --argjson at "$(( 0x${first#0x} ))" \
		'.data.mappings[] | select(.start <= $at and $at < .end) |
		"\(.slow_hot_pages) \(.slow_hot_pages + .slow_warm_pages) \(.slow_pages + .fast_pages)"')"
	read -r hot_after any_after <<< "$(count $name)"
	expect "$name: pages of its mapping" "$all" '>=' "$(wc -l < "$tmp/pfns.$name")"
	expect "$name: hot" "$hot" '<=' "$hot_before"
	expect "$name: hot" "$hot" '>=' "$hot_after"
	expect "$name: hot or warm" "$any" '<=' "$any_before"
	expect "$name: hot or warm" "$any" '>=' "$any_after"
	case $name in
	idle | fast) expect "$name: nothing was seen" "$any_before" '==' 0 ;;
	*) expect "$name: something was seen" "$any_before" '>=' 64 ;;
	esac
done

# --- where it is, by the kernel ------------------------------------------------------------------
for name in "${!pid[@]}"; do
	pghotctl -j report mappings --pid "${pid[$name]}" --top 1000 > "$tmp/mappings.$name"
	jq -r '.data.mappings[] | "\(.start) \(.fast_pages) \(.slow_pages)"' "$tmp/mappings.$name" |
		while read -r start fast slow; do printf '%x %d %d\n' "$start" "$fast" "$slow"; done | sort > "$tmp/said"
	# What belongs to the kernel has no pages there, but maps it.
	grep -E ' \[v(var|dso|var_vclock)\]$' "/proc/${pid[$name]}/maps" | sed 's/-.*//; s/^0*//' > "$tmp/special"
	awk '{
		fast = slow = 0
		for (i = 3; i <= NF; i++) {
			if ($i ~ /^N0=/) fast = substr($i, 4)
			if ($i ~ /^N1=/) slow = substr($i, 4)
		}
		sub("^0*", "", $1)
		if (fast + slow) print $1, fast, slow
	}' "/proc/${pid[$name]}/numa_maps" | sort > "$tmp/wanted"
	grep -vwFf "$tmp/special" "$tmp/said" > "$tmp/said.own" || true
	expect "$name: mappings with memory" "$(wc -l < "$tmp/wanted")" '>=' 3
	diff "$tmp/wanted" "$tmp/said.own" > "$tmp/diff" || fail "$name: not what numa_maps says: $(<"$tmp/diff")"
done
expect "mappings of files" "$(jq '[.data.mappings[] | select(.mapping | startswith("/"))] | length' "$tmp/mappings.idle")" '>=' 1
expect_text "a name that is no UTF-8" "$(jq -r '[.data.mappings[] | select(.mapping | contains("odd"))][0] | .process, .mapping' "$tmp/mappings.odd")" \
	$'odd*\nx\n/*odd*\\\\012x'

# --- processes and cgroups ---------------------------------------------------------------------------
for name in thp shared; do
	expect_text "$name: the sum of its mappings" \
		"$(pghotctl -j report processes --pid "${pid[$name]}" | jq -c '.data.processes[0] | [.fast_pages, .slow_pages, .shared_pages]')" \
		"$(jq -c '.data.mappings | [[.[].fast_pages], [.[].slow_pages], [.[].shared_pages]] | map(add)' "$tmp/mappings.$name" | sed 's/[][]/\\&/g')"
done
in_cgroup() { pghotctl -j report processes --cgroup "$1" --top 100 | jq ".data.processes_count"; }
expect "processes of a cgroup: one" "$(in_cgroup /e2e-one)" '==' 1
expect "processes of a cgroup: two, and one that shares" "$(in_cgroup /e2e-two)" '==' 3
expect "processes of a cgroup: five" "$(in_cgroup /e2e-five)" '==' 5
expect "what is shared" "$(pghotctl -j report processes --pid "${pid[shared]}" | jq '.data.processes[0].shared_pages')" '>=' 512
expect "huge pages" "$(jq '[.data.mappings[].slow_pages] | max' "$tmp/mappings.thp")" '>=' 1024
expect_text "the hottest process of a cgroup is none that sleeps" \
	"$(pghotctl -j report processes --cgroup /e2e-five | jq '.data.processes[0].pid')" \
	"@(${pid[used1]}|${pid[used2]}|${pid[used3]})"
expect "node 0 has no slow memory" "$(pghotctl -j report processes --node 0 | jq '.data.slow_pages')" '==' 0
expect_text "fast memory is not seen" "$(pghotctl -j report processes | jq -c '[.data.processes[].fast_share_percent] | unique')" '\[null\]'

# --- while others come and go ----------------------------------------------------------------------------
( while :; do /bin/true; done ) &
churn=$!
for n in 1 2; do
	pghotctl -j report processes --top 1000 > "$tmp/churn" || fail "processes come and go: exit status $?"
	expect "round $n: all that stay are there" "$(jq --argjson pids "[$(IFS=,; echo "${pid[*]}")]" \
		'[.data.processes[] | select(.pid as $p | $pids | index($p)) | select(.complete)] | length' "$tmp/churn")" '==' ${#pid[@]}
done
stop $churn
ask_all
