#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 100
# kernel: plain
#
# The metrics are OpenMetrics text to a strict parser, say what the kernel says, and
# appear as a file in one piece.

. "${0%/*}/lib.sh"

check=$top/tests/unit/openmetrics.py
# metric NAME{LABELS}: its value in $tmp/metrics
metric() { pick "$(<"$tmp/metrics")" "$1"; }

enable
set_params window-ms=2500 promote-rate-limit-mbps=200
hold hot --mib 4
fast_scan
# More than the bytes that are asked for below.
moved() { on_node0 "$held" hot 0.98; }
eventually "pages are promoted" moved
stop "$held"
pghotctl set promote=off > /dev/null
sleep 0.3

pghotctl metrics --cgroups 50 > "$tmp/metrics"
expect "promoted, in bytes" "$(metric pghot_promoted_bytes_total)" '==' "$(( 4096 * $(ask stats-get promoted) ))"
expect "by node" "$(metric 'pghot_node_promoted_bytes_total{node="0"}')" '==' "$(( 4096 * $(node 0 promoted) ))"
expect "and that is not nothing" "$(metric pghot_promoted_bytes_total)" '>=' 4000000
expect "by source" "$(metric 'pghot_source_recorded_total{source="hintfault"}')" '==' \
	"$(raw do source-get name=hintfault | field recorded)"
expect "by cgroup" "$(metric 'pghot_cgroup_promoted_bytes_total{cgroup="/"}')" '==' \
	"$(( 4096 * $(stat_of $cgroups/memory.pghot.stat promoted) ))"
expect "no cgroup unless asked for" "$(pghotctl metrics | grep -c '^pghot_cgroup' || true)" '==' 0
expect "size of the slow node" "$(metric 'pghot_node_size_bytes{node="1"}')" '==' "$(( 4096 * $(node 1 present-pages) ))"
expect_text "a window in seconds" "$(metric pghot_parameter_window_seconds)" 2.5
expect_text "the longest one" "$(metric pghot_parameter_window_max_seconds)" 64
expect_text "that of a source that is off" "$(metric 'pghot_source_window_seconds{source="mmscan"}')" 2.5
expect "a rate in bytes" "$(metric pghot_parameter_promote_rate_limit_bytes_per_second)" '==' "$(( 200 << 20 ))"
expect "numa_balancing" "$(metric pghot_system_numa_balancing)" '==' "$(</proc/sys/kernel/numa_balancing)"
expect_text "the slow node's tier" "$(grep '^pghot_node_info{node="1"' "$tmp/metrics")" '*kind="lower"} 1'
expect_text "the same in JSON" \
	"$(pghotctl -j metrics | jq -r '.data.metrics[] | select(.name == "pghot_promoted_bytes") | [.type, .unit, .samples[0].value] | tostring')" \
	"[[]\"counter\",\"bytes\",$(metric pghot_promoted_bytes_total)]"
expect_text "not to everybody are the rest hidden" \
	"$(setpriv --reuid 65534 --regid 65534 --clear-groups pghotctl metrics | tail -n 1)" '# EOF'

# What the dashboard asks for is there.
/usr/bin/python3 "$top/tests/unit/dashboard.py" "$top/share/grafana/pghot.json" --metrics "$tmp/metrics" ||
	fail "the dashboard"

# As pghot-metrics@.service has it: one request, nobody in particular.
printf 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n' |
	setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all --no-new-privs pghotctl metrics --cgroups 50 --http > "$tmp/http"
expect_text "it is answered" "$(head -n 1 "$tmp/http")" $'HTTP/1.1 200 OK\r'
expect "with all of it" "$(sed '1,/^\r$/d' "$tmp/http" | grep -c '^pghot_')" '==' "$(grep -c '^pghot_' "$tmp/metrics")"

# --- a file in one piece ------------------------------------------------------

pghotctl metrics --cgroups 50 --output "$tmp/out.prom" > "$tmp/out"
[ ! -s "$tmp/out" ] || fail "it also writes to standard output"
# Nor does a counter go back while nobody resets it.
pghotctl metrics --cgroups 50 --format openmetrics --output "$tmp/om.prom"
/usr/bin/python3 "$check" "$tmp/metrics" "$tmp/om.prom" || fail "no OpenMetrics: $(<"$tmp/om.prom")"
# What reads *.prom knows the format of Prometheus: metadata have the name of the
# samples, and are of types that it knows.
[[ $(awk '
	$2 == "HELP" { help = $3 }
	$2 == "TYPE" { type = $3; if (help != type || ($4 != "counter" && $4 != "gauge") || seen[type]++ ||
		($4 == "counter") != (type ~ /_total$/)) print "metadata: " $0 }
	!/^#/ { name = $1; sub(/[{].*/, "", name); n++; if (name != type) print "sample: " $0 }
	END { print (n > 50 ? "ok" : "samples: " n) }' "$tmp/out.prom") = ok ]] || fail "not for Prometheus: $(<"$tmp/out.prom")"
expect "samples in both formats" "$(grep -vc '^#' "$tmp/out.prom")" '==' "$(grep -vc '^#' "$tmp/om.prom")"
# The judge of those who read it, where there is one: Debian's package prometheus.
if command -v promtool > /dev/null; then
	promtool check metrics < "$tmp/out.prom" || fail "promtool check metrics"
	say "ok: promtool check metrics"
else
	say "no promtool here"
fi
expect_text "everybody may read it" "$(stat -c %a "$tmp/out.prom")" 644
chmod 600 "$tmp/out.prom"
inode=$(stat -c %i "$tmp/out.prom")
pghotctl metrics --output "$tmp/out.prom"
[ "$(stat -c %i "$tmp/out.prom")" != "$inode" ] || fail "the file is written in place"
expect_text "its mode stays" "$(stat -c %a "$tmp/out.prom")" 600
expect "nothing else is left" "$(find "$tmp" -name 'out.prom?*' | wc -l)" '==' 0
# When the disk is full the former file stays.
mkdir "$tmp/small"
mount -t tmpfs -o size=8k none "$tmp/small"
echo former > "$tmp/small/out.prom"
rc=0
pghotctl metrics --output "$tmp/small/out.prom" 2> "$tmp/err" || rc=$?
expect "a full disk is an error" "$rc" '==' 1
expect_text "and named" "$(<"$tmp/err")" '*No space left*'
expect_text "the former file is there" "$(<"$tmp/small/out.prom")" former
expect "and nothing else" "$(find "$tmp/small" -type f | wc -l)" '==' 1
umount "$tmp/small"
rc=0
pghotctl metrics --output /no/such/dir/x 2> /dev/null || rc=$?
expect "no such directory" "$rc" '==' 1
