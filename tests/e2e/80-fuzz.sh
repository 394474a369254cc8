#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 60
# kernel: debug
#
# The family answers each of a hundred thousand messages that know what it looks like, and
# of which many are wrong, keeps every parameter within its range, and loses no memory.

. "${0%/*}/lib.sh"

# PGHOT_FUZZ_MESSAGES and PGHOT_FUZZ_SEED from outside are for more of it, or the same again.
messages=${PGHOT_FUZZ_MESSAGES:-100000} seed=${PGHOT_FUZZ_SEED:-76}

# fuzz MESSAGES SEED OPTION...
fuzz() {
	local rc=0
	pghot-e2e-fuzz --seed "$2" "${@:3}" "$1" > "$tmp/fuzz" || rc=$?
	[ "$rc" -eq 0 ] || fail "fuzzing: exit status $rc: $(<"$tmp/fuzz")"
	say "$(head -n 1 "$tmp/fuzz") $(tail -n 1 "$tmp/fuzz")"
}

# There is something to be dumped, promoted and forgotten.
hold busy --mib 2
enable
queue_holds_some() { [ "$(ask stats-get hot)" -gt 0 ]; }
eventually "pages are hot" queue_holds_some

# Whoever may change nothing changes nothing.
before=$(all_params)
fuzz $(( messages / 10 )) "$seed" --as nobody
expect_text "parameters" "$(all_params)" "$before"

# Freed memory is kept for a while where its use is looked for: first let that be full.
fuzz $(( messages / 5 )) $(( seed + 1 ))
used() { echo $(( $(meminfo Slab) + $(meminfo VmallocUsed) )); }
calm() {
	pghotctl disable all > /dev/null
	raw do reset what=7 > /dev/null
	raw do param-set heap-capacity="$(constant HEAP_CAPACITY_DEFAULT)" > /dev/null
	sleep 0.5
	used
}
before=$(calm)
fuzz $(( messages * 7 / 10 )) $(( seed + 2 ))
cat "$tmp/fuzz"
after=$(calm)
expect "KiB that the kernel has more of" $(( after - before )) '<=' 4096
expect "memory of pghot" "$(ask info-get memory-bytes)" '==' 0
# A fuzzer of which nothing is accepted looks at the door only.
for command in info-get source-get source-set param-get param-set node-get stats-get heap-get \
	record-get promoted-get promote reset; do
	read -r _ accepted refused < <(grep "^$command " "$tmp/fuzz")
	expect "$command, accepted" "${accepted#*=}" '>=' $(( messages / 5000 ))
	expect "$command, refused" "${refused#*=}" '>=' $(( messages / 5000 ))
done
e2e_reset
expect_text "it works" "$(raw do param-get | head -n 1)" 'promote 1'
stop "$held"
