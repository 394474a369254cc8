#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# machine: icount
# kernel: plain
#
# An idle machine does not notice the detectors: a thousandth of a CPU is what each
# may take. This CPU runs one instruction each nanosecond by its own clock, so that CPU
# time is the same however busy the host is; real ones are faster, hence half of it.

. "${0%/*}/lib.sh"

hold idle --mib 64 --idle
pghotctl enable hintfault lruscan mmscan
declare -A thread=() began_ns=()
while IFS=: read -r file name; do
	thread[$name]=${file%/comm}
done < <(grep -xE 'kmmscand|klruscand|kpromoted0' /proc/[0-9]*/comm 2> /dev/null)
expect "threads" ${#thread[@]} '==' 3

# What comes with being enabled, such as looking at everything once, is over.
sleep 2
# lruscan looks into all page tables of those that run in every fourth round, 2 s apart.
for name in "${!thread[@]}"; do read -r began_ns["$name"] _ < "${thread[$name]}/schedstat"; done
start=$(now_ms)
sleep 8
ms=$(( $(now_ms) - start ))
for name in "${!thread[@]}"; do
	read -r ns _ < "${thread[$name]}/schedstat"
	ns=$(( ns - began_ns[$name] ))
	# Zero is what a thread that is dead would take, too; kpromoted0 has nothing to do.
	[ "$name" = kpromoted0 ] || expect "ns of CPU time of $name" $ns '>' 0
	expect "millionths of a CPU that $name takes" $(( ns / ms )) '<=' 500
done
