#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-told.sh PGHOTCTL - what the commands make of figures that a kernel tells, which is
# made up here: text with units, the same numbers raw and in JSON, as the schemas describe it.
# tests/e2e/36-json.sh has the same of a kernel.

. "$(dirname "$0")/lib.sh"
ctl=$1
here=$(cd "$(dirname "$0")" && pwd -P)
schemas=$here/../../pghotctl/schemas
mkdir "$work/answers"
n=0

# Nothing of this machine is looked at, or set.
root=$work/root
export PGHOT_SYSROOT=$root
put /proc/version x
put /proc/sys/kernel/numa_balancing 2
put /sys/kernel/mm/numa/demotion_enabled true
put /sys/kernel/mm/lru_gen/enabled 0x0007
put /sys/devices/system/node/node0/vmstat $'pgdemote_kswapd 7\npgdemote_direct 1'

# says TEXT COMMAND...: the text has a line that matches; the JSON is kept, with the raw text
says() {
	local text=$1
	shift
	n=$(( n + 1 ))
	expect_status 0 "$ctl" "$@"
	grep -qE -- "$text" "$out" || wrong "$*: no line '$text'"
	printf '%s\n' "$@" > "$work/answers/$n.args"
	"$ctl" -j "$@" > "$work/answers/$n.json" 2> "$err" || wrong "-j $*: exit status $?"
	"$ctl" -r "$@" > "$work/answers/$n.text" 2> "$err" || wrong "-r $*: exit status $?"
}

says '^  memory in use +3 MiB$' status
says '^  mmscan +enabled +5003 +4003 ' source list
says '^  accesses recorded +5002$' source show lruscan
says '^  sample-period +1$' source show hwhint
says '^  heap-capacity +256 folios$' get
says '^  sleep-ms +10 ms$' get sleep-ms
says '^ +0 +4 +391 MiB +78.1 MiB +300 +65536 +9 ' node
says '^ +1 +5 +391 MiB ' node 1
says '^  promoted +3.91 MiB$' stats
says '^pghotctl 0' version
says '^pghot_node_demoted_bytes_total\{node="0"\} 32768$' metrics
says '^pghot_cgroup_promoted_bytes_total\{cgroup="[^"]+"\} 10485760$' metrics --cgroups 2
says '^pghot_cgroups 3$' metrics --cgroups 2
[ "$("$ctl" metrics --cgroups 2 | grep -c '^pghot_cgroup_promoted_bytes_total{')" -eq 2 ] || wrong "not two cgroups"
[ "$("$ctl" metrics --cgroups 9 | grep -c '^pghot_cgroup_failed_bytes_total{.*reason="share"')" -eq 3 ] || wrong "not all cgroups"
! "$ctl" metrics | grep -q '^pghot_cgroup' || wrong "cgroups that nobody asked for"
expect_status 2 "$ctl" metrics --cgroups 0
expect_status 2 "$ctl" metrics --cgroups 1001
says '^ +on +100 +10 MiB +2 MiB +1 MiB ' cgroup show
says '^ +off +25 +5 MiB ' cgroup show
says 'promoted' promote --node 0 --count 100
says 'promoted' promote 0x140000
says 'hintfault +enabled' enable hintfault
says . disable all
says . set sleep-ms=50 promote=on
says . source set lruscan interval-ms=500 enabled=off
says . reset all
expect_status 0 "$ctl" stats --watch 100ms --count 2
[ "$(wc -l < "$out")" -eq 3 ] || wrong "stats --watch: not a line for each interval"
expect_status 1 "$ctl" node 7
expect_status 2 "$ctl" set sleep-ms=5

# What was saved is applied without a change, and a change is told.
expect_status 0 "$ctl" save "$work/saved.conf"
says 'in force|nothing' apply "$work/saved.conf"
sed -i 's/^sleep-ms = .*/sleep-ms = 70/' "$work/saved.conf"
says 'sleep-ms' apply "$work/saved.conf" --dry-run
says 'sleep-ms' apply "$work/saved.conf"
printf 'get sleep-ms\nset sleep-ms=20\nnode 0\n' > "$work/lines"
expect_status 0 "$ctl" batch "$work/lines"

# A kernel that refuses is not contradicted.
export TOLD_ERROR=1
for args in status 'source list' get node stats metrics 'cgroup show' 'set sleep-ms=50' 'reset all' 'promote 5' save 'enable hintfault'; do
	# shellcheck disable=SC2086 # words
	expect_status 4 "$ctl" $args
	grep -q 'as the test wants it' "$err" || wrong "$args: no cause"
done
unset TOLD_ERROR

[ "$(</"$root/proc/sys/kernel/numa_balancing")" = 2 ] || wrong "a setting was changed for nothing"
/usr/bin/python3 "$here/validate.py" "$schemas" "$work/answers" > "$out" 2> "$err" || wrong "the schemas do not describe it"
verdict
