# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# kernel.bash - a kernel for the tests of packages: the one of the VM, with what a
# machine needs that starts from a disk
#
# shellcheck disable=SC2154 # lib.sh sets them

# pghot_kernel_build ARGUMENT...: the program that is packaged, where it was unpacked
pghot_kernel_build() {
	if [ ! -d "$scratch/unpacked" ]; then
		dpkg-deb -x "$(deb pghot-kernel-patch)" "$scratch/unpacked"
		sed -i "s,^data=.*,data=$scratch/unpacked/usr/share/pghot-kernel," "$scratch/unpacked/usr/bin/pghot-kernel-build"
	fi
	"$scratch/unpacked/usr/bin/pghot-kernel-build" "$@"
}

# build_kernel_package: leaves the directory of the packages in $kernel_debs, that of the
# build in $kernel_build, and the configuration in $scratch/config. What did not change
# is not built again.
build_kernel_package() {
	built_packages
	kernel_build=$PGHOT_CACHE/deb-kernel kernel_debs=$PGHOT_CACHE/deb-kernel-packages
	cp "$(kernel_dir plain)/.config" "$scratch/config"
	mkdir -p "$kernel_debs"
	exec 7> "$PGHOT_CACHE/lock-deb-kernel"
	flock 7
	rm -f "$kernel_debs"/*.deb
	export CCACHE_DIR=${CCACHE_DIR:-$PGHOT_CACHE/ccache} CCACHE_BASEDIR=$kernel_build CCACHE_NOHASHDIR=1
	PATH=/usr/lib/ccache:$PATH pghot_kernel_build --config "$scratch/config" --fragment kernel/config/disk.config \
		--build-dir "$kernel_build" --output "$kernel_debs" ||
		{ fail "pghot-kernel-build: status $?"; finish; }
}
