#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: yes
#
# While memory goes offline, which may take for ever, whoever only looks is answered.

. "${0%/*}/lib.sh"

# Only some are pinned, and have to be where they are.
set_params promote=0
hold pinned --mib 4 --pin
sort "$tmp/pinned.list" | head -n 256 > "$tmp/pins.list"
read -r pfn < <(pfns "$held" pins)
enable
bytes=$(( 16#$(</sys/devices/system/memory/block_size_bytes) ))
block=/sys/devices/system/memory/memory$(( pfn * 4096 / bytes ))
expect_text "the block" "$(<$block/state)" online

# Pages in it are pinned: the kernel tries again and again.
( echo offline > $block/state ) 2> /dev/null &
offliner=$!
# In the kernel, and still trying: its stack is not to be seen, its CPU time is.
used() { [ -e "/proc/$offliner/stat" ] && read -r _ _ _ _ _ _ _ _ _ _ _ _ _ _ stime _ < "/proc/$offliner/stat" && [ "$stime" -ge 20 ]; }
eventually "memory is going offline" used

looks() {
	local start
	start=$(now_ms)
	"$@" > "$tmp/answer" || fail "$*: $(<"$tmp/answer")"
	expect "ms until '$*' has answered" $(( $(now_ms) - start )) '<=' $(( 10000 * slow ))
}
looks raw do param-get
grep -q '^promote 0' "$tmp/answer" || fail "param-get: $(<"$tmp/answer")"
looks raw do info-get
looks raw dump node-get
looks raw do stats-get
looks raw dump source-get
looks cat $debugfs/pghot/state
looks pghotctl status
looks pghotctl get
[ -d "/proc/$offliner" ] || fail "the memory is offline: nothing was seen"
kill -KILL $offliner
wait $offliner || true
eventually "the block is online as before" grep -q online $block/state
stop "$held"
disable
