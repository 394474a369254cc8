#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# mandoc has nothing to say about the man pages.

set -eu
cd "$(dirname "$0")/../.."

command -v mandoc > /dev/null || { echo "mandoc is not installed"; exit 77; }

# lint FILE...: print messages, fail if there are any. Which other pages are
# installed on this machine is no fault of the page.
lint() {
	! mandoc -Tlint "$@" 2>&1 |
		grep -v -e 'referenced manual not found' -e 'outdated mandoc.db'
}

planted=$(mktemp)
trap 'rm -f "$planted"' EXIT
printf '.Dd x\n.Dt Y 8\n.Os\n.Sh NOPE\n.Nosuch\n' > "$planted"
if lint "$planted" > /dev/null; then
	echo "mandoc finds nothing wrong with a broken page"
	exit 1
fi

shopt -s nullglob
pages=(man/*.[1-8] pghottop/*.[1-8])
[ ${#pages[@]} -gt 0 ] || { echo "no man pages found"; exit 1; }
lint "${pages[@]}"
echo "${#pages[@]} man pages checked"
