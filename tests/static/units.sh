#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# systemd understands every word of the units, and those that serve metrics are confined.

set -eu
cd "$(dirname "$0")/../.."
command -v systemd-analyze > /dev/null || { echo "systemd-analyze is not installed"; exit 77; }

build=${PGHOT_BUILD:-build}
[ -f "$build/build.ninja" ] || meson setup "$build" > /dev/null
ninja -C "$build" > /dev/null
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
status=0
fail() {
	echo "FAIL: $*"
	status=1
}

# The programs are where they will be installed, which is not yet.
for unit in "$build"/pghotctl/pghot*.service pghotctl/pghot*.{socket,timer}; do
	sed 's,=[^ ]*/sbin/pghotctl ,=/bin/true ,' "$unit" > "$tmp/${unit##*/}"
done
# A template is verified as an instance.
cp "$tmp/pghot-metrics@.service" "$tmp/pghot-metrics@1.service"

# complaints UNIT: it warns of what it ignores, and calls that success
complaints() { systemd-analyze verify --man=no --recursive-errors=no "$1" 2>&1 || echo "status $?"; }
units=("$tmp"/pghot*)
[ ${#units[@]} -ge 6 ] || fail "only ${#units[@]} units"
for unit in "${units[@]}"; do
	[[ $unit != *@.service ]] || continue
	said=$(complaints "$unit")
	[ -z "$said" ] || fail "${unit##*/}: $said"
done

# exposed UNIT: in tenths, of 100
exposed() {
	systemd-analyze security --offline=true --no-pager "$1" 2> /dev/null |
		sed -n 's/.*Overall exposure level.*: \([0-9]*\)\.\([0-9]\).*/\1\2/p'
}
for unit in pghot-metrics@1.service pghot-metrics-textfile.service; do
	level=$(exposed "$tmp/$unit")
	echo "$unit: exposed $level of 100"
	[ "${level:-100}" -le 20 ] || fail "$unit is not confined: $level of 100"
done

# A judge that finds nothing anywhere would pass everything.
sed 's/^Accept=/Acept=/' "$tmp/pghot-metrics.socket" > "$tmp/planted.socket"
[ -n "$(complaints "$tmp/planted.socket")" ] || fail "a word that is none is not noticed"
grep -v '^CapabilityBoundingSet\|^DynamicUser\|^SystemCall' "$tmp/pghot-metrics@1.service" > "$tmp/planted.service"
[ "$(exposed "$tmp/planted.service")" -gt 20 ] || fail "an exposed service is not noticed"
exit $status
