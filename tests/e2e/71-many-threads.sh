#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: yes
#
# What any thread's policy wants counts; but of a process that has more than 1024 threads
# only the oldest are asked, so that no page costs more than that.

. "${0%/*}/lib.sh"

hold few --mib 1 --idle --threads 100
few=$held
hold many --mib 1 --idle --threads 1100
many=$held
expect "threads" "$(find "/proc/$many/task" -mindepth 1 -maxdepth 1 | wc -l)" '==' 1101
# Pages in a CPU's LRU batch are busy.
echo 1 > /proc/sys/vm/compact_memory

answer=$(pfns "$few" few | raw promote-all)
expect "the last of 100 is bound: promoted" "$(field promoted <<< "$answer")" '==' 0
expect "because of policy" "$(field failed.policy <<< "$answer")" '>=' 250
answer=$(pfns "$many" many | raw promote-all)
expect "the last of 1100 is: promoted" "$(field promoted <<< "$answer")" '>=' 250
where "$many" many
expect "and by move_pages" "$node0" '>=' 250
