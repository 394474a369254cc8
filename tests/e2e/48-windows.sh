#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 150
#
# How long evidence is remembered follows the pace of its source, within bounds: what the
# window and the pace are is told everywhere, and window-max-ms bounds the window or fixes it.

. "${0%/*}/lib.sh"

# look SOURCE: its $window and $pace, of one moment; no pace is 0
look() {
	request do source-get name="$1" || fail "source-get: $reply"
	window=$(pick "$reply" window-ms) pace=0
	[[ $'\n'$reply != *$'\n'"pace-ms "* ]] || pace=$(pick "$reply" pace-ms)
}
# Two looks, within the parameters.
follows() {
	local should=$(( 2 * pace ))
	(( should >= least )) || should=$least
	(( should <= most )) || should=$(( most > least ? most : least ))
	[ "$window" = "$should" ] || fail "$1: a window of $window ms with a pace of $pace ms, not $should ms"
}
# reaches SOURCE PACE
reaches() { look "$1"; follows "$1"; [ "$pace" -ge "$2" ]; }

least=$(constant WINDOW_MS_DEFAULT) most=$(constant WINDOW_MAX_MS_DEFAULT)
for source in hintfault lruscan mmscan; do
	look $source
	expect "$source, off: its pace" "$pace" '==' 0
	expect "$source, off: its window" "$window" '==' "$least"
done

# Nothing moves, so that there is something to look at; none has to be hot for that, but who
# sleeps is looked at ever more seldom. So few are accessed that looks need not be closer.
least=$(constant WINDOW_MS_MIN)
set_params promote=0 window-ms="$least"
hold some --mib 8 --hot 200
raw do source-set name=lruscan lruscan=[ interval-ms=2000 ] > /dev/null
pghotctl source set mmscan scan-period-min=2s scan-period-max=2s scan-delay=0 > /dev/null
pghotctl enable lruscan mmscan > /dev/null

# --- the window follows, and is told ----------------------------------------------

# A pass each 2 s. What mmscan tells of one address space fades until the next pass over it.
eventually "lruscan tells its pace" reaches lruscan 2000
eventually "mmscan tells its pace" reaches mmscan 1500
expect "its window, in ms" "$window" '>=' 3000
look hintfault
expect "a source that is off: its window" "$window" '==' "$least"

grep -q '^source lruscan enabled 1 .* window_ms [0-9]\{4,\} pace_ms [0-9]\{4,\}$' $debugfs/pghot/state ||
	fail "state: $(grep '^source lruscan' $debugfs/pghot/state)"
grep -qx "window_max_ms $most" $debugfs/pghot/state || fail "state: no window_max_ms"
pghotctl -j source show lruscan | jq -e '.data.sources[0] | .pace_ms >= 2000 and .window_ms == 2 * .pace_ms' \
	> "$tmp/out" || fail "source show: $(pghotctl -j source show lruscan)"
pghotctl -j source list | jq -e '.data.sources[] | select(.name == "lruscan") | .window_ms == 2 * .pace_ms' \
	> "$tmp/out" || fail "source list: $(pghotctl -j source list)"
pghotctl source show lruscan > "$tmp/out"
grep -q '^ *window  *[0-9]' "$tmp/out" || fail "no window: $(<"$tmp/out")"
grep -q '^ *between two looks  *[0-9]' "$tmp/out" || fail "no pace: $(<"$tmp/out")"
pghotctl metrics > "$tmp/out"
for name in window pace; do
	grep -q "^pghot_source_${name}_seconds{source=\"lruscan\"} [1-9]" "$tmp/out" || fail "metrics: no $name"
done

# --- the bound ---------------------------------------------------------------------

set_params window-max-ms=1000
most=1000
look lruscan
follows lruscan
expect "at most" "$window" '==' 1000
eventually "mmscan's window is as long as it may be" reaches mmscan 500
expect "at most" "$window" '==' 1000

# Equal to window-ms or below it fixes them all.
for most in 1500 "$(constant WINDOW_MAX_MS_MIN)"; do
	set_params window-ms=1500 window-max-ms="$most"
	for source in hintfault lruscan mmscan; do
		look $source
		expect "$source: a window that is fixed" "$window" '==' 1500
	done
done
look lruscan
expect "the pace is told nevertheless" "$pace" '>=' 2000

# --- a source that is off has none ---------------------------------------------------

least=$(constant WINDOW_MS_MIN) most=$(constant WINDOW_MAX_MS_MAX)
set_params window-ms="$least" window-max-ms="$most"
eventually "lruscan's window follows again" reaches lruscan 2000
pghotctl disable all > /dev/null
for source in lruscan mmscan; do
	look $source
	expect "$source, off again: its pace" "$pace" '==' 0
	expect "$source, off again: its window" "$window" '==' "$least"
done
pghotctl -j source show lruscan | jq -e '.data.sources[0].pace_ms == null' > "$tmp/out" || fail "a pace of a source that is off"
stop "$held"
