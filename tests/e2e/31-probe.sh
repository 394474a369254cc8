#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 100
# kernel: plain
#
# pghotctl probe says what there is and what is missing, and enable names what keeps
# a source from being of use, with a way out.

. "${0%/*}/lib.sh"

# facts FILTER: one jq for all, for starting it takes long; sets $fact_NAME from
# lines "NAME value"
facts() {
	local name value
	while read -r name value; do
		printf -v "fact_$name" %s "$value"
	done < <(jq -r "$1" "$tmp/json")
}
# Those that facts sets.
fact_version='' fact_commands='' fact_param_set='' fact_record_get='' fact_groups='' fact_hintfault=''
fact_nodes='' fact_privileges='' fact_numa='' fact_demotion='' fact_gaps='' fact_sources=''
fact_admin='' fact_refused='' fact_family='' fact_namespace='' fact_tier=''

# --- what there is ------------------------------------------------------------

pghotctl -j probe > "$tmp/json"
text=$(pghotctl probe)
# shellcheck disable=SC2016 # $name is jq's
facts '.data |
	def attributes($name): .commands[] | select(.name == $name) | .attributes | join(" ");
	def switch($name): (.switches[] | select(.name == $name) | [.ok, .disables != null] | tostring) +
		" \([.missing[] | select(.what | startswith("\($name) is"))] | length)";
	"version \(.family.version)",
	"commands \([.commands[].name] | sort | join(" "))",
	"param_set \(attributes("param-set"))",
	"record_get \(attributes("record-get"))",
	"groups \(.family.multicast_groups | join(" "))",
	"hintfault \(.sources[] | select(.name == "hintfault") | [.built, .available, .enabled] | tostring)",
	"nodes \([.nodes[] | [.nid, .toptier]] | tostring)",
	"privileges \(.privileges | [.admin, .initial_net_namespace] | tostring)",
	"numa \(switch("numa_balancing"))",
	"demotion \(switch("demotion"))",
	"gaps \([.missing[] | select(.what | startswith("source "))] | length)",
	"sources \([.sources[] | select(.available | not)] | length)"'
expect "version of the family" "$fact_version" '==' "$(ask info-get version)"
expect_text "commands" "$fact_commands" \
	"cgroup-get cgroup-set explain heap-get info-get node-get param-get param-set promote promoted-get record-get reset source-get source-set stats-get summary-get*"
expect_text "attributes of param-set, from the policy dump" "$fact_param_set" \
	'promote freq-threshold window-ms promote-rate-limit-mbps batch-nr sleep-ms target-nid heap-capacity adaptive window-max-ms*'
expect_text "attributes of record-get" "$fact_record_get" 'nid limit min-freq pfn-start pfn-end'
expect_text "groups" "$fact_groups" 'config promotion'
expect_text "hintfault" "$fact_hintfault" '[[]true,true,false]'
expect_text "nodes" "$fact_nodes" '[[][[]0,true],[[]1,false]]'
expect_text "privileges" "$fact_privileges" '[[]true,true]'
# Off when a test begins: that disables something, and is missing.
expect_text "numa_balancing" "$fact_numa" '[[]false,true] 1'
expect_text "demotion" "$fact_demotion" '[[]false,true] 1'
expect "sources that are missing" "$fact_gaps" '==' "$fact_sources"
while read -r fact; do
	[[ $text == *"$fact"* ]] || fail "the text lacks: $fact"
done < <(jq -r '.data | .commands[].name, .switches[].name, .missing[].what, .missing[].disables' "$tmp/json")
say "ok: every fact is in the text"

setpriv --reuid 65534 --regid 65534 --clear-groups pghotctl -j probe > "$tmp/json" ||
	fail "probe fails without privilege"
facts '.data | "admin \(.privileges.admin)",
	"refused \(.missing[] | select(.what | startswith("CAP_SYS_ADMIN")) | .disables)"'
expect_text "without privilege" "$fact_admin" false
expect_text "what is refused" "$fact_refused" 'enable, disable,*monitor promotion*'
unshare -n pghotctl -j probe > "$tmp/json"
facts '.data | "family \(.family)",
	"namespace \([.missing[] | select(.what | contains("network namespace"))] | length)"'
expect_text "no family in another network namespace" "$fact_family" null
expect "which is told" "$fact_namespace" '==' 1

# --- what keeps a source from being of use ------------------------------------

# causes: the names in the JSON of enable
causes() { grep -o '"cause":"[a-z-]*"' | cut -d '"' -f 4 | tr '\n' ' '; }

expect_text "demotion is off" "$(pghotctl -j enable hintfault | causes)" 'demotion-off '
echo 1 > /sys/kernel/mm/numa/demotion_enabled
expect_text "nothing is missing" "$(pghotctl -j enable hintfault | causes)" ''
balancing 0
set_params promote=0
expect_text "both are told, with --no-sysctl" \
	"$(pghotctl -j enable hintfault --no-sysctl | causes)" 'numa-balancing-off promote-off '
pghotctl disable all > /dev/null

# Several at once, by whatever name: all or none.
rc=0
pghotctl -j enable hintfault klruscand kmmscand ibs > "$tmp/json" || rc=$?
if [ "$rc" -eq 0 ]; then
	expect "four sources" "$(jq '.data.sources | length' "$tmp/json")" '==' 4
	pghotctl disable all > /dev/null
else
	expect "one that is not there" "$rc" '==' 3
	expect_text "then none is enabled" "$(ask info-get running)" 0
fi
if raw do source-get name=lruscan > /dev/null; then
	was=$(</sys/kernel/mm/lru_gen/enabled)
	echo n > /sys/kernel/mm/lru_gen/enabled
	expect_text "the multi-generational LRU is off" \
		"$(pghotctl -j enable lruscan | causes || true)" '*mglru-off *'
	echo "$was" > /sys/kernel/mm/lru_gen/enabled
	pghotctl disable lruscan > /dev/null
fi

# Without the slow node there is nothing to promote from.
for block in /sys/devices/system/node/node1/memory*/state; do
	echo offline > "$block"
done
rc=0
answer=$(pghotctl -j enable hintfault) || rc=$?
expect "no lower tier" "$rc" '==' 3
expect_text "by its name, with a way out" "$answer" '*"cause":"no-lower-tier"*memory_tiering*'
pghotctl -j probe > "$tmp/json"
facts '.data | "tier \([.missing[] | select(.what | contains("lower memory tier"))] | length)"'
expect "probe tells it, too" "$fact_tier" '==' 1
