#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The man pages name files where they are installed, and where the unit looks for them,
# whatever the prefix.

set -eu
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# check PREFIX [OPTION...]
check() {
	local prefix=$1 build=$work/build${1//\//-} conf page path
	shift
	meson setup "$build" --prefix="$prefix" -Dtests=false "$@" > "$work/log" || { tail "$work/log"; exit 1; }
	for page in man/*.[1-8]; do
		[ -f "$build/$page" ] || { echo "$prefix: $page is not made"; status=1; continue; }
		# All of it is there, but for the paths.
		[ "$(wc -l < "$page")" = "$(wc -l < "$build/$page")" ] || { echo "$prefix: $page is another"; status=1; }
		! grep -n '@[a-z]*@' "$build/$page" || { echo "$prefix: $page has a path that is not known"; status=1; }
	done
	conf=$(sed -n 's/^ExecStart=.* //p' "$build/pghotctl/pghot.service")
	for page in pghotctl.8 pghot.conf.5; do
		grep -qxE "\.(It )?Pa $conf" "$build/man/$page" ||
			{ echo "$prefix: the unit applies $conf, and $page does not name it"; status=1; }
	done
	# Whatever they name below /usr, /opt or /etc, and is called pghot, is of this build.
	meson introspect --installed "$build" | jq -r '.[]' > "$work/installed"
	echo "$conf" >> "$work/installed"
	sed -nE 's/^\.(It )?Pa (\/(usr|opt|etc)\/[^ ]*pghot[^ ]*).*/\2/p' "$build"/man/*.[1-8] | sort -u > "$work/named"
	[ -s "$work/named" ] || { echo "$prefix: no paths found"; status=1; }
	while IFS= read -r path; do
		grep -qF -- "$path" "$work/installed" || grep -qxF -- "${path%/*}" "$work/installed" ||
			{ echo "$prefix: pages name $path, which is not installed"; status=1; }
	done < "$work/named"
	echo "$prefix: $(wc -l < "$work/named") paths"
}

check /usr
check /usr/local
check /opt/p --sysconfdir=/etc/opt/p --datadir=lib/data
exit $status
