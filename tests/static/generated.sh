#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What pghotctl-gen makes from the command table is what is committed: the
# completions, and the synopsis and the list of commands in pghotctl(8). Run it with --update to
# write them.

set -eu
cd "$(dirname "$0")/../.."

build=${PGHOT_BUILD:-build}
[ -f "$build/build.ninja" ] || meson setup "$build" > /dev/null
ninja -C "$build" pghotctl/pghotctl-gen pghotctl/pghotctl > /dev/null
gen=$build/pghotctl/pghotctl-gen

# The page with what lies between its marks made anew.
man_page() {
	local line skip=''
	while IFS= read -r line; do
		[ "$line" != '.\" to here' ] || skip=''
		[ -n "$skip" ] || printf '%s\n' "$line"
		[[ $line =~ ^'.\" Made by pghotctl-gen '([a-z]+)', from here'$ ]] || continue
		"$gen" "${BASH_REMATCH[1]}"
		skip=1
	done < man/pghotctl.8
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for shell in bash zsh fish; do
	"$gen" $shell > "$work/pghotctl.$shell"
done
man_page > "$work/pghotctl.8"

if [ "${1-}" = --update ]; then
	cp "$work"/pghotctl.{bash,zsh,fish} completions/
	cp "$work/pghotctl.8" man/
	exit
fi

status=0
for shell in bash zsh fish; do
	diff -u completions/pghotctl.$shell "$work/pghotctl.$shell" || status=1
done
diff -u man/pghotctl.8 "$work/pghotctl.8" || status=1

# Every command is in what was made; a generator that makes nothing is no good.
commands=0
while IFS= read -r path; do
	commands=$((commands + 1))
	# shellcheck disable=SC2086  # its words
	"$build/pghotctl/pghotctl" help $path | grep -q "^usage: pghotctl $path\( \|$\)" ||
		{ echo "help lacks: $path"; status=1; }
	grep -qxF ".Cm $path" "$work/pghotctl.8" ||
		{ echo "pghotctl(8) lacks: $path"; status=1; }
	sed '/^\.Sh DESCRIPTION/q' "$work/pghotctl.8" | grep -qxF ".Cm $path" ||
		{ echo "the synopsis of pghotctl(8) lacks: $path"; status=1; }
	for shell in bash zsh fish; do
		grep -qw -- "${path##* }" "$work/pghotctl.$shell" ||
			{ echo "the $shell completion lacks: $path"; status=1; }
	done
done < <("$gen" commands)
[ "$commands" -gt 0 ] || { echo "pghotctl-gen knows no commands"; status=1; }

[ "$status" -eq 0 ] || echo "run tests/static/generated.sh --update"
echo "$commands commands checked"
exit "$status"
