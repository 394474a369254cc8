#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 600
#
# pghottop's tests, built with AddressSanitizer and UndefinedBehaviorSanitizer.
#
# The builds with sanitizers share one directory; who comes second waits.

set -eu
cd "$(dirname "$0")/../.."

dir=build-asan
mkdir -p $dir
exec 9> $dir/.lock
flock 9

# A finding ends the program, and one of UBSan is a failure too.
export ASAN_OPTIONS=abort_on_error=1:detect_stack_use_after_return=1:detect_leaks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

# What ncurses keeps until the end is its own business.
printf 'leak:libtinfo\nleak:libncursesw\n' > $dir/suppressions
export LSAN_OPTIONS=suppressions=$PWD/$dir/suppressions:print_suppressions=0

printf 'int main(int argc, char **argv) { (void)argv; int a[2] = { 0 }; return a[argc + 1]; }\n' > $dir/planted.c
cc -fsanitize=address,undefined -o $dir/planted $dir/planted.c 2> /dev/null || {
	echo "the compiler has no sanitizers"
	exit 77
}
if $dir/planted 2> /dev/null; then
	echo "the sanitizers find nothing wrong with a read beyond an array"
	exit 1
fi

[ -f $dir/build.ninja ] || meson setup $dir -Db_sanitize=address,undefined -Db_lundef=false > $dir/setup.log || {
	cat $dir/setup.log
	exit 1
}
ninja -C $dir > $dir/ninja.log || {
	tail -n 40 $dir/ninja.log
	exit 1
}
tests=$(meson test -C $dir --list 2> /dev/null | sed -n 's/.* \(pghottop-[a-z-]*\)$/\1/p')
[ "$(wc -w <<< "$tests")" -ge 8 ] || { echo "pghottop has but these tests: $tests"; exit 1; }
# They mostly wait, for time to pass on a screen.
# shellcheck disable=SC2086
meson test -C $dir --no-rebuild --print-errorlogs --num-processes 4 --timeout-multiplier 3 $tests
