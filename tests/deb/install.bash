# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# install.bash - the life of the packages in a fresh system, for each release's test
#
# shellcheck disable=SC2154 # lib.sh sets them
# shellcheck disable=SC2016 # for dpkg-query

# files_of ROOT FILE: a list of what is there and could be a leftover
files_of() {
	(cd "$1" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./run -o -path ./tmp \
		-o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/dpkg \) -prune \
		-o -printf '%P %l\n' | LC_ALL=C sort) > "$2"
	# What dpkg knows, and not how it keeps that.
	in_root "$1" dpkg-query -W -f 'package ${Package} ${db:Status-Abbrev}\n' | LC_ALL=C sort >> "$2"
}

# newer PACKAGE FILE: the same with a higher version, as FILE
newer() {
	rm -rf "$scratch/newer"
	dpkg-deb -R "$(deb "$1")" "$scratch/newer"
	sed -i 's/^Version: .*/&+upgrade/' "$scratch/newer/DEBIAN/control"
	dpkg-deb --root-owner-group -b "$scratch/newer" "$2" > /dev/null
}

# status_of ROOT COMMAND...: leaves its exit status in $rc, what it said in $said
status_of() {
	rc=0
	said=$(in_root "$@" 2>&1) || rc=$?
}

lives_in() {
	local suite=$1 root=$scratch/root name wants=etc/systemd/system/multi-user.target.wants/pghot.service version
	built_packages
	debian_root "$suite" "$root"

	files_of "$root" "$scratch/before"
	mkdir -p "$root/tmp/debs"
	for name in pghot-tools pghot-doc pghot-kernel-patch; do cp "$(deb $name)" "$root/tmp/debs/$name.deb"; done

	# --- install
	apt_in "$root" install /tmp/debs/pghot-tools.deb /tmp/debs/pghot-doc.deb /tmp/debs/pghot-kernel-patch.deb ||
		{ fail "does not install"; finish; }
	[ -L "$root/$wants" ] || fail "the unit is not enabled"
	[ ! -e "$root/etc/pghot.conf" ] || fail "settings that nobody has made"
	for name in sockets.target.wants/pghot-metrics.socket timers.target.wants/pghot-metrics-textfile.timer; do
		[ ! -L "$root/etc/systemd/system/$name" ] || fail "enabled though nobody asked for it: $name"
		[ -n "$(find "$root"/{usr/,}lib/systemd/system -name "${name#*/}" 2> /dev/null)" ] || fail "no unit ${name#*/}"
	done

	# --- run
	version=$(sed -n "s/^ *version: '\(.*\)',/\1/p" meson.build)
	for name in pghotctl pghottop pghot-kernel-build; do
		status_of "$root" $name --version
		[ "$rc" -eq 0 ] && [[ $said == *"$version"* ]] || fail "$name --version: status $rc, $said"
		status_of "$root" ldd "$(in_root "$root" which $name)"
		[[ $said != *'not found'* ]] || fail "$name lacks libraries: $said"
		status_of "$root" $name --no-such-option
		[ "$rc" -eq 2 ] || fail "$name --no-such-option: status $rc, $said"
	done
	# Here is no pghot in the kernel; whoever runs this on one that has it sees the rest.
	status_of "$root" pghotctl -j status
	{ [ "$rc" -eq 3 ] && [[ $said == *'"code":"unsupported"'* ]]; } || [ "$rc" -eq 0 ] ||
		fail "pghotctl -j status: status $rc, $said"
	status_of "$root" pghotctl apply --dry-run /etc/none.conf
	[ "$rc" -ne 0 ] && [[ $said == *none.conf* ]] || fail "pghotctl apply of a missing file: status $rc, $said"
	status_of "$root" pghot-kernel-build
	[ "$rc" -eq 1 ] && [[ $said == *'--config'* ]] || fail "pghot-kernel-build without anything: status $rc, $said"
	status_of "$root" bash -c '. /usr/share/bash-completion/completions/pghotctl && complete -p pghotctl'
	[ "$rc" -eq 0 ] || fail "bash does not complete pghotctl: $said"

	# --- upgrade: what an administrator has made stays
	echo '[parameters]' > "$root/etc/pghot.conf"
	for name in pghot-tools pghot-doc pghot-kernel-patch; do newer $name "$root/tmp/debs/$name-newer.deb"; done
	apt_in "$root" install /tmp/debs/pghot-tools-newer.deb /tmp/debs/pghot-doc-newer.deb \
		/tmp/debs/pghot-kernel-patch-newer.deb || fail "does not upgrade"
	status_of "$root" dpkg-query -W -f '${Version}\n' pghot-tools pghot-doc pghot-kernel-patch
	[ "$(grep -c '+upgrade$' <<< "$said")" -eq 3 ] || fail "not upgraded: $said"
	[ -s "$root/etc/pghot.conf" ] || fail "an upgrade removes the settings"
	[ -L "$root/$wants" ] || fail "an upgrade disables the unit"
	# A unit that was disabled stays so.
	rm "$root/$wants"
	apt_in "$root" install --allow-downgrades /tmp/debs/pghot-tools.deb || fail "does not downgrade"
	[ ! -L "$root/$wants" ] || fail "a unit that was disabled is enabled again"
	status_of "$root" dpkg --verify pghot-tools
	[ "$rc" -eq 0 ] && [ -z "$said" ] || fail "not as packed: $said"

	# --- remove, purge
	apt_in "$root" remove pghot-tools || fail "cannot be removed"
	[ ! -e "$root/usr/sbin/pghotctl" ] || fail "removed, and still there"
	[ -s "$root/etc/pghot.conf" ] || fail "removing the package removes the settings"
	apt_in "$root" purge --autoremove pghot-tools pghot-doc pghot-kernel-patch || fail "cannot be purged"
	rm -rf "$root/tmp/debs"
	files_of "$root" "$scratch/after"
	diff "$scratch/before" "$scratch/after" || fail "leftovers (or losses), see above"
	finish
}
