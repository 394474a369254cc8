#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
#
# The kernel's own style checker, at its strictest, has nothing to say about
# kernel/tree and kernel/patches, but for what is listed here with a reason.

. "$(dirname "$0")/lib.sh"
source=$(kernel/source-scripts)

# ignored_in FILE: types of messages that are wrong about this kind of file.
ignored_in() {
	case $1 in
	*.patch)
		# MAINTAINERS is not changed: nobody has taken the files in yet.
		echo FILE_PATH_CHANGES ;;
	*/include/trace/events/*)
		# The layout of TRACE_EVENT() that every event of the kernel has.
		echo OPEN_ENDED_LINE,PARENTHESIS_ALIGNMENT ;;
	*)
		echo NONE ;;
	esac
}

# check FILE: print messages, fail if there are any.
check() {
	local input=(--file "$1") ignore
	ignore=$(ignored_in "$1")
	# By name it would take a patch that git tracks for a source file.
	[[ $1 != *.patch ]] || input=(-)
	"$source/scripts/checkpatch.pl" --no-tree --strict --terse --show-types \
		--no-summary --color=never --ignore "$ignore" \
		"${input[@]}" < "$1" | sed "s,^-:,$1:,"
	return "${PIPESTATUS[0]}"
}

# A checker that finds nothing anywhere would pass everything.
planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
printf '// SPDX-License-Identifier: GPL-2.0-only\nint  f( void ){\n  return 0 ;\n}\n' > "$planted/bad.c"
diff -u --label a/bad.c --label b/bad.c /dev/null "$planted/bad.c" > "$planted/bad.patch" || true
for file in "$planted"/bad.*; do
	if check "$file" > /dev/null 2>&1; then
		echo "checkpatch finds nothing wrong with ${file##*/}"
		exit 1
	fi
done

mapfile -d '' -t files < <(find kernel/tree kernel/compat kernel/patches -type f ! -name '*.rst' -print0 | LC_ALL=C sort -z)
[ ${#files[@]} -gt 0 ] || { echo "no files found"; exit 1; }
# It would read a configuration from these places.
configured=()
for conf in {.,"$HOME",.scripts}/.checkpatch.conf; do
	[ ! -f "$conf" ] || configured+=("$conf")
done
verdicts_depend_on "$(perl -e 'print $^V')" "${configured[@]}" \
	"$source"/scripts/{checkpatch.pl,spelling.txt,const_structs.checkpatch}
look_up "${files[@]}"
rc=0
for file in "${unknown[@]}"; do
	if check "$file"; then
		passes "$file"
	else
		rc=1
	fi
done
looked_up
exit "$rc"
