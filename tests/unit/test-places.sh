#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-places.sh PGHOTCTL - what the program says where it cannot see the kernel's
# pghot, or what surrounds it: other network namespaces, a chroot without /proc and
# /sys, file systems that are mounted read-only. All for real, as root of the machine or
# of a user namespace.

. "$(dirname "$0")/lib.sh"
ctl=$(realpath "$1")

says() { grep -qF -- "$1" "$out" "$err" || wrong "does not say: $1"; }
says_not() { ! grep -qF -- "$1" "$out" "$err" || wrong "says: $1"; }

map=()
[ "$(id -u)" = 0 ] || map=(--map-root-user)
unshare "${map[@]}" --net --mount --pid --fork true 2> "$err" || { echo "no namespaces can be made here"; exit 77; }
[ -e /proc/sys/net/core/dev_weight ] || { echo "this is a network namespace of its own already"; exit 77; }

# --- another network namespace -----------------------------------------------

other="this is another network namespace than the kernel's first: use the host's, for instance with nsenter -t 1 -n"
for way in --net '--net --pid --fork --mount-proc'; do
	# shellcheck disable=SC2086 # options
	expect_status 3 unshare "${map[@]}" $way "$ctl" status
	says "$other"
	says_not 'CONFIG_PGHOT'
	# shellcheck disable=SC2086
	expect_status 3 unshare "${map[@]}" $way "$ctl" -j dump heap
	[ "$(jq -r .error.cause "$out")" = network-namespace ] || wrong "no cause for programs"
	# shellcheck disable=SC2086
	expect_status 0 unshare "${map[@]}" $way "$ctl" probe
	says 'initial network ns       no'
	says "$other"
	says_not 'a kernel with CONFIG_PGHOT'
done
# A process tree of its own on the host's network is none.
expect_status 0 unshare "${map[@]}" --pid --fork --mount-proc "$ctl" probe
says 'initial network ns       yes'
says_not "$other"

# --- a chroot without /proc and /sys -----------------------------------------

mkdir -p "$work/root/proc" "$work/root/sys"
for file in "$ctl" $(ldd "$ctl" | grep -o '/[^ ]*'); do
	mkdir -p "$work/root/${file%/*}"
	cp -L "$file" "$work/root/$file"
done
bare() {
	local want=$1
	shift
	if [ "$(id -u)" = 0 ]; then
		expect_status "$want" chroot "$work/root" "$ctl" "$@"
	else
		expect_status "$want" unshare --map-root-user chroot "$work/root" "$ctl" "$@"
	fi
}
# Sanitizers need /proc themselves.
if ! grep -q __asan_init "$ctl"; then
	bare 3 status
	says 'cannot read /proc/sys/net/core/: No such file or directory'
	says_not 'this kernel has no pghot family:'
	bare 0 probe
	says 'it is not mounted here'
	says 'initial network ns       not known'
	says_not 'CONFIG_NUMA'
	says_not 'no AMD IBS'
fi

# --- read-only ------------------------------------------------------------

mkdir -p "$work/tree/proc/sys/vm" "$work/tree/sys/kernel/debug/pghot"
echo 1 > "$work/tree/proc/sys/vm/pghot_enabled_sources"
echo 2 > "$work/tree/proc/sys/vm/pghot_freq_threshold"
# shellcheck disable=SC2016 # for that shell
expect_status 1 unshare "${map[@]}" --mount bash -c '
	mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && PGHOT_SYSROOT=$1 exec "$2" --backend posted set freq-threshold=3' \
	_ "$work/tree" "$ctl"
says 'Read-only file system'
says 'it is mounted read-only, as in most containers: do this on the host'
says_not 'as root'

verdict
