#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The C of the tools has the shape that .clang-format gives it.

set -eu
cd "$(dirname "$0")/../.."

command -v clang-format > /dev/null || { echo "clang-format is not installed"; exit 77; }

# A checker that finds nothing anywhere would pass everything.
if printf 'int  f( void ){\n  return 0 ;\n}\n' |
	clang-format --style=file --assume-filename=lib/planted.c --dry-run --Werror 2> /dev/null
then
	echo "clang-format finds nothing wrong with a badly formatted file"
	exit 1
fi

bad=0 checked=0
while IFS= read -r -d '' file; do
	clang-format --style=file --dry-run --Werror "$file" || bad=$((bad + 1))
	checked=$((checked + 1))
done < <(find lib pghotctl pghottop tests vm -name '*.[ch]' -print0 | LC_ALL=C sort -z)

echo "$checked files checked, $bad to be formatted"
[ "$bad" -eq 0 ] && [ "$checked" -gt 0 ]
