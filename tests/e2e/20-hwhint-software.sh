#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
#
# The hwhint source on a machine without hardware that samples: what cannot work is
# refused with the reason, and page faults go the way that samples go.

# shellcheck disable=SC2086,SC2119 # $get and $set are words; ask_all needs no option

. "${0%/*}/lib.sh"

set='do source-set name=hwhint' get='do source-get name=hwhint'
counter() {
	request $get || fail "$reply"
	pick "$reply" "hwhint-counters.$1"
}

# --- what is refused, and leaves no trace ------------------------------------

software='*enabled 0 *hwhint.pmu-type 1 hwhint.config 5 * hwhint.sample-period 1 hwhint.samples-per-sec 10000 hwhint.count-kernel 0 hwhint.isolated-cpus 0*'
wanted "as at boot" "$software" $get
wanted "an event without an address" 'error EOPNOTSUPP *no data address*' $set enabled=1 'hwhint=[' config=0 ]
wanted "a tracepoint" 'error EOPNOTSUPP *does not sample data addresses' $set enabled=1 'hwhint=[' pmu-type=2 config=1 ]
wanted "a breakpoint" 'error EOPNOTSUPP *does not sample data addresses' $set enabled=1 'hwhint=[' pmu-type=5 ]
wanted "a PMU that is not there" 'error EOPNOTSUPP *no PMU of type 4 *' $set enabled=1 'hwhint=[' pmu-type=4 ]
wanted "a PMU that never was" 'error EOPNOTSUPP *no PMU of type 99 *' $set enabled=1 'hwhint=[' pmu-type=99 ]
wanted "a period of 0" 'error ERANGE attr=hwhint.sample-period *1-1073741824*' $set 'hwhint=[' sample-period=0 ]
wanted "one that is too long" 'error ERANGE attr=hwhint.sample-period *' $set 'hwhint=[' sample-period=1073741825 ]
wanted "too few samples" 'error ERANGE attr=hwhint.samples-per-sec *10-100000*' $set 'hwhint=[' samples-per-sec=9 ]
wanted "a truth that is none" 'error ERANGE attr=hwhint.count-kernel *0-1*' $set 'hwhint=[' count-kernel=2 ]
wanted "a good one before a bad one" 'error ERANGE attr=hwhint.samples-per-sec *' $set enabled=1 'hwhint=[' config=2 samples-per-sec=9 ]
wanted "a counter" 'error EINVAL *' $set 10/nest=[ 3/u32=1 ]
wanted "what could not work later" 'error EOPNOTSUPP *no PMU of type 99 *' $set 'hwhint=[' pmu-type=99 ]
wanted "parameters of another source" 'error EINVAL *another source*' $set 'hintfault=[' hot-latency-ms=5 ]
wanted "nothing of it is left" "$software" $get
ask_all
[ "$(ask info-get running)" = 0 ] || fail "a refused source has started pghot"

rc=0
answer=$(pghotctl enable ibs 2>&1) || rc=$?
expect "exit status of enable ibs" "$rc" '==' 3
expect_text "what it says" "$answer" '*no AMD IBS*ibs_op*'
rc=0
answer=$(pghotctl enable pebs 2>&1) || rc=$?
expect "exit status of enable pebs" "$rc" '==' 3
# The other ways to say so get the same answer.
for name in ibs pebs; do
	enable=$(pghotctl enable $name 2>&1) || true
	rc=0
	answer=$(pghotctl source set $name enabled=on 2>&1) || rc=$?
	expect "exit status of source set $name" "$rc" '==' 3
	expect_text "what source set $name says" "$answer" "$enable"
	for dry in '' --dry-run; do
		rc=0
		answer=$(printf '[source %s]\nenabled = on\n' $name | pghotctl apply $dry - 2>&1) || rc=$?
		expect "exit status of apply $dry of $name" "$rc" '==' 3
		answer=${answer/<stdin>:2: /}
		expect_text "what it says" "${answer/enabled, /}" "$enable"
	done
done
[ "$(ask info-get running)" = 0 ] || fail "software page faults were enabled for ibs or pebs"
# By its own name it takes what there is, and says what that is.
printf '[source hwhint]\nenabled = on\n' | pghotctl apply - > "$tmp/said"
grep -q 'page faults say little' "$tmp/said" || fail "apply does not say what is sampled: $(<"$tmp/said")"
pghotctl disable hwhint > /dev/null
rc=0
pghotctl enable hintfault --period 16 > /dev/null 2>&1 || rc=$?
expect "exit status of a period for hintfault" "$rc" '==' 2

# --- all bits of a mask ------------------------------------------------------

full=18446744073709551615
pghotctl source set hwhint config2=$full > "$tmp/said"
grep -q 'config2 *0xffffffffffffffff$' "$tmp/said" || fail "config2 in text: $(<"$tmp/said")"
expect_text "config2 in JSON" "$(pghotctl -j source show hwhint | grep -o '"config2":[-0-9]*')" "\"config2\":$full"
pghotctl save "$tmp/full.conf"
grep -qx "config2 = $full" "$tmp/full.conf" || fail "config2 as it is saved: $(grep config2 "$tmp/full.conf")"
pghotctl apply "$tmp/full.conf" > "$tmp/said" || fail "what was saved is not applied"
grep -q 'nothing differs' "$tmp/said" || fail "it differs from what was saved: $(<"$tmp/said")"
pghotctl source set hwhint config2=0 > "$tmp/said"

# --- samples -----------------------------------------------------------------

# Nothing moves or cools, and no sample is left out for the sake of the rate.
set_params promote=0 freq-threshold=8 window-ms=60000
before=$(ask info-get memory-bytes)
settle_vmstat
# Not what was sampled above.
raw do reset what=4 > /dev/null
faults=$(vmstat pgfault)
raw $set enabled=1 'hwhint=[' samples-per-sec=100000 ] > /dev/null
expect "memory in use for rings" "$(ask info-get memory-bytes)" '>' $(( before + 4096 ))
expect "CPUs sampled" "$(counter cpus)" '==' 2

hold touched --mib 32 --idle
# Some of the faults come in bursts that make more samples than perf would bear.
sleep 0.5
expect "records" "$(raw dump record-get nid=1 | grep -c ^entry)" '>=' 1024
received=$(counter received)
settle_vmstat
expect "samples" "$received" '<=' $(( $(vmstat pgfault) - faults ))
expect "of user mode" "$(counter user)" '>=' 1024
# A page may be gone again before its address is translated.
expect "without an address" "$(counter unaddressed)" "<=" $(( received / 50 ))
expect "throttled" "$(counter throttled)" '==' 0
# One sample makes a page hot; pages are the process's own, seen by hwhint (2).
touched=$(pfns "$held" touched | sort)
heap=$(raw dump heap-get | awk '$1 == "entry" { print $2, $5, $7 }')
[ "$(wc -l <<< "$heap")" -ge 1024 ] || fail "few pages in the heap: $(head -n 3 <<< "$heap")"
expect "pages in the heap that are not its own" \
	"$(comm -13 <(echo "$touched") <(awk '{ print $1 }' <<< "$heap" | sort) | wc -l)" '<=' 64
! awk '$2 < 8 || $3 != 2' <<< "$heap" | grep . || fail "an entry that is not of one sample by hwhint"
stop "$held"

# The rate is held by sampling fewer of them.
raw $set 'hwhint=[' samples-per-sec=100 ] > /dev/null
received=$(counter received) faults=$(vmstat pgfault)
start=$(now_ms)
seconds=$(( slow == 1 ? 2 : 3 ))
timeout $seconds pghot-e2e-mem churn $seconds > /dev/null 2>&1 || true
sleep 0.2
ms=$(( $(now_ms) - start ))
settle_vmstat
# Twice the rate on two CPUs, and what comes before the period has been found.
most=$(( 100 * 2 * 2 * ms / 1000 + 100 ))
faults=$(( $(vmstat pgfault) - faults ))
expect "page faults" $faults '>=' 2000
expect "page faults, more than may be sampled" $faults '>' $most
expect "samples of them" "$(( $(counter received) - received ))" '<=' $most
expect "the period in use" "$(counter current-period)" '>' 1
expect "throttled" "$(counter throttled)" '==' 0
expect "dropped" "$(counter dropped)" '==' 0

# What pghot says in its own counters stands in /proc/vmstat, too.
received=$(counter received)
settle_vmstat
expect "samples, by vmstat" "$(vmstat pghot_hwhint_received)" '>=' "$received"

# Every fault, of which none is sampled with a period beyond their number.
raw $set 'hwhint=[' samples-per-sec=4000 sample-period=1000000 ] > /dev/null
received=$(counter received)
hold again --mib 16 --idle
sleep 0.2
expect "samples with a long period" "$(counter received)" '==' "$received"
stop "$held"

# --- off ---------------------------------------------------------------------

raw $set enabled=0 'hwhint=[' sample-period=1 ] > /dev/null
received=$(counter received)
hold more --mib 16 --idle
sleep 0.2
expect "samples when it is off" "$(counter received)" '==' "$received"
expect "CPUs sampled when it is off" "$(counter cpus)" '==' 0
expect "memory in use when it is off" "$(ask info-get memory-bytes)" '==' "$before"

answer=$(pghotctl enable hwhint 2>&1)
expect_text "what enable hwhint says" "$answer" '*samples software config 0x5*'
expect_text "and in JSON" "$(pghotctl -j source show hwhint)" '*"pmu_type":1,*"counters"*"cpus":2,*'
pghotctl disable hwhint > /dev/null
