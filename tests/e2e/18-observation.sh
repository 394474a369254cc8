#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# debugfs, tracepoints and dumps show what goes on, agree with each other, and
# say so when they could not.

. "${0%/*}/lib.sh"

for event in pghot_record pghot_hot pghot_promote_batch pghot_promote_fail pghot_scan_pass; do
	[ -d $tracing/events/pghot/$event ] || fail "no tracepoint $event"
done
echo 1 > $tracing/events/pghot/enable

capacity=$(( 2048 / less ))
set_params promote=0 heap-capacity=$capacity
pages=$(( 4096 / less ))
hold hot --mib $(( 16 / less ))
pid=$held
# Hot as well, and may not move: what it has stays charged to the test's own group.
hold confined --mib 1
confined=$held
mkdir $cgroups/e2e-cpuset
echo 1 > $cgroups/e2e-cpuset/cpuset.mems
echo "$confined" > $cgroups/e2e-cpuset/cgroup.procs
fast_scan
set_params freq-threshold=1
enable
filled() { [ "$(node 0 dropped)" -gt 0 ] && [ "$(raw dump record-get | grep -c ^entry)" -ge $(( pages * 98 / 100 )) ]; }
eventually "heap overflows and records fill" filled
# What found no place is searched for when there is room again.
capacity=$(( capacity * 4 ))
set_params heap-capacity=$capacity
all_queued() { [ "$(node 0 heap-length)" -ge $(( pages * 98 / 100 )) ]; }
eventually "a larger heap takes all" all_queued
kill -STOP "$pid" "$confined"
sleep 0.5
# Before later ones take its place.
cat $tracing/trace > "$tmp/trace"
echo > $tracing/trace

# --- debugfs ---
header='pfn nid target freq age_ms sources state order page_flags cgroup_ino'
for file in heap/0 heap/1 records/0 records/1; do
	expect_text "header of $file" "$(head -n 1 $debugfs/pghot/$file)" "$header"
	awk 'NR > 1 && (NF != 10 || $1 !~ /^0x[0-9a-f]+$/ || $2 != 1 || $3 !~ /^(0|-)$/ || $4 !~ /^[0-9]+$/) { print; exit 1 }' \
		$debugfs/pghot/$file || fail "$file: a malformed line"
done
expect "lines of records/0, a top tier" "$(wc -l < $debugfs/pghot/records/0)" '==' 1
expect "lines of heap/1, a slow node" "$(wc -l < $debugfs/pghot/heap/1)" '==' 1
dd bs=1 count=100 if=$debugfs/pghot/heap/0 of=/dev/null 2> /dev/null || fail "heap/0: cannot read in bytes"
# shellcheck disable=SC2046 # one word each
printf '%d\n' $(sed -n 's/^\(0x[0-9a-f]*\) .*/\1/p' $debugfs/pghot/records/1) > "$tmp/debugfs"
raw dump record-get nid=1 | awk '$1 == "entry" { print $2 }' > "$tmp/netlink"
cmp "$tmp/debugfs" "$tmp/netlink" || fail "debugfs and netlink disagree on the records"
say "ok: debugfs and netlink agree on $(wc -l < "$tmp/netlink") records"
sort -n -c "$tmp/netlink" || fail "records are not in ascending order"
grep -qx 'running 1' $debugfs/pghot/state || fail "state: no 'running 1'"
grep -q '^source hintfault enabled 1 recorded [1-9][0-9]* useful [1-9]' $debugfs/pghot/state || fail "state: no source"
grep -q "^node 0 tier [0-9]* .* heap [0-9]*/$capacity " $debugfs/pghot/state || fail "state: no heap"

# --- entries ---
group=$(stat -c %i $cgroups/test)
pfns "$pid" hot | sort > "$tmp/pfns"
raw dump record-get limit=100 > "$tmp/hottest"
expect "hottest, no more than asked for" "$(grep -c ^entry "$tmp/hottest")" '==' 100
awk '$1 == "entry" { if (n++ && $5 > last) exit 1; last = $5 }' "$tmp/hottest" || fail "not hottest first"
# Anonymous (1), mapped (32), of this cgroup, order 0, seen by hintfault (1): the test's own
# are. Somebody else's may be among the hottest.
pfns "$confined" confined >> "$tmp/pfns"
awk -v group="$group" '
	NR == FNR { own[$1] = 1; next }
	$1 != "entry" || !($2 in own) { next }
	and($10, 33) != 33 || $11 != group || $9 != 0 || $7 != 1 { print; exit 1 }
	{ n++ }
	END { print n + 0 }' "$tmp/pfns" "$tmp/hottest" > "$tmp/own" || fail "an entry is not what the page is: $(<"$tmp/own")"
expect "of its own among them" "$(<"$tmp/own")" '>=' 50
first=$(sort -n "$tmp/netlink" | sed -n 10p) last=$(sort -n "$tmp/netlink" | sed -n 29p)
expect "records of a range" "$(raw dump record-get pfn-start="$first" pfn-end="$last" | grep -c ^entry)" '==' 20
expect "records of a top-tier node" "$(raw dump record-get nid=0 | grep -c ^entry)" '==' 0
expect "records with the highest frequency" \
	"$(raw dump record-get min-freq=63 | awk '$1 == "entry" && $5 < 63' | wc -l)" '==' 0

# --- a dump that is interrupted says so, one that is not does not ---
raw --buffer 4096 dump record-get > "$tmp/dump"
expect_text "an undisturbed dump" "$(tail -n 1 "$tmp/dump")" 'done messages=* interrupted=0'
expect "messages that it took" "$(sed -n 's/^done messages=\([0-9]*\) .*/\1/p' "$tmp/dump")" '>=' 8
raw --buffer 4096 --pause "$tmp/pause" dump record-get > "$tmp/dump" &
dump=$!
eventually "the dump pauses" [ -e "$tmp/pause" ] || true
while [ ! -e "$tmp/pause" ]; do sleep 0.05; done
raw do reset what=1 > /dev/null
rm "$tmp/pause"
wait $dump || fail "the interrupted dump: $(tail -n 1 "$tmp/dump")"
expect_text "a dump with a reset in between" "$(tail -n 1 "$tmp/dump")" 'done * interrupted=1'
expect "records after the reset" "$(raw dump record-get | grep -c ^entry)" '==' 0
expect "heap after the reset" "$(node 0 heap-length)" '==' 0
expect_text "the next dump" "$(raw dump record-get)" 'done *interrupted=0'

# --- promotions and tracepoints ---
set_params promote=1
kill -CONT "$pid" "$confined"
eventually "the hot pages are promoted" on_node0 "$pid" hot 0.95
fail_seen() { [ "$(ask stats-get failed.cpuset)" -gt 0 ]; }
eventually "confined pages fail" fail_seen
raw dump promoted-get limit=50 > "$tmp/promoted"
expect "promotions, no more than asked for" "$(grep -c ^entry "$tmp/promoted")" '==' 50
awk '$1 == "entry" { if (n++ && $6 < last) exit 1; last = $6 }' "$tmp/promoted" || fail "not latest first"
awk '$1 == "entry" && ($3 != 1 || $4 != 0) { print; exit 1 }' "$tmp/promoted" || fail "a promotion not from 1 to 0"

echo 0 > $tracing/events/pghot/enable
cat $tracing/trace >> "$tmp/trace"
seen() { grep -Eq "$2" "$tmp/trace" || fail "no $1 in the trace"; say "ok: $1 fires"; }
seen pghot_record 'pghot_record: pfn=0x[0-9a-f]+ nid=1 from=0 source=hintfault weight=[1-9]'
seen pghot_hot 'pghot_hot: pfn=0x[0-9a-f]+ target=0 freq=[1-9]'
seen pghot_promote_batch 'pghot_promote_batch: target=0 attempted=[1-9]'
seen pghot_promote_fail 'pghot_promote_fail: .*cpuset'
seen pghot_scan_pass 'pghot_scan_pass: target=0 found=[1-9]'
