#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: yes
#
# Pages that a thousand processes map are promoted like others, also while one of these
# changes its address space all the time; and stay where their object's policy wants them.

. "${0%/*}/lib.sh"

users=$(( 1000 / less ))
hold segment --mib 1 --users $users --writer --idle
segment=$held
hold bound --mib 1 --users $(( users / 8 )) --policy bind --idle
bound=$held
where "$segment" segment
expect "pages on node 1" "$node1" '==' 256
# Pages in a CPU's LRU batch are busy.
echo 1 > /proc/sys/vm/compact_memory

answer=$(pfns "$segment" segment | raw promote-all)
expect "attempted" "$(field attempted <<< "$answer")" '==' 256
expect "promoted" "$(field promoted <<< "$answer")" '>=' 250
where "$segment" segment
expect "and by move_pages" "$node0" '>=' 250

answer=$(pfns "$bound" bound | raw promote-all)
expect "of an object that is bound: promoted" "$(field promoted <<< "$answer")" '==' 0
expect "because of policy" "$(field failed.policy <<< "$answer")" '>=' 250
stop "$segment" "$bound"

# As a source finds them, of whom only one accesses them.
hold hot --mib 1 --users $users --writer
hot=$held
fast_scan
set_params freq-threshold=1
enable
eventually "what is hot and has many users is promoted" on_node0 "$hot" hot 0.95
