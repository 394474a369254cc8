#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# vm/kernel-build brings kernel/ into the source of any point release, and says
# what is wrong when it cannot.  On a small stand-in for the kernel's source.

. "$(dirname "$0")/lib.sh"

# A checkout with nothing but what is tested here.
mkdir -p "$scratch/checkout/kernel" "$scratch/linux/mm"
cp -R vm "$scratch/checkout/"
top=$scratch/checkout
mkdir -p "$top/kernel/patches/6.12" "$top/kernel/tree/mm/pghot" "$top/kernel/config" "$top/uapi/linux"
: > "$top/kernel/config/vm.config"
: > "$top/uapi/linux/pghot.h"
: > "$top/uapi/pghot.yaml"

printf 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 34\n' > "$scratch/linux/Makefile"
: > "$scratch/linux/Kbuild"
seq 1 100 > "$scratch/linux/mm/memory.c"
pack() { tar -C "$scratch" -cJf "$scratch/source.tar.xz" linux; }
pack
export XDG_CACHE_HOME=$scratch/cache PGHOT_KERNEL_SOURCE=$scratch/source.tar.xz
build() { "$top/vm/kernel-build" "$@"; }
src=$scratch/cache/pghot/source

cat > "$top/kernel/patches/6.12/0001-mm-hook.patch" <<'END'
Subject: [PATCH] mm: hook

--- a/mm/memory.c
+++ b/mm/memory.c
@@ -49,5 +49,6 @@
 49
 50
 51
+hook
 52
 53
--- /dev/null
+++ b/mm/new.c
@@ -0,0 +1 @@
+new
END
echo pghot > "$top/kernel/tree/mm/pghot/core.c"

expect_status 0 build --source
[ "$(cat "$scratch/out")" = "$src" ] || complain "--source printed $(cat "$scratch/out")"
grep -qx hook "$src/mm/memory.c" || complain "the patch is not applied"
[ -e "$src/mm/new.c" ] || complain "a file that a patch creates is missing"
[ -e "$src/mm/pghot/core.c" ] || complain "kernel/tree is not copied"

# What did not change keeps its time, so that make rebuilds nothing.
touch -d '2001-01-01' "$src/mm/memory.c" "$src/mm/pghot/core.c"
echo more > "$top/kernel/tree/mm/pghot/heap.c"
expect_status 0 build --check-patches
[ "$(stat -c %Y "$src/mm/memory.c" "$src/mm/pghot/core.c" | sort -u)" = "$(date -d '2001-01-01' +%s)" ] ||
	complain "a file that did not change was touched"

# A hunk that does not fit: the error names it, and the source stays as it was.
cp -R "$src" "$scratch/before"
sed -i 's/^ 50$/ fifty/; s/^ 51$/ fifty-one/; s/^ 52$/ fifty-two/' "$top/kernel/patches/6.12/0001-mm-hook.patch"
expect_status 1 build --check-patches
expect_in "$scratch/err" "kernel/patches/6.12/0001-mm-hook.patch does not apply to Linux 6.12.34"
diff -r "$scratch/before" "$src" || complain "a patch that does not apply changed the source"
expect_status 1 build plain
[ -z "$(find "$scratch/cache/pghot" -maxdepth 1 -name 'result-*')" ] || complain "there is a result"
sed -i 's/fifty-one/51/; s/fifty-two/52/; s/fifty/50/' "$top/kernel/patches/6.12/0001-mm-hook.patch"

# The next point release, with the code in another place.
{ seq 1 7; seq 1 100; } > "$scratch/linux/mm/memory.c"
sed -i 's/34/35/' "$scratch/linux/Makefile"
pack
touch -d '2030-01-01' "$scratch/source.tar.xz"
expect_status 0 build --check-patches
expect_in "$scratch/err" "apply to Linux 6.12.35"
grep -qx hook "$src/mm/memory.c" || complain "the patch is not applied at an offset"

# What is gone from kernel/ is gone from the source.
rm "$top/kernel/patches/6.12/0001-mm-hook.patch" "$top/kernel/tree/mm/pghot/heap.c"
expect_status 0 build --check-patches
cmp "$scratch/linux/mm/memory.c" "$src/mm/memory.c" || complain "a patch taken away is still applied"
[ ! -e "$src/mm/new.c" ] || complain "a file of a patch taken away is still there"
[ ! -e "$src/mm/pghot/heap.c" ] || complain "a file taken out of kernel/tree is still there"

# kernel/tree only adds.
echo mine > "$top/kernel/tree/mm/memory.c"
expect_status 1 build --check-patches
expect_in "$scratch/err" "kernel/tree/mm/memory.c already exists"
rm "$top/kernel/tree/mm/memory.c"

# Another series has its own patches, files and cache, and wants its own source.
mkdir -p "$top/kernel/patches/7.3" "$top"/kernel/compat/{6.12,7.3}/mm/pghot
for series in 6.12 7.3; do echo "$series" > "$top/kernel/compat/$series/mm/pghot/series.h"; done
expect_status 0 build --check-patches
[ "$(cat "$src/mm/pghot/series.h")" = 6.12 ] || complain "kernel/compat/6.12 is not laid over kernel/tree"
expect_status 1 env SERIES=7.3 "$top/vm/kernel-build" --source
expect_in "$scratch/err" "holds Linux 6.12.35: what is asked for is Linux 7.3"
sed -i 's/= 6/= 7/; s/= 12/= 3/' "$scratch/linux/Makefile"
pack
touch -d '2031-01-01' "$scratch/source.tar.xz"
expect_status 0 env SERIES=7.3 "$top/vm/kernel-build" --source
[ "$(cat "$scratch/out")" = "$scratch/cache/pghot/7.3/source" ] || complain "--source printed $(cat "$scratch/out")"
[ "$(cat "$scratch/cache/pghot/7.3/source/mm/pghot/series.h")" = 7.3 ] || complain "kernel/compat/7.3 is not laid over kernel/tree"
[ "$(cat "$src/mm/pghot/series.h")" = 6.12 ] || complain "one series changed the source of the other"
expect_status 2 env SERIES=5.0 "$top/vm/kernel-build" plain
expect_in "$scratch/err" "SERIES='5.0': must be one of 6.12 7.3"

# A source that cannot be downloaded is no failure of pghot: 77, and why. These stand in
# for a system that has no package of the source, and for what apt says there.
mkdir "$scratch/bin"
printf '#!/bin/sh\nexit 1\n' > "$scratch/bin/dpkg-query"
no_source() {
	printf '#!/bin/sh\n%s\n' "$2" > "$scratch/bin/apt-get"
	chmod +x "$scratch"/bin/*
	expect_status 77 env -u PGHOT_KERNEL_SOURCE PATH="$scratch/bin:$PATH" SERIES=7.3 "$top/vm/kernel-build" plain
	tail -n 1 "$scratch/err" > "$scratch/last"
	expect_in "$scratch/last" "$1"
}
# What is apt's is for apt to expand.
# shellcheck disable=SC2016
{
	no_source "no linux-source-7.3: apt's sources name no mirror of Debian" 'exit 0'
	no_source "cannot be read from http://mirror.example/debian/: no route" \
		'case $1 in indextargets) echo Debian/Debian http://mirror.example/debian/ ;; *) echo "E: no route"; exit 100 ;; esac'
	no_source "no linux-source-7.3: trixie-backports at http://mirror.example/debian/: Unable to locate package" \
		'case "$*" in indextargets*) echo Debian/Debian http://mirror.example/debian/ ;; *update) ;; *) echo "E: Unable to locate package"; exit 100 ;; esac'
}

expect_status 2 build fancy
expect_in "$scratch/err" "plain, debug, engine, kcsan or leak"
expect_status 2 build
expect_status 1 env PGHOT_KERNEL_SOURCE="$scratch/nowhere" "$top/vm/kernel-build" plain
expect_in "$scratch/err" "no kernel source"

verdict
