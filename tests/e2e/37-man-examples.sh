#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 150
# kernel: plain
#
# Every example of the man pages works as it is printed.

. "${0%/*}/lib.sh"

mkdir "$tmp/examples" "$tmp/work"
pages=("$top"/man/pghotctl.8 "$top"/man/pghot.7 "$top"/man/pghot.conf.5 "$top"/man/pghot-json.5
	"$top"/man/pghottop.8)
"$top/tests/man-examples" "$tmp/examples" "${pages[@]}" || fail "examples of no kind"
cd "$tmp/work"

# Something to see.
hold hot --mib 1
fast_scan

ran=0
for page in "${pages[@]}"; do
	# The last example of the page before may have turned all off.
	pghotctl enable hintfault > /dev/null
	for example in "$tmp/examples/${page##*/}"-*; do
		name=${example##*/}
		case $name in
		*.conf)
			cp "$example" pghot.conf
			pghotctl apply --dry-run pghot.conf > "$tmp/out" 2>&1 ||
				fail "$name: $(<"$tmp/out")" ;;
		*.sh)
			timeout $(( 20 * slow )) bash -euo pipefail "$example" > "$tmp/out" 2>&1 < /dev/null ||
				fail "$name: exit status $?: $(<"$example") says $(<"$tmp/out")" ;;
		*.tty)
			# On a terminal, until q is typed.
			{ sleep "$slow"; printf q; } |
				TERM=xterm-256color timeout $(( 20 * slow )) script -qec "$(<"$example")" "$tmp/out" > /dev/null ||
				fail "$name: exit status $?: $(<"$example") says $(<"$tmp/out")"
			# A tab of each there is room for.
			grep -q 'Node 0' "$tmp/out" || fail "$name: no nodes on the screen" ;;
		*) continue ;;
		esac
		ran=$(( ran + 1 ))
		read -r first < "$example"
		say "ok: $name: $first"
	done
done
stop "$held"
expect "examples" "$ran" '>=' 15
