#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is installed lies below the prefix, whatever that is, and is all there.

set -eu
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failures=0
fail() {
	echo "FAIL: $*"
	failures=$((failures + 1))
}

# installed OPTION... - where the files go, a line each
installed() {
	rm -rf "$tmp/build"
	meson setup "$tmp/build" -Dtests=false "$@" > "$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }
	meson introspect --installed "$tmp/build" | jq -r '.[]' | sort > "$tmp/files"
}

for prefix in /usr/local /opt/p /usr; do
	installed --prefix="$prefix"
	for name in sbin/pghotctl sbin/pghottop bin/pghot-kernel-build share/man/man8/pghottop.8 share/pghot-kernel/{tree,compat,patches} \
		share/pghot/grafana/pghot.json; do
		grep -qx "$prefix/$name" "$tmp/files" || fail "--prefix=$prefix installs no $name"
	done
	for unit in pghot.service pghot-metrics.socket pghot-metrics@.service pghot-metrics-textfile.{service,timer}; do
		[ "$(grep -cE "/${unit//./[.]}\$" "$tmp/files")" -eq 1 ] || fail "--prefix=$prefix installs no $unit"
	done
	# Where systemd itself is, its own folder may be /lib.
	[ $prefix != /usr ] || continue
	! grep -v "^$prefix/" "$tmp/files" || fail "--prefix=$prefix does not hold the files above"
done
installed --prefix=/opt/p -Dsystemdunitdir=/etc/systemd/system
grep -qx /etc/systemd/system/pghot.service "$tmp/files" || fail "-Dsystemdunitdir is not obeyed"

[ "$failures" -eq 0 ] || exit 1
echo "$(wc -l < "$tmp/files") files"
