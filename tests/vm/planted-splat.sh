#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A kernel that complains fails the run: tests that plant real splats (lkdtm), on
# the kernel that is to find them, go through the same runner as all others.
# timeout: 400

. "$(dirname "$0")/lib.sh"

plant() {
	mkdir -p "$scratch/tests"
	cat > "$scratch/tests/$1.sh" <<-END
		echo $2 > /sys/kernel/debug/provoke-crash/DIRECT
		exit 0
	END
}

# run_planted VARIANT TEST...: lines of run-in-vm in $scratch/out.
run_planted() {
	local variant=$1
	shift
	expect_status 0 tests/e2e/run-in-vm "$variant" "$scratch/run-$variant" "$@"
	cat "$scratch/out"
}

# Each of the debug kernel's checkers is awake.
plant kasan WRITE_AFTER_FREE
plant ubsan ARRAY_BOUNDS
plant list CORRUPT_LIST_ADD
cat > "$scratch/tests/lockdep.sh" <<-'END'
	# On only as long as lockdep has found nothing: /proc/lockdep_stats tells.
	grep -q 'debug_locks: *1' /proc/lockdep_stats
END
run_planted debug "$scratch/tests/lockdep.sh" "$scratch/tests/kasan.sh" \
	"$scratch/tests/ubsan.sh" "$scratch/tests/list.sh"
grep -q '^pass	lockdep	' "$scratch/out" || complain "debug: lockdep is off"
grep -q '^fail	kernel-log	' "$scratch/out" || complain "debug: planted splats did not fail the run"
for text in 'KASAN: slab-use-after-free' 'UBSAN: array-index-out-of-bounds' 'list_add corruption'; do
	expect_in "$scratch/run-debug/kernel-log.out" "$text"
done

# Failures, skips and time limits are told apart, and none of them soils the log:
# so that what soils it shows something.
printf 'echo why not\nexit 77\n' > "$scratch/tests/skips.sh"
printf 'exit 3\n' > "$scratch/tests/fails.sh"
printf '# timeout: 2\nsleep 100\n' > "$scratch/tests/hangs.sh"
cat > "$scratch/tests/litters.sh" <<-'END'
	mkdir /sys/fs/cgroup/litter
	setsid sh -c 'echo $$ > /sys/fs/cgroup/litter/cgroup.procs; exec sleep 12345' &
	echo 1 > /proc/sys/kernel/numa_balancing
	block=$(ls -d /sys/devices/system/node/node1/memory* | head -n 1)
	echo offline > "$block/state"
END
cat > "$scratch/tests/tidy.sh" <<-'END'
	set -e
	! pgrep -f 'sleep 12345'
	[ "$(cat /proc/sys/kernel/numa_balancing)" = 0 ]
	[ ! -d /sys/fs/cgroup/litter ]
	! grep -qx offline /sys/devices/system/node/node1/memory*/state
END
run_planted plain "$scratch/tests/"{skips,fails,hangs,litters,tidy}.sh
grep -q '^pass	kernel-log	' "$scratch/out" || complain "plain: a quiet boot's log is not clean"
grep -q '^skip	skips	[0-9]*	why not$' "$scratch/out" || complain "a skip's reason is lost"
grep -q '^fail	fails	.*exit status 3' "$scratch/out" || complain "a failure is lost"
grep -q '^fail	hangs	.*timed out' "$scratch/out" || complain "a test without an end did not fail"
grep -q '^pass	litters	' "$scratch/out" || complain "the littering test did not pass"
grep -q '^pass	tidy	' "$scratch/out" || complain "one test's litter reached the next"

# A warning soils it, under the test's name. A test that takes the machine down
# fails; the next one is run all the same.
plant warning WARNING
cat > "$scratch/tests/crash.sh" <<-'END'
	echo c > /proc/sysrq-trigger
END
printf 'exit 0\n' > "$scratch/tests/quiet.sh"
run_planted plain "$scratch/tests/"{warning,crash,quiet}.sh
grep -q '^pass	warning	' "$scratch/out" || complain "plain: the test itself did not pass"
grep -q '^fail	kernel-log	.* during warning:' "$scratch/out" ||
	complain "plain: a WARNING did not fail the run, or not under the test's name"
grep -q '^fail	crash	.*did not survive' "$scratch/out" || complain "a crash is not a failure"
grep -q '^pass	quiet	' "$scratch/out" || complain "the test after a crash was not run"
expect_in "$scratch/run-plain/kernel-log.out" 'Kernel panic'

verdict
