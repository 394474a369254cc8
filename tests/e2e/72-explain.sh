#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# series: all
#
# Why a page was not promoted: what explain says of a page, and pghotctl why in words, is
# what promotion then does, whatever it is that holds the page back. It moves nothing.

. "${0%/*}/lib.sh"

declare -A pid page
# first NAME: page frame of the first page of what NAME's process holds
first() {
	local frames
	frames=$(pfns "${pid[$1]}" "$1")
	echo "${frames%%$'\n'*}"
}
# explained NAME WHAT PATTERN: an attribute of the answer about that page
explained() {
	request do explain pfn="${page[$1]}" || fail "explain $1: $reply"
	expect_text "$1: $2" "$(pick "$reply" "$2")" "$3"
}
# lacks NAME WHAT: the answer has no such attribute
lacks() {
	request do explain pfn="${page[$1]}" || fail "explain $1: $reply"
	[[ $'\n'$reply != *$'\n'"$2 "* ]] || fail "$1: $2 in: $reply"
	say "ok: $1: no $2"
}
# verdict PATTERN ARGUMENT...: of pghotctl why
verdict() {
	expect_text "why ${*:2}" "$(pghotctl -j why "${@:2}" | jq -r .data.verdict)" "$1"
}

for kind in bind cpuset pinned free; do
	case $kind in
	bind) hold $kind --mib 1 --policy bind --idle ;;
	pinned) hold $kind --mib 4 --pin --idle ;;
	*) hold $kind --mib 1 --idle ;;
	esac
	pid[$kind]=$held
done
mkdir $cgroups/e2e-explain
echo 1 > $cgroups/e2e-explain/cpuset.mems
echo "${pid[cpuset]}" > $cgroups/e2e-explain/cgroup.procs
# Pages in a CPU's LRU batch are busy.
echo 1 > /proc/sys/vm/compact_memory
sort -o "$tmp/pinned.list" "$tmp/pinned.list"
for kind in "${!pid[@]}"; do
	page[$kind]=$(first "$kind")
done

# --- nothing is on ---------------------------------------------------------------------
explained free running 0
explained free tracked 0
explained free page-nid 1
explained free nid 0
explained free place 0
lacks free freq
lacks free reason
verdict off "${page[free]}"
# Who may promote is known all the same.
explained bind reason 2
explained bind policy-nodes 1
explained bind refused-by "${pid[bind]}"
explained cpuset reason 3
explained cpuset cpuset-nodes 1
explained cpuset refused-by "${pid[cpuset]}"
lacks cpuset other-nid
explained pinned reason 4
request do explain pfn="${page[pinned]}"
expect "references of a pinned page" "$(pick "$reply" references)" '>' 1024

# --- by process and address ---------------------------------------------------------------
read -r address < "$tmp/free.list"
[[ $address == 0x* ]] || address=0x$address
request do explain pid="${pid[free]}" address="$address" || fail "$reply"
expect "the page at an address of the process" "$(pick "$reply" pfn)" '==' "${page[free]}"

# --- nobody looks, then nobody has seen it --------------------------------------------------
# Long windows: what was hot stays so.
set_params promote=0 freq-threshold=1 window-ms=60000
enable
verdict unseen "${page[free]}"
explained free tracked 1
explained free threshold 1
verdict policy "${page[bind]}"
verdict cpuset "${page[cpuset]}"
verdict pinned "${page[pinned]}"

# --- it waits -----------------------------------------------------------------------------
hold hot --mib 4
pid[hot]=$held
fast_scan
queue_stays 512
answer=$(raw dump heap-get limit=1 | sed -n 's/^entry //p')
page[hot]=${answer%% *}
explained hot place 2
explained hot hotter 0
explained hot promote 0
request do explain pfn="${page[hot]}"
expect "as many in the heap as the node says" "$(pick "$reply" heap-length)" '==' "$(node 0 heap-length)"
expect "others that are as hot" "$(pick "$reply" as-hot)" '<' "$(node 0 heap-length)"
expect "heat" "$(pick "$reply" freq)" '>=' 1
verdict promote-off "${page[hot]}"
expect_text "and the command for it" "$(pghotctl why "${page[hot]}")" '*pghotctl set promote=on*'
where "${pid[hot]}" hot
before=$node1
lacks hot failed-reason

# --- what was tried is remembered -------------------------------------------------------------
refused=$(raw do promote pfn="${page[cpuset]}")
expect "refused by hand" "$(field failed.cpuset <<< "$refused")" '==' 1
explained cpuset failed-reason 3
explained cpuset failed-count 1
raw do promote pfn="${page[cpuset]}" > /dev/null
explained cpuset failed-count 2
explained cpuset place 0
echo 0-1 > $cgroups/e2e-explain/cpuset.mems
lacks cpuset reason
raw do promote pfn="${page[cpuset]}" > /dev/null
# The page has left, and the page frame has nothing to do with that failure any more.
lacks cpuset failed-reason

# --- nothing of this has moved anything ---------------------------------------------------------
where "${pid[hot]}" hot
expect "pages on node 1" "$node1" '==' "$before"
for kind in bind free; do
	where "${pid[$kind]}" $kind
	expect "$kind: pages on node 1" "$node1" '==' 256
done

# --- promotion does what was said -----------------------------------------------------------------
set_params promote=1
eventually "what waited is promoted" on_node0 "${pid[hot]}" hot 0.9
moved=$(first hot)
page[moved]=$moved
lacks moved nid
verdict fast "$moved"

# --- wrong questions --------------------------------------------------------------------------------
wanted "nothing" 'error EINVAL attr=- missing=1: *pfn*' do explain
wanted "half" 'error EINVAL attr=- missing=3: *address*' do explain pid=1
wanted "the other half" 'error EINVAL attr=- missing=2: *pid*' do explain address=4096
wanted "both" 'error EINVAL attr=pid *not together*' do explain pfn=1 pid=1 address=1
wanted "no memory" 'error ERANGE attr=pfn *' do explain pfn=0xffffffffffffffff
wanted "no process" 'error 3 attr=pid *4194305*' do explain pid=4194305 address=4096
wanted "a kernel thread" 'error EINVAL attr=pid *kernel thread*' do explain pid=2 address=4096
wanted "nothing mapped" 'error 14 attr=address *0x1000*' do explain pid="${pid[free]}" address=4096
wanted "a slow node" 'error ERANGE attr=nid *' do explain pfn="${page[bind]}" nid=1
ask_all
for who in nobody netadmin userns; do
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' do explain pfn="${page[free]}"
	wanted "$who" 'error EPERM *CAP_SYS_ADMIN*' do explain pid="${pid[free]}" address="$address"
	ask_all --as $who
done
rc=0
pghotctl why "${pid[free]}" 0x1000 > "$tmp/said" 2>&1 || rc=$?
expect "exit status of a wrong address" "$rc" '==' 1
expect_text "which names it" "$(<"$tmp/said")" '*nothing mapped at 0x1000*'
