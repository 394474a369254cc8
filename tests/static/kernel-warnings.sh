#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 600
#
# The kernel side builds without a warning of gcc at W=1 and without one of
# sparse. In a build directory of its own, for the flags differ from those of
# the kernel that is booted.

. "$(dirname "$0")/lib.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A checker that finds nothing anywhere would pass everything.
echo 'static int *planted = 0; int *get(void); int *get(void) { return planted; }' > "$scratch/planted.c"
if ! sparse "$scratch/planted.c" 2>&1 | grep -q warning; then
	echo "sparse finds nothing wrong with a plain integer as a pointer"
	exit 1
fi

kernel=$(kernel_dir plain)
mapfile -d '' -t sources < <(find kernel/tree/mm/pghot -name '*.c' -print0)

# One verdict on all of them: its name has in it what the kernel was built with, and from
# which source (vm/kernel-build), the rest is what may have been edited since.
mapfile -d '' -t inputs < <(find kernel/tree kernel/compat kernel/patches kernel/config uapi -type f -print0 | LC_ALL=C sort -z)
verdicts_depend_on "${kernel##*/} $(sparse --version) $(make --version)" vm/kernel-build "${inputs[@]}"
look_up "$kernel/.config"
if [ ${#unknown[@]} -eq 0 ]; then
	echo "${#sources[@]} files: 0 checked, ${#sources[@]} known to pass"
	exit 0
fi

src=$(vm/kernel-build --source plain)
out=$(dirname "$src")/work-warnings
mkdir -p "$out"
exec 9> "$(dirname "$src")/lock-warnings"
flock 9
cmp -s "$kernel/.config" "$out/.config" || cp "$kernel/.config" "$out/.config"

kmake() { make -s -C "$src" O="$out" CC="ccache gcc" HOSTCC="ccache gcc" -j"$(nproc)" "$@"; }
export CCACHE_DIR=${CCACHE_DIR:-$PGHOT_CACHE/ccache}
kmake olddefconfig prepare > "$scratch/prepare" 2>&1 || { cat "$scratch/prepare"; exit 1; }

# Every object anew: what is up to date says nothing.
rm -rf "$out/mm/pghot"
kmake W=1 C=1 mm/pghot/ > "$scratch/warnings" 2>&1 || { cat "$scratch/warnings"; exit 1; }
objects=$(find "$out/mm/pghot" -name '*.o' ! -name built-in.a | wc -l)
cat "$scratch/warnings"
echo "$objects objects of ${#sources[@]} files, $(grep -c 'warning:' "$scratch/warnings" || true) warnings"
# Tests of functions that nobody else sees are part of the file that they test.
included=$(cat "${sources[@]}" | grep -cE '^#include ".*_test\.c"$') || true
[ ! -s "$scratch/warnings" ] && [ "$objects" -ge $(( ${#sources[@]} - included )) ] && [ "$objects" -gt 0 ] || exit 1
# Unless another checkout's run has brought its own kernel/ into the source meanwhile.
[ -n "$(cd kernel/tree && find . -type f ! -exec cmp -s {} "$src/{}" \; -print)" ] || passes "$kernel/.config"
echo "${#sources[@]} files: ${#sources[@]} checked, 0 known to pass"
