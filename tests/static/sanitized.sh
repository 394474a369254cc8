#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 1200
#
# The tools pass their tests on the host when AddressSanitizer and
# UndefinedBehaviorSanitizer look on, and the fuzzers of their parsers find nothing
# in a few seconds, beginning with the inputs in tests/fuzz/corpus.

set -eu
cd "$(dirname "$0")/../.."

command -v clang > /dev/null || { echo "clang is not installed"; exit 77; }

# FUZZ_SECONDS of each, for who wants to know more.
seconds=${FUZZ_SECONDS:-2}
build=build/sanitized
# "undefined" leaves out numbers with a point that are too large for those without.
options=("-Db_sanitize=address,undefined" -Db_lundef=false -Dfuzz=true -Dc_args=-fsanitize=float-cast-overflow)
if [ -f "$build/build.ninja" ]; then
	meson configure "$build" "${options[@]}" > /dev/null
else
	CC="$(command -v ccache || true) clang" meson setup "$build" "${options[@]}" > /dev/null
fi
# No more than is run here.
names=(args conf dump filter http neighbours netlink numbers recording settings words)
ninja -C "$build" meson-test-prereq "${names[@]/#/tests/fuzz/fuzz-}" > "$build/ninja.log" || { tail -n 40 "$build/ninja.log"; exit 1; }

# readline and ncurses keep what they allocate until the end, and beyond it.
export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tests/fuzz/leaks.supp:print_suppressions=0

# A sanitizer that finds nothing anywhere would pass everything.
for planted in 'int a[2] = { 0 }; return a[argc + 1];' 'return 1 << (argc + 31);' 'return (int)(argc * 1e10);'; do
	echo "int main(int argc, char **argv) { (void)argv; $planted }" |
		clang -x c -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all -o "$build/planted" -
	if ("$build/planted"; exit "$?") > /dev/null 2>&1; then
		echo "the sanitizers find nothing wrong with: $planted"
		exit 1
	fi
done

# All but those that run nothing of ours that is compiled, or only what another does.
mapfile -t tests < <(meson test -C "$build" --no-rebuild --list 2> /dev/null | sed 's,.* / ,,' |
	grep -vxE '(completions|completion-values)-(bash|zsh|fish)|openmetrics-parser|pghottop-svg')
[ ${#tests[@]} -ge 30 ] || { echo "only ${#tests[@]} tests found"; exit 1; }
# Tests of screens mostly wait.
meson test -C "$build" "${tests[@]}" --no-rebuild --num-processes 4 --timeout-multiplier 5 \
	--print-errorlogs > "$build/tests.log" 2>&1 || {
	grep -vE ' OK +[0-9.]+s$' "$build/tests.log" | tail -n 80
	grep -hA20 -E 'ERROR: |runtime error' "$build/meson-logs/testlog.txt" | head -n 80
	exit 1
}
grep -E '^(Ok|Fail|Skipped):' "$build/tests.log" | tr -s ' ' | tr '\n' ' '
echo

fuzz() {
	local name=$1 work=$build/fuzz/$1
	mkdir -p "$work/corpus"
	"$build/tests/fuzz/fuzz-$name" -max_total_time="$seconds" -max_len=16384 -timeout=10 -verbosity=0 \
		-print_final_stats=1 -artifact_prefix="$work/" "$work/corpus" "tests/fuzz/corpus/$name" \
		> "$work/log" 2>&1
}

status=0 pids=()
for name in "${names[@]}"; do
	fuzz "$name" &
	pids+=("$!")
done
for i in "${!names[@]}"; do
	log=$build/fuzz/${names[i]}/log
	if wait "${pids[i]}"; then
		echo "${names[i]}: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs"
	else
		echo "fuzz-${names[i]} failed, its input is in $build/fuzz/${names[i]}"
		grep -vE '^stat::' "$log" | tail -n 40
		status=1
	fi
done
exit $status
