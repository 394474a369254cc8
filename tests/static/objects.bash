# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# How kernel-matrix.sh and series.sh compile single objects of the kernel, and judge what
# the compiler says. Sourced after lib.sh, with these set:
#
#   linux    series of the kernel, one of kernel_series of vm/lib.sh
#   scratch  for what is thrown away
: "${linux:?}" "${scratch:?}"

# open_objects NAME: take the folder of build directories of that name, and set
#
#   src      the source with pghot; what has .pghot-version in it is "version"
#   cache    what is cached of the series
#   where    the folder, locked
#   stock    the source without pghot: the same files but for those that pghot has placed
open_objects() {
	cache=$(series_cache "$linux")
	src=$(SERIES=$linux vm/kernel-build --source plain)
	where=$cache/$1
	mkdir -p "$where/stock-warnings"
	exec 9> "$cache/lock-$1"
	flock 9
	export CCACHE_DIR=${CCACHE_DIR:-$PGHOT_CACHE/ccache} CCACHE_BASEDIR=$PGHOT_CACHE CCACHE_NOHASHDIR=1
	unset MAKEFLAGS MAKELEVEL MFLAGS ARCH CROSS_COMPILE KCFLAGS O KBUILD_OUTPUT
	stock=$where/stock
	version=$(cat "$src/.pghot-version")
	# The last thing that is written says that the rest is there.
	if [ "$(cat "$stock/.pghot-version" 2> /dev/null)" != "$version" ]; then
		(flock 8 && make_stock) 8> "$cache/lock"
	fi
}

# What PGHOT depends on.
needs='EXPERT 64BIT SMP NUMA X86_64_ACPI_NUMA ACPI PCI ACPI_NUMA MIGRATION NUMA_MIGRATION SPARSEMEM_MANUAL
	NUMA_BALANCING NET
	VM_EVENT_COUNTERS CGROUPS MEMCG PGHOT'

# kmake ARCH SOURCE DIRECTORY ARGUMENT...
kmake() {
	local arch=$1 source=$2 dir=$3 cross=''
	shift 3
	[ "$arch" != arm64 ] || cross=aarch64-linux-gnu-
	make -s -C "$source" O="$dir" ARCH="$arch" CROSS_COMPILE="$cross" CC="ccache ${cross}gcc" \
		HOSTCC="ccache gcc" -j"${JOBS:-$(nproc)}" "$@" 9>&-
}

make_stock() {
	local name
	rm -rf "$stock" "$where"/stock-warnings/*
	cp -al "$src" "$stock"
	while read -r name; do
		rm -f "$stock/$name"
		[ ! -e "$cache/pristine/$name" ] || cp -p "$cache/pristine/$name" "$stock/$name"
	done < "$src/.pghot-placed"
	rm "$stock/.pghot-version"
	echo "$version" > "$stock/.pghot-version"
}

checks=()

# directory NAME ARCH: what every build of an architecture begins with, made once
directory() {
	local base=$where/$2
	[ ! -d "$where/$1" ] || return 0
	if [ ! -e "$base/.prepared" ]; then
		mkdir -p "$base"
		KCONFIG_ALLCONFIG=$PGHOT_TOP/kernel/config/vm.config kmake "$2" "$src" "$base" allnoconfig &&
			kmake "$2" "$src" "$base" prepare || return
		touch "$base/.prepared"
	fi
	rm -rf "$where/incoming"
	cp -a "$base" "$where/incoming"
	mv "$where/incoming" "$where/$1"
}

# symbol DIRECTORY NAME: its value, or n
symbol() {
	local value
	value=$(sed -n "s/^CONFIG_$2=//p" "$1/.config")
	echo "${value:-n}"
}

# configure ARCH BASE DIRECTORY SYMBOL=VALUE...: and see that it came out so
configure() {
	local arch=$1 base=$2 dir=$3 fragment=$scratch/fragment want got pghot=PGHOT=y
	shift 3
	if [ "$base" = vm ]; then
		# As in tinyconfig: without it some of these cannot be left out.
		echo CONFIG_EXPERT=y
		cat kernel/config/vm.config
		[ ! -e "kernel/config/$linux.config" ] || cat "kernel/config/$linux.config"
		cat kernel/config/pghot.config
	else
		# shellcheck disable=SC2086 # a word each
		printf 'CONFIG_%s=y\n' $needs
	fi > "$fragment"
	for want; do
		case $want in
		PGHOT=n) pghot='' ;;
		esac
		echo "CONFIG_$want"
	done >> "$fragment"
	KCONFIG_ALLCONFIG=$fragment kmake "$arch" "$src" "$dir" allnoconfig || return
	for want in "$@" $pghot; do
		got=$(symbol "$dir" "${want%=*}")
		[ "$got" = "${want#*=}" ] || { echo "asked for $want, got $got"; return 1; }
	done
}

# hooked_objects DIRECTORY: those of patched files that the configuration has
hooked_objects() {
	local object name option
	while read -r object; do
		name=${object##*/}
		option=$(sed -n "s/^obj-\$(CONFIG_\([A-Z0-9_]*\)) *+= .*\<$name\>.*/\1/p" "$src/${object%/*}/Makefile")
		if [ -z "$option" ] || [ "$(symbol "$1" "$option")" = y ]; then
			echo "$object"
		fi
	done < <(sed -n 's,^+++ b/\(.*\)\.c$,\1.o,p' kernel/patches/"$linux"/*.patch | LC_ALL=C sort -u)
}

# warnings LOG SOURCE: a line each, with the text of the line that is meant rather than
# its number, or the name of a function that may have been inlined.
warnings() {
	python3 - "$@" <<-'END'
	import os
	import re
	import sys

	log, source = sys.argv[1:]
	found = set()
	for line in open(log, encoding="utf-8", errors="replace"):
	    m = re.match(r"(\S+?):(\d+)(?::\d+)?: ((?:warning|error): .*)", line)
	    if not m:
	        if "warning:" in line:
	            found.add(line.strip())
	        continue
	    name = re.sub(r"^.*?/(?:source|stock)/", "", m[1])
	    try:
	        text = open(os.path.join(source, name), encoding="utf-8").read().split("\n")[int(m[2]) - 1]
	    except OSError:
	        text = m[2]
	    message = re.sub(r"context imbalance in '\w+'", "context imbalance", m[3])
	    found.add(f"{name}: {message}: {text.strip()}")
	for line in sorted(found):
	    print(line)
	END
}

# stock_warnings ARCH DIRECTORY OBJECT...: by the same checks; leaves their file in
# $stock_file
stock_warnings() {
	local arch=$1 dir=$2 out=$where/$1-stock
	shift 2
	stock_file=$where/stock-warnings/$({ grep -v '^\(# \)\?CONFIG_PGHOT' "$dir/.config"; echo "$version ${checks[*]} $*"; } | sha256sum | cut -c 1-16)
	[ ! -e "$stock_file" ] || return 0
	[ -d "$out" ] || cp -a "$where/$arch" "$out"
	cp "$dir/.config" "$out/.config"
	kmake "$arch" "$stock" "$out" olddefconfig prepare || return
	(cd "$out" && rm -f "$@")
	kmake "$arch" "$stock" "$out" "${checks[@]}" "$@" > "$scratch/stock" 2>&1 || { cat "$scratch/stock"; return 1; }
	warnings "$scratch/stock" "$stock" > "$scratch/stock-warnings"
	mv "$scratch/stock-warnings" "$stock_file"
}
