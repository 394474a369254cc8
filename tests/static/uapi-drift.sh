#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The generated files are what uapi/pghot.yaml makes, and the check for it can
# fail.

set -eu
top=$(cd "$(dirname "$0")/../.." && pwd -P)

"$top/uapi/generate" --check

# A copy with one constant changed by hand must not pass.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/kernel/tree/mm" "$scratch/vm"
cp -R "$top/uapi" "$scratch"
cp -R "$top/kernel/tree/mm/pghot" "$scratch/kernel/tree/mm"
cp "$top/kernel/source-scripts" "$scratch/kernel"
cp "$top/vm/lib.sh" "$scratch/vm"
sed -i 's/^#define PGHOT_FAMILY_VERSION.*/#define PGHOT_FAMILY_VERSION 99/' "$scratch/uapi/linux/pghot.h"
if "$scratch/uapi/generate" --check > /dev/null 2>&1; then
	echo "uapi/generate --check accepts a header that was edited by hand"
	exit 1
fi
