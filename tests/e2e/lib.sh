# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# lib.sh - what the end-to-end tests share
#
# A test sources this first.  It judges pghot by what the rest of the kernel
# says: move_pages(2), /proc/vmstat, memory.stat, ps.  What pghot itself says is
# compared with that, through a netlink client of the tests' own ("raw"), so
# that a fault of the tools and one of the kernel do not cover each other.
#
# PGHOT_SLOW (an integer) says how much slower this kernel is: it multiplies
# every time limit, and nothing else.

set -eu
e2e=$(cd "${BASH_SOURCE[0]%/*}" && pwd -P)
top=${e2e%/tests/e2e}
. "$e2e/programs.bash"
export LC_ALL=C
slow=${PGHOT_SLOW:-1}
# A page costs the debug kernel a quarter of a millisecond to fault in, and as much for
# each hint fault: it gets as much less memory as a test can do with.
# shellcheck disable=SC2034 # it is for the tests
less=1
[ "$slow" = 1 ] || less=4
debugfs=/sys/kernel/debug
tracing=/sys/kernel/tracing
# shellcheck disable=SC2034 # it is for the tests
cgroups=/sys/fs/cgroup

tmp=$(mktemp -d "${TMPDIR:-/tmp}/e2e.XXXXXX")
trap 'rm -rf "$tmp"' EXIT

# A process more is a tenth of a second more on the debug kernel: waiting is the
# shell's own, by reading what nobody writes.
exec {never}<> <(:)
sleep() { read -rt "$1" -u "$never" _ || true; }

# --- verdicts ----------------------------------------------------------------

began=${EPOCHREALTIME/./}

# With the time since the test began.
say() {
	local t=$(( (${EPOCHREALTIME/./} - began) / 100000 ))
	echo "$(( t / 10 )).$(( t % 10 )) $*"
}

# What pghot thinks of it comes along: it is the first question.
fail() {
	echo "FAILED: $*"
	sed 's/^/  state: /' $debugfs/pghot/state 2>/dev/null || true
	exit 1
}

skip() {
	echo "$*"
	exit 77
}

# compare VALUE OPERATOR BOUND: numbers, with or without a fraction. Whole ones,
# nearly all, cost no process.
compare() {
	if [[ ! "$1$3" =~ ^[0-9-]+$ || ! $1 || ! $3 ]]; then
		awk -v a="$1" -v b="$3" "BEGIN { exit !(a != \"\" && a + 0 == a && a $2 b) }"
		return
	fi
	case $2 in
	'==') [ "$1" -eq "$3" ] ;;
	'!=') [ "$1" -ne "$3" ] ;;
	'>=') [ "$1" -ge "$3" ] ;;
	'<=') [ "$1" -le "$3" ] ;;
	'>') [ "$1" -gt "$3" ] ;;
	'<') [ "$1" -lt "$3" ] ;;
	*) fail "compare: operator '$2'" ;;
	esac
}

# expect WHAT VALUE OPERATOR BOUND
expect() {
	compare "$2" "$3" "$4" 2> /dev/null || fail "$1: '$2', expected $3 $4"
	say "ok: $1: $2 $3 $4"
}

# expect_text WHAT TEXT PATTERN: a shell pattern.
expect_text() {
	# shellcheck disable=SC2053
	[[ $2 == $3 ]] || fail "$1: got '$2', expected '$3'"
	say "ok: $1: $2"
}

now_ms() { echo $(( ${EPOCHREALTIME/./} / 1000 )); }

# Looking costs a slow kernel what it is waited for.
look_again=0.1
[ "$slow" = 1 ] || look_again=0.3

# within SECONDS WHAT COMMAND...: the command succeeds within that time, which is
# one that the project promises.
within() {
	local seconds=$1 what=$2 start
	shift 2
	start=${EPOCHREALTIME/./}
	until "$@"; do
		(( ${EPOCHREALTIME/./} - start < seconds * 1000000 * slow )) ||
			fail "$what: not within $(( seconds * slow )) s"
		sleep $look_again
	done
	say "ok: $what, after $(( (${EPOCHREALTIME/./} - start) / 1000 )) ms"
}

# eventually WHAT COMMAND...: the command succeeds. Nobody waits long when all is
# well; a busy host may take the machine's CPUs away for seconds.
eventually() { within 40 "$@"; }

# --- what the kernel says ----------------------------------------------------

# Files of the kernel and answers are read whole, and then searched: a shell that
# reads them line by line takes a system call for each, or for each byte, and what
# it sees may change in between.

# pick TEXT NAME: the value on the first line "NAME value"
pick() {
	local text=$'\n'$1 rest
	rest=${text#*$'\n'"$2 "}
	[ "$rest" != "$text" ] || fail "no $2 in: ${text:0:200}"
	echo "${rest%%$'\n'*}"
}

# vmstat NAME
vmstat() { pick "$(</proc/vmstat)" "$1"; }

# What CPUs still keep for themselves is added up: counters are exact after this.
settle_vmstat() { echo 1 > /proc/sys/vm/stat_refresh; }

# accounts_agree BEFORE: pghot promoted as many pages as the kernel has since
# pgpromote_success was BEFORE. A batch that is under way is in one of them alone.
accounts_agree() {
	settle_vmstat
	[ "$(ask stats-get promoted)" -eq $(( $(vmstat pgpromote_success) - $1 )) ]
}

# stat_of FILE NAME: from memory.stat or a node's vmstat
stat_of() { pick "$(<"$1")" "$2"; }

# meminfo NAME: in KiB
meminfo() {
	local value
	value=$(pick "$(tr -s ': ' ' ' < /proc/meminfo)" "$1")
	echo "${value%% *}"
}

# free_kib NID: KiB that are free there
free_kib() { awk '$3 == "MemFree:" { print $4 }' "/sys/devices/system/node/node$1/meminfo"; }

# All of pghot's counters in /proc/vmstat, one line.
pghot_vmstat() { sed -n 's/^pghot_[a-z_]* //p' /proc/vmstat | tr '\n' ' '; }

# generations GROUP: sets max, min, and aged[] of anonymous pages by sequence
# number, of the lruvec of node 1; and the group's id
generations() {
	local line seq anon in='' part
	max='' min='' aged=()
	while read -r line; do
		read -ra part <<< "$line"
		case $line in
		memcg*) [ "${part[2]-}" = "/$1" ] && id=${part[1]} in=memcg || in='' ;;
		node*) [ -z "$in" ] || in=${part[0]}${part[1]} ;;
		*)
			[ "$in" = node1 ] || continue
			seq=${part[0]} anon=${part[2]}
			# shellcheck disable=SC2034 # they are for the tests
			min=${min:-$seq} max=$seq aged[seq]=$anon ;;
		esac
	done < $debugfs/lru_gen
	[ -n "$max" ] || fail "no generations of $1: $(<$debugfs/lru_gen)"
}

# new_generation GROUP: after generations; ages that lruvec
new_generation() {
	# shellcheck disable=SC2154 # set there
	echo "+ $id 1 $max 200 1" > $debugfs/lru_gen || fail "ageing of $1 was refused"
}

# Processes by name, exact.
has_thread() { grep -qxs "$1" /proc/[0-9]*/comm; }

# --- pghot -------------------------------------------------------------------

# One client stays for the whole test and takes requests line by line: not one process
# for each, which is what most of the time of most tests went into.
reply=''
if [ "${0##*/}" != guest-runner ]; then
	coproc client { exec pghot-e2e-nl --answer "$tmp/reply" batch; }
	# Those of a coprocess are closed in subshells.
	# shellcheck disable=SC2154
	exec {to_client}>&"${client[1]}" {from_client}<&"${client[0]}"
fi

# request do|dump COMMAND [ATTRIBUTE]...: without blanks; leaves the answer in $reply
request() {
	local status
	printf '%s ' "$@" >&"$to_client"
	echo >&"$to_client"
	read -r _ status _ <&"$from_client" || fail "the netlink client has ended: $*"
	reply=$(<"$tmp/reply")
	return "$status"
}

# raw ARGUMENT...: of pghot-e2e-nl
raw() {
	local status=0
	if [ "$1" != do ] && [ "$1" != dump ]; then
		pghot-e2e-nl "$@"
		return
	fi
	request "$@" || status=$?
	if [ ${#reply} -ge 20000 ]; then
		cat "$tmp/reply"
	elif [ -n "$reply" ]; then
		printf '%s\n' "$reply"
	fi
	return "$status"
}

# field NAME: the value on stdin's first line "NAME value"
field() { pick "$(</dev/stdin)" "$1"; }

# ask COMMAND NAME: one value of the answer to a request
ask() {
	request do "$1" || fail "$1: $reply"
	pick "$reply" "$2"
}

# node NID NAME: one value of node-get
node() {
	request dump node-get || fail "node-get: $reply"
	[[ $'\n'$reply == *$'\n'"nid $1"$'\n'* ]] || fail "no node $1 in: $reply"
	reply=$'\n'$reply
	pick "${reply#*$'\n'"nid $1"$'\n'}" "$2"
}

# Many requests in one go: wanted WHAT PATTERN REQUEST... for each, the answer
# being all its lines joined by blanks; then ask_all [OPTION...] to send them.
queue_what=() queue_wanted=() queue_request=()
wanted() {
	queue_what+=("$1")
	queue_wanted+=("$2")
	queue_request+=("${*:3}")
}
ask_all() {
	local answers answer='' line i=0
	answers=$(printf '%s\n' "${queue_request[@]}" | raw "$@" batch)
	while read -r line; do
		if [[ $line != "= "* ]]; then
			answer+="$line "
			continue
		fi
		expect_text "${queue_what[i]} (${queue_request[i]:0:100})" "${answer% }" "${queue_wanted[i]}"
		i=$(( i + 1 )) answer=''
	done <<< "$answers"
	[ $i = ${#queue_request[@]} ] || fail "no answer to '${queue_request[i]}': $answer"
	queue_what=() queue_wanted=() queue_request=()
}

# refused WHO WANTED ARGUMENT...: raw fails with an error that matches WANTED
refused() {
	local what=$1 wanted=$2 answer rc=0
	shift 2
	answer=$(raw "$@") || rc=$?
	[ "$rc" -eq 1 ] || fail "$what ($*): exit status $rc: $answer"
	expect_text "$what" "$answer" "$wanted"
}

# constant NAME: of the family, from its header; find_constant leaves it in $value,
# for where a process is too much.
header=$(<"$top/uapi/linux/pghot.h")
find_constant() {
	local name=${1^^}
	[[ $header =~ PGHOT_${name//-/_}[[:space:]]+(-?[0-9]+) ]] || fail "no PGHOT_$1 in the header"
	value=${BASH_REMATCH[1]}
}
constant() { find_constant "$1"; echo "$value"; }

all_params() {
	request do param-get || fail "param-get: $reply"
	echo "${reply//$'\n'/ } "
}
set_params() { raw do param-set "$@" > /dev/null; }

balancing() { echo "$1" > /proc/sys/kernel/numa_balancing; }

# The hint faults come as fast as the kernel lets them.
fast_scan() {
	echo 100 > $debugfs/sched/numa_balancing/scan_delay_ms
	echo 100 > $debugfs/sched/numa_balancing/scan_period_min_ms
	echo 500 > $debugfs/sched/numa_balancing/scan_period_max_ms
}

# On a slow kernel the detector's times are as many times longer, too: what counts
# is how fast a page is accessed in relation to how fast faults are handled.
slow_times() {
	[ "$slow" != 1 ] || return 0
	raw do param-set window-ms=$(( $(constant WINDOW_MS_DEFAULT) * slow )) > /dev/null
	local latency=$(( $(constant HOT_LATENCY_MS_DEFAULT) * slow )) most
	most=$(constant HOT_LATENCY_MS_MAX)
	raw do source-set name=hintfault \
		hintfault=[ hot-latency-ms=$(( latency < most ? latency : most )) ] > /dev/null
}

# This order: until the source owns them, hint faults promote by themselves.
enable() {
	pghotctl enable hintfault
	balancing 2
}

disable() { pghotctl disable hintfault; }

# queue_fills ENTRIES: so many wait to be promoted to node 0
queue_holds() { [ "$(node 0 heap-length)" -ge "$1" ]; }
queue_fills() { eventually "the queue fills" queue_holds "$1"; }

# queue_stays ENTRIES: and then nothing is accessed any more by what is held, so that what
# is asked twice is the same
queue_stays() {
	queue_fills "$1"
	kill -STOP "$held"
	sleep 0.5
}

# monitor_listens: until a generic-netlink socket is in some multicast group
listening() { awk '$2 == 16 && $4 != "00000000" { found = 1 } END { exit !found }' /proc/net/netlink; }
monitor_listens() { eventually "monitor listens" listening; }

n=0 out=$tmp/out
# answer STATUS ARGUMENT...: keep what pghotctl -j says, which must have that exit status,
# in $out/$n.json for tests/unit/validate.py; what is on standard error in $out/$n.err
answer() {
	local wanted=$1 rc=0
	shift
	n=$(( n + 1 ))
	printf '%s\n' "$@" > "$out/$n.args"
	pghotctl -j "$@" > "$out/$n.json" 2> "$out/$n.err" < /dev/null || rc=$?
	[ $rc = "$wanted" ] || fail "pghotctl -j $*: exit status $rc, not $wanted: $(<"$out/$n.json")"
}

# --- memory ------------------------------------------------------------------

# hold NAME OPTION...: start pghot-e2e-mem hold, by the command in hold_by, if any;
# its pid is in $held.
hold_by=()
hold() {
	local name=$1 i
	shift
	: > "$tmp/$name.out"
	"${hold_by[@]}" pghot-e2e-mem hold "$@" --list "$tmp/$name.list" > "$tmp/$name.out" 2> "$tmp/$name.err" &
	held=$!
	for (( i = 0; i < 300 * slow; i++ )); do
		[[ $(<"$tmp/$name.out") != ready* ]] || break
		[ -d "/proc/$held" ] || fail "hold $name $*: $(<"$tmp/$name.err")"
		sleep 0.1
	done
	held=$(<"$tmp/$name.out")
	[[ $held == ready* ]] || fail "hold $name $*: not ready"
	held=${held#*pid=} held=${held%% *}
}

# in_group GROUP COMMAND...: in a process of its own, which becomes the command within
# the control group: after "&", in ( ), or as hold_by
in_group() {
	echo "$BASHPID" > "$cgroups/$1/cgroup.procs"
	exec "${@:2}"
}

# Keep in memory, and where it is, what the shell and the tests' programs are made of:
# when memory is short, reading it again and again would be all that the machine does, and
# what is demoted would be hot pages of node 1 in the tests that follow.
keep_programs() {
	local files
	mapfile -t files < <(awk '$6 ~ "^/" { print $6 }' /proc/$$/maps; find $programs -type f)
	mapfile -t files < <(printf '%s\n' "${files[@]}" | sort -u)
	pghot-e2e-mem keep "${files[@]}" > "$tmp/keep" &
	eventually "the programs are kept" grep -qs ready "$tmp/keep"
}

# where PID NAME: sets node0, node1 and absent, for the pages in NAME's list
where() {
	local answer
	answer=$(pghot-e2e-mem where "$1" "$tmp/$2.list")
	node0=${answer#node0=} node0=${node0%% *}
	node1=${answer#*node1=} node1=${node1%% *}
	absent=${answer#*absent=}
}

# on_node0 PID NAME SHARE: at least that share, 1 or 0.N, of the list is on node 0
on_node0() {
	local percent=100
	where "$1" "$2"
	if [ "$3" != 1 ]; then
		percent=${3#0.}0
		percent=${percent:0:2}
	fi
	[ $(( node0 * 100 )) -ge $(( (node0 + node1 + absent) * 10#$percent )) ]
}

# pfns PID NAME: page frame numbers of the pages in NAME's list
pfns() { pghot-e2e-mem pfns "$1" "$tmp/$2.list"; }

# stop PID...: end processes of this test and wait for them
stop() {
	local pid
	kill -KILL "$@" 2>/dev/null || true
	for pid; do
		wait "$pid" 2>/dev/null || true
		while [ -d "/proc/$pid" ]; do sleep 0.05; done
	done
}

# --- the main job --------------------------------------------------------------

# run_demo SECONDS LIMIT SOURCE...: one life of the demo workload, with the sources
# enabled while it runs: until its hot set is on node 0, or LIMIT s have passed, and
# for SECONDS in any case. Sets what its summary says: reached, recall, precision; and
# promoted to the pages that the kernel promoted, over was_promoted. The options of the
# workload are in demo, with which it has hot_pages hot pages; a slow kernel gets a quarter of them all.
reached='' recall='' precision='' promoted='' was_promoted='' demo=(--rate 16 --interval 250) hot_pages=$(( 4096 / less ))
run_demo() {
	local end=$(( $1 * 1000 )) limit=$(( $2 * 1000 * slow )) workload start ms
	shift 2
	# Not what the one before it has said.
	rm -f "$tmp/workload"
	pghot-workload --size $(( hot_pages / 16 )) --hot $(( hot_pages / 256 )) "${demo[@]}" > "$tmp/workload" &
	workload=$!
	eventually "the workload runs" grep -qs ^ready "$tmp/workload"
	settle_vmstat
	was_promoted=$(vmstat pgpromote_success)
	kill -USR1 $workload
	start=$(now_ms)
	pghotctl enable "$@"
	while :; do
		sleep 0.2
		ms=$(( $(now_ms) - start ))
		[ $ms -lt $limit ] || [ $ms -lt $end ] || break
		[ $ms -ge $end ] || continue
		! sed -n '/^mark/,$p' "$tmp/workload" | grep -q 'recall=\(0\.9[5-9]\|1\)' || break
	done
	kill $workload
	wait $workload || fail "the workload: $(tail -n 3 "$tmp/workload")"
	settle_vmstat
	promoted=$(( $(vmstat pgpromote_success) - was_promoted ))
	sed -n '/^mark/,$p' "$tmp/workload"
	eval "$(sed -n 's/^summary //p' "$tmp/workload")"
}

# carries SECONDS LIMIT PRECISION SOURCE...: the sources have the hot set of the demo
# promoted within LIMIT s, and little else in SECONDS. They are enabled afterwards.
carries() {
	local limit=$2 least=$3 again
	# On the debug kernel it has to happen; no time is promised for it.
	[ "$slow" = 1 ] || limit=40
	run_demo "$1" "$limit" "${@:4}"
	# The time is what the machine can do, not what a busy host leaves of it: it
	# is taken again, twice at most, when it was missed.
	for again in 1 2; do
		[ "$reached" = - ] || compare "$reached" '>' $(( limit * slow )) || break
		say "attempt $again: recall 0.95 after '$reached' s"
		pghotctl disable "${@:4}" > /dev/null
		raw do reset what=7 > /dev/null
		run_demo "$1" "$limit" "${@:4}"
	done
	[ "$reached" != - ] || fail "recall never reached 0.95"
	expect "seconds until recall 0.95" "$reached" '<=' $(( limit * slow ))
	expect "recall at the end" "$recall" '>=' 0.95
	expect "precision at the end" "$precision" '>=' "$least"
	expect "pages that the kernel promoted" "$promoted" '>=' $(( hot_pages * 95 / 100 ))
	eventually "pghot's own account is the kernel's" accounts_agree "$was_promoted"
}

# --- between tests -----------------------------------------------------------

# Requests by which pghot is as at boot.
reset_requests() {
	local requests='' set name names value known
	# Those that are built.
	known=$(raw batch <<< "dump source-get")
	for set in hintfault::hot-latency-ms lruscan:lruscan-:interval-ms,budget-pages,cpu-percent \
		mmscan:mmscan-:scan-size-mib,scan-period-min-ms,scan-period-max-ms,scan-delay-ms,cpu-percent \
		hwhint::sample-period,samples-per-sec; do
		name=${set%%:*} set=${set#*:}
		[[ $'\n'$known$'\n' == *$'\n'"name $name"$'\n'* ]] || continue
		requests+="do source-set name=$name enabled=0 $name=["
		# As at boot: minor page faults (5) of the software PMU (1).
		[ "$name" != hwhint ] || requests+=" pmu-type=1 config=5 config1=0 config2=0 count-kernel=0 isolated-cpus=0"
		IFS=, read -ra names <<< "${set#*:}"
		for name in "${names[@]}"; do
			find_constant "${set%:*}${name}_DEFAULT"
			requests+=" $name=$value"
		done
		requests+=$' ]\n'
	done
	requests+="do param-set promote=1 target-nid=-1 adaptive=1"
	for name in freq-threshold window-ms window-max-ms promote-rate-limit-mbps batch-nr sleep-ms \
		heap-capacity; do
		find_constant "${name#promote-}_DEFAULT"
		requests+=" $name=$value"
	done
	printf '%s\ndo reset what=7\n' "$requests"
}

# Called by the runner: whatever a test left behind, the next finds a machine as
# after boot.
e2e_reset() {
	local file value min_free answers all=/run/e2e-reset
	for file in /sys/devices/system/cpu/cpu[0-9]*/online; do
		# The only CPU has none.
		[ -e "$file" ] || continue
		read -r value < "$file"
		[ "$value" = 1 ] || echo 1 > "$file"
	done
	# Its value at boot is not written down anywhere: the first call keeps it.
	[ -e /run/e2e-min-free ] || cp /proc/sys/vm/min_free_kbytes /run/e2e-min-free
	# Only if need be: once it was written, hotplug does not adapt it any more.
	read -r min_free < /run/e2e-min-free
	read -r value < /proc/sys/vm/min_free_kbytes
	[ "$value" = "$min_free" ] || echo "$min_free" > /proc/sys/vm/min_free_kbytes
	echo 10 > /proc/sys/vm/watermark_scale_factor
	echo 65536 > /proc/sys/kernel/numa_balancing_promote_rate_limit_MBps
	echo 1000 > $debugfs/sched/numa_balancing/scan_delay_ms
	echo 1000 > $debugfs/sched/numa_balancing/scan_period_min_ms
	echo 60000 > $debugfs/sched/numa_balancing/scan_period_max_ms
	if [ -e $tracing/events/pghot ]; then
		read -r value < $tracing/events/pghot/enable
		[ "$value" = 0 ] || echo 0 > $tracing/events/pghot/enable
		echo > $tracing/trace
	fi
	echo y > /sys/kernel/mm/lru_gen/enabled
	# Looking up constants is half of the work: once is enough.
	if [ ! -e $all ]; then
		reset_requests > $all.new
		mv $all.new $all
	fi
	answers=$(raw batch < $all)
	[[ $answers != *error* ]] || fail "resetting pghot: $answers"
}
