#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 120
# kernel: plain
#
# What is recorded is what the kernel said: played without privilege it is what
# pghottop shows live. A kill costs the last sample at most, a full disk no other.

. "${0%/*}/lib.sh"
export LC_ALL=C.UTF-8

# entries FILE: what of the pages does not depend on when they were asked for
entries() { jq -c '.data | .entries[] | [.pfn, .nid, .target_nid, .freq, .pages, .flags, .state, .cgroup]' "$1" | sort; }
# refused_with STATUS COMMAND...: fails so, and says why
refused_with() {
	local want=$1 rc=0
	shift
	"$@" > "$tmp/out" 2> "$tmp/err" || rc=$?
	expect "exit status of $1 $2" "$rc" '==' "$want"
	[ -s "$tmp/err" ] || fail "$* does not say why"
}

set_params promote=0 window-ms="$(constant WINDOW_MS_MAX)"
hold hot --mib 4
fast_scan
enable
queue_stays 900

pghotctl -j record "$tmp/rec" --count 2 --interval 100ms --limit 0 > "$tmp/said"
expect "samples" "$(jq .data.samples_count "$tmp/said")" '==' 2
expect "size" "$(jq .data.size_bytes "$tmp/said")" '==' "$(stat -c %s "$tmp/rec")"
expect_text "mode of the file" "$(stat -c %a "$tmp/rec")" 600
# Wherever the checkout is, here everybody may go.
chmod 755 "$tmp"
cp "$top/build/pghottop/pghottop" "$top/build/pghotctl/pghotctl" "$tmp"
chmod 644 "$tmp/rec"
for view in queue records; do
	pghottop -j -n 1 -l 100000 -v $view > "$tmp/live"
	raw --as nobody exec "$tmp/pghottop" -r "$tmp/rec" -j --seek '#2' -l 100000 -v $view > "$tmp/played" ||
		fail "cannot be played by nobody"
	entries "$tmp/live" > "$tmp/a"
	entries "$tmp/played" > "$tmp/b"
	expect "pages in the $view" "$(wc -l < "$tmp/a")" '>=' 900
	cmp "$tmp/a" "$tmp/b" || fail "the recording has another $view than the kernel"
done
nodes() { jq -r '.data.nodes[] | "node \(.nid) tier \(.tier) \(.present_pages) \(.heap_length)"' "$1"; }
expect_text "nodes" "$(nodes "$tmp/played")" "$(nodes "$tmp/live")"

# A file is not overwritten, unless asked for; - is standard output.
refused_with 1 pghotctl record "$tmp/rec" --count 1
pghotctl record "$tmp/rec" heap --count 1 --limit 10 --force > "$tmp/out"
pghotctl record - heap --count 1 --limit 10 > "$tmp/piped"
for file in rec piped; do
	expect "pages in $file" "$(pghottop -r "$tmp/$file" -j -l 100 | jq '.data.entries | length')" '==' 10
done
refused_with 1 pghottop -r "$tmp/rec" -j -v records
refused_with 4 setpriv --reuid 65534 --regid 65534 --clear-groups "$tmp/pghotctl" record /tmp/nobody.pghot --count 1
[ ! -e /tmp/nobody.pghot ] || fail "an empty recording is left behind"
# What is replaced stays until there is a sample to replace it with.
chmod 755 "$tmp"
install -d -o 65534 "$tmp/theirs"
install -o 65534 -m 600 /dev/null "$tmp/theirs/kept"
echo old > "$tmp/theirs/kept"
refused_with 4 setpriv --reuid 65534 --regid 65534 --clear-groups "$tmp/pghotctl" record "$tmp/theirs/kept" --count 1 --force
expect_text "a recording that the kernel refused" "$(<"$tmp/theirs/kept")" old
expect_text "what is left beside it" "$(ls "$tmp/theirs")" kept
mkdir "$tmp/left"
ln -s ../theirs/kept "$tmp/left/link"
pghotctl record "$tmp/left/link" --count 1 --limit 1 --force > "$tmp/out"
[ -L "$tmp/left/link" ] || fail "the link is gone"
expect_text "owner and mode" "$(stat -c "%u %a" "$tmp/theirs/kept")" "65534 600"
pghottop -r "$tmp/theirs/kept" -j -l 0 > "$tmp/played" || fail "the target of the link is no recording"
# In a directory for all, a link of somebody else.
chmod 1777 "$tmp/left"
chown -h 65534 "$tmp/left/link"
refused_with 1 pghotctl record "$tmp/left/link" --count 1 --force
refused_with 3 unshare -n pghotctl record "$tmp/nowhere"
[ ! -e "$tmp/nowhere" ] || fail "a recording of nothing is left behind"

# --- ends --------------------------------------------------------------------

# written FILE BYTES
written() { [ "$(stat -c %s "$1")" -ge "$2" ]; }
pghotctl record "$tmp/killed" --interval 100ms --limit 100 > "$tmp/out" 2>&1 &
killed=$!
pghotctl record "$tmp/ended" --interval 100ms --limit 100 > "$tmp/ended.out" 2>&1 &
ended=$!
pghottop -j -d 100ms -l 1 --record "$tmp/top" > "$tmp/top.json" &
topped=$!
eventually "a recording grows" written "$tmp/killed" 40000
stop $killed
eventually "a recording grows" written "$tmp/ended" 40000
kill -INT $ended
wait $ended || fail "Ctrl-C is no failure: $(<"$tmp/ended.out")"
grep -q samples "$tmp/ended.out" || fail "says nothing of samples: $(<"$tmp/ended.out")"
eventually "pghottop records" written "$tmp/top" 200000
stop $topped
for file in killed ended top; do
	pghottop -r "$tmp/$file" -j -l 0 > "$tmp/played" 2> "$tmp/err" || fail "$file: $(<"$tmp/err")"
	expect "samples of $file" "$(wc -l < "$tmp/played")" '>=' 2
done
expect "what pghottop printed and recorded, in samples" \
	"$(( $(wc -l < "$tmp/top.json") - $(wc -l < "$tmp/played") ))" '<=' 1

mkdir "$tmp/small"
mount -t tmpfs -o size=64k tmpfs "$tmp/small"
trap 'umount "$tmp/small"; rm -rf "$tmp"' EXIT
refused_with 1 pghotctl record "$tmp/small/rec" --interval 100ms --limit 300
grep -q 'No space' "$tmp/err" || fail "full disk: $(<"$tmp/err")"
pghottop -r "$tmp/small/rec" -j -l 0 > "$tmp/played" 2> "$tmp/err" || fail "full disk: $(<"$tmp/err")"
[ ! -s "$tmp/err" ] || fail "full disk: not whole samples: $(<"$tmp/err")"
expect "samples on a full disk" "$(wc -l < "$tmp/played")" '>=' 1
rm "$tmp/small/rec"
# No room from the start: nothing is left that the next try would meet.
dd if=/dev/zero of="$tmp/small/full" bs=4k 2> /dev/null || true
for i in 1 2; do
	refused_with 1 pghotctl record "$tmp/small/rec" --count 1
	grep -q 'No space' "$tmp/err" || fail "full disk, try $i: $(<"$tmp/err")"
done
refused_with 1 pghottop -b -n 2 -d 100ms --record "$tmp/small/rec"
expect_text "files on the full disk" "$(ls "$tmp/small")" full
rm "$tmp/small/full"
refused_with 1 pghottop -b -n 50 -d 100ms -l 0 --record "$tmp/small/rec"
grep -q 'recording ended: No space' "$tmp/err" || fail "full disk, pghottop: $(<"$tmp/err")"
stop "$held"
