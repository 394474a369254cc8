#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A kernel that complains fails the run: real splats (lkdtm) on the kernel that is to
# find them are found in its log, and a test that plants one goes through the same
# runner as all others.
# timeout: 400

. "$(dirname "$0")/lib.sh"

# Each of the debug kernel's checkers is awake. Lockdep is on only as long as it has found
# nothing.
# shellcheck disable=SC2016  # for the guest's shell
expect_status 0 vm/boot --kernel debug --cpus 1 --mem0 512 --mem1 128 --log "$scratch/debug.log" -- sh -c '
	grep -q "debug_locks: *1" /proc/lockdep_stats || { echo "lockdep is off" >&2; exit 1; }
	for fault in WRITE_AFTER_FREE ARRAY_BOUNDS CORRUPT_LIST_ADD; do
		echo $fault > /sys/kernel/debug/provoke-crash/DIRECT
	done'
expect_status 1 vm/check-log "$scratch/debug.log"
for text in 'KASAN: slab-use-after-free' 'UBSAN: array-index-out-of-bounds' 'list_add corruption'; do
	expect_in "$scratch/out" "$text"
done

# Failures, skips and time limits are told apart, and what one test leaves behind is gone
# before the next.
mkdir "$scratch/tests"
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

# A warning soils the log, under the test's name. A test that takes the machine down fails;
# the next one is run all the same.
echo 'echo WARNING > /sys/kernel/debug/provoke-crash/DIRECT' > "$scratch/tests/warning.sh"
echo 'echo c > /proc/sysrq-trigger' > "$scratch/tests/crash.sh"
echo 'exit 0' > "$scratch/tests/quiet.sh"

expect_status 0 tests/e2e/run-in-vm plain "$scratch/run" \
	"$scratch/tests/"{skips,fails,hangs,litters,tidy,warning,crash,quiet}.sh
cat "$scratch/out"
# says LINE WHAT: a line of run-in-vm begins so.
says() { grep -q "^$1" "$scratch/out" || complain "$2"; }
says 'skip	skips	[0-9]*	why not$' "a skip's reason is lost"
says 'fail	fails	.*exit status 3' "a failure is lost"
says 'fail	hangs	.*timed out' "a test without an end did not fail"
says 'pass	litters	' "the littering test did not pass"
says 'pass	tidy	' "one test's litter reached the next"
says 'pass	warning	' "the test that warns did not pass by itself"
says 'fail	crash	.*did not survive' "a crash is not a failure"
says 'pass	quiet	' "the test after a crash was not run"
says 'fail	kernel-log	.* during warning:' "a WARNING did not fail the run, or not under the test's name"
expect_in "$scratch/run/kernel-log.out" 'Kernel panic'

# Nothing else soils it: so that what soils it shows something.
! grep '^[^ ].*:[0-9]*:' "$scratch/run/kernel-log.out" | grep -vE 'kernel-1\.log:[0-9]+: during (warning|crash):$' ||
	complain "more than what was planted is in the log"
expect_status 0 vm/check-log "$scratch/run/kernel-2.log"

verdict
