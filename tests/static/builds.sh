#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 1800
#
# The tools build without a warning with gcc and clang, at every level of optimisation,
# with LTO, and against musl; and the same sources make the same programs in whatever
# directory they are built. What has been built so and has not changed is not built again.
# With PGHOT_BUILDS=few, as in make check, only those levels that differ most.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

for tool in gcc clang musl-gcc; do
	command -v "$tool" > /dev/null || { echo "$tool is not installed"; exit 77; }
done

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export CCACHE_DIR=${CCACHE_DIR:-$PGHOT_CACHE/ccache}
cache=$(command -v ccache || true)
jobs=${JOBS:-$(nproc)}
failures=0

fail() {
	echo "FAIL: $*"
	failures=$((failures + 1))
}

# What a build depends on: all the sources, as one file, and the compilers.
find lib pghotctl pghottop vm bench uapi kernel/tree tests/e2e \( -name '*.[ch]' -o -name meson.build \) -print0 |
	LC_ALL=C sort -z | xargs -0 sha256sum meson.build meson_options.txt > "$tmp/sources"
builds=${PGHOT_BUILDS:-all}
verdicts_depend_on "$builds $(gcc --version | head -n 1; clang --version | head -n 1; musl-gcc --version | head -n 1)"
mkdir -p build
cp "$tmp/sources" build/sources.sum
look_up build/sources.sum
if [ ${#unknown[@]} -eq 0 ]; then
	echo "known to pass"
	exit 0
fi

# As they are now: whoever edits them meanwhile is not in the way.
mkdir -p "$tmp/tree"
tar c --exclude=./build --exclude=./.git . | tar x -C "$tmp/tree"
cp -R "$tmp/tree" "$tmp/copy"
cd "$tmp/tree"

# built NAME CC OPTION... - in a directory of its own
built() {
	local name=$1 compiler=$2 log=$tmp/$1.log
	shift 2
	if ! CC="${cache:+$cache }$compiler" meson setup "$tmp/$name" "$@" -Dtests=false > "$log" 2>&1 ||
		! ninja -j "$jobs" -C "$tmp/$name" >> "$log" 2>&1; then
		tail -n 20 "$log"
		fail "$name does not build"
	elif grep -q 'warning:' "$log"; then
		grep -A5 'warning:' "$log" | head -n 40
		fail "$name has warnings"
	fi
}

# A checker that finds nothing anywhere would pass everything.
for compiler in gcc clang; do
	echo 'int f(int a); int f(int a) { switch (a) { case 1: a++; case 2: return a; } return 0; }' |
		"$compiler" -c -Wimplicit-fallthrough -o "$tmp/planted.o" -x c - 2> "$tmp/planted"
	grep -q 'warning:' "$tmp/planted" || fail "$compiler warns of nothing"
done

levels=(0 1 2 3 s) clang_levels=(0 1 2 3)
[ "$builds" != few ] || levels=(2 3) clang_levels=(2)
for level in "${levels[@]}"; do
	built "gcc-O$level" gcc -Doptimization="$level"
done
for level in "${clang_levels[@]}"; do
	built "clang-O$level" clang -Doptimization="$level"
done
built gcc-lto gcc -Db_lto=true -Doptimization=2
# Debian has no plugin of clang's for the usual linker, but has the other one with it.
if [ "$builds" != few ] && command -v ld.lld > /dev/null; then
	built clang-lto clang -Db_lto=true -Doptimization=2 -Dc_link_args=-fuse-ld=lld
fi

# Debian has musl, but the libraries for glibc only: what is compiled is not linked. Their
# headers, and those of the kernel, come after musl's own.
read -ra flags <<< "$(pkg-config --cflags-only-other ncursesw)"
while read -r source; do
	musl-gcc -std=c11 -O2 -Wall -Wextra -Wno-missing-field-initializers -Wimplicit-fallthrough -Werror \
		-D_GNU_SOURCE -DPGHOT_VERSION='"0"' "${flags[@]}" -Ilib -Iuapi -Ipghotctl -Ipghottop \
		-isystem /usr/include/libnl3 -idirafter /usr/include \
		-idirafter "/usr/include/$(gcc -print-multiarch)" -c -o "$tmp/musl.o" "$source" > "$tmp/musl.log" 2>&1 || {
		head -n 12 "$tmp/musl.log"
		fail "musl: $source"
	}
done < <(find lib pghotctl pghottop -name '*.c' -not -path '*/tests/*' | LC_ALL=C sort)

# Beside the sources, or deep below a copy of them elsewhere: the same programs.
CCACHE_DISABLE=1 CC=gcc meson setup "$tmp/copy/deep/below" "$tmp/copy" -Dtests=false -Doptimization=2 > "$tmp/deep.log" 2>&1
ninja -j "$jobs" -C "$tmp/copy/deep/below" pghotctl/pghotctl pghottop/pghottop >> "$tmp/deep.log" 2>&1
for program in pghotctl/pghotctl pghottop/pghottop; do
	cmp "$tmp/gcc-O2/$program" "$tmp/copy/deep/below/$program" ||
		fail "$program depends on where it is built"
done

cd "$PGHOT_TOP"
[ "$failures" -eq 0 ] || exit 1
passes build/sources.sum
echo "built in every way"
