#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every shell script of the project passes shellcheck.

set -eu
cd "$(dirname "$0")/../.."

command -v shellcheck > /dev/null || { echo "shellcheck is not installed"; exit 77; }

# By their first line or their name; what git knows and what it will be told.
mapfile -t scripts < <(
	git ls-files -z --cached --others --exclude-standard |
	while IFS= read -rd '' path; do
		[ -f "$path" ] || continue
		case $path in
		*.bash|*.sh) echo "$path" ;;
		*.*) ;;
		*) ! head -n 1 "$path" | grep -aqE '^#!.*[/ ](ba|da)?sh$' || echo "$path" ;;
		esac
	done)
[ "${#scripts[@]}" -ge 10 ] || { echo "only ${#scripts[@]} scripts found"; exit 1; }

# A library's variables are there for those who source it.
libraries=() programs=()
for script in "${scripts[@]}"; do
	case $script in
	lib.sh|*/lib.sh) libraries+=("$script") ;;
	*) programs+=("$script") ;;
	esac
done
rc=0
shellcheck -- "${programs[@]}" || rc=1
shellcheck --exclude=SC2034 -- "${libraries[@]}" || rc=1
[ "$rc" -eq 0 ] || exit 1
echo "${#scripts[@]} scripts"
