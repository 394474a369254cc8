#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# pghottop's view of cgroups says what the kernel adds up, what the files of the cgroups
# say, and what was promoted; its tree folds, and leads to the pages of a cgroup and back.

. "${0%/*}/lib.sh"

mkdir $cgroups/e2e-top $cgroups/e2e-top/{a,b}
echo +memory > $cgroups/e2e-top/cgroup.subtree_control
set_params promote=0 freq-threshold=1 window-ms=60000
hold_by=(in_group e2e-top/a)
hold a --mib 4
a=$held
hold_by=(in_group e2e-top/b)
hold b --mib 2
pids=("$a" "$held")
hold_by=()
fast_scan
enable
# More than the first has: of both.
queue_fills 1200
# What is asked twice is the same.
kill -STOP "${pids[@]}"
balancing 0
sleep 1

# --- what the kernel adds up ---------------------------------------------------

# of CGROUP KEY: of the view in $tmp/view
of() { jq --arg cgroup "$1" ".data.cgroups[] | select(.cgroup == \$cgroup) | .$2" "$tmp/view"; }
pghottop -j -n 1 -v cgroups -l 1000 > "$tmp/view"
pghotctl -j report cgroups > "$tmp/report"
for group in a b; do
	ino=$(stat -c %i $cgroups/e2e-top/$group)
	expect "$group: inode" "$(of /e2e-top/$group cgroup_ino)" '==' "$ino"
	expect "$group: hot pages, as pghotctl has them" "$(of /e2e-top/$group own_hot_pages)" '==' \
		"$(jq --argjson ino "$ino" '.data.cgroups[] | select(.cgroup_inode == $ino) | .hot_pages' "$tmp/report")"
	slow_bytes=$(awk '$1 == "anon" || $1 == "file" { for (i = 2; i <= NF; i++) if (sub("^N1=", "", $i)) n += $i } END { print n }' \
		"$cgroups/e2e-top/$group/memory.numa_stat")
	expect "$group: slow pages" "$(of /e2e-top/$group slow_pages)" '==' $((slow_bytes / 4096))
done
expect "the sum of both" "$(of /e2e-top hot_pages)" '==' \
	$(($(of /e2e-top/a hot_pages) + $(of /e2e-top/b hot_pages)))
expect "cgroups below" "$(of /e2e-top below_count)" '==' 2
expect "hot from" "$(jq .data.hot_from_freq "$tmp/view")" '==' 1

# A threshold that is no power of two has to be asked for by itself.
set_params freq-threshold=3
pghottop -j -n 1 -v cgroups -l 1000 > "$tmp/view3"
pghotctl -j report cgroups > "$tmp/report3"
expect "hot from" "$(jq .data.hot_from_freq "$tmp/view3")" '==' 3
expect "hot pages of all" "$(jq '[.data.cgroups[].own_hot_pages] | add' "$tmp/view3")" '==' \
	"$(jq '[.data.cgroups[].hot_pages] | add' "$tmp/report3")"
expect "and those that are warm" "$(jq '[.data.cgroups[].own_warm_pages] | add' "$tmp/view3")" '==' \
	"$(jq '[.data.cgroups[].warm_pages] | add' "$tmp/report3")"
set_params freq-threshold=1

expect "of the only slow node" \
	"$(pghottop -j -n 1 -v cgroups -N 1 -l 1000 | jq '[.data.cgroups[].own_hot_pages] | add')" '==' \
	"$(jq '[.data.cgroups[].own_hot_pages] | add' "$tmp/view")"
expect_text "a filter" "$(pghottop -j -n 1 -v cgroups --flat -f 'cgroup=/e2e-top/b' | jq -r '.data.cgroups[].cgroup')" /e2e-top/b
rc=0
raw --as nobody exec pghottop -b -n 1 -v cgroups > "$tmp/out" 2> "$tmp/err" || rc=$?
expect "exit status without privilege" "$rc" '==' 4
grep -q CAP_SYS_ADMIN "$tmp/err" || fail "nobody is not told why: $(<"$tmp/err")"

# --- processes and mappings ----------------------------------------------------

# What the process has mapped is what its cgroup is charged for, but for files of others.
pghottop -j -n 1 -v processes -l 1000 > "$tmp/processes"
hot=$(jq --argjson pid "$a" '.data.processes[] | select(.pid == $pid) | .hot_pages' "$tmp/processes")
expect "hot pages of the process" "$hot" '>=' 900
expect "and not more than its cgroup has" "$hot" '<=' $(($(of /e2e-top/a hot_pages) + 64))
expect_text "its name" "$(jq -r --argjson pid "$a" '.data.processes[] | select(.pid == $pid) | .command' "$tmp/processes")" 'pghot-e2e-mem'
pghottop -j -n 1 -v mappings -p "$a" -l 1000 > "$tmp/mappings"
expect "the sum of its mappings" "$(jq '[.data.mappings[].hot_pages] | add' "$tmp/mappings")" '==' "$hot"
expect "most of it in one" "$(jq '[.data.mappings[].hot_pages] | max' "$tmp/mappings")" '>=' 900
rc=0
pghottop -j -n 1 -v mappings -p 999999 > "$tmp/out" || rc=$?
expect "exit status for a process that there is not" "$rc" '==' 1
expect_text "and why" "$(jq -r .data.entries_error.errno "$tmp/out")" ESRCH

# --- live ------------------------------------------------------------------------

export TMUX_TMPDIR=$tmp
tm() { tmux -f /dev/null -L e2e "$@"; }
shows() { tm capture-pane -p | grep -qE -- "$1"; }
hides() { ! shows "$1"; }
tm new-session -d -x 130 -y 40 -e LC_ALL=C.UTF-8 -e PATH="$PATH" -e XDG_CONFIG_HOME="$tmp" \
	"bash --norc -c 'pghottop -v cgroups -s +cgroup; echo STATUS=\$?; sleep 60'"
trap 'tm kill-server 2> /dev/null || true; rm -rf "$tmp"' EXIT
eventually "live: the tree" shows '▾ e2e-top$'
eventually "live: below it" shows '^ .*     a$'
tm send-keys '*'
eventually "live: folded" shows '▸ e2e-top$'
hides '^ .*     a$' || fail "live: folded, and still there"
tm send-keys '*'
eventually "live: unfolded again" shows '^ .*     a$'
tm send-keys / e 2 e - t o p / a Enter Enter
eventually "live: its processes" shows "^ +$a .* pghot-e2e-mem$"
eventually "live: whose they are" shows 'in /e2e-top/a '
hides "^ +${pids[1]} " || fail "live: a process of another cgroup"
tm send-keys Enter
eventually "live: its mappings" shows "process $a "
eventually "live: with addresses" shows ' 0x[0-9a-f]+ rw-p '
# The hottest of them comes first.
tm send-keys Enter
eventually "live: the pages of a mapping" shows "mapping 0x[0-9a-f]+ +process $a "
eventually "live: with their records" shows '^ +0x[0-9a-f]+ .* /e2e-top/a$'
tm send-keys w
eventually "live: why" shows 'see or change: '
tm send-keys q BSpace
eventually "live: its mappings again" shows ' 0x[0-9a-f]+ rw-p '
tm send-keys BSpace
eventually "live: its processes again" shows "^ +$a .* pghot-e2e-mem$"
tm send-keys v v v
eventually "live: its pages" shows '^ +0x[0-9a-f]+ .* /e2e-top/a$'
hides '/e2e-top/b$' || fail "live: pages of another cgroup"
tm send-keys BSpace
eventually "live: back" shows '▾ e2e-top$'

# --- what was promoted -------------------------------------------------------------

kill -CONT "${pids[@]}"
balancing 2
set_params promote=1
done_promoting() { on_node0 "$a" a 0.9; }
eventually "promotion" done_promoting
pghottop -j -n 1 -v cgroups -l 1000 > "$tmp/view"
pghottop -j -n 1 -v cgroups -l 1000 -N 0 > "$tmp/view0"
promoted=$(stat_of $cgroups/e2e-top/a/memory.stat pgpromote_success)
expect "promoted" "$promoted" '>=' 900
# Without a record of it left, only the other one says so.
if [ -n "$(of /e2e-top/a promoted_pages)" ]; then
	expect "promoted, as the cgroup has it" "$(of /e2e-top/a promoted_pages)" '>=' 900
fi
tm send-keys q
eventually "live: ends" shows '^STATUS=0'
tm kill-server
stop "${pids[0]}"
stop "${pids[1]}"
disable
