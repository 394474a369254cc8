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

expect_status 2 build fancy
expect_in "$scratch/err" "plain, debug, engine, kcsan or leak"
expect_status 2 build
expect_status 1 env PGHOT_KERNEL_SOURCE="$scratch/nowhere" "$top/vm/kernel-build" plain
expect_in "$scratch/err" "no kernel source"

verdict
