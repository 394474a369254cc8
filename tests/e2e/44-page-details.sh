#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 120
# kernel: plain
#
# The details of a page tell who maps it where: judged by the pagemap of the process
# that does. A filter leaves what it says, and the record is followed by its frame.

. "${0%/*}/lib.sh"
export LC_ALL=C.UTF-8 XDG_CONFIG_HOME=$tmp/config

set_params promote=0 window-ms="$(constant WINDOW_MS_MAX)"
hold hot --mib 2
pfns "$held" hot | sort > "$tmp/pfns"
fast_scan
enable
queue_stays 450

# Filters, the least frequency of which the kernel applies.
top=$(pghottop -j -n 1 -l 1 | jq '.data.entries[0].freq')
pghottop -j -n 1 -l 100000 > "$tmp/all"
for filter in "freq>=$top" "not freq<$top" "cgroup~test and type=anon and freq=$top"; do
	pghottop -j -n 1 -l 100000 -f "$filter" > "$tmp/some"
	expect "pages that pass $filter" "$(jq '.data.entries | length' "$tmp/some")" '==' \
		"$(jq --argjson f "$top" '[.data.entries[] | select(.freq >= $f)] | length' "$tmp/all")"
done
pghottop -j -n 1 -l 100000 -f 'cgroup=/nowhere or type=file or node=0' > "$tmp/some"
expect "pages of nobody" "$(jq '.data.entries | length' "$tmp/some")" '==' 0

export TMUX_TMPDIR=$tmp
tm() { tmux -f /dev/null -L e2e "$@"; }
shows() { tm capture-pane -p | grep -qE -- "$1"; }
tm new-session -d -x 120 -y 40 -e LC_ALL=C.UTF-8 -e PATH="$PATH" -e XDG_CONFIG_HOME="$XDG_CONFIG_HOME" \
	"bash --norc -c 'pghottop -f cgroup~test; echo STATUS=\$?; sleep 60'"
trap 'tm kill-server 2> /dev/null || true; rm -rf "$tmp"' EXIT
eventually "live: the filter is shown" shows '^every .* filter cgroup~test '
eventually "live: the queue" shows '^ +0x[0-9a-f]+ .* /test'
tm send-keys Enter
eventually "live: the search ends" shows 'Looked at [0-9]+ process'
eventually "live: its record has a history" shows ' frequency .* 1→0  queued'
tm capture-pane -p > "$tmp/screen"

pfn=$(sed -n 's/.*page frame 0x\([0-9a-f]*\),.*/\1/p' "$tmp/screen")
grep -qx "$(( 0x$pfn ))" "$tmp/pfns" || fail "0x$pfn is not the workload's: $(<"$tmp/screen")"
address=$(sed -n "s/.* $held pghot-e2e-mem *\(0x[0-9a-f]*\) .*/\1/p" "$tmp/screen")
[ -n "$address" ] || fail "the workload does not map it: $(<"$tmp/screen")"
entry=$(dd if="/proc/$held/pagemap" bs=8 skip=$(( address / 4096 )) count=1 status=none |
	od -An -t x8 | tr -d ' ')
expect "page frame behind the address" "$(( 0x$entry & (1 << 55) - 1 ))" '==' "$(( 0x$pfn ))"
grep -q 'kpageflags 0x[0-9a-f]*: .*anon' "$tmp/screen" || fail "no flags: $(<"$tmp/screen")"
grep -q 'mapped *1 time' "$tmp/screen" || fail "not mapped once: $(<"$tmp/screen")"
grep -q 'cgroup */test.* (inode ' "$tmp/screen" || fail "no cgroup: $(<"$tmp/screen")"

# All processes are more; the record goes when it is reset.
tm send-keys a
eventually "live: all processes" shows 'Looked at [0-9]+ processes of the machine'
shows " $held pghot-e2e-mem +$address " || fail "not found among all: $(tm capture-pane -p)"
pghotctl reset records > "$tmp/out"
eventually "live: the record goes" shows 'none any more; frequency was [1-9]'
eventually "live: so does its history" shows '[0-9]  no record$|[0-9]  no record '

# Settings are written where they belong, and once asked for.
[ ! -e "$XDG_CONFIG_HOME" ] || fail "settings without being asked"
tm send-keys q v W
eventually "live: settings" shows 'settings written to'
grep -qx 'view = records' "$XDG_CONFIG_HOME/pghottop/pghottop.ini" || fail "no settings"
tm send-keys q
eventually "live: ends" shows '^STATUS=0'
tm kill-server

# A large folio is one row, mapped as a whole at one place.
stop "$held"
pghotctl reset all > "$tmp/out"
echo madvise > /sys/kernel/mm/transparent_hugepage/enabled
hold big --mib 4 --thp
large() { pghottop -j -n 1 -l 1 -f 'type=thp and size=2M' | jq -e '.data.entries | length == 1' > /dev/null; }
eventually "the queue has large folios" large
kill -STOP "$held"
sleep 0.5
pghottop -j -n 1 -f type=thp | jq -r '.data.entries[] | "\(.pages) \(.pfn % 512) \(.type)"' | sort -u > "$tmp/large"
expect_text "all are whole" "$(<"$tmp/large")" '512 0 thp'
tm new-session -d -x 120 -y 40 -e LC_ALL=C.UTF-8 -e PATH="$PATH" -e XDG_CONFIG_HOME="$XDG_CONFIG_HOME" \
	"bash --norc -c 'pghottop -f type=thp; sleep 60'"
eventually "live: the large folios" shows '^ +0x[0-9a-f]+ .* 2 MiB thp .* /test'
tm send-keys Enter
eventually "live: the search ends" shows 'Looked at [0-9]+ process'
tm capture-pane -p > "$tmp/screen"
grep -q 'folio *2 MiB, order 9, thp' "$tmp/screen" || fail "not large: $(<"$tmp/screen")"
pfn=$(sed -n 's/.*page frame 0x\([0-9a-f]*\),.*/\1/p' "$tmp/screen")
address=$(sed -n "s/.* $held pghot-e2e-mem *\(0x[0-9a-f]*\) .* 2 MiB of it, anonymous.*/\1/p" "$tmp/screen")
[ -n "$address" ] || fail "not mapped as a whole: $(<"$tmp/screen")"
expect "beginning at a boundary of large pages" $(( address % (2 << 20) )) '==' 0
for page in 0 511; do
	entry=$(dd if="/proc/$held/pagemap" bs=8 skip=$(( address / 4096 + page )) count=1 status=none |
		od -An -t x8 | tr -d ' ')
	expect "page frame of its page $page" "$(( 0x$entry & (1 << 55) - 1 ))" '==' "$(( 0x$pfn + page ))"
done
grep -q 'kpageflags 0x[0-9a-f]*: .*thp' "$tmp/screen" || fail "no flags: $(<"$tmp/screen")"
