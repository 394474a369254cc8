#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Page frames and changes are for CAP_SYS_ADMIN in the initial user namespace:
# not for users, not for CAP_NET_ADMIN, not for root of another user namespace.
# What tells nothing about pages is for all.

# shellcheck disable=SC2086 # $set is several words
. "${0%/*}/lib.sh"

hold hot --mib 4
fast_scan
set_params promote=0 freq-threshold=1
enable
queue_fills 512
pfn=$(pfns "$held" hot | head -n 1)
raw dump heap-get | grep -q ^entry || fail "root sees no heap"
raw dump record-get | grep -q ^entry || fail "root sees no records"

before=$(all_params)
set='do source-set name=hintfault'
for who in nobody netadmin userns; do
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' $set enabled=0
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' $set 'hintfault=[' hot-latency-ms=7 ]
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' do param-set sleep-ms=200 promote=1
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' do promote pfn="$pfn"
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' do promote nid=0 count=10
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' do reset what=7
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' dump heap-get
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' dump record-get
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' dump record-get limit=10
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' dump promoted-get
	# The rest is for all.
	wanted "$who" 'version 1 *' do info-get
	wanted "$who" '*freq-threshold *' do param-get
	wanted "$who" '*batches *' do stats-get
	wanted "$who" '*name hintfault *' do source-get name=hintfault
	wanted "$who" '*name hintfault * entries=0 *' dump source-get
	wanted "$who" 'nid 0 * nid 1 * entries=0 *' dump node-get
	ask_all --as $who
	refused "$who: promotion events" 'error EPERM *' --as $who listen promotion 0
	raw --as $who listen config 0 > "$tmp/out" || fail "$who: config events: $(<"$tmp/out")"
done
expect_text "no parameter changed" "$(all_params)" "$before"
expect "still running" "$(ask info-get running)" '==' 1
where "$held" hot
expect "pages that did not move" "$node1" '==' 1024
queue_holds 512 || fail "the heap was emptied"

rc=0
raw --netns do info-get > "$tmp/out" || rc=$?
expect "exit status in another network namespace: no such family" "$rc" '==' 3
rc=0
raw --as userns --netns do info-get > "$tmp/out" || rc=$?
expect "the same for root of a user namespace" "$rc" '==' 3

for file in state heap/0 heap/1 records/0 records/1; do
	expect_text "mode of debugfs $file" "$(stat -c %a $debugfs/pghot/$file)" 400
	# Whoever is given the directory still has to have the privilege.
	! raw --as netadmin exec cat $debugfs/pghot/$file > "$tmp/out" 2>&1 ||
		fail "CAP_NET_ADMIN reads $file"
done
