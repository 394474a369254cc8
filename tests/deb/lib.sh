# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the tests of the Debian packages share: sourced, never run.

set -eu
# shellcheck source-path=SCRIPTDIR source=../../vm/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../vm/lib.sh"
cd "$PGHOT_TOP"

scratch=$(mktemp -d)
trap 'rm -rf --one-file-system "$scratch"' EXIT
chmod 755 "$scratch"
failures=0
fail() {
	echo "FAIL: $*"
	failures=$((failures + 1))
}
skip() {
	echo "$*"
	exit 77
}
# finish: say how it went
finish() {
	[ "$failures" -eq 0 ] || { echo "$failures failures"; exit 1; }
	echo "passed"
}

for tool in dpkg-buildpackage dh lintian debootstrap; do
	command -v "$tool" > /dev/null || skip "$tool is not installed (packaging/packages)"
done

# built_packages: leaves the directory of the packages in $debs, built if need be. Of
# what they are made it is the content that counts, and the way there.
built_packages() {
	local sum
	sum=$(git ls-files -z --cached --others --exclude-standard | LC_ALL=C sort -zu |
		while IFS= read -r -d '' name; do [ ! -f "$name" ] || printf '%s\0' "$name"; done |
		xargs -0 sha256sum | sha256sum | cut -c 1-16)
	debs=$PGHOT_TOP/build/deb
	exec 8> build/deb.lock
	flock 8
	[ "$(cat "$debs/made-of" 2> /dev/null)" != "$sum" ] || return 0
	rm -rf "$debs"
	packaging/build-deb --no-lint "$debs" 8>&- || exit 1
	echo "$sum" > "$debs/made-of"
}

# deb NAME: the file of a package
deb() { echo "$debs/$1"_*.deb; }

# mirror: of the archive that this machine installs from
mirror() {
	# shellcheck disable=SC2016 # for apt
	apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' 'Created-By: Packages' 2> /dev/null |
		head -n 1
}

# debian_root SUITE DIRECTORY: a fresh minimal system, without mounts. One that was made
# in the last week is kept in the cache.
debian_root() {
	local archive=$PGHOT_CACHE/roots/$1.tar url
	[ "$(id -u)" -eq 0 ] || skip "only root can make a root directory of $1"
	url=$(mirror)
	[ -n "$url" ] || skip "this machine installs its packages from no archive of Debian"
	mkdir -p "$2" "$PGHOT_CACHE/roots"
	if [ -z "$(find "$archive" -mtime -7 2> /dev/null)" ]; then
		# No network is no fault of the packages.
		if ! debootstrap --variant=minbase "$1" "$2" "$url" > "$scratch/debootstrap" 2>&1; then
			tail -n 5 "$scratch/debootstrap"
			skip "no minimal system of $1 can be had (no network?)"
		fi
		# Lists of the archive that go out of date, and packages that are installed.
		rm -rf "$2"/var/cache/apt/archives/*.deb
		tar -C "$2" -cf "$archive.new.$$" . && mv "$archive.new.$$" "$archive"
	else
		tar -C "$2" -xf "$archive"
	fi
	# What leads to the archive from here.
	apt-config dump | grep -E '^Acquire::(http|https)::[Pp]roxy' > "$2/etc/apt/apt.conf.d/90test" || true
	cat /etc/resolv.conf > "$2/etc/resolv.conf"
	printf '#!/bin/sh\nexit 101\n' > "$2/usr/sbin/policy-rc.d"
	chmod +x "$2/usr/sbin/policy-rc.d"
	in_root "$2" apt-get -q update > "$scratch/update" 2>&1 && ! grep -q '^[WE]: Failed' "$scratch/update" ||
		skip "apt-get update fails in the root of $1 (no network?)"
}

# in_root DIRECTORY COMMAND...: with a /proc and a /dev that go away with it
in_root() {
	local root=$1
	shift
	# shellcheck disable=SC2016 # for the inner shell
	unshare --mount --pid --fork --kill-child sh -c '
		root=$1
		shift
		mount -t proc proc "$root/proc" &&
			mount --rbind /dev "$root/dev" &&
			exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
				LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"' - "$root" "$@"
}

# apt_in ROOT ARGUMENT...: its output is shown when it fails
apt_in() {
	local root=$1
	shift
	in_root "$root" apt-get -q -y --no-install-recommends "$@" > "$scratch/apt" 2>&1 && return
	tail -n 20 "$scratch/apt"
	return 1
}
