#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What differs between kernel series is where kernel/compat/README.md says: kernel/tree
# asks for no version, the series have the same patches by name, and their files in
# kernel/compat have the same functions, so that none is forgotten when one is added.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

# interface DIRECTORY: each file in it with what it offers
interface() {
	(cd "$1" && find . -type f | LC_ALL=C sort | while read -r file; do
		echo "$file"
		sed -nE -e 's/^static inline .*\b(pghot_[a-z0-9_]+)\(.*/\1()/p' \
			-e 's/^#define[[:space:]]+(PGHOT_[A-Z0-9_]+)[[:space:]].*/\1/p' "$file" | LC_ALL=C sort -u
	done)
}

# look KERNEL SERIES...: print what is wrong
look() {
	local kernel=$1 first=$2 series
	shift
	grep -rnE '\<(LINUX_VERSION_CODE|KERNEL_VERSION|linux/version\.h)\>' "$kernel/tree" &&
		echo "kernel/tree asks for a version: that is for kernel/compat"
	for series; do
		[ -d "$kernel/compat/$series" ] && [ -d "$kernel/patches/$series" ] ||
			{ echo "$series: no directory in compat/ or patches/"; continue; }
		diff <(ls "$kernel/patches/$first") <(ls "$kernel/patches/$series") ||
			echo "$series: other patches than $first"
		diff <(interface "$kernel/compat/$first") <(interface "$kernel/compat/$series") ||
			echo "$series: other functions than $first"
		(cd "$kernel/compat/$series" && find . -type f) | while read -r file; do
			[ ! -e "$kernel/tree/$file" ] || echo "$series: $file is in kernel/tree, too"
		done
	done
	for series in "$kernel"/compat/*/ "$kernel"/patches/*/; do
		series=$(basename "$series")
		[[ " $* " == *" $series "* ]] || echo "$series: is not in kernel_series of vm/lib.sh"
	done
}

# A checker that finds nothing anywhere would pass everything.
planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
plant() {
	local series
	rm -rf "$planted/kernel"
	mkdir -p "$planted"/kernel/{tree,compat/{1.0,2.0},patches/{1.0,2.0}}
	for series in 1.0 2.0; do
		printf 'static inline bool pghot_a(void)\n#define PGHOT_B	1\n' > "$planted/kernel/compat/$series/a.h"
		touch "$planted/kernel/patches/$series/0001-a.patch"
	done
}
notices() {
	[ -n "$(look "$planted/kernel" 1.0 2.0)" ] || { echo "not noticed: $1"; exit 1; }
	plant
}
plant
said=$(look "$planted/kernel" 1.0 2.0)
[ -z "$said" ] || { echo "something wrong where all is well: $said"; exit 1; }
echo '#if LINUX_VERSION_CODE > 1' > "$planted/kernel/tree/a.c"
notices "a version in kernel/tree"
echo 'static inline int pghot_c(int c)' >> "$planted/kernel/compat/2.0/a.h"
notices "a function of one series"
echo '#define PGHOT_D 1' >> "$planted/kernel/compat/1.0/a.h"
notices "a constant of one series"
touch "$planted/kernel/compat/2.0/b.h"
notices "a file of one series"
touch "$planted/kernel/patches/1.0/0002-b.patch"
notices "a patch of one series"
touch "$planted/kernel/tree/a.h"
notices "a file that is in both"
mkdir "$planted/kernel/patches/3.0"
notices "a series that is not known"

said=$(look kernel "${kernel_series[@]}")
[ -z "$said" ] || { echo "$said"; exit 1; }
echo "${#kernel_series[@]} series: $(interface "kernel/compat/${kernel_series[0]}" | grep -c '^[a-zP]') functions and constants in each"
