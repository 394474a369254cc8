#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
# timeout: 200
#
# Off costs nothing: no memory, no thread, no reports; and turning pghot on and
# off under load, again and again, leaks nothing.

. "${0%/*}/lib.sh"

is_off() {
	expect "$1: memory in use" "$(ask info-get memory-bytes)" '==' 0
	expect "$1: running" "$(ask info-get running)" '==' 0
	! has_thread kpromoted0 || fail "$1: kpromoted0 runs"
	expect "$1: records" "$(raw dump record-get | grep -c ^entry)" '==' 0
	expect "$1: entries in heaps" "$(raw dump heap-get | grep -c ^entry)" '==' 0
	expect "$1: memory of node 0 for records" "$(node 0 record-bytes)" '==' 0
}

is_off "at boot"

# Hot ones enough for NUMA balancing to be at work for some seconds when it is its turn.
hold hot --mib $(( 48 / less )) --hot 2048
fast_scan
set_params freq-threshold=1
set_params promote=0
enable
has_thread kpromoted0 || fail "on: there is no kpromoted0"
! has_thread kpromoted1 || fail "on: there is a kpromoted1, for a slow node"
records() { [ "$(raw dump record-get | grep -c ^entry)" -ge 2000 ]; }
eventually "records fill" records
# 4 bytes per page of node 1, what a heap and its batch need, and the table of what was
# demoted lately.
limit=$(( $(node 1 tracked-pages) * 4 + 65536 * 16 + (256 << 10) + 65536 * 8 ))
expect "on: memory in use" "$(ask info-get memory-bytes)" '>' 0
expect "on: memory in use" "$(ask info-get memory-bytes)" '<=' $limit

# Where there is room they are in fast memory.
expect "on: memory of node 0 for records" "$(node 0 record-bytes)" '==' $(( $(node 1 tracked-pages) * 4 ))
expect "on: memory of node 1 for records" "$(node 1 record-bytes)" '==' 0

# From here on NUMA balancing promotes by itself: slowly, please.
echo 1 > /proc/sys/kernel/numa_balancing_promote_rate_limit_MBps
disable
faults=$(vmstat numa_hint_faults)
is_off "disabled under load"
echo 1 > $tracing/events/pghot/enable
before=$(pghot_vmstat)
hinted() { [ $(( $(vmstat numa_hint_faults) - faults )) -ge 256 ]; }
eventually "NUMA balancing goes on" hinted
expect_text "disabled: counters rest" "$(pghot_vmstat)" "$before"
expect "disabled: trace events" "$(grep -vc '^#' $tracing/trace)" '==' 0
echo 0 > $tracing/events/pghot/enable

# Kernel memory of the kinds that pghot allocates, in KiB.
kernel_memory() { echo $(( $(meminfo SUnreclaim) + $(meminfo VmallocUsed) + $(meminfo Percpu) + $(meminfo KernelStack) )); }
set_params promote=1
raw cycle 5 > "$tmp/out" || fail "cycle: $(<"$tmp/out")"
before=$(kernel_memory) start=$(now_ms)
raw cycle 50 > "$tmp/out" || fail "cycle: $(<"$tmp/out")"
say "50 times on and off took $(( $(now_ms) - start )) ms"
is_off "after 50 times on and off"

# A cycle that leaked one section's records would have lost 6 MiB by now. KASAN
# keeps what is freed for a while, up to a 32nd of all memory.
allowed=1024
[ "${PGHOT_VARIANT-}" != debug ] || allowed=$(( allowed + $(meminfo MemTotal) / 32 ))
memory_back() { [ $(( $(kernel_memory) - before )) -le $allowed ]; }
eventually "kernel memory is back, within $allowed KiB" memory_back

raw do source-set name=hintfault enabled=1 > /dev/null
eventually "and it still works" on_node0 "$held" hot 0.95
