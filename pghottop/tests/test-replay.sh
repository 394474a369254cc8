#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-replay.sh PGHOTTOP PGHOTTOP-FAKE RECORDING - recordings on the command line
# and on a terminal, heat maps and CSV
#
# Prints every check that fails; exit status 1 when one did.

. "$(dirname "$0")/checks.sh"
top=$(realpath "$1")
fake=$(realpath "$2")
demo=$(realpath "$3")

# --- batch mode --------------------------------------------------------------

run 0 "$top" -r "$demo" -b
check "nine samples" [ "$(grep -c '^pghottop - ' "$tmp/out")" -eq 9 ]
check "nothing to complain about" [ ! -s "$tmp/err" ]
run 0 "$top" -r "$demo" -j -l 0
json 'length == 9 and all(.schema == "pghot/top/1")'
json '[.[].data.recording.sample] == [1, 2, 3, 4, 5, 6, 7, 8, 9]'
json 'all(.data.recording.samples_count == 9)'
json '[.[].data.time_ms] | . == sort'
json '.[0].data.nodes[0].failed_pages_per_s == null and .[1].data.nodes[0].failed_pages_per_s != null'
cp "$tmp/out" "$tmp/all"
# In the middle, rates are those that were there.
run 0 "$top" -r "$demo" -j -l 0 --seek '#5' -n 2
jq -cs '.[4:6]' "$tmp/all" > "$tmp/want"
jq -cs . "$tmp/out" > "$tmp/got"
check "the same samples" cmp "$tmp/want" "$tmp/got"
for view in queue records promotions; do
	run 0 "$top" -r "$demo" -j -n 1 -l 200 -v "$view"
	json '.[0].data.entries | length == 200 and all(.cgroup == "/db.service")'
done
run 0 "$top" -r "$demo" -j -n 1 -l 200 -N 1 -v records
json '.[0].data.entries | length == 200 and all(.nid == 1)'
run 0 "$top" -r "$demo" -j -n 1 -l 200 -m 63
json '.[0].data.entries == []'
run 0 "$top" -r "$demo" -b -n 1 -f 'freq>=14 and cgroup~db'
out '0x100029'
run 2 "$top" -r "$demo" -b -N 7
err 'no node 7'

# --- CSV ---------------------------------------------------------------------

run 0 "$top" -r "$demo" --csv -l 5
check "a heading and five lines for each sample" [ "$(wc -l < "$tmp/out")" -eq 46 ]
check "as many fields everywhere" [ "$(awk -F , '{ print NF }' "$tmp/out" | sort -u)" = 14 ]
check "the heading comes once" [ "$(grep -c ^time_ms "$tmp/out")" -eq 1 ]
"$top" -r "$demo" -j -l 5 | jq -r '.data | .time_ms as $t | .entries[] | "\($t),queue,\(.pfn),\(.nid),\(.target_nid),\(.freq)"' > "$tmp/want"
sed 1d "$tmp/out" | cut -d , -f 1-6 > "$tmp/got"
check "CSV and JSON agree" cmp "$tmp/want" "$tmp/got"
run 0 "$top" -r "$demo" --csv=nodes
check "two nodes in nine samples" [ "$(wc -l < "$tmp/out")" -eq 19 ]
check "as many fields everywhere" [ "$(awk -F , '{ print NF }' "$tmp/out" | sort -u)" = 19 ]
"$top" -r "$demo" -j -l 0 | jq -r '.data | .time_ms as $t | .nodes[] | "\($t),\(.nid),\(.promoted_pages // "")"' > "$tmp/want"
sed 1d "$tmp/out" | cut -d , -f 1,2,13 > "$tmp/got"
check "CSV and JSON agree on nodes" cmp "$tmp/want" "$tmp/got"
# What CSV gives a meaning is quoted, what a terminal would obey is escaped.
run 0 "$fake" --csv -n 1 -l 400
out '\x1b'
check "no terminal escapes" sh -c "! LC_ALL=C grep -q '[[:cntrl:]]' $tmp/out"
got=0
"$top" -r "$demo" --csv > /dev/full 2> "$tmp/err" || got=$?
check "full disk: exit status 1" [ "$got" -eq 1 ]
err 'No space left on device'
"$top" -r "$demo" --csv -l 200 2> "$tmp/err" | head -n 1 > "$tmp/out"
check "closed pipe: exit status 1" [ "${PIPESTATUS[0]}" -eq 1 ]

# --- what is no recording, or not all of one ---------------------------------

: > "$tmp/empty"
head -c 5000 /dev/zero > "$tmp/zeros"
head -c 20000 "$demo" > "$tmp/early"
head -c 100000 "$demo" > "$tmp/cut"
size=$(stat -c %s "$demo")
damage() {
	cp "$demo" "$2"
	chmod u+w "$2"
	printf '\377\377\377\377' | dd of="$2" bs=1 seek="$1" conv=notrunc status=none
}
damage 12 "$tmp/newer"
damage 8 "$tmp/order"
# The second frame begins where the size of the first says.
first=$(od -An -tu4 -j 16 -N 4 "$demo")
second=$((first + $(od -An -tu8 -j $((first + 16)) -N 8 "$demo")))
damage $((second + 16)) "$tmp/corrupt"
damage $((first + 2000)) "$tmp/dump"
damage $((first + 64 + 24 + 40)) "$tmp/state"

for args in -b -j "--heatmap=$tmp/no.svg"; do
	run 1 "$top" -r "$tmp/empty" "$args"
	err 'empty'
	run 1 "$top" -r "$tmp/zeros" "$args"
	err 'not a pghot recording'
	run 1 "$top" -r "$tmp/newer" "$args"
	err 'this program reads version 1'
	run 1 "$top" -r "$tmp/order" "$args"
	err 'damaged'
	run 1 "$top" -r "$tmp/nowhere" "$args"
	err 'No such file'
	run 1 "$top" -r "$tmp" "$args"
	err 'not a regular file'
	run 1 "$top" -r "$tmp/early" "$args"
	err 'no complete sample'
done
run 0 "$top" -r "$tmp/cut" -b
err 'ends in the middle of a sample'
check "four whole samples" [ "$(grep -c '^pghottop - ' "$tmp/out")" -eq 4 ]
run 1 "$top" -r "$tmp/corrupt" -b
err "damaged at byte $second"
check "one sample" [ "$(grep -c '^pghottop - ' "$tmp/out")" -eq 1 ]
run 1 "$top" -r "$tmp/state" -b
err 'sample 0 of the recording is damaged'
run 1 "$top" -r "$tmp/dump" -j
json '.[0].data.entries_error | .code == "failed" and (.message | contains("recording"))'
err 'sample 0 of the recording is damaged'
# Trailing rubbish, as much as one likes.
cp "$demo" "$tmp/huge"
truncate -s $((size + (1 << 34))) "$tmp/huge"
run 1 "$top" -r "$tmp/huge" -j -l 0
json 'length == 9'
err "damaged at byte $size"

# --- what takes over a terminal ----------------------------------------------

# Control characters of seven and of eight bits, and what turns the direction.
harmless() {
	check "nothing that a terminal obeys: $*" sh -c "! LC_ALL=C grep -aqP \
		'[\x00-\x08\x0b-\x1f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]' $tmp/out $tmp/err"
}
check "every string is replaced" /usr/bin/python3 "$(dirname "$0")/forge.py" "$demo" "$tmp/forged"
for locale in C.UTF-8 C; do
	for args in -b -j --csv; do
		# The first sample has a refusal, the others have names and paths.
		run 1 env LC_ALL=$locale "$top" -r "$tmp/forged" "$args" -v records
		harmless "$args" refused
		run 0 env LC_ALL=$locale "$top" -r "$tmp/forged" "$args" -v records --seek '#2' -n 3
		harmless "$args"
		[ "$args" != -b ] || check "no name begins a line" [ "$(grep -c '^sources: ' "$tmp/out")" -eq 3 ]
		[ "$args" != -b ] || out 'sources: \x1b[31m\x0a'
		[ "$args" != -j ] || json 'all(.data.sources | any(.name | startswith("\u001b[31m\n")))'
		[ "$args" = --csv ] || check "all paths" grep -q 31m "$tmp/out"
	done
	run 1 env LC_ALL=$locale "$top" -r "$tmp/forged" --heatmap - --seek '#1'
	harmless --heatmap refused
	err 'x1b[31m'
	run 0 env LC_ALL=$locale "$top" -r "$tmp/forged" --heatmap -
	harmless --heatmap
	# Names of files, and of what does not exist.
	for args in "-r"$'|\033[31m\u009b2J' "-b|-f|node=1 "$'\033[31m\u009b2J' "-b|-o|"$'\033[31m' \
		"-r|$demo|--seek|"$'\033[31m' "--theme|"$'\033[31m' $'--\033[31m' "--heatmap|/none/"$'\033[31m'"|-r|$demo"; do
		IFS='|' read -ra words <<< "$args"
		LC_ALL=$locale "$top" "${words[@]}" > "$tmp/out" 2> "$tmp/err"
		harmless "${args//$'\033'/ESC}"
	done
done

# --- numbers that nobody has ---------------------------------------------------

# Under sanitizers, shifts and conversions are looked at as well.
check "numbers are forged" /usr/bin/python3 "$(dirname "$0")/forge.py" "$demo" "$tmp/forged" --numbers
for filter in 'size>4K' 'size<4K or order>200' 'order>=32 and freq>250' 'score>90'; do
	run 0 "$top" -r "$tmp/forged" -j -l 300 -f "$filter"
	json 'all(.[].data.nodes[] | .. | numbers; . >= 0)'
	json 'all(.[].data.sources[] | .. | numbers; . >= 0)'
	json 'all(.[].data.stats | .. | numbers; . >= 0)'
	json '.[1].data.nodes[0].promoted_pages > 18e18 and .[1].data.nodes[0].promoted_pages_per_s > 18e18'
	run 0 "$top" -r "$tmp/forged" -b -l 300 -f "$filter"
	out '16 EiB'
	check "no number is negative" sh -c "! grep -q ' -[0-9]' $tmp/out"
	run 0 "$top" -r "$tmp/forged" --csv -l 300 -f "$filter"
done
run 0 "$top" -r "$tmp/forged" --csv=nodes
out '18446744073709551615'
check "no number is negative" sh -c "! grep -q ',-' $tmp/out"
for metric in freq hot tracked; do
	run 0 "$top" -r "$tmp/forged" --heatmap - --heat-metric "$metric"
done

# --- options that make no sense ----------------------------------------------

for args in "--seek 3s" "--speed 2" "-r $demo --record $tmp/x" "-r $demo -b -d 1s" \
	"--heatmap $tmp/x -b" "--csv -j" "--csv=rows" "--heat-metric nope" \
	"-r $demo --seek nowhere -b" "-r $demo --seek #10 -b" "-r $demo --speed 3"; do
	# shellcheck disable=SC2086
	run 2 "$top" $args
	check "says why" [ -s "$tmp/err" ]
done

# --- heat maps ---------------------------------------------------------------

run 0 "$top" -r "$demo" --heatmap "$tmp/map.svg"
check "no output" [ ! -s "$tmp/out" ]
check "it is XML" python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "$tmp/map.svg"
check "it has cells of several levels" [ "$(grep -o 'class="l[0-9]"' "$tmp/map.svg" | sort -u | wc -l)" -ge 3 ]
check "only its owner may read it" [ "$(stat -c %a "$tmp/map.svg")" = 600 ]
run 0 "$top" -r "$demo" --heatmap - --heat-metric tracked --theme mono
out 'tracked pages, %'
out '.l6 { fill: #101010 }'
run 2 "$top" -r "$demo" --heatmap "$tmp/x" -N 0
err 'top tier'
run 1 "$top" -r "$demo" --heatmap "$tmp/no/such/x"
err 'No such file'
run 1 "$top" -r "$demo" --heatmap /dev/full/x
check "nothing is left behind" [ -z "$(find "$tmp" -name "*.svg.*")" ]
# What is no file is written to and stays what it is: not /dev/full itself, for
# whoever gets this wrong as root has none afterwards.
mkfifo "$tmp/fifo"
cat "$tmp/fifo" > "$tmp/read" &
run 0 "$top" -r "$demo" --heatmap "$tmp/fifo"
wait $!
check "a pipe stays one" [ -p "$tmp/fifo" ]
check "and gets the picture" grep -q '</svg>' "$tmp/read"
if mknod "$tmp/full" c 1 7 2> "$tmp/err" && [ -w "$tmp/full" ] && : 2> "$tmp/err" > "$tmp/full"; then
	run 1 "$top" -r "$demo" --heatmap "$tmp/full"
	err 'No space left on device'
	check "a device stays one" [ -c "$tmp/full" ]
fi
# Without standard descriptors the picture gets none of what is for people.
"$top" -r "$demo" --heatmap "$tmp/closed.svg" <&- >&- 2>&-
check "a picture without standard descriptors" cmp "$tmp/map.svg" "$tmp/closed.svg"
"$top" -r "$demo" -b -n 1 <&- >&- 2> "$tmp/err"
check "status without standard output" [ $? -eq 1 ]
ln -s map.svg "$tmp/link.svg"
run 0 "$top" -r "$demo" --heatmap "$tmp/link.svg"
check "a link stays one" [ -L "$tmp/link.svg" ]
run 4 env PGHOTTOP_FAKE=denied "$fake" --heatmap "$tmp/x"
run 3 env PGHOTTOP_FAKE=missing=9 "$fake" --heatmap "$tmp/x"
check "no file without a map" [ ! -e "$tmp/x" ]
run 2 "$fake" --record "$tmp/x" -b
err 'no kernel'

# --- on a terminal -----------------------------------------------------------

if ! command -v tmux > "$tmp/null"; then
	echo "tmux is not installed"
	finish && exit 77
	exit 1
fi
. "$(dirname "$0")/terminal.sh"

start 110 30 "$top -r $demo --speed 4"
expect 'PLAYING [0-9]/9 .* x4'
expect 'END 9/9 +3 s of 3 s'
keys '^'
expect 'PAUSED 1/9'
keys ']' ']'
expect 'PAUSED 3/9'
keys ':' '#5' Enter
expect 'PAUSED 5/9 .* of 3 s'
keys v
expect '0x10[0-9a-f]* .*/db.service'
keys m
expect 'Heat map'
expect '^100000 .*▅'
keys '+'
expect 'cell 256 KiB'
keys '-' '['
expect 'PAUSED 4/9'
expect 'cell 1 MiB'
keys q
expect 'CGROUP'
keys '+'
expect 'own pace'
keys q
ended 0
start 100 24 "$top -r $tmp/cut"
expect 'ends in the middle of a sample'
keys q
ended 0

finish
