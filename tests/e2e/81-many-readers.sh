#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 60
# machine: icount
# kernel: debug
#
# Readers that begin and go, read slowly, or listen and never read, beside others that set,
# dump and reset, take memory that is bounded and do not hold kpromoted up: how long anybody
# holds the lock of the queue is told by lockdep's tracepoints, on a CPU whose clock counts
# instructions. With all that the debug kernel does besides, that is more than elsewhere.

. "${0%/*}/lib.sh"

events=$tracing/events/lock
[ -d $events/lock_acquire ] || fail "no tracepoints of locks"

# Many wait, and nothing but readers is at work.
set_params promote=0
hold waiting --mib 24
pghotctl enable mmscan > /dev/null
queue_stays 4000
waiting=$(node 0 heap-length)
say "waiting: $waiting"

used() { echo $(( $(meminfo Slab) + $(meminfo VmallocUsed) )); }
# Freed memory is kept for a while where its use is looked for: first let that be full.
pghot-e2e-readers 64 > /dev/null || fail "readers: exit status $?"
before=$(used)
for event in lock_acquire lock_release; do
	echo 'name == "&q->lock" || name == "&t->lock"' > $events/$event/filter
	echo 1 > $events/$event/enable
done
echo 1 > $tracing/events/sched/sched_switch/enable
echo 16384 > $tracing/buffer_size_kb
echo 1 > $tracing/tracing_on
pghot-e2e-readers 128 heaps > "$tmp/readers" || fail "readers: exit status $?"
echo 0 > $tracing/tracing_on
echo 0 > $tracing/events/sched/sched_switch/enable
for event in lock_acquire lock_release; do
	echo 0 > $events/$event/enable
	echo 0 > $events/$event/filter
done
say "$(<"$tmp/readers")"
after=$(used)
expect "KiB that the kernel has more of" $(( after - before )) '<=' 4096

# The longest hold of each lock by others than kpromoted in microseconds that its owner ran:
# it may wait for the lock, and there is one CPU for all of them.
cat $tracing/trace > "$tmp/trace"
echo > $tracing/trace
echo 1408 > $tracing/buffer_size_kb
awk '
function ran_until(pid, now) { return ran[pid] + (pid in began ? now - began[pid] : 0) }
/sched_switch:|lock_(acquire|release):/ {
	match($0, / [0-9]+[.][0-9]+: /)
	now = substr($0, RSTART + 1, RLENGTH - 3) * 1000000
}
/ sched_switch:/ {
	match($0, / prev_pid=[0-9]+/); from = substr($0, RSTART + 10, RLENGTH - 10)
	match($0, / next_pid=[0-9]+/); to = substr($0, RSTART + 10, RLENGTH - 10)
	ran[from] = ran_until(from, now)
	delete began[from]
	began[to] = now
	next
}
/ lock_(acquire|release):/ {
	match($0, /-[0-9]+ +\[/); pid = substr($0, RSTART + 1, RLENGTH - 2) + 0
	name = $0 ~ /&q->lock/ ? "queue" : "target"
	if ($0 ~ /lock_acquire:/) { since[pid, name] = ran_until(pid, now); next }
	if (!((pid, name) in since)) next
	us = ran_until(pid, now) - since[pid, name]
	delete since[pid, name]
	if ($1 ~ /^kpromoted/) { if (us > own) own = us; next }
	n[name]++
	if (us > most[name]) { most[name] = us; who[name] = $1 }
} END { for (name in n) printf "%s %d %d %s\n", name, n[name], most[name], who[name]; print "kpromoted", own + 0 }' "$tmp/trace" > "$tmp/holds"
cat "$tmp/holds"
read -r _ holds longest who < <(grep ^queue "$tmp/holds") || fail "nobody held the lock: $(head -n 30 "$tmp/trace")"
expect "holds of the queue's lock" "$holds" '>=' 50
expect "µs of the longest, by $who" "$longest" '<=' 10000
read -r _ _ longest who < <(grep ^target "$tmp/holds") || longest=0 who=nobody
expect "µs of the longest of the target's, by $who" "$longest" '<=' 10000

# kpromoted goes on.
kill -CONT "$held"
set_params promote=1 sleep-ms=100
moved() { on_node0 "$held" waiting 0.5; }
eventually "pages are promoted" moved
stop "$held"
pghotctl disable mmscan > /dev/null
expect "memory of pghot" "$(ask info-get memory-bytes)" '==' 0
