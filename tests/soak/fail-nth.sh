#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whichever allocation of a command, or of the enabling of a source, fails: the error is
# reported, the state is as before, nothing leaks.
# timeout: 3000

. "$(dirname "$0")/../vm/lib.sh"

leak=$(kernel_dir leak)
expect_status 0 vm/boot --kernel "$leak" --mem0 1280 --timeout 2700 --log "$scratch/kernel.log" \
	--env PGHOT_SLOW=4 --env PGHOT_VARIANT=leak -- bash "$PGHOT_TOP/tests/soak/fail-nth-guest"
cat "$scratch/out"
tail -n 5 "$scratch/err"

# That memory is short the kernel may say: it is what was asked for.
awk '
	/pghot-e2e-fail: (page allocation failure|vmalloc error)/ { short = 1 }
	!short { print }
	/<\/TASK>/ { short = 0 }
' "$scratch/kernel.log" > "$scratch/rest.log"
expect_status 0 vm/check-log "$scratch/rest.log"
verdict
