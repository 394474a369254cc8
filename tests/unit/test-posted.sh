#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-posted.sh PGHOTCTL - pghotctl on kernels that have the pghot series as it was
# posted: trees of files that mimic the names, value ranges and refusals of each
# revision, in place of /proc and /sys.

. "$(dirname "$0")/lib.sh"
ctl=$1
here=$(cd "$(dirname "$0")" && pwd -P)
chmod 755 "$work"

# expect STATUS ARG...: run it, keep its streams.
expect() { PGHOT_SYSROOT=$root expect_status "$1" "$ctl" --backend "$backend" "${@:2}"; }

# json FILTER WANTED ARG...: what jq finds in the answer, which is one envelope
json() {
	local filter=$1 want=$2 got
	shift 2
	PGHOT_SYSROOT=$root "$ctl" --backend "$backend" -j "$@" > "$out" 2> "$err"
	got=$(jq -r "$filter" "$out" 2>&1)
	[ "$got" = "$want" ] || wrong "pghotctl -j $*: $filter is '$got', not '$want'"
}

# holds FILE WANTED
holds() {
	[ "$(cat "$root$1")" = "$2" ] || wrong "$1 holds '$(cat "$root$1")', not '$2'"
}

debugfs=/sys/kernel/debug/pghot
sysctl=/proc/sys/vm

mprof=/sys/devices/system/cpu/ibs-mprof/enabled
knobs=/sys/kernel/debug/ibs-mprof

# make REVISION: v5, v6 or v8, which has later trees' values
make_tree() {
	about=$1 root=$work/$1 backend=auto
	put $sysctl/pghot_promote_freq_window_ms 3000
	put $debugfs/kmigrated_sleep_ms 100
	put $debugfs/kmigrated_batch_nr 512
	put /proc/sys/kernel/numa_balancing 0
	put /sys/kernel/mm/numa/demotion_enabled false
	put /sys/devices/system/node/has_cpu 0-1
	put /sys/devices/virtual/memory_tiering/memory_tier4/nodelist 0-1
	put /sys/devices/virtual/memory_tiering/memory_tier22/nodelist 2
	case $1 in
	v5|v6)
		put $debugfs/enabled_sources 0
		put $debugfs/target_nid 0
		put $debugfs/freq_threshold 2
		sources=$debugfs/enabled_sources ;;
	v8)
		put $sysctl/pghot_enabled_sources 0x1
		put $sysctl/pghot_target_nid -1
		put $sysctl/pghot_freq_threshold 2
		put $sysctl/pghot_promote_rate_limit_MBps 65536
		sources=$sysctl/pghot_enabled_sources ;;
	esac
	put /proc/vmstat "nr_free_pages 12345
pgpromote_success 40
pghot_recorded_accesses 100
pghot_recorded_hintfaults 70"
	[ "$1" != v5 ] || echo pghot_recorded_pgtscans 20 >> "$root/proc/vmstat"
	echo pghot_recorded_hwhints 10 >> "$root/proc/vmstat"
}

# What holds for each of them.
common() {
	expect 0 status
	grep -q 'as posted' "$out" || wrong "status does not say what it is"
	json '.data | has("memory_bytes") and has("family_version") and has("nodes")' true status
	json .data.backend posted status
	json .data.parameters.window_ms 3000 status
	json .data.system.demotion false status
	json '.data.sources[] | select(.name == "hintfault") | .recorded' 70 status
	expect 0 probe
	json '.data.commands | length' 0 probe
	json '[.data.nodes[] | [.nid, .tier, .toptier]] | tostring' '[[0,4,true],[1,4,true],[2,22,false]]' probe
	json '[.data.missing[].what | select(startswith("the netlink family"))] | length' 1 probe
	json .data.promoted_pages 40 stats
	json .data.vmstat.pghot_recorded_accesses 100 stats
	json '.data.per_second | has("pghot_recorded_hwhints")' true stats --watch 0.1 --count 1

	# What the family alone has.
	for args in node 'dump heap' 'dump records' 'promote 1' 'reset all' monitor save \
		'source set hintfault enabled=on'; do
		# shellcheck disable=SC2086
		expect 3 $args
		grep -q "posted series ($2)" "$err" || wrong "$args: the reason is not named"
	done
	json .error.code unsupported dump heap
	expect 0 help dump heap
	expect 0 version
	grep -q 'as posted' "$out" || wrong "version does not say what it is"

	# Parameters, all or none.
	expect 0 set sleep-ms=200 window-ms=5s threshold=3
	holds $debugfs/kmigrated_sleep_ms 200
	holds $sysctl/pghot_promote_freq_window_ms 5000
	expect 2 set promote=off
	grep -q 'unknown parameter: promote, accepted: freq-threshold' "$err" ||
		wrong "no list of parameters"
	json '[.data.sleep_ms, .data.window_ms] | tostring' '[200,5000]' get sleep window
	# One that the kernel refuses undoes the others.
	mv "$root$debugfs/kmigrated_batch_nr" "$work/kept"
	ln -s /dev/full "$root$debugfs/kmigrated_batch_nr"
	expect 1 set sleep-ms=300 batch-nr=256
	holds $debugfs/kmigrated_sleep_ms 200
	json .error.attribute batch-nr set batch-nr=256
	# One that takes what is written and does not keep it.
	ln -sf /dev/null "$root$debugfs/kmigrated_batch_nr"
	expect 1 set sleep-ms=300 batch-nr=256
	holds $debugfs/kmigrated_sleep_ms 200
	rm "$root$debugfs/kmigrated_batch_nr"
	mv "$work/kept" "$root$debugfs/kmigrated_batch_nr"

	# Sources, and the system's switch.
	expect 0 disable all
	expect 0 enable hintfault ibs
	holds /proc/sys/kernel/numa_balancing 2
	grep -q 'numa_balancing was 0, is now 2' "$out" || wrong "enable does not say so"
	json '[.data.missing[].cause] | tostring' '["demotion-off"]' enable hintfault
	json '.data.sources[0].changed' false enable hintfault
	json '[.data.sources[] | select(.enabled) | .name] | sort | tostring' '["hintfault","hwhint"]' source list
	json '[.data.sources[] | [.name, .enabled, .recorded]] | tostring' '[["hwhint",true,10]]' source show ibs
	json '[.data.sources[] | .window_ms, .pace_ms] | tostring' '[null,null]' source show ibs
	expect 0 source show hintfault
	grep -q 'NUMA hint faults of tasks' "$out" || wrong "source show does not describe it"
	grep -Eq '^ +id +0$' "$out" && grep -Eq '^ +available +yes$' "$out" || wrong "source show in text lacks what JSON has"
	metrics
	expect 0 disable hwhint
	json '.data.sources[] | select(.name == "hwhint") | .enabled' false status
	json '.data.sources[] | select(.name == "hintfault") | .enabled' true status
	expect 0 disable all
	holds "$sources" 0
	put /proc/sys/kernel/numa_balancing 1
	expect 0 enable hintfault --no-sysctl
	holds /proc/sys/kernel/numa_balancing 1
	json '.data.missing[0].cause' numa-balancing-off enable hintfault --no-sysctl
	# Whoever looks at an enabled source is told why it sees nothing, until it does.
	json '[.data.sources[] | select(.name == "hintfault") | .problems[].cause] | tostring' '["numa-balancing-off"]' status
	expect 0 status
	grep -q 'hintfault *enabled.*kernel.numa_balancing is 1' "$out" || wrong "status does not say so"
	grep -q 'no hint faults come.*pghotctl enable hintfault' "$out" || wrong "status has no way out"
	put /proc/sys/kernel/numa_balancing 2
	json '[.data.sources[].problems[]] | length' 0 status
	put /proc/sys/kernel/numa_balancing 1
	expect 0 disable hintfault
	# When the switch cannot be set the source is not left on.
	rm "$root/proc/sys/kernel/numa_balancing"
	expect 3 enable hintfault
	holds "$sources" 0
	json .error.cause no-numa-balancing enable hintfault
	put /proc/sys/kernel/numa_balancing 0

	# The mask is read in any notation.
	put "$sources" 0x3
	json '[.data.sources[] | select(.enabled)] | length' 2 status
	put "$sources" 0
	put "$sources" nonsense
	expect 1 enable ibs
	put "$sources" 0

	# Forced, and against it.
	backend=posted
	expect 0 status
	if ! "$ctl" status > /dev/null 2>&1; then
		backend=netlink
		expect 3 status
		grep -q 'no generic-netlink family' "$err" || wrong "--backend netlink is not"
	fi
	backend=auto
}

# What metrics says is well-formed, and is what the kernel counts.
metrics() {
	expect 0 metrics
	/usr/bin/python3 "$here/openmetrics.py" "$out" > "$err" || wrong "no OpenMetrics"
	grep -qx 'pghot_source_recorded_total{source="hintfault"} 70' "$out" || wrong "no accesses"
	grep -qx 'pghot_vmstat_total{counter="pghot_recorded_accesses"} 100' "$out" || wrong "no raw counter"
	grep -qx "pghot_promoted_bytes_total $((40 * $(getconf PAGESIZE)))" "$out" || wrong "no promotions"
	grep -qx 'pghot_parameter_window_seconds 5' "$out" || wrong "no parameter"
}

unprivileged() {
	[ "$(id -u)" = 0 ] || return 0
	local nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
	"${nobody[@]}" true 2> /dev/null || return 0
	chmod 700 "$root/sys/kernel/debug"
	PGHOT_SYSROOT=$root "${nobody[@]}" "$ctl" status > "$out" 2> "$err" ||
		wrong "status fails for an unprivileged user"
	grep -q 'hidden: run it as root' "$out" || wrong "status does not say what is hidden"
	PGHOT_SYSROOT=$root "${nobody[@]}" "$ctl" enable ibs > "$out" 2> "$err"
	[ $? -eq 4 ] || wrong "enable as nobody: not exit status 4"
	PGHOT_SYSROOT=$root "${nobody[@]}" "$ctl" set sleep-ms=300 > "$out" 2> "$err"
	[ $? -eq 4 ] || wrong "set as nobody: not exit status 4"
	grep -q 'run it as root' "$err" || wrong "no hint"
	chmod 755 "$root/sys/kernel/debug"
}

make_tree v5
common v5 'up to v5'
expect 0 enable ibs
holds "$sources" 1
expect 0 enable hintfault
holds "$sources" 5
expect 0 enable klruscand
holds "$sources" 7
grep -q pgtscan "$out" || wrong "the scanner is not named"
json '.data.sources[] | select(.name == "pgtscan") | .recorded' 20 status
expect 0 disable kmmscand
holds "$sources" 5
unprivileged
expect 0 disable all

expect 2 set target=-1
expect 2 enable hintfault --period 20000
# There is nothing to arm, and nothing is missed.
json '[.data.missing[].cause, .data.ibs_mprof_armed] | tostring' '["demotion-off",null]' enable ibs
expect 0 disable all
json .data.ibs_mprof null status

make_tree v6
common v6 'v6 or v7'
expect 0 enable hintfault
holds "$sources" 1
expect 0 enable pebs
holds "$sources" 3
expect 3 enable mmscan
grep -q 'no source mmscan' "$err" || wrong "the source is not named"
holds "$sources" 3
# No such limit in this one.
expect 3 get rate-limit
unprivileged

make_tree v8
common v8 v8
expect 0 enable hintfault
holds "$sources" 1
expect 0 set rate-limit=100M
holds $sysctl/pghot_promote_rate_limit_MBps 100
expect 2 set sleep-ms=49
grep -q 'accepted: 50 ms to 1 s' "$err" || wrong "no range of sleep-ms"
expect 2 set window-max=10s
grep -q 'window-max' "$err" || wrong "no word of what these kernels do not have"
expect 2 set batch-nr=1025
grep -q 'accepted: 64 to 1024' "$err" || wrong "no range of batch-nr"
expect 0 set batch-nr=1024 sleep-ms=1s
unprivileged

# --- values with a sign -------------------------------------------------------

json .data.target_nid -1 get target
grep -q nearest <(PGHOT_SYSROOT=$root "$ctl" get target) || wrong "-1 is not the nearest"
json .data.parameters.target_nid -1 status
json '.data.files[] | select(.name == "target-nid") | .value' -1 probe
expect 0 set target=0
holds $sysctl/pghot_target_nid 0
expect 0 set target=-1
holds $sysctl/pghot_target_nid -1
expect 2 set target=-2
# What failed later puts a sign back, too.
expect 0 set target=-1
ln -sf /dev/full "$root$debugfs/kmigrated_batch_nr.full"
mv "$root$debugfs/kmigrated_batch_nr" "$work/kept"
mv "$root$debugfs/kmigrated_batch_nr.full" "$root$debugfs/kmigrated_batch_nr"
expect 1 set target=0 batch-nr=256
holds $sysctl/pghot_target_nid -1
rm "$root$debugfs/kmigrated_batch_nr"
mv "$work/kept" "$root$debugfs/kmigrated_batch_nr"

# --- the rate limit by the name that it had -----------------------------------

alias=/proc/sys/kernel/numa_balancing_promote_rate_limit_MBps
put $alias 50
json .data.promote_rate_limit_mbps 100 get rate-limit
mv "$root$sysctl/pghot_promote_rate_limit_MBps" "$work/kept"
json .data.promote_rate_limit_mbps 50 get rate-limit
expect 0 set rate-limit=200M
holds $alias 200
json '.data.files[] | select(.name == "promote-rate-limit-mbps") | .path' $alias probe
mv "$work/kept" "$root$sysctl/pghot_promote_rate_limit_MBps"

# --- the IBS memory profiler --------------------------------------------------

# Without one the bit can be set, and says little.
put "$sources" 0x1
json '[.data.missing[].cause] | tostring' '["no-ibs-mprof","demotion-off"]' enable ibs
json '[.data.pmu, .data.ibs_mprof_armed] | tostring' '[null,null]' enable ibs
json .data.ibs_mprof null status
json '[.data.missing[].disables | select(startswith("enable ibs: there is nothing that samples"))] | length' 1 probe
expect 3 enable ibs --period 20000
expect 0 disable ibs
holds "$sources" 1

put $mprof disabled
put $knobs/l3miss-only 1
put $knobs/period 10000
put $knobs/lat-filter 0
put $knobs/lat-thresh 15
json '.data.ibs_mprof | tostring' \
	'{"armed":false,"l3miss_only":true,"period":10000,"lat_filter":false,"lat_thresh":15}' status
json '[.data.missing[].what | select(startswith("the IBS memory profiler is not armed"))] | length' 1 probe
json '[.data.files[] | select(.name == "ibs-mprof") | .value, .raw] | tostring' '[null,"disabled"]' probe
json '.data.files[] | select(.name == "ibs-mprof period") | .value' 10000 probe
# Enabled, and not armed: who looks is told.
put "$sources" 3
json '[.data.sources[] | select(.name == "hwhint") | .problems[].cause] | tostring' '["ibs-mprof-off"]' status
put "$sources" 1
# Where that it was armed cannot be remembered, that is said.
expect 0 enable ibs
grep -q 'disable will not disarm it' "$out" || wrong "enable does not say that disable will not"
put $mprof disabled
mkdir "$root/run"
put "$sources" 1
expect 0 enable ibs
holds "$sources" 3
holds $mprof 1
grep -q 'the IBS memory profiler was not armed, is now' "$out" || wrong "enable does not say so"
json '[.data.pmu, .data.ibs_mprof_armed, .data.sources[0].changed] | tostring' '["ibs-mprof",true,false]' enable ibs
json '[.data.sources[] | select(.name == "hwhint") | .problems[]] | length' 0 status
json '[.data.sources[0].parameters[]] | tostring' '[true,true,10000,false,15]' source show ibs
expect 0 status
grep -q '^  state *armed$' "$out" || wrong "status does not say that it is armed"
expect 0 disable ibs
holds "$sources" 1
holds $mprof 0
grep -q 'the IBS memory profiler was armed, is not any more' "$out" || wrong "disable does not say so"
# What somebody else armed stays.
put $mprof enabled
expect 0 enable hwhint
expect 0 disable all
holds $mprof enabled
grep -q 'stays armed, since it was not pghotctl' "$out" || wrong "disable does not say that it stays"
# Intel's hardware is none of its business.
put $mprof disabled
expect 0 enable pebs
holds $mprof disabled
expect 0 disable all
# How it samples.
json '.data.sources[0].changed' true enable ibs --period 20000
holds $knobs/period 20000
expect 0 disable all
# What fails leaves nothing behind.
put "$sources" 0
rm "$root/proc/sys/kernel/numa_balancing"
expect 3 enable ibs hintfault --period 30000
holds "$sources" 0
holds $mprof 0
holds $knobs/period 20000
[ ! -e "$root/run/pghot/ibs-mprof-armed" ] || wrong "it is remembered as armed"
put /proc/sys/kernel/numa_balancing 0
mv "$root$mprof" "$work/kept"
ln -s /dev/null "$root$mprof"
expect 1 enable ibs
holds "$sources" 0
rm "$root$mprof"
mv "$work/kept" "$root$mprof"

# --- what the hardware counts -------------------------------------------------

printf 'hwhint_total_events 1000\nhwhint_useful_events 900\nhwhint_dropped_events 7\nhwhint_dram_accesses 600\nhwhint_extmem_accesses 300\nhwhint_later_events 5\n' >> "$root/proc/vmstat"
json '[.data.vmstat | .hwhint_total_events, .hwhint_useful_events, .hwhint_dropped_events, .hwhint_dram_accesses, .hwhint_extmem_accesses, .hwhint_later_events] | tostring' \
	'[1000,900,7,600,300,5]' stats
json '.data.per_second.hwhint_total_events' 0 stats --watch 0.1 --count 1
expect 0 stats
for counter in total_events useful_events dropped_events dram_accesses extmem_accesses later_events; do
	grep -q "hwhint_$counter" "$out" || wrong "stats has no hwhint_$counter"
done
json '.data.sources[0].counters | [.hwhint_total_events, .hwhint_later_events] | tostring' '[1000,5]' source show hwhint
metrics
for line in 'pghot_hwhint_samples_total{kind="total"} 1000' 'pghot_hwhint_samples_total{kind="useful"} 900' \
	'pghot_hwhint_samples_total{kind="dropped"} 7' 'pghot_hwhint_accesses_total{memory="dram"} 600' \
	'pghot_hwhint_accesses_total{memory="extmem"} 300' 'pghot_vmstat_total{counter="hwhint_later_events"} 5' \
	'pghot_source_hwhint_ibs_mprof_armed 0' 'pghot_source_hwhint_period 20000' 'pghot_parameter_target_nid -1'; do
	grep -qxF "$line" "$out" || wrong "metrics has no $line"
done
expect 0 metrics --output "$work/pghot.prom"
grep -qx 'pghot_hwhint_samples_total{kind="total"} 1000' "$work/pghot.prom" || wrong "no file of metrics"

# --- what nobody knows yet ----------------------------------------------------

put $sysctl/pghot_invented 12
put $sysctl/pghot_words 'fast slow'
put $debugfs/invented 0x1f
put $knobs/invented -3
mkdir "$root$debugfs/directory"
json '.data.other_files | tostring' \
	'{"vm.pghot_invented":"12","vm.pghot_words":"fast slow","pghot/invented":"0x1f","ibs-mprof/invented":"-3"}' status
json '.data.other_files["pghot/invented"]' 0x1f get
json 'has("other_files")' false get target
json '[.data.files[] | select(.name == "vm.pghot_words") | .path, .value, .raw] | tostring' \
	'["/proc/sys/vm/pghot_words",null,"fast slow"]' probe
expect 0 status
grep -q 'vm.pghot_words *fast slow' "$out" || wrong "status drops what it does not know"
rmdir "$root$debugfs/directory"
# Bits of sources, too.
put "$sources" 0x9
json '[.data.sources[] | select(.enabled) | [.id, .name]] | tostring' '[[0,"hintfault"],[null,"0x8"]]' status
expect 0 enable ibs
holds "$sources" 11
expect 0 disable all
holds "$sources" 0
grep -q 0x8 "$out" || wrong "disable all does not name all"
rm "$root$sysctl/pghot_invented" "$root$sysctl/pghot_words" "$root$debugfs/invented"

# debugfs not mounted: what is a sysctl works.
mv "$root$debugfs" "$work/unmounted"
expect 0 status
grep -q 'mount -t debugfs' "$out" || wrong "no hint at debugfs"
expect 0 set threshold=2
expect 1 set sleep-ms=100
grep -q 'mount -t debugfs' "$err" || wrong "no hint at debugfs"
mv "$work/unmounted" "$root$debugfs"

# Neither: forced, it says what it looked for. The family's debugfs is not it.
about=none root=$work/none backend=posted
put $debugfs/state "running 0"
expect 3 status
grep -q 'no files of the posted pghot series' "$err" || wrong "no reason"
json .error.code unsupported get

verdict
