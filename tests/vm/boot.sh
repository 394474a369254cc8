#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# vm/boot keeps its promises: exit statuses, clean streams, the two tiers.
# timeout: 400

. "$(dirname "$0")/lib.sh"

# Nothing is to be left there, however a machine ends.
mkdir "$scratch/tmp"
export TMPDIR=$scratch/tmp

# Wrong usage costs no boot and names the accepted range.
expect_status 2 vm/boot --cpus 0 -- true
expect_in "$scratch/err" "must be a number from 1 to 8"
expect_status 2 vm/boot --mem1 100 -- true
expect_status 2 vm/boot --mem1 200 -- true
expect_in "$scratch/err" "multiple of 128"
expect_status 2 vm/boot --no-such-option
expect_status 2 vm/boot --
expect_status 2 vm/boot ls
expect_status 2 vm/boot --interactive -- true
expect_status 2 env PGHOT_ACCEL=magic vm/boot -- true
expect_status 2 vm/boot --ibs --icount -- true
expect_in "$scratch/err" "exclude each other"
expect_status 2 env PGHOT_ACCEL=kvm vm/boot --ibs -- true
expect_status 2 vm/qemu-build nothing
expect_status 2 vm/tour --source nosuch
expect_in "$scratch/err" "must be hintfault, ibs, lruscan or mmscan"
expect_status 125 vm/boot --kernel "$scratch" -- true

# The tiers, by Linux's own judgement; hotplug memory, and memory from boot on.
# shellcheck disable=SC2016  # for the guest's shell
tiers='
	fast=$(grep -lx 0 /sys/devices/virtual/memory_tiering/memory_tier*/nodelist) &&
	slow=$(grep -lx 1 /sys/devices/virtual/memory_tiering/memory_tier*/nodelist) &&
	fast=${fast%/*} slow=${slow%/*} &&
	echo "tiers ${fast##*memory_tier} ${slow##*memory_tier}" &&
	echo "cpus [$(cat /sys/devices/system/node/node1/cpulist)]"
	for node in 0 1; do
		awk "/MemFree/ { print \"free\", $node, int(\$4 / 1024) }" /sys/devices/system/node/node$node/meminfo
	done'
for option in '' --boot-memory; do
	# shellcheck disable=SC2086
	expect_status 0 vm/boot $option --log "$scratch/log" -- sh -c "$tiers"
	read -r _ fast slow < <(grep '^tiers' "$scratch/out") || fast=0 slow=0
	(( slow > fast )) || complain "node 1 is not in a lower tier ($option): $(cat "$scratch/out")"
	expect_in "$scratch/out" 'cpus []'
	free=$(sed -n 's/^free 0 //p' "$scratch/out")
	(( free > 512 && free < 1024 )) || complain "node 0 has $free MiB free ($option)"
	free=$(sed -n 's/^free 1 //p' "$scratch/out")
	(( free > 900 && free <= 1024 )) || complain "node 1 has $free MiB free ($option)"
	vm/check-log "$scratch/log" || complain "the kernel complained ($option)"
	# A busy host must not make the machine's clock wrong.
	mhz=$(sed -n 's/.*tsc: Detected \([0-9]*\)\..*/\1/p' "$scratch/log" | tail -n 1)
	wanted=$(( $(build/vm/tsc-khz) / 1000 ))
	(( mhz * 100 > wanted * 99 && mhz * 100 < wanted * 101 )) ||
		complain "the machine takes its counter for one of $mhz MHz, not $wanted ($option)"
done

# Streams: any byte, unmixed; the environment; what is shared; what is not. What is
# left running holds nothing up.
mkdir "$scratch/share"
head -c 500000 /dev/urandom > "$scratch/share/in"
# shellcheck disable=SC2016  # both for the guest's shell and as it is
PGHOT_PROBE='a "b" $c' expect_status 42 vm/boot --timeout 60 --share "$scratch/share" --env "OTHER=1 2" -- sh -c '
	sleep 1000 &
	cat /mnt/share/in
	cp /mnt/share/in /mnt/share/out
	printf "%s|%s|%s|%s" "$PGHOT_PROBE" "$OTHER" "$PGHOT_VM" "$(pwd)" >&2
	touch "$1" && [ -e "$1" ] || exit 1
	echo noise > /dev/kmsg
	exit 42' - "$PGHOT_TOP/left-behind"
cmp "$scratch/out" "$scratch/share/in" || complain "stdout is not what the command wrote"
cmp "$scratch/share/out" "$scratch/share/in" || complain "--share is not what the command wrote"
[ "$(cat "$scratch/err")" = "a \"b\" \$c|1 2|1|$PGHOT_TOP" ] ||
	complain "stderr is '$(cat "$scratch/err")'"
[ ! -e "$PGHOT_TOP/left-behind" ] || complain "the guest wrote to the host's files"

# Ends other than the command's own.
expect_status 127 vm/boot -- no-such-command
expect_status 124 vm/boot --timeout 8 -- sleep 1000
expect_in "$scratch/err" "timeout of 8 s expired"
expect_status 123 vm/boot -- sh -c 'echo c > /proc/sysrq-trigger; sleep 60'
expect_in "$scratch/err" "sysrq triggered crash"
expect_status 125 vm/boot -- sh -c 'echo b > /proc/sysrq-trigger; sleep 60'
expect_in "$scratch/err" "ended before the command did"

# A reader that went away ends the machine: it would go on for ever.
start=$SECONDS
timeout 60 vm/boot -- sh -c 'while echo y; do sleep 0.2; done' 2> /dev/null | head -n 1 > "$scratch/out"
[ "$(cat "$scratch/out")" = y ] || complain "no output through a pipe"
(( SECONDS - start < 50 )) || complain "went on without a reader"

[ -z "$(find "$TMPDIR" -name 'pghot-vm.*')" ] || complain "left its work directory behind"

verdict
