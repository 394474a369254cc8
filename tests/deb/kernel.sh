#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 3600
#
# pghot-kernel-build, as it is packaged, makes an installable package of a kernel, here a
# small one, and refuses what cannot be.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=kernel.bash
. "$(dirname "$0")/kernel.bash"

build_kernel_package
grep -q '^CONFIG_PGHOT=y$' "$scratch/config" || fail "the fixture has no pghot"

# --- what is in it -----------------------------------------------------------

image=$(echo "$kernel_debs"/linux-image-*.deb)
headers=$(echo "$kernel_debs"/linux-headers-*.deb)
[ -f "$image" ] && [ -f "$headers" ] || fail "not the packages of image and headers: $(ls "$kernel_debs")"
release=$(dpkg-deb -f "$image" Package)
release=${release#linux-image-}
[[ $release == 6.12.*-pghot ]] || fail "the release is $release"
dpkg-deb -x "$image" "$scratch/image"
for path in boot/vmlinuz-"$release" boot/System.map-"$release" boot/config-"$release"; do
	[ -s "$scratch/image/$path" ] || fail "no $path"
done
find "$scratch/image/lib/modules/$release" -name 'ext4.ko*' | grep -q . || fail "no module ext4"
while read -r line; do
	[[ $line == CONFIG_PGHOT* ]] || continue
	grep -qxF "$line" "$scratch/image/boot/config-$release" || fail "the kernel has not $line"
done < kernel/config/distribution.config
grep -q ' pghot_record_access$' "$scratch/image/boot/System.map-$release" || fail "pghot is not in the kernel"
dpkg-deb -e "$image" "$scratch/control"
grep -q 'INITRD=Yes' "$scratch/control/postinst" || fail "no initramfs is asked for"

# --- what it refuses ---------------------------------------------------------

# refuses STATUS TEXT ARGUMENT...: with nothing built
refuses() {
	local rc=0 status=$1 text=$2
	shift 2
	rm -rf "$scratch/refused"
	pghot_kernel_build --build-dir "$scratch/refused" --output "$scratch" "$@" > "$scratch/said" 2>&1 || rc=$?
	[ "$rc" -eq "$status" ] && grep -qF -- "$text" "$scratch/said" ||
		fail "pghot-kernel-build $*: status $rc, $(tail -n 3 "$scratch/said"), not $status and '$text'"
	! compgen -G "$scratch/*.deb" > /dev/null || fail "$*: a package all the same"
}
refuses 2 '--jobs' --jobs 0
refuses 2 '--jobs' --jobs 1025
refuses 2 '--revision' --revision 1x
refuses 2 '--suffix' --suffix Pghot
refuses 2 'needs a value' --config
refuses 2 "unknown option '--speed'" --speed
refuses 2 'no operands' one
refuses 1 'cannot read' --config "$scratch/none"
refuses 1 'no kernel source' --config "$scratch/config" --source "$scratch/none.tar.xz"
refuses 1 'cannot write' --config "$scratch/config" --output "$scratch/none"
mkdir "$scratch/linux"
printf 'VERSION = 5\nPATCHLEVEL = 10\n' > "$scratch/linux/Makefile"
touch "$scratch/linux/Kbuild"
tar -C "$scratch" -cf "$scratch/old.tar" linux
refuses 3 'holds Linux 5.10' --config "$scratch/config" --source "$scratch/old.tar"
rm "$scratch/linux/Kbuild"
tar -C "$scratch" -cf "$scratch/other.tar" linux
refuses 1 'does not hold a kernel source' --config "$scratch/config" --source "$scratch/other.tar"
mkdir "$scratch/full"
touch "$scratch/full/something"
refuses 1 'something else' --config "$scratch/config" --build-dir "$scratch/full"
# A configuration that cannot have it, in the source that is there already.
rc=0
echo '# CONFIG_NUMA is not set' > "$scratch/no-numa"
pghot_kernel_build --build-dir "$kernel_build" --output "$scratch" --config "$scratch/config" --prepare \
	--fragment "$scratch/no-numa" > "$scratch/said" 2>&1 || rc=$?
[ "$rc" -eq 3 ] && grep -q 'CONFIG_PGHOT=y (got n)' "$scratch/said" ||
	fail "without NUMA: status $rc, $(tail -n 5 "$scratch/said")"

finish
