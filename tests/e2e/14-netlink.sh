#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
#
# The family's contract: ranges, all or nothing, errors that name the attribute
# and what is accepted, malformed input that changes nothing.

# shellcheck disable=SC2086 # $get and $set are several words
. "${0%/*}/lib.sh"

at_boot=$(all_params) at_boot=${at_boot% }

# bounds NAME MIN MAX: the ends are accepted, what is beyond is not
bounds() {
	local name=$1 min=$2 max=$3 value
	for value in "$min" "$max"; do
		wanted "an end of its range" '' do param-set "$name=$value"
		wanted "is what it was set to" "*$name $value?( *)" do param-get
	done
	for value in $(( min - 1 )) $(( max + 1 )); do
		wanted "beyond it" "error ERANGE attr=$name missing=-: *$name*$min-$max*" do param-set "$name=$value"
		wanted "unchanged" "*$name $max?( *)" do param-get
	done
}
bounds promote 0 1
for name in freq-threshold window-ms window-max-ms batch-nr sleep-ms heap-capacity; do
	define=$(tr a-z- A-Z_ <<< "$name")
	bounds "$name" "$(constant "${define}_MIN")" "$(constant "${define}_MAX")"
done
bounds promote-rate-limit-mbps "$(constant RATE_LIMIT_MBPS_MIN)" "$(constant RATE_LIMIT_MBPS_MAX)"
wanted "a switch" '' do param-set adaptive=0
wanted "a switch" '*adaptive 0 *' do param-get
wanted "a switch" 'error ERANGE attr=adaptive *0-1*' do param-set adaptive=2
# Node 0 is the only one in the top tier.
wanted "a node" '' do param-set target-nid=0
wanted "a node" '*target-nid 0 *' do param-get
wanted "no node" '' do param-set target-nid=-1
wanted "no node" '*target-nid -1 *' do param-get
for value in -2 1 7 1000 2147483647 -2147483648; do
	wanted "not a top-tier node" 'error ERANGE attr=target-nid *target-nid*-1*0*' do param-set target-nid="$value"
done
for value in 4294967295 2147483648; do
	wanted "a huge number" 'error ERANGE attr=sleep-ms *10-10000*' do param-set sleep-ms="$value"
done
wanted "a huge switch" 'error ERANGE attr=promote *0-1*' do param-set promote=255

min=$(constant HOT_LATENCY_MS_MIN) max=$(constant HOT_LATENCY_MS_MAX)
get='do source-get name=hintfault' set='do source-set name=hintfault'
for value in "$min" "$max"; do
	wanted "an end of its range" '' $set 'hintfault=[' hot-latency-ms="$value" ]
	wanted "is what it was set to" "*hintfault.hot-latency-ms $value" $get
done
for value in $(( min - 1 )) $(( max + 1 )); do
	wanted "beyond it" "error ERANGE attr=hintfault.hot-latency-ms *hot-latency-ms*$min*$max*" \
		$set 'hintfault=[' hot-latency-ms="$value" ]
	wanted "unchanged" "*hintfault.hot-latency-ms $max" $get
done
ask_all

# --- all or nothing ---
e2e_reset
expect_text "parameters as at boot" "$(all_params)" "$at_boot "
off="*enabled 0 * hintfault.hot-latency-ms $(constant HOT_LATENCY_MS_DEFAULT)"
wanted "one bad one among good ones" 'error ERANGE attr=batch-nr *' \
	do param-set promote=0 sleep-ms=500 heap-capacity=1024 batch-nr=513 freq-threshold=9
wanted "nothing changed" "$at_boot" do param-get
wanted "good parameters, bad enabled" 'error ERANGE attr=enabled *' $set enabled=2 'hintfault=[' hot-latency-ms=99 ]
wanted "nothing changed" "$off" $get
wanted "good enabled, bad parameters" 'error ERANGE attr=hintfault.hot-latency-ms *' $set enabled=1 'hintfault=[' hot-latency-ms=0 ]
wanted "nothing changed" "$off" $get

# --- what is not asked properly ---
wanted "nothing to set" 'error EINVAL *nothing to set*' do param-set
wanted "nothing to set" 'error EINVAL *nothing to set*' $set
wanted "no source named" 'error EINVAL attr=- missing=1: *id*' do source-set enabled=1
wanted "a source that is not there" 'error ENOENT attr=name *hintfault*' do source-set name=nosuch enabled=1
wanted "its number" 'error ENOENT attr=id *0*' do source-get id=17
wanted "number and name of two sources" 'error E* attr=id *' $set id=1 enabled=1
wanted "reset without what" 'error EINVAL attr=- missing=1: *what*' do reset
wanted "reset of nothing" 'error ERANGE attr=what *1-7*' do reset what=0
wanted "reset of something else" 'error ERANGE attr=what *1-7*' do reset what=8
wanted "promote without a page" 'error EINVAL attr=- missing=1: *pfn*' do promote
wanted "promote both ways" 'error EINVAL attr=count *' do promote pfn=1 nid=0 count=1
wanted "promote to a slow node" 'error ERANGE attr=nid *0*' do promote nid=1 count=1
wanted "promote none" 'error ERANGE attr=count *1*' do promote nid=0 count=0
wanted "promote too many" 'error ERANGE attr=count *' do promote nid=0 count=262145
wanted "promote from nowhere" 'error EINVAL attr=- missing=2: *nid*' do promote count=1
wanted "promote without a number" 'error EINVAL attr=- missing=3: *count*' do promote nid=0
wanted "promote what is not memory" 'error ERANGE attr=pfn *' do promote pfn=0xffffffffffffffff
wanted "promote a page that is fast already" 'error ENOENT attr=pfn *' do promote pfn=256
wanted "heap of a node that is not there" 'error ERANGE attr=nid *0-1*' dump heap-get nid=5
wanted "a frequency that no record has" 'error ERANGE attr=min-freq *63*' dump heap-get min-freq=64
wanted "limit 0" 'error ERANGE attr=limit *1*' dump record-get limit=0
wanted "limit beyond" 'error ERANGE attr=limit *4194304*' dump record-get limit=4194305
wanted "a range that ends before it begins" 'error ERANGE attr=pfn-start *' dump record-get pfn-start=9 pfn-end=8

# --- malformed: sizes, numbers, nests ---
wanted "a u32 of one byte" 'error *attr=freq-threshold *' do param-set 2/u8=5
wanted "a u32 of two bytes" 'error *attr=freq-threshold *' do param-set 2/u16=5
wanted "an empty attribute" 'error *attr=freq-threshold *' do param-set 2/hex=
wanted "a number where a nest belongs" 'error *attr=hintfault*' $set 8/u32=5
wanted "an attribute of no known number" 'error EINVAL attr=77 *' do param-set sleep-ms=500 77/u32=5
wanted "one that only replies have" 'error EINVAL *' $set enabled=1 6/u64=5
wanted "an unknown one in a nest" 'error EINVAL attr=hintfault.9 *' $set enabled=1 'hintfault=[' hot-latency-ms=5 9/u32=1 ]
wanted "a short one in a nest" 'error *attr=hintfault.hot-latency-ms *' $set 'hintfault=[' 1/u8=1 ]
wanted "a pfn of three bytes" 'error *attr=pfn *' do promote 1/hex=010203
wanted "a name without an end" 'error *' do source-get 2/hex=68696e74
wanted "a long name" 'error ENOENT attr=name *' do source-get "2/str=$(printf 'x%.0s' {1..2000})"
wanted "a command that is not there" 'error EOPNOTSUPP *' do 99
wanted "a dump of what has none" 'error EOPNOTSUPP *' dump param-get
wanted "an event as a request" 'error EOPNOTSUPP *' do 13
wanted "nothing changed" "$at_boot" do param-get
wanted "nothing changed" "$off" $get
wanted "nothing runs" '*memory-bytes 0 * running 0 *' do info-get
ask_all
wanted "without extended acks the error still comes" 'error ERANGE *' do param-set sleep-ms=1
ask_all --deaf
