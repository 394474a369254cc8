#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kernel: plain
#
# A memory cgroup that was told to take no part keeps its pages where they are, with all
# that are in it, and nobody else's; a share bounds what it can have of the rate. What is
# counted of it is what the kernel itself counts, whatever the nesting, and it all goes
# with the cgroup.

. "${0%/*}/lib.sh"

# As systemd and container engines nest them.
slice="e2e-system.slice"
scope="$slice/docker-0123456789abcdef.scope"
mkdir $cgroups/$slice
echo +memory > $cgroups/$slice/cgroup.subtree_control
mkdir $cgroups/$scope $cgroups/e2e-other
scope_ino=$(stat -c %i $cgroups/$scope)

# told GROUP NAME [VALUE]: what its file says, or is told
told() {
	if [ $# -eq 3 ]; then
		echo "$3" 2> /dev/null > "$cgroups/$1/memory.pghot.$2"
	else
		echo "$(<"$cgroups/$1/memory.pghot.$2")"
	fi
}
# counted GROUP NAME: from its memory.pghot.stat
counted() { stat_of "$cgroups/$1/memory.pghot.stat" "$2"; }
# of_kernel GROUP NAME: from memory.stat
of_kernel() { stat_of "$cgroups/$1/memory.stat" "$2"; }
# effective GROUP NAME: what the family says is in effect
effective() {
	request do cgroup-get "ino=$(stat -c %i "$cgroups/$1")" || fail "cgroup-get: $reply"
	pick "$reply" "effective-$2"
}

# --- what can be told -------------------------------------------------------------

[ ! -e $cgroups/memory.pghot.promote ] || fail "the root can be told to take no part"
expect "by default it takes part" "$(told $scope promote)" '==' 1
expect "and can have it all" "$(told $scope share)" '==' 100
for wrong in 'promote 2' 'promote -1' 'promote on' 'share 0' 'share 101' 'share x'; do
	# shellcheck disable=SC2086 # two words
	! told $scope $wrong || fail "$wrong is accepted"
done
wanted "no cgroup" 'error ENOENT attr=ino *' do cgroup-get ino=4611686018427387904
wanted "which" 'error EINVAL *ino is missing*' do cgroup-get
wanted "what" 'error EINVAL *promote or share*' do cgroup-set "ino=$scope_ino"
wanted "the root" 'error EINVAL attr=ino *root*' do cgroup-set "ino=$(stat -c %i $cgroups)" promote=0
wanted "no share" 'error ERANGE attr=share *1-100*' do cgroup-set "ino=$scope_ino" share=0
wanted "all or nothing" 'error ERANGE attr=share *1-100*' do cgroup-set "ino=$scope_ino" promote=0 share=101
# shellcheck disable=SC2119 # it needs no option
ask_all
expect "nothing of it was set" "$(told $scope promote)" '==' 1

# --- promotion off ----------------------------------------------------------------

set_params freq-threshold=1 adaptive=0
told $slice promote 0
hold_by=(in_group "$scope")
hold inside --mib 2
inside=$held
hold_by=(in_group e2e-other)
hold other --mib 2
other=$held
hold_by=()
before=$(vmstat pghot_promoted) root=$(stat_of $cgroups/memory.pghot.stat promoted)
fast_scan
enable
eventually "the pages of others come up" on_node0 "$other" other 0.95
refusals() { [ "$(counted $scope failed_cgroup)" -ge 512 ]; }
eventually "those of the scope are refused" refusals
where "$inside" inside
expect "pages of the scope on node 0" "$node0" '==' 0
expect "promoted of it" "$(counted $scope promoted)" '==' 0
expect "refused of others" "$(counted e2e-other failed_cgroup)" '==' 0
told $scope promote 1
expect "what was told to the slice stays in effect" "$(effective $scope promote)" '==' 0
expect_text "and the tool says so" "$(pghotctl -j cgroup show /$scope | jq -c '.data.cgroups[0] | [.promote, .effective_promote]')" \
	'\[true,false\]'
expect "why" "$(pghotctl -j why "$(pfns "$inside" inside | head -n 1)" | jq '.data.verdict == "cgroup" | if . then 1 else 0 end')" '==' 1
answer=$(raw do promote "pfn=$(pfns "$inside" inside | head -n 1)")
expect "by hand it is refused as well" "$(pick "$answer" promoted)" '==' 0

# --- and on again -----------------------------------------------------------------

pghotctl cgroup set /$slice --promote on > /dev/null
expect "the file says it" "$(told $slice promote)" '==' 1
eventually "its pages come up" on_node0 "$inside" inside 0.95
set_params promote=0
for group in $scope e2e-other; do
	agree() { [ "$(counted "$group" promoted)" -eq "$(of_kernel "$group" pgpromote_success)" ]; }
	eventually "$group: what the kernel has counted, too" agree
	expect "$group: promoted" "$(counted "$group" promoted)" '>=' 486
done
expect "the slice has what its scope has" "$(counted $slice promoted)" '>=' "$(counted $scope promoted)"
all_of_it() {
	settle_vmstat
	[ $(( $(stat_of $cgroups/memory.pghot.stat promoted) - root )) -eq $(( $(vmstat pghot_promoted) - before )) ]
}
eventually "the root has all" all_of_it
request do cgroup-get "ino=$scope_ino"
expect "the family says the same" "$(pick "$reply" promoted)" '==' "$(counted $scope promoted)"

# --- down, and back again ---------------------------------------------------------

echo true > /sys/kernel/mm/numa/demotion_enabled
kill -STOP "$inside"
gone_down() {
	echo 1M > $cgroups/$scope/memory.reclaim 2> /dev/null || true
	where "$inside" inside
	[ "$node1" -ge 128 ]
}
eventually "some of it is demoted" gone_down
down() { echo $(( $(of_kernel $scope pgdemote_kswapd) + $(of_kernel $scope pgdemote_direct) )); }
same_down() { [ "$(counted $scope demoted)" -eq "$(down)" ]; }
eventually "demoted: $(counted $scope demoted), as the kernel has it" same_down
expect "demoted" "$(counted $scope demoted)" '>=' 128
set_params promote=1
kill -CONT "$inside"
eventually "it comes back" on_node0 "$inside" inside 0.95
expect "returned" "$(counted $scope returned)" '>=' 1
expect "no more than has gone down" "$(counted $scope returned)" '<=' "$(counted $scope demoted)"
stop "$inside" "$other"

# --- a share ----------------------------------------------------------------------

# Two that always have more to promote than they can; one of them a tenth of 512 pages/s.
set_params promote-rate-limit-mbps=2
told $slice share 10
told $scope share 60
expect "in effect is the least" "$(effective $scope share)" '==' 10
began=$(now_ms) had=$(counted $scope promoted) others_had=$(counted e2e-other promoted)
hold_by=(in_group "$scope")
hold inside --mib 8
inside=$held
hold_by=(in_group e2e-other)
hold other --mib 8
other=$held
hold_by=()
flows() { [ $(( $(counted e2e-other promoted) - others_had )) -ge 1024 ]; }
eventually "what others have" flows
got=$(( $(counted $scope promoted) - had )) ms=$(( $(now_ms) - began ))
# With a second's worth that was kept, and a page that may exceed it.
expect "pages of the scope in $ms ms" "$got" '<=' $(( 512 * ms / 10 / 1000 + 52 ))
waits() { [ "$(counted $scope failed_share)" -ge 1 ] && [ "$(counted $scope promoted)" -gt "$had" ]; }
eventually "it waits for its share, and has it" waits
expect "others do not wait" "$(counted e2e-other failed_share)" '==' 0

# --- the end ----------------------------------------------------------------------

stop "$inside" "$other"
disable
kept=$(counted $slice promoted)
rmdir $cgroups/$scope
is_gone() { ! raw dump cgroup-get | grep -qx "ino $scope_ino"; }
eventually "nothing is kept of the scope" is_gone
refused "it is no cgroup" 'error ENOENT *' do cgroup-get "ino=$scope_ino"
expect "the slice has what was counted" "$(counted $slice promoted)" '==' "$kept"
# One of the same name is another one.
mkdir $cgroups/$scope
expect "a new scope takes part" "$(effective $scope promote)" '==' 1
expect "and has promoted nothing" "$(counted $scope promoted)" '==' 0
rmdir $cgroups/$scope $cgroups/$slice $cgroups/e2e-other
find $cgroups -type d -printf '%i\n' | sort > "$tmp/there"
left() { [ -z "$(raw dump cgroup-get | sed -n 's/^ino //p' | sort | comm -23 - "$tmp/there")" ]; }
eventually "nothing is left of those that are gone" left
