#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The checkers of the kernels for `make soak` are awake, and what they say fails the run: a
# data race, a leak and a misused object, planted by a module (tests/kernel/plant).
# timeout: 900

. "$(dirname "$0")/../vm/lib.sh"

kcsan=$(kernel_dir kcsan) leak=$(kernel_dir leak)

# boot NAME STATUS KERNEL COMMAND: in the guest's shell, the log in $scratch/NAME.log
boot() {
	expect_status "$2" vm/boot --kernel "$3" --cpus 2 --mem0 768 --mem1 128 --timeout 400 \
		--log "$scratch/$1.log" -- sh -c "$4"
}

# found NAME TEXT [OPTION...]: check-log finds that in the log
found() {
	expect_status 1 vm/check-log "${@:3}" "$scratch/$1.log"
	expect_in "$scratch/out" "$2"
}

# Nothing else soils a boot on which nothing is planted: so that what soils it shows something.
boot sound-kcsan 0 "$kcsan" 'true'
expect_status 0 vm/check-log --functions "$kcsan/functions" "$scratch/sound-kcsan.log"
boot sound-leak 0 "$leak" 'vm/guest-leaks'
expect_status 0 vm/check-log "$scratch/sound-leak.log"

boot race 0 "$kcsan" "busybox insmod $kcsan/plant.ko what=race"
# That it is the module's and not pghot's is all that keeps it from being counted.
echo plant_race > "$scratch/functions"
found race 'BUG: KCSAN: data-race in plant_race' --functions "$scratch/functions"
expect_status 0 vm/check-log --functions "$kcsan/functions" "$scratch/race.log"

boot leak 1 "$leak" "busybox insmod $leak/plant.ko what=leak; vm/guest-leaks"
found leak 'unreferenced object'
# The stack of who has allocated it.
grep -q make_leak "$scratch/leak.log" || complain "the log does not tell who leaked"

boot object 0 "$leak" "busybox insmod $leak/plant.ko what=object"
found object 'ODEBUG: free active'

# Allocations fail on request, of the process that asks for it.
# shellcheck disable=SC2016  # for the guest's shell
boot fail 0 "$leak" '
	echo 0 > /sys/kernel/debug/failslab/verbose
	for knob in failslab fail_page_alloc fail_usercopy; do
		[ -d /sys/kernel/debug/$knob ] || { echo "no $knob" >&2; exit 1; }
	done
	[ -e /proc/self/fail-nth ] || { echo "no fail-nth" >&2; exit 1; }'

verdict
