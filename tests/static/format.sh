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

mapfile -d '' -t files < <(find bench lib pghotctl pghottop tests vm -name '*.[ch]' -print0 | LC_ALL=C sort -z)
[ ${#files[@]} -gt 0 ] || { echo "no files found"; exit 1; }
# All in one process, which starts for longer than it reads a file.
clang-format --style=file --dry-run --Werror "${files[@]}"
echo "${#files[@]} files checked"
