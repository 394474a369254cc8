#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every shell script of the project passes shellcheck.

. "$(dirname "$0")/lib.sh"

command -v shellcheck > /dev/null || { echo "shellcheck is not installed"; exit 77; }

# By their first line or their name; what git knows and what it will be told.
mapfile -t scripts < <(
	git ls-files -z --cached --others --exclude-standard | LC_ALL=C sort -zu |
	while IFS= read -rd '' path; do
		[ -f "$path" ] || continue
		case $path in
		*.bash|*.sh) echo "$path"; continue ;;
		*.in|debian/*) ;;
		*.*) continue ;;
		esac
		! head -n 1 "$path" | grep -aqE '^#!.*[/ ](ba|da)?sh$' || echo "$path"
	done)
[ "${#scripts[@]}" -ge 10 ] || { echo "only ${#scripts[@]} scripts found"; exit 1; }

# check FILE: a library's variables are there for those who source it.
check() {
	case $1 in
	*/lib.sh) shellcheck --exclude=SC2034 -- "$1" ;;
	*) shellcheck -- "$1" ;;
	esac
}

# A checker that finds nothing anywhere would pass everything.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# shellcheck disable=SC2016  # what is planted
printf '#!/bin/sh\nrm -rf $1/*\n' > "$scratch/planted.sh"
if check "$scratch/planted.sh" > /dev/null 2>&1; then
	echo "shellcheck finds nothing wrong with a variable that is not quoted"
	exit 1
fi

# What a script sources is judged with it: any of those that no shell is to run.
sourced=()
for script in "${scripts[@]}"; do
	IFS= read -r first < "$script" || first=''
	[[ $first == '#!'* ]] || sourced+=("$script")
done
verdicts_depend_on "$(shellcheck --version) ${SHELLCHECK_OPTS-}" .shellcheckrc "${sourced[@]}"
look_up "${scripts[@]}"
rc=0
for script in "${unknown[@]}"; do
	if check "$script"; then
		passes "$script"
	else
		rc=1
	fi
done
looked_up
exit "$rc"
