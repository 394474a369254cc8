#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 100
# kernel: plain
#
# Dumps show what they are asked for: every filter against the whole, fields in the
# order asked for, and a mark when what they show changed meanwhile.

. "${0%/*}/lib.sh"

set_params promote=0 window-ms=60000
mkdir -p $cgroups/outer/inner
enable > /dev/null
fast_scan
hold anon --mib 16
# Every page, seen twice.
tracked() { [ "$(raw do source-get name=hintfault | field useful)" -ge 8192 ]; }
eventually "pages are tracked" tracked
kill -STOP "$held"
# Nor does anything of others change between two dumps.
balancing 0
sleep 1

# --- filters, each against all ------------------------------------------------

# rows ARG...: of a dump, without the titles
rows() { pghotctl -r dump "$@" | tail -n +2; }
# When a window has passed, which on a busy host it may between any two dumps,
# frequencies are halved: then everything is read again.
take_all() { all=$(rows records --fields pfn,freq,nid,type,cgroup); }
take_all
read -r _ _ _ _ mine <<< "$(sed -n 100p <<< "$all")"
# A range that has some of them, wherever the memory is.
awk '{ print $1 }' <<< "$all" | sort > "$tmp/pfns"
first=$(sed -n 1000p "$tmp/pfns") last=$(sed -n 2000p "$tmp/pfns")
# same CONDITION ARG...: the dump has what awk picks of all
same() {
	local condition=$1 ours theirs try
	shift
	for try in 1 2 3; do
		ours=$(rows records --fields pfn "$@" | tr -d ' ')
		theirs=$(awk "{ pfn = \$1; freq = \$2; type = \$4 } $condition { print pfn }" <<< "$all")
		[ "$ours" != "$theirs" ] || break
		say "again, after try $try: records $*"
		take_all
	done
	[ "$ours" = "$theirs" ] || fail "records $*: not those with $condition"
	expect "records $*" "$(wc -l <<< "$ours")" '>' 50
}
same 'type == "anon"' --type anon
same 'type == "anon" || type == "thp"' --type thp,anon
# All are as wide: they compare as text.
same "pfn >= \"$first\" && pfn <= \"$last\"" --pfn-range "$first+$(( last - first + 1 ))"
middle=$(awk '{ print $2 }' <<< "$all" | sort -n | sed -n 2000p)
same "freq >= $middle" --min-freq "$middle"
same "freq >= $middle && type == \"anon\"" --min-freq "$middle" --type anon
# Memory of a process is charged where it was when it first touched it: the test's.
same 1 --node 1 --cgroup /
same 1 --cgroup "$mine"
expect "of no other group" "$(rows records --cgroup /outer | wc -l)" '==' 0
expect "of no other type" "$(rows records --type hugetlb,ksm | wc -l)" '==' 0

# --- a limit is for what is left ----------------------------------------------

for try in 1 2 3; do
	take_all
	most=$(awk '{ print $2 }' <<< "$all" | sort -n | tail -n 1)
	hottest=$(rows records --type anon --limit 50 --fields freq,age_ms)
	read -r first_freq _ <<< "$hottest"
	[ "$first_freq" != "$most" ] || break
	say "again, after try $try: the hottest"
done
expect_text "filtered and limited: hottest first" "$hottest" "$(sort -k 1,1nr -k 2,2n <<< "$hottest")"
expect "as many" "$(wc -l <<< "$hottest")" '==' 50
expect "the hottest of all is the first" "$first_freq" '==' "$most"
heap=$(rows heap --limit 9 --fields pfn)
expect_text "a heap, filtered and limited" "$(rows heap --type anon --limit 9 --fields pfn)" "$heap"
expect_text "a range of the heap" \
	"$(rows heap --pfn-range "$(head -n 1 <<< "$heap" | tr -d ' ')+1" --fields pfn)" "$(head -n 1 <<< "$heap")"

# --- fields -------------------------------------------------------------------

entry=$(pghotctl -j dump records --fields cgroup,pfn,address --limit 1)
expect_text "fields of JSON" "$entry" '*"entries":[[]{"cgroup":*,"pfn":*,"address":*}],*'
pfn=${entry#*'"pfn":'} address=${entry#*'"address":'}
expect "an address is a page frame's" "${address%%\}*}" '==' "$(( ${pfn%%,*} * 4096 ))"
expect_text "titles" "$(pghotctl dump records --fields flags,freq --limit 1 | head -n 1 | tr -s ' ')" \
	' FLAGS FREQ'
rc=0
pghotctl dump heap --cgroup /no/such > /dev/null 2> "$tmp/err" || rc=$?
expect "a cgroup that is not there" "$rc" '==' 1
rc=0
pghotctl dump heap --fields pnf > /dev/null 2> "$tmp/err" || rc=$?
expect "a field that is not there" "$rc" '==' 2
expect_text "did you mean" "$(<"$tmp/err")" '*did you mean pfn*'

# --- what changes meanwhile ---------------------------------------------------

# The reader takes a little and waits: the kernel holds the rest back.
mkfifo "$tmp/pipe"
pghotctl -j dump records > "$tmp/pipe" &
dumper=$!
exec 7< "$tmp/pipe"
dd bs=1000 count=1 status=none <&7 > "$tmp/dump"
pghotctl reset records > /dev/null
cat <&7 >> "$tmp/dump"
exec 7<&-
wait "$dumper" || fail "the dump fails: exit status $?"
expect_text "a dump that was interrupted says so" "$(tail -c 200 "$tmp/dump")" \
	'*"interrupted":true,"notes":[[]"*"]}}'
jq -e '.data.entries | length > 500' "$tmp/dump" > /dev/null || fail "no JSON: $(tail -c 200 "$tmp/dump")"

balancing 2
kill -CONT "$held"
set_params promote=1
promoted() { [ "$(rows promoted --min-freq 8 --limit 5 | wc -l)" = 5 ]; }
eventually "promotions, filtered" promoted
expect "each is that hot" \
	"$(rows promoted --min-freq 8 --limit 5 --fields freq | awk '$1 < 8' | wc -l)" '==' 0
stop "$held"
