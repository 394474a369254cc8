#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 200
# kernel: plain
#
# pghottop shows the pages that are hot, and no others: compared with what
# pagemap says of the workload and with debugfs. Live too, on a terminal.

. "${0%/*}/lib.sh"

# json FILE FILTER: of the only sample in FILE
json() { jq -er "$2" "$1" || fail "$1: not so: $2"; }

export LC_ALL=C.UTF-8
# A long window, so that the queue lasts while it is compared.
set_params promote=0 window-ms="$(constant WINDOW_MS_MAX)"
hold hot --mib 4
pfns "$held" hot | sort > "$tmp/pfns"
pghottop -j -n 10 -d 500ms -l 0 > "$tmp/rates" &
rates=$!
fast_scan
enable
queue_fills 900
wait "$rates" || fail "pghottop -j: $(<"$tmp/rates")"

# The rates of all samples are what the counter gained between first and last.
expect "samples" "$(wc -l < "$tmp/rates")" '==' 10
jq -s '[.[].data | { t: .time_ms, n: .sources[0].recorded, rate: .sources[0].recorded_per_s }] | {
		gained: (.[-1].n - .[0].n),
		rates: ([range(1; length) as $i | .[$i].rate * (.[$i].t - .[$i - 1].t) / 1000] | add)
	}' "$tmp/rates" > "$tmp/sum"
expect "reports between first and last sample" "$(jq .gained "$tmp/sum")" '>=' 1024
expect "reports that the rates add up to, as a share" "$(jq '.rates / .gained' "$tmp/sum")" '>' 0.95
expect "the same" "$(jq '.rates / .gained' "$tmp/sum")" '<' 1.05
expect "promotions per second while promotion is off" \
	"$(jq -s '[.[].data.nodes[0].promoted_pages_per_s] | max' "$tmp/rates")" '==' 0
expect_text "promotion is off" "$(tail -n 1 "$tmp/rates" | jq .data.parameters.promote)" false

# Nothing is accessed any more, so that what is asked twice is the same.
kill -STOP "$held"
sleep 0.5
pghottop -j -n 1 -l 100000 > "$tmp/queue"
# shellcheck disable=SC2046 # one word each
printf '%d\n' $(sed -n 's/^\(0x[0-9a-f]*\) .*/\1/p' $debugfs/pghot/heap/0) | sort > "$tmp/debugfs"
jq '.data.entries[].pfn' "$tmp/queue" | sort > "$tmp/shown"
cmp "$tmp/debugfs" "$tmp/shown" || fail "pghottop and debugfs disagree on the queue"
expect "pages shown" "$(wc -l < "$tmp/shown")" '>=' 900
expect "pages of the workload among them" "$(comm -12 "$tmp/pfns" "$tmp/shown" | wc -l)" '>=' 900
json "$tmp/queue" '.data.entries | . == sort_by(-.freq)' > /dev/null
json "$tmp/queue" '.data.entries | all(.nid == 1 and .target_nid == 0 and .sources == ["hintfault"])' > /dev/null
expect_text "cgroup" "$(json "$tmp/queue" '.data.entries[0].cgroup')" '/test*'

# The hottest, and no more than asked for; the records of the slow node.
pghottop -j -n 1 -l 10 > "$tmp/ten"
expect "pages, of which ten were asked for" "$(json "$tmp/ten" '.data.entries | length')" '==' 10
expect "the least frequent of them" "$(json "$tmp/ten" '.data.entries[-1].freq')" '==' \
	"$(json "$tmp/queue" '.data.entries[9].freq')"
pghottop -j -n 1 -l 100000 -v records -N 1 | jq '.data.entries[].pfn' | sort > "$tmp/shown"
expect "pages of the workload among the records" "$(comm -12 "$tmp/pfns" "$tmp/shown" | wc -l)" '>=' 900
expect_text "text has them too" "$(pghottop -b -n 1 -l 1 -o pfn | tail -n 2 | head -n 1)" '0x*'

# Who may not see pages still sees the rest.
rc=0
raw --as nobody exec pghottop -b -n 1 > "$tmp/out" 2> "$tmp/err" || rc=$?
expect "exit status without privilege" "$rc" '==' 4
! grep -q 0x "$tmp/out" || fail "pages for nobody: $(<"$tmp/out")"
grep -q 'hintfault on' "$tmp/out" || fail "no sources for nobody: $(<"$tmp/out")"
grep -q CAP_SYS_ADMIN "$tmp/err" || fail "nobody is not told why: $(<"$tmp/err")"
raw --as nobody exec pghottop -j -n 1 -l 0 > "$tmp/out" || fail "nobody asks for no pages"
rc=0
unshare -n pghottop -b -n 1 > "$tmp/out" 2> "$tmp/err" || rc=$?
expect "exit status where there is no family" "$rc" '==' 3

# --- live --------------------------------------------------------------------

export TMUX_TMPDIR=$tmp
tm() { tmux -f /dev/null -L e2e "$@"; }
shows() { tm capture-pane -p | grep -qE -- "$1"; }
tm new-session -d -x 120 -y 30 -e LC_ALL=C.UTF-8 -e PATH="$PATH" -e XDG_CONFIG_HOME="$tmp" "bash --norc -c 'pghottop; echo STATUS=\$?; sleep 60'"
trap 'tm kill-server 2> /dev/null || true; rm -rf "$tmp"' EXIT
eventually "live: the queue" shows "^ +0x[0-9a-f]+ +0x[0-9a-f]+000 1→0 .* anon .* /test"
shows "promotion off, profiling only" || fail "live: does not say that promotion is off"
tm send-keys v
eventually "live: records" shows 'hm-'
tm send-keys v
eventually "live: no promotions" shows 'Nothing was promoted yet'

kill -CONT "$held"
set_params promote=1
done_promoting() { on_node0 "$held" hot 0.9; }
eventually "promotion" done_promoting
eventually "live: promotions" shows "^ +0x[0-9a-f]+ .* 1→0 "
tm send-keys q
eventually "live: ends" shows '^STATUS=0'

# Promotions are of pages that were the workload's, and as many as vmstat has.
pghottop -j -n 1 -l 100000 -v promotions > "$tmp/promoted"
jq '.data.entries[].pfn' "$tmp/promoted" | sort -u > "$tmp/shown"
expect "promotions from where the workload was" "$(comm -12 "$tmp/pfns" "$tmp/shown" | wc -l)" '>=' 900
