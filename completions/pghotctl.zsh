#compdef pghotctl
# SPDX-License-Identifier: GPL-2.0-or-later
# zsh completion of pghotctl. Made from its command table: do not edit,
# run pghotctl-gen zsh.

_pghotctl_nodes() {
	local -a nodes expl
	nodes=(/sys/devices/system/node/node<->(N:t))
	nodes=(${nodes#node})
	_wanted nodes expl node compadd "$@" -a - nodes
}

# The page frames of each node.
_pghotctl_ranges() {
	local -a ranges
	ranges=(${(f)"$(awk '$1 == "Node" { nid = $2 + 0 }
	$1 == "spanned" { spanned = $2 }
	$1 == "start_pfn:" && spanned > 0 {
		if (!(nid in end) || $2 < start[nid]) start[nid] = $2
		if (!(nid in end) || $2 + spanned > end[nid]) end[nid] = $2 + spanned
	}
	END { for (nid in end) printf "%#x-%#x:node %d\n", start[nid], end[nid] - 1, nid }' /proc/zoneinfo 2>/dev/null)"})
	_describe -t ranges 'page frames, START-END or START+COUNT' ranges
}

_pghotctl_cgroups() {
	local root=/sys/fs/cgroup
	[[ -e $root/cgroup.controllers ]] || root=$root/unified
	compset -P /
	_path_files -W $root -/
}

_pghotctl_sources() {
	local -a sources=(
		'hintfault:NUMA hint faults of tasks'
		'hwhint:hardware samples through perf: AMD IBS, Intel PEBS'
		'ibs:hardware samples through perf: AMD IBS, Intel PEBS'
		'pebs:hardware samples through perf: AMD IBS, Intel PEBS'
		'lruscan:page-table walks of the multi-generational LRU'
		'klruscand:page-table walks of the multi-generational LRU'
		'mmscan:accessed-bit scans of address spaces'
		'kmmscand:accessed-bit scans of address spaces'
		$more
	)
	_describe -t sources source sources "$@"
}

_pghotctl_sources_or_all() {
	local -a more=('all:all that are enabled')
	_pghotctl_sources "$@"
}

_pghotctl_params() {
	local -a params=(
		'promote:promote hot pages; off makes pghot a profiler that moves nothing'
		'freq-threshold:accesses within a window that make a page hot'
		'window-ms:window in which accesses count'
		'window-max-ms:longest window of a slow source; at window-ms or less no window grows'
		'promote-rate-limit-mbps:most that is promoted to one node per second'
		'batch-nr:base pages that migrate together'
		'sleep-ms:rest of kpromoted between two rounds'
		'target-nid:where to promote to when a report names no node'
		'heap-capacity:folios that can wait for promotion, per node'
		'adaptive:the threshold follows the flow of candidates'
	)
	_describe -t parameters parameter params "$@"
}

_pghotctl_assign() {
	case $PREFIX in
	promote=*) compset -P '*='
		compadd on off ;;
	freq-threshold=*|threshold=*) compset -P '*='
		_message 'freq-threshold: 1 to 63' ;;
	window-ms=*|window=*) compset -P '*='
		_message 'window-ms: 500 ms to 60 s' ;;
	window-max-ms=*|window-max=*) compset -P '*='
		_message 'window-max-ms: 500 ms to 4m20s' ;;
	promote-rate-limit-mbps=*|rate-limit=*) compset -P '*='
		_message 'promote-rate-limit-mbps: 1 to 65536 MiB/s, whole ones' ;;
	batch-nr=*|batch=*) compset -P '*='
		_message 'batch-nr: 1 to 512' ;;
	sleep-ms=*|sleep=*) compset -P '*='
		_message 'sleep-ms: 10 ms to 10 s' ;;
	target-nid=*|target=*) compset -P '*='
		compadd -- -1; _pghotctl_nodes ;;
	heap-capacity=*) compset -P '*='
		_message 'heap-capacity: 256 to 262144' ;;
	adaptive=*) compset -P '*='
		compadd on off ;;
	*) _pghotctl_params -S = ;;
	esac
}

_pghotctl_source_assign() {
	local -a params=('enabled:on or off')
	# The first word of source set that is no option.
	case ${${(@)words[2,-1]:#-*}[1]} in
	hintfault) params+=(
		'hot-latency-ms:a page whose hint faults come so soon is hot'
		) ;;
	hwhint|ibs|pebs) params+=(
		'pmu-type:PMU that samples, by its number in sysfs; 1 is software events'
		'config:event of the PMU; of software events, 5 is minor page faults'
		'config1:more of the event, as the PMU needs it'
		'config2:more of the event, as the PMU needs it'
		'sample-period:events from one sample to the next; more where that would be too many samples'
		'samples-per-sec:most samples per second that are taken on one CPU'
		'count-kernel:accesses made in kernel mode count, too'
		'isolated-cpus:isolated and nohz_full CPUs are sampled, too'
		) ;;
	lruscan|klruscand) params+=(
		'interval-ms:time from one pass over page tables to the next'
		'budget-pages:page table entries that a pass looks at'
		'cpu-percent:most of one CPU that klruscand may use'
		) ;;
	mmscan|kmmscand) params+=(
		'scan-size-mib:mapped memory of a process looked at in one go'
		'scan-period-min-ms:time between two passes over a process that uses slow memory'
		'scan-period-max-ms:time between two passes over one that does not'
		'scan-delay-ms:age before which a process is left alone'
		'cpu-percent:most of one CPU that kmmscand may use'
		) ;;
	esac
	case $PREFIX in
	enabled=*) compset -P '*='
		compadd on off ;;
	hot-latency-ms=*|hot-latency=*) compset -P '*='
		_message 'hot-latency-ms: 1 ms to 2 s' ;;
	pmu-type=*|pmu=*) compset -P '*='
		_message 'pmu-type: 0 to 2147483647' ;;
	config=*) compset -P '*='
		_message 'config: 0 to 0xffffffffffffffff' ;;
	config1=*) compset -P '*='
		_message 'config1: 0 to 0xffffffffffffffff' ;;
	config2=*) compset -P '*='
		_message 'config2: 0 to 0xffffffffffffffff' ;;
	sample-period=*|period=*) compset -P '*='
		_message 'sample-period: 1 to 1073741824' ;;
	samples-per-sec=*|samples=*) compset -P '*='
		_message 'samples-per-sec: 10 to 100000' ;;
	count-kernel=*) compset -P '*='
		compadd on off ;;
	isolated-cpus=*) compset -P '*='
		compadd on off ;;
	interval-ms=*|interval=*) compset -P '*='
		_message 'interval-ms: 50 ms to 60 s' ;;
	budget-pages=*|budget=*) compset -P '*='
		_message 'budget-pages: 4096 to 1073741824' ;;
	cpu-percent=*|cpu=*) compset -P '*='
		_message 'cpu-percent: 1 to 100 % of one CPU' ;;
	scan-size-mib=*|scan-size=*) compset -P '*='
		_message 'scan-size-mib: 1 to 65536 MiB, whole ones' ;;
	scan-period-min-ms=*|scan-period-min=*) compset -P '*='
		_message 'scan-period-min-ms: 100 ms to 60 s' ;;
	scan-period-max-ms=*|scan-period-max=*) compset -P '*='
		_message 'scan-period-max-ms: 100 ms to 10m00s' ;;
	scan-delay-ms=*|scan-delay=*) compset -P '*='
		_message 'scan-delay-ms: 0 ms to 10m00s' ;;
	cpu-percent=*|cpu=*) compset -P '*='
		_message 'cpu-percent: 1 to 100 % of one CPU' ;;
	*) _describe -t parameters parameter params -S = ;;
	esac
}

_pghotctl_globals() {
	globals=(
		'(-j --json)'{-j,--json}'[one JSON object on standard output, errors too]'
		'(-p --pretty)'{-p,--pretty}'[the same, indented]'
		'(-r --raw)'{-r,--raw}'[plain numbers in text\: bytes, milliseconds, pages]'
		'(-h --help)'{-h,--help}'[help, of the command if one is given]'
		'(-V --version)'{-V,--version}'[version of this program]'
		'--backend=[how to talk to the kernel\: auto, netlink or posted]:NAME:(auto netlink posted)'
	)
}

_pghotctl_first() {
	local -a commands=(
		'status:what pghot is doing, at a glance'
		'probe:what this kernel and machine can do'
		'source:list, show, set'
		'enable:enable sources, and what they need'
		'disable:disable sources'
		'get:show parameters'
		'set:set parameters, all or none'
		'node:nodes with memory: tier, heap, promotions'
		'dump:heap, records, promoted'
		'stats:all counters'
		'promote:promote now, whatever the rate limit'
		'why:why a page was not promoted'
		'cgroup:show, set'
		'reset:forget records, empty heaps, zero counters'
		'run:run a program with a scan scale of its own'
		'monitor:print events as they happen'
		'record:record samples, for pghottop -r'
		'report:hotness, cgroups, diff, fit, mappings, processes, timeline, why'
		'shell:commands one after the other, typed or from a pipe'
		'save:write the settings to a file'
		'apply:make the settings those of a file'
		'batch:run the commands of a file'
		'metrics:all figures as OpenMetrics text'
		'help:this help, or that of a command'
		'version:versions of this program and of the kernel'\''s family'
	)
	_describe -t commands command commands
}

_pghotctl_status() {
	_arguments -S -s $globals
}

_pghotctl_probe() {
	_arguments -S -s $globals
}

_pghotctl_source_words() {
	local -a commands=(
		'list:the detectors of accesses'
		'show:a source, its parameters and counters'
		'set:set parameters of a source, all or none'
	)
	_describe -t commands 'source command' commands
}

_pghotctl_source() {
	_arguments -C -S -s $globals '1:command:_pghotctl_source_words' '*:: :->arguments' && return
	[[ $state == arguments ]] || return 1
	(( $+functions[_pghotctl_source_$words[1]] )) && _pghotctl_source_$words[1]
}

_pghotctl_source_list() {
	_arguments -S -s $globals
}

_pghotctl_source_show() {
	_arguments -S -s $globals \
		'*:SRC:_pghotctl_sources'
}

_pghotctl_source_set() {
	_arguments -S -s $globals \
		'1:SRC:_pghotctl_sources' \
		'*:NAME=VALUE:_pghotctl_source_assign'
}

_pghotctl_enable() {
	_arguments -S -s $globals \
		'*:SRC:_pghotctl_sources' \
		'--no-sysctl[leave kernel.numa_balancing alone]' \
		'--period=[for ibs, pebs and hwhint\: sample every Nth event]:N, 1 to 1073741824: '
}

_pghotctl_disable() {
	_arguments -S -s $globals \
		'*:SRC:_pghotctl_sources_or_all'
}

_pghotctl_get() {
	_arguments -S -s $globals \
		'*:NAME:_pghotctl_params'
}

_pghotctl_set() {
	_arguments -S -s $globals \
		'*:NAME=VALUE:_pghotctl_assign'
}

_pghotctl_node() {
	_arguments -S -s $globals \
		'*:NID:_pghotctl_nodes'
}

_pghotctl_dump_words() {
	local -a commands=(
		'heap:pages that wait for promotion, hottest first'
		'records:tracked pages by page frame'
		'promoted:the most recent promotions, latest first'
	)
	_describe -t commands 'dump command' commands
}

_pghotctl_dump() {
	_arguments -C -S -s $globals '1:command:_pghotctl_dump_words' '*:: :->arguments' && return
	[[ $state == arguments ]] || return 1
	(( $+functions[_pghotctl_dump_$words[1]] )) && _pghotctl_dump_$words[1]
}

_pghotctl_dump_heap() {
	_arguments -S -s $globals \
		'--node=[only this node]:NID:_pghotctl_nodes' \
		'--limit=[at most so many entries]:N, 1 to 4194304: ' \
		'--min-freq=[only entries with at least this frequency]:N, 1 to 63: ' \
		'--pfn-range=[page frames START-END, END included, or START+COUNT]:RANGE:_pghotctl_ranges' \
		'--type=[only pages of these types]:TYPE,...:_values -s , word anon thp file shmem ksm hugetlb other' \
		'--cgroup=[only pages charged to this cgroup or one below it]:PATH:_pghotctl_cgroups' \
		'--fields=[show these fields, in this order]:FIELD,...:_values -s , word pfn address nid target_nid freq age_ms pages sources state type flags cgroup_ino cgroup'
}

_pghotctl_dump_records() {
	_pghotctl_dump_heap
}

_pghotctl_dump_promoted() {
	_pghotctl_dump_heap
}

_pghotctl_stats() {
	_arguments -S -s $globals \
		'--watch=[print what changed, again after each interval (1, 500ms)]:INTERVAL, 100 ms to 1h00m: ' \
		'--count=[with --watch, stop after so many intervals]:N, 1 to 4294967295: '
}

_pghotctl_promote() {
	_arguments -S -s $globals \
		'1::PFN, a page frame number: ' \
		'--node=[node to promote to]:NID:_pghotctl_nodes' \
		'--count=[without PFN\: the so many hottest that wait for the node]:N, 1 to 262144: '
}

_pghotctl_why() {
	_arguments -S -s $globals \
		'1:PFN|PID, a page frame number: ' \
		'2::ADDRESS, a virtual address: ' \
		'--node=[promotion to this node, not to the one that it would go to]:NID:_pghotctl_nodes'
}

_pghotctl_cgroup_words() {
	local -a commands=(
		'show:what memory cgroups were told, and what became of their pages'
		'set:tell a memory cgroup how it takes part in promotion'
	)
	_describe -t commands 'cgroup command' commands
}

_pghotctl_cgroup() {
	_arguments -C -S -s $globals '1:command:_pghotctl_cgroup_words' '*:: :->arguments' && return
	[[ $state == arguments ]] || return 1
	(( $+functions[_pghotctl_cgroup_$words[1]] )) && _pghotctl_cgroup_$words[1]
}

_pghotctl_cgroup_show() {
	_arguments -S -s $globals \
		'*:PATH:_pghotctl_cgroups'
}

_pghotctl_cgroup_set() {
	_arguments -S -s $globals \
		'1:PATH:_pghotctl_cgroups' \
		'--promote=[on, or off\: its pages and those of all below are not promoted]:WHETHER:(on off)' \
		'--share=[what it can have, with all below, of what is promoted per second]:PERCENT, 1 to 100: '
}

_pghotctl_reset() {
	_arguments -S -s $globals \
		'*:WHAT:(records heaps counters all)'
}

_pghotctl_run() {
	_arguments -S -s $globals \
		'1:CMD: _command_names -e' '*::arguments: _normal' \
		'--scan-scale=[how much sooner mmscan looks at it, 1 to 10; 0 for never]:N, 0 to 10: '
}

_pghotctl_monitor() {
	_arguments -S -s $globals \
		'*:TOPIC:(config promotion)' \
		'--count=[stop after so many events]:N, 1 to 4294967295: '
}

_pghotctl_record() {
	_arguments -S -s $globals \
		'1:FILE:_files' \
		'*:WHAT:(heap records promoted)' \
		'--interval=[time between samples, 1s by default]:INTERVAL, 100 ms to 1h00m: ' \
		'--count=[stop after so many samples]:N, 1 to 4294967295: ' \
		'--limit=[entries of each kind and sample, 4096 by default; 0 for all]:N, 0 to 4194304: ' \
		'--force[overwrite the file if there is one]'
}

_pghotctl_report_words() {
	local -a commands=(
		'hotness:how much slow memory is how hot'
		'cgroups:whose slow memory is hot'
		'diff:what became hot and what went cold, from two recordings'
		'fit:how much fast memory would serve which share of accesses'
		'mappings:which mappings of processes are hot'
		'processes:whose memory is hot, process by process'
		'timeline:what was hot when and where, from recordings'
		'why:why hot memory of a process is in slow memory'
	)
	_describe -t commands 'report command' commands
}

_pghotctl_report() {
	_arguments -C -S -s $globals '1:command:_pghotctl_report_words' '*:: :->arguments' && return
	[[ $state == arguments ]] || return 1
	(( $+functions[_pghotctl_report_$words[1]] )) && _pghotctl_report_$words[1]
}

_pghotctl_report_hotness() {
	_arguments -S -s $globals \
		'--node=[only this node]:NID:_pghotctl_nodes' \
		'--svg=[draw it into that file, - for standard output]:FILE:_files' \
		'--html=[the same as a page that needs nothing else]:FILE:_files'
}

_pghotctl_report_cgroups() {
	_arguments -S -s $globals \
		'--node=[only this node]:NID:_pghotctl_nodes' \
		'--top=[at most so many cgroups, those with most hot memory]:N, 1 to 4294967295: ' \
		'--svg=[draw it into that file, - for standard output]:FILE:_files' \
		'--html=[the same as a page that needs nothing else]:FILE:_files'
}

_pghotctl_report_diff() {
	_arguments -S -s $globals \
		'1:FIRST:_files' \
		'2:SECOND:_files' \
		'--top=[show so many groups at most; all without]:N, 1 to 4294967295: ' \
		'--sort=[by change, the default, hot (became so), cold (went so) or cgroup]:ORDER:(change hot cold cgroup)' \
		'--svg=[draw it into that file, - for standard output]:FILE:_files' \
		'--html=[the same as a page that needs nothing else]:FILE:_files'
}

_pghotctl_report_fit() {
	_arguments -S -s $globals \
		'1::FILE:_files' \
		'--node=[only this node]:NID:_pghotctl_nodes' \
		'--cgroup=[only memory charged to this cgroup or one below it, without FILE]:PATH:_pghotctl_cgroups' \
		'--pid=[only memory that this process maps, without FILE]:PID, 1 to 2147483647: ' \
		'--svg=[draw it into that file, - for standard output]:FILE:_files' \
		'--html=[the same as a page that needs nothing else]:FILE:_files'
}

_pghotctl_report_mappings() {
	_arguments -S -s $globals \
		'--node=[only this node]:NID:_pghotctl_nodes' \
		'--cgroup=[only processes in this cgroup or one below it]:PATH:_pghotctl_cgroups' \
		'--pid=[only this process]:PID, 1 to 2147483647: ' \
		'--top=[at most so many mappings, 20 by default]:N, 1 to 4294967295: ' \
		'--sort=[by what is hot, warm or at all slow, by what is fast, by size or pid]:ORDER:(hot warm slow fast size pid)' \
		'--svg=[draw it into that file, - for standard output]:FILE:_files' \
		'--html=[the same as a page that needs nothing else]:FILE:_files'
}

_pghotctl_report_processes() {
	_arguments -S -s $globals \
		'--node=[only this node]:NID:_pghotctl_nodes' \
		'--cgroup=[only processes in this cgroup or one below it]:PATH:_pghotctl_cgroups' \
		'--pid=[only this process]:PID, 1 to 2147483647: ' \
		'--top=[at most so many processes, 20 by default]:N, 1 to 4294967295: ' \
		'--sort=[by what is hot, warm or at all slow, by what is fast, by size or pid]:ORDER:(hot warm slow fast size pid)' \
		'--svg=[draw it into that file, - for standard output]:FILE:_files' \
		'--html=[the same as a page that needs nothing else]:FILE:_files'
}

_pghotctl_report_timeline() {
	_arguments -S -s $globals \
		'*:FILE:_files' \
		'--svg=[draw it into that file, - for standard output]:FILE:_files' \
		'--html=[the same as a page that needs nothing else]:FILE:_files'
}

_pghotctl_report_why() {
	_arguments -S -s $globals \
		'1:PID, 1 to 2147483647: ' \
		'--node=[only this node]:NID:_pghotctl_nodes' \
		'--sample=[ask about so many folios at most, 4096 by default]:N, 1 to 4194304: '
}

_pghotctl_shell() {
	_arguments -S -s $globals
}

_pghotctl_save() {
	_arguments -S -s $globals \
		'1::FILE:_files'
}

_pghotctl_apply() {
	_arguments -S -s $globals \
		'1:FILE:_files' \
		'--dry-run[show what would change, and change nothing]'
}

_pghotctl_batch() {
	_arguments -S -s $globals \
		'1:FILE:_files' \
		'--keep-going[go on behind a command that fails]'
}

_pghotctl_metrics() {
	_arguments -S -s $globals \
		'--output=[write that file, all at once, for a collector of text files]:FILE:_files' \
		'--format=[openmetrics, or prometheus, the default for files named *.prom]:FORMAT:(openmetrics prometheus)' \
		'--cgroups=[also of memory cgroups, of N at most, those with most promoted]:N, 1 to 1000: ' \
		'--http[answer one HTTP request on standard input, as of a socket of systemd]'
}

_pghotctl_help() {
	_arguments -S -s $globals \
		'*:COMMAND:_pghotctl_help_words'
}

_pghotctl_version() {
	_arguments -S -s $globals
}

_pghotctl_help_words() {
	case $CURRENT,$words[2] in
	2,*) _pghotctl_first ;;
	3,source) _pghotctl_source_words ;;
	3,dump) _pghotctl_dump_words ;;
	3,cgroup) _pghotctl_cgroup_words ;;
	3,report) _pghotctl_report_words ;;
	esac
}

_pghotctl() {
	local curcontext=$curcontext state
	local -a line globals

	_pghotctl_globals
	_arguments -C -S -s $globals '1:command:_pghotctl_first' '*:: :->arguments' && return
	[[ $state == arguments ]] || return 1
	(( $+functions[_pghotctl_$words[1]] )) && _pghotctl_$words[1]
}

_pghotctl "$@"
