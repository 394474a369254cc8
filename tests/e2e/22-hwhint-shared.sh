#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# machine: ibs
# timeout: 120
#
# The hwhint source is one user of the PMU among others: it shares IBS with whoever
# runs perf, holds its rate, follows CPUs, and leaves nothing behind.

# shellcheck disable=SC2086,SC2119 # $get and $set are words; ask_all needs no option

. "${0%/*}/lib.sh"

[ -e /sys/bus/event_source/devices/ibs_op ] || fail "this machine has no IBS"
type=$(</sys/bus/event_source/devices/ibs_op/type)
get='do source-get name=hwhint' set='do source-set name=hwhint'
counter() {
	request $get || fail "$reply"
	pick "$reply" "hwhint-counters.$1"
}
# Interrupts by the PMU so far, on all CPUs.
interrupts() { awk '$1 == "PMI:" { print $2 + $3 }' /proc/interrupts; }
# user_event SECONDS: sample as perf would
user_event() { pghot-e2e-perf "$type" 0x80000 16384 "$1"; }
part() { tr ' ' '\n' <<< "$1" | sed -n "s/^$2=//p"; }

set_params promote=0
pghot-workload --size 64 --hot 16 --threads 2 --seconds 0 --interval 60000 > "$tmp/workload" &
workload=$!
eventually "the workload runs" grep -q ^ready "$tmp/workload"

alone=$(user_event 1)
expect "samples of a user's own event" "$(part "$alone" samples)" '>=' 50
expect "its share of the time" "$(part "$alone" running)" '>=' 99

# --- what IBS and pghot refuse -----------------------------------------------

fetch=$(</sys/bus/event_source/devices/ibs_fetch/type)
wanted "instruction fetches" 'error EOPNOTSUPP *ibs_fetch does not deliver data addresses' \
	$set enabled=1 'hwhint=[' pmu-type="$fetch" config=0 sample-period=4096 ]
wanted "a config that IBS does not have" 'error EINVAL *' \
	$set enabled=1 'hwhint=[' pmu-type="$type" config=1 sample-period=4096 ]
wanted "nothing has changed" '*enabled 0 *hwhint.pmu-type 1 *' $get
ask_all

# A file that calls it ibs means IBS, as enable does.
printf '[source ibs]\nenabled = on\n' > "$tmp/conf"
expect "the PMU of [source ibs]" \
	"$(pghotctl -j apply --dry-run "$tmp/conf" | jq '.data.changes[] | select(.name == "pmu-type").to')" '==' "$type"
printf '[source ibs]\nenabled = on\npmu-type = 1\n' > "$tmp/conf"
rc=0
pghotctl apply "$tmp/conf" 2> "$tmp/err" || rc=$?
expect "exit status of IBS that is another PMU" "$rc" '==' 2
wanted "nothing has changed" '*enabled 0 *hwhint.pmu-type 1 *' $get
ask_all

# --- a rate that is held -----------------------------------------------------

pghotctl enable ibs --period 1024
raw $set 'hwhint=[' samples-per-sec=250 ] > /dev/null
wanted "a bad change of what runs" 'error EINVAL *' $set 'hwhint=[' config=1 ]
wanted "it runs on as before" "*enabled 1 *hwhint.pmu-type $type *hwhint.sample-period 1024 *" $get
ask_all
sleep 0.5
received=$(counter received) start=$(now_ms)
sleep 2
rate=$(( ($(counter received) - received) * 1000 / ($(now_ms) - start) ))
expect "samples per second on two CPUs" "$rate" '<=' 700
expect "samples per second on two CPUs" "$rate" '>=' 100
expect "the period in use" "$(counter current-period)" '>' 1024
expect "throttled" "$(counter throttled)" '==' 0

# --- with others -------------------------------------------------------------

raw $set 'hwhint=[' samples-per-sec=2000 ] > /dev/null
received=$(counter received)
both=$(user_event 2)
say "the user's event: $both"
expect "samples of the user's event meanwhile" "$(part "$both" samples)" '>=' 50
expect "with an address" "$(part "$both" addressed)" '>=' $(( $(part "$both" samples) * 9 / 10 ))
expect "its share of the time" "$(part "$both" running)" '>=' 20
expect "its share of the time" "$(part "$both" running)" '<=' 80
expect "samples of pghot's meanwhile" "$(( $(counter received) - received ))" '>=' 50

# --- CPUs come and go --------------------------------------------------------

cpu=/sys/devices/system/cpu/cpu1/online
sampled() { [ "$(counter cpus)" = "$1" ]; }
for i in 1 2; do
	echo 0 > $cpu
	eventually "round $i: one is sampled" sampled 1
	received=$(counter received)
	sleep 0.3
	expect "round $i: samples of the other one" "$(( $(counter received) - received ))" '>=' 20
	echo 1 > $cpu
	eventually "round $i: both are sampled" sampled 2
done
echo 0 > $cpu
pghotctl disable ibs > /dev/null
pghotctl enable ibs > /dev/null
expect "CPUs sampled when enabled without it" "$(counter cpus)" '==' 1
echo 1 > $cpu
eventually "both are sampled" sampled 2

# --- nothing is left behind --------------------------------------------------

pghotctl disable ibs > /dev/null
expect "CPUs sampled when it is off" "$(counter cpus)" '==' 0
before=$(interrupts)
sleep 0.5
expect "interrupts of the PMU when it is off" "$(interrupts)" '==' "$before"
after=$(user_event 1)
expect "the share of a user's event" "$(part "$after" running)" '>=' 99
expect "its samples" "$(part "$after" samples)" '>=' 50
kill "$workload"
wait "$workload" || true
