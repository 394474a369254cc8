#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 3600
#
# mm/pghot and every file that a patch hooks compile, without a warning of gcc at W=1 or
# of sparse that the stock file has not, whatever else is configured: on x86-64 and arm64
# with and without pghot, on i386 without. Only these objects are compiled, nothing is
# linked. With PGHOT_BUILDS=few, as in make check, only those cases that differ most.
# SERIES=7.3 looks at that series.
#
# A case is an allnoconfig with vm.config, pghot.config and what its line in the table
# says, in a build directory of its own, matrix/CASE in the cache: what did not change is
# not compiled again. What stock files warn of is kept beside them, by configuration.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

# NAME ARCH BASE SPARSE SYMBOL=VALUE...; "n" is also satisfied by a symbol that is not
# there. CONFIG_PGHOT must come out as "y" unless the line says otherwise. BASE is what it
# stands on: "vm" as above, "none" for an allnoconfig with no more than PGHOT asks for.
# sparse looks at types, which one option more or less does not change: it is asked where
# much differs. Cases with a + are among the few.
matrix='
all			x86_64	vm	yes	VIRTUALIZATION=y KVM=y KVM_INTEL=y MMU_NOTIFIER=y
no-cpusets		x86_64	vm	no	CPUSETS=n
no-memcg		x86_64	vm	no	MEMCG=n PGHOT=n
no-memory-hotplug	x86_64	vm	no	MEMORY_HOTPLUG=n
no-thp			x86_64	vm	no	TRANSPARENT_HUGEPAGE=n
no-ksm			x86_64	vm	no	KSM=n
no-shmem		x86_64	vm	no	SHMEM=n
no-swap			x86_64	vm	no	SWAP=n
no-lru-gen		x86_64	vm	no	LRU_GEN=n PGHOT_LRUSCAN=n
no-debugfs		x86_64	vm	no	DEBUG_FS=n
no-proc-no-ftrace	x86_64	vm	no	PROC_FS=n PROC_SYSCTL=n FTRACE=n
no-vmemmap		x86_64	vm	no	SPARSEMEM_VMEMMAP=n
hintfault-alone		x86_64	vm	no	PGHOT_HINTFAULT=y PGHOT_HWHINT=n PGHOT_MMSCAN=n PGHOT_LRUSCAN=n
hwhint-alone		x86_64	vm	no	PGHOT_HINTFAULT=n PGHOT_HWHINT=y PGHOT_MMSCAN=n PGHOT_LRUSCAN=n
mmscan-alone		x86_64	vm	no	PGHOT_HINTFAULT=n PGHOT_HWHINT=n PGHOT_MMSCAN=y PGHOT_LRUSCAN=n
lruscan-alone		x86_64	vm	no	PGHOT_HINTFAULT=n PGHOT_HWHINT=n PGHOT_MMSCAN=n PGHOT_LRUSCAN=y
no-source		x86_64	vm	no	PGHOT_HINTFAULT=n PGHOT_HWHINT=n PGHOT_MMSCAN=n PGHOT_LRUSCAN=n
no-records		x86_64	vm	no	PGHOT_RECORDS=n PGHOT_HINTFAULT=y
no-records-no-source	x86_64	vm	no	PGHOT_RECORDS=n PGHOT_HINTFAULT=n
least+			x86_64	none	yes	CPUSETS=n MEMORY_HOTPLUG=n TRANSPARENT_HUGEPAGE=n KSM=n SHMEM=n SWAP=n LRU_GEN=n DEBUG_FS=n PROC_FS=n SYSFS=n PGHOT_RECORDS=y PGHOT_HINTFAULT=y PGHOT_HWHINT=n PGHOT_MMSCAN=y
least-no-records	x86_64	none	yes	CPUSETS=n MEMORY_HOTPLUG=n TRANSPARENT_HUGEPAGE=n KSM=n SHMEM=n SWAP=n LRU_GEN=n DEBUG_FS=n PROC_FS=n SYSFS=n PGHOT_RECORDS=n PGHOT_HINTFAULT=n
off			x86_64	vm	yes	PGHOT=n
off-no-numa		x86_64	vm	no	PGHOT=n NUMA=n
arm64+			arm64	vm	yes	PGHOT_HINTFAULT=y PGHOT_HWHINT=y PGHOT_MMSCAN=y PGHOT_LRUSCAN=y
arm64-64k-pages		arm64	vm	no	ARM64_64K_PAGES=y ARM64_4K_PAGES=n
arm64-no-perf-events	arm64	vm	no	PERF_EVENTS=n PGHOT_HWHINT=n
arm64-least		arm64	none	yes	CPUSETS=n MEMORY_HOTPLUG=n TRANSPARENT_HUGEPAGE=n KSM=n SHMEM=n SWAP=n LRU_GEN=n DEBUG_FS=n PROC_FS=n SYSFS=n
arm64-off		arm64	vm	yes	PGHOT=n
i386-off+		i386	vm	yes	64BIT=n PGHOT=n
i386-off-no-thp		i386	vm	no	64BIT=n PGHOT=n TRANSPARENT_HUGEPAGE=n LRU_GEN=n
'

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
fail() {
	echo "FAIL: $*"
	failures=$((failures + 1))
}

for tool in ccache gcc aarch64-linux-gnu-gcc sparse; do
	command -v "$tool" > /dev/null || { echo "$tool is not installed"; exit 77; }
done

# --- which cases -------------------------------------------------------------

cases=()
mkdir -p build/matrix
while read -r name line; do
	[ -n "$name" ] || continue
	[ "${PGHOT_BUILDS:-all}" != few ] || [[ $name == *+ ]] || continue
	cases+=("build/matrix/${name%+}")
	echo "$line" | cmp -s - "build/matrix/${name%+}" || echo "$line" > "build/matrix/${name%+}"
done <<< "$matrix"

linux=${SERIES:-${kernel_series[0]}}
check_series "$linux"
mapfile -d '' -t inputs < <(find kernel/tree kernel/compat kernel/patches kernel/config uapi -type f -print0 | LC_ALL=C sort -z)
rc=0
kernel=$(vm/kernel-source --series "$linux" --version 2> "$scratch/said") || rc=$?
if [ "$rc" -ne 0 ]; then
	tail -n 1 "$scratch/said"
	exit "$rc"
fi
verdicts_depend_on "$(
	gcc --version; aarch64-linux-gnu-gcc --version; sparse --version; make --version
	echo "$linux $kernel"
)" vm/kernel-build tests/static/objects.bash "${inputs[@]}"
look_up "${cases[@]}"
if [ ${#unknown[@]} -eq 0 ]; then
	looked_up
	exit 0
fi

# --- where -------------------------------------------------------------------

# shellcheck source-path=SCRIPTDIR source=objects.bash
. tests/static/objects.bash
open_objects matrix

# A kernel that wants a later sparse than there is leaves it out without an error.
no_sparse=''
valid=$src/scripts/checker-valid.sh
if [ -e "$valid" ] && [ "$(sh "$valid" sparse 2> /dev/null || true)" != 1 ]; then
	no_sparse=1
	echo "$(sparse --version): too old for Linux $linux, which is compiled without it"
fi

# --- one case ----------------------------------------------------------------

# look_at NAME: compile a case
look_at() {
	local name=$1 dir=$where/$1 arch base sparse symbols objects targets log=$scratch/$1.log
	read -r arch base sparse symbols < "build/matrix/$name"
	checks=(W=1)
	[ "$sparse" = no ] || [ -n "$no_sparse" ] || checks+=(C=1)
	directory "$name" "$arch" > "$log" 2>&1 || { cat "$log"; return 1; }
	# shellcheck disable=SC2086 # a word each
	configure "$arch" "$base" "$dir" $symbols > "$log" 2>&1 || { cat "$log"; return 1; }
	mapfile -t objects < <(hooked_objects "$dir")
	targets=("${objects[@]}")
	[ "$(symbol "$dir" PGHOT)" = n ] || targets+=(mm/pghot/)

	# What was compiled and not judged says nothing when it is up to date.
	if [ -e "$dir/.not-judged" ]; then
		(cd "$dir" && rm -rf mm/pghot "${objects[@]}")
	fi
	touch "$dir/.not-judged"
	kmake "$arch" "$src" "$dir" prepare > "$log" 2>&1 || { cat "$log"; return 1; }
	kmake "$arch" "$src" "$dir" -k "${checks[@]}" "${targets[@]}" > "$log" 2>&1 || {
		# Those of sparse stop nothing; the stock files have plenty.
		grep -vE '^/.*error:' "$log" | grep -A5 -E 'error:|No rule|Error 1' || cat "$log"
		return 1
	}
	warnings "$log" "$src" > "$scratch/ours"
	if [ -s "$scratch/ours" ]; then
		stock_warnings "$arch" "$dir" "${objects[@]}" || return
		warnings "$log" "$src" | grep -vxFf "$stock_file" > "$scratch/ours" || true
	fi
	[ ! -s "$scratch/ours" ] || { cat "$scratch/ours"; return 1; }
	compiled=$(cd "$dir" && find "${targets[@]}" -name '*.o' ! -name built-in.a | wc -l)
	[ "$compiled" -ge "${#targets[@]}" ] || { echo "$compiled objects for ${targets[*]}"; return 1; }
	rm "$dir/.not-judged"
}

for case in "${unknown[@]}"; do
	name=${case##*/} start=$SECONDS compiled=0
	if look_at "$name"; then
		echo "$name: $compiled objects, $((SECONDS - start)) s"
		# Unless another checkout's run has brought its own kernel/ into the source meanwhile.
		[ -n "$(cd kernel/tree && find . -type f ! -exec cmp -s {} "$src/{}" \; -print)" ] || passes "$case"
	else
		fail "$name"
	fi
done
[ "$failures" -eq 0 ] || exit 1
looked_up
