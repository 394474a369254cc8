#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-neighbours.sh PGHOTCTL - whom pghotctl probe finds beside pghot, and that it finds
# nobody where nobody is: trees of files in place of /proc, /sys, /etc and the rest.

. "$(dirname "$0")/lib.sh"
ctl=$1

damon=/sys/kernel/mm/damon/admin/kdamonds
balancing=/proc/sys/kernel/numa_balancing
demotion=/sys/kernel/mm/numa/demotion_enabled
mglru=/sys/kernel/mm/lru_gen/enabled
limit=/proc/sys/kernel/numa_balancing_promote_rate_limit_MBps

n=0
# machine WHAT: a new one, on which all is well
machine() {
	about=$1 root=$work/$((++n))
	put $balancing 2
	put $limit 65536
	put $demotion true
	put $mglru 0x0007
	put /sys/devices/system/node/has_cpu 0
	put /sys/devices/virtual/memory_tiering/memory_tier4/nodelist 0
	put /sys/devices/virtual/memory_tiering/memory_tier22/nodelist 1
	process 1 systemd
}

# process PID COMM [ARG...]: one that runs
process() {
	put "/proc/$1/comm" "$2"
	printf '%s\0' "${@:2}" > "$root/proc/$1/cmdline"
	[ $# -lt 3 ] || printf '%s\0' "${@:3}" > "$root/proc/$1/cmdline"
}

probe() {
	PGHOT_SYSROOT=$root expect_status 0 "$ctl" "$@" probe
}

# found WANTED: all findings, as "cause/severity", in their order
found() {
	local got
	probe -j
	got=$(jq -r '[.data.neighbours[] | "\(.cause)/\(.severity)"] | join(" ")' "$out" 2>&1)
	[ "$got" = "$1" ] || wrong "found '$got', not '$1'"
}

# says TEXT, does COMMAND: of the first finding
says() {
	jq -e --arg text "$1" '.data.neighbours[0].message | contains($text)' "$out" > /dev/null ||
		wrong "does not say: $1"
}
does() {
	jq -e --arg text "$1" '.data.neighbours[0].way_out == $text' "$out" > /dev/null ||
		wrong "what to do is not: $1"
}

machine "nobody"
found ''
probe
grep -q '^  nobody interferes$' "$out" || wrong "the text does not say that nobody interferes"

# --- DAMON --------------------------------------------------------------------

# scheme STATE ACTION NODE
scheme() {
	put $damon/nr_kdamonds 1
	put $damon/0/state "$1"
	put $damon/0/contexts/0/schemes/nr_schemes 1
	put $damon/0/contexts/0/schemes/0/action "$2"
	put $damon/0/contexts/0/schemes/0/target_nid "$3"
}

while read -r state action node wanted text; do
	machine "DAMON: $state $action $node"
	scheme "$state" "$action" "$node"
	found "${wanted#-}"
	[ "$wanted" = - ] && continue
	says "$text"
	does "echo off > $damon/0/state"
done <<'END'
on migrate_hot 0 damon-migrates/conflict migrate_hot to node 0, the top tier: DAMON promotes beside
on migrate_hot 1 damon-migrates/conflict node 1, a lower tier: pghot brings back
on migrate_hot 7 damon-migrates/conflict to node 7:
on migrate_cold 0 damon-migrates/conflict node 0, the top tier: cold pages take the room
on migrate_cold 1 damon-migrates/caveat node 1, a lower tier: DAMON demotes
on pageout -1 damon-reclaims/caveat is pageout
on migrate_hot -1 -
off migrate_hot 0 -
on lru_prio -1 -
on lru_deprio -1 -
on stat -1 -
END
machine "DAMON: several nodes"
scheme on migrate_hot -1
put $damon/0/contexts/0/schemes/0/dests/nr_dests 2
found damon-migrates/conflict
says 'to 2 nodes'
machine "DAMON: another scheme of another thread"
scheme off migrate_hot 0
put $damon/nr_kdamonds 2
put $damon/1/state on
put $damon/1/contexts/0/schemes/nr_schemes 2
put $damon/1/contexts/0/schemes/0/action stat
put $damon/1/contexts/0/schemes/1/action migrate_hot
put $damon/1/contexts/0/schemes/1/target_nid 0
found damon-migrates/conflict
says 'scheme 1 of kdamond 1'
does "echo off > $damon/1/state"
machine "DAMON: more schemes than are listed"
scheme on pageout -1
put $damon/0/contexts/0/schemes/nr_schemes 100
for i in {1..99}; do put $damon/0/contexts/0/schemes/"$i"/action pageout; done
probe -j
[ "$(jq -r '.data.neighbours | length, .[-1].cause, .[-1].message' "$out" | tr '\n' ' ')" = \
	'65 more-neighbours 36 more are not listed ' ] || wrong "not 64 and how many more"
machine "DAMON: numbers that are none"
put $damon/nr_kdamonds x
found ''
machine "DAMON_RECLAIM, DAMON_LRU_SORT"
put /sys/module/damon_lru_sort/parameters/enabled Y
put /sys/module/damon_reclaim/parameters/enabled N
found ''
put /sys/module/damon_reclaim/parameters/enabled Y
found damon-reclaims/caveat
does 'echo N > /sys/module/damon_reclaim/parameters/enabled'
machine "the sample that tiers"
put /sys/module/damon_sample_mtier/parameters/enabled Y
found damon-migrates/conflict

# --- processes ----------------------------------------------------------------

machine "memtierd"
process 17 memtierd /usr/local/bin/memtierd -config x
found tiering-daemon/conflict
says 'memtierd runs (process 17)'
does 'kill 17'
process 9 memtierd
process 120 memtierd
found tiering-daemon/conflict
says '(process 9 and 2 more)'
machine "numad"
process 17 numad
found tiering-daemon/conflict
does 'systemctl disable --now numad'
machine "sys-refs"
process 17 sys-refs
found tiering-daemon/conflict
machine "names that are like theirs, and what has ended"
process 17 memtierd2
process 18 xnumad
process 19 numad
: > "$root/proc/19/cmdline"
put /proc/nonsense/comm numad
put /proc/20x/comm numad
mkdir "$root/proc/21"
found ''
machine "names of any bytes"
process 17 $'\e[31m\xff\xfe"\\'
process 18 $'numad\nx'
process 19 $'\nnumad'
: > "$root/proc/20"
found ''
machine "processes of others are hidden"
rm -r "$root/proc/1"
process 17 bash
found processes-hidden/unknown
machine "another PID namespace"
put /proc/self/ns/pid x
found processes-elsewhere/unknown

machine "ten thousand processes"
(cd "$root/proc" && mkdir {2..10000})
for i in {2..10000}; do echo numad > "$root/proc/$i/comm"; done
for i in {2..10000}; do echo numad > "$root/proc/$i/cmdline"; done
found tiering-daemon/conflict
says '(process 2 and 9998 more)'
# Peak memory, which is the same as with one process but for what malloc rounds.
peak() { PGHOT_SYSROOT=$root /usr/bin/python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$ctl" -j probe; }
many=$(peak)
machine "one process"
one=$(peak)
[ "$many" -lt $((one + 2048)) ] || wrong "$many KiB with ten thousand processes, $one KiB with one"

# --- who sets settings --------------------------------------------------------

machine "sysctl.d: against hintfault"
put /etc/sysctl.d/50-x.conf $'# kernel.numa_balancing = 1\n;kernel.numa_balancing = 1\n kernel.numa_balancing = 0 '
found numa-balancing-owner/caveat
says '/etc/sysctl.d/50-x.conf:3 sets kernel.numa_balancing to 0: once that is applied, hintfault sees nothing'
does "echo 'kernel.numa_balancing = 2' > /etc/sysctl.d/99-zz-pghot.conf && sysctl -p /etc/sysctl.d/99-zz-pghot.conf"
put /usr/lib/sysctl.d/60-y.conf '-kernel/numa_balancing=1'
found numa-balancing-owner/caveat
says '/usr/lib/sysctl.d/60-y.conf:1 sets kernel.numa_balancing to 1'
does "echo 'kernel.numa_balancing = 3' > /etc/sysctl.d/99-zz-pghot.conf && sysctl -p /etc/sysctl.d/99-zz-pghot.conf"
put /run/sysctl.d/99-zz-pghot.conf 'kernel.numa_balancing=2'
found ''
put /etc/sysctl.conf 'kernel.numa_balancing=0'
found numa-balancing-owner/caveat
does 'change it there, then: sysctl kernel.numa_balancing=2'
machine "sysctl.d: a file of /etc hides that of /usr, even by a link to nowhere"
put /usr/lib/sysctl.d/50-x.conf 'kernel.numa_balancing=0'
found numa-balancing-owner/caveat
mkdir -p "$root/etc/sysctl.d"
ln -s /dev/null "$root/etc/sysctl.d/50-x.conf"
found ''
machine "sysctl.d: no .conf, no key, a pipe"
put /etc/sysctl.d/50-x 'kernel.numa_balancing=0'
put /etc/sysctl.d/51-x.conf $'kernel.numa_balancing\n=0\nkernel.numa_balancing2=0\nkernel.numa_balancing=many'
mkfifo "$root/etc/sysctl.d/52-x.conf"
found ''
machine "sysctl.d: patterns"
put /etc/sysctl.d/50-x.conf 'kernel.numa_*=0'
found numa-balancing-owner/caveat\ rate-limit-owner/caveat
put /etc/sysctl.d/40-x.conf $'kernel.numa_balancing=2\n-kernel.numa_balancing_promote_rate_limit_MBps'
found ''
machine "sysctl.d: it runs with something else"
put /etc/sysctl.d/50-x.conf $'kernel.numa_balancing_promote_rate_limit_MBps=100\nkernel.numa_balancing=3'
found 'numa-balancing-owner/caveat rate-limit-owner/caveat'
says 'and it is 2 now'
machine "sysctl.d: what the kernel does not have"
put /etc/sysctl.d/50-x.conf 'kernel.numa_balancing=0'
rm "$root$balancing"
found ''
machine "names of files of any bytes"
put $'/etc/sysctl.d/\e]0;\xff.conf' 'kernel.numa_balancing=0'
found numa-balancing-owner/caveat
probe
! grep -q $'\e' "$out" || wrong "an escape goes to the terminal"

machine "tmpfiles.d"
put /etc/tmpfiles.d/50-x.conf $'#w /x\nf '$demotion$' - - - - 0\nw! '$demotion' - - - - 0'
found demotion-owner/caveat
says '50-x.conf:3 sets'
does "echo 'w $demotion - - - - 1' > /etc/tmpfiles.d/00-pghot.conf && systemd-tmpfiles --create /etc/tmpfiles.d/00-pghot.conf"
put /usr/lib/tmpfiles.d/40-x.conf "w \"$demotion\" 0644 root root - 'true'"
found ''
put /etc/tmpfiles.d/60-x.conf "w $mglru - - - - n\\n"
found mglru-owner/caveat
put $demotion false
found 'demotion-owner/caveat mglru-owner/caveat'

machine "tuned"
put /etc/tuned/active_profile mine
put /etc/tuned/mine/tuned.conf $'[main]\ninclude = -none, mine\n[other]\ntype=sysctl\nvm.swappiness=1'
put /usr/lib/tuned/mine/tuned.conf $'[main]\ninclude=base\n[sysfs]\n'$demotion$'=1'
put /usr/lib/tuned/base/tuned.conf $'[vm]\nkernel.numa_balancing=1\n[sysctl]\nkernel.numa_balancing = 0 # no\n'
found ''
process 17 python3 /usr/bin/python3 -Es /usr/sbin/tuned -l
found numa-balancing-owner/caveat
says 'profile mine of tuned, /usr/lib/tuned/base/tuned.conf:4 sets kernel.numa_balancing to 0'
does "echo 'kernel.numa_balancing = 2' > /etc/sysctl.d/99-zz-pghot.conf && sysctl -p /etc/sysctl.d/99-zz-pghot.conf"
put /etc/sysctl.d/99-zz-pghot.conf 'kernel.numa_balancing = 2'
found ''
put /etc/tuned/tuned-main.conf 'reapply_sysctl = 0'
found numa-balancing-owner/caveat
does "mkdir -p /etc/tuned/pghot && printf '[main]\\ninclude=mine\\n[sysctl]\\nkernel.numa_balancing=2\\n' > /etc/tuned/pghot/tuned.conf && tuned-adm profile pghot"
put /etc/tuned/post_loaded_profile late
put /etc/tuned/late/tuned.conf $'[sysctl]\nkernel.numa_balancing=2'
found ''
machine "tuned: a circle, and a name for the shell"
# shellcheck disable=SC2016 # nothing is to be run
evil='$(reboot)'
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -s /nowhere "$root/etc/systemd/system/multi-user.target.wants/tuned.service"
put /etc/tuned/active_profile "$evil"
put "/etc/tuned/$evil/tuned.conf" $'[main]\ninclude=b\n[sysfs]\n'$demotion'=0'
put /etc/tuned/b/tuned.conf $'[main]\ninclude='"$evil"
found demotion-owner/caveat
! jq -r '.data.neighbours[0].way_out' "$out" | grep -q reboot || wrong "a name gets into a command"

# --- lockdown -----------------------------------------------------------------

lockdown=/sys/kernel/security/lockdown
machine "lockdown, without pghot"
put $lockdown '[none] integrity confidentiality'
found ''
put $lockdown 'none [integrity] confidentiality'
found ''
put $lockdown 'none integrity [confidentiality]'
found lockdown-tracefs/caveat
machine "lockdown, with the posted series"
posted_kernel
put $balancing 2
put $lockdown '[none] integrity confidentiality'
found ''
put $lockdown 'none [integrity] confidentiality'
found lockdown-debugfs/caveat
put $lockdown 'none integrity [confidentiality]'
found 'lockdown-debugfs/caveat lockdown-tracefs/caveat'

# --- what cannot be read ------------------------------------------------------

# As root all can: a directory in place of the file does for it.
machine "what cannot be read"
scheme on stat -1
rm "$root$damon/0/contexts/0/schemes/0/action"
mkdir "$root$damon/0/contexts/0/schemes/0/action"
ln -s loop.conf "$root/loop"
mkdir -p "$root/etc/sysctl.d"
ln -s loop.conf "$root/etc/sysctl.d/loop.conf"
put /etc/sysctl.d/50-x.conf 'kernel.numa_balancing=0'
found 'damon-hidden/unknown numa-balancing-owner/caveat owners-hidden/unknown'

# Files of DAMON are root's, and others can see whether a thread of it runs.
if [ "$(id -u)" = 0 ]; then
	machine "what only root can read"
	scheme on migrate_hot 0
	put /sys/module/damon_reclaim/parameters/enabled Y
	chmod 755 "$work"
	chmod 600 "$root$damon/nr_kdamonds" "$root/sys/module/damon_reclaim/parameters/enabled"
	cp "$ctl" "$work/pghotctl"
	ctl=$work/pghotctl
	# shellcheck disable=SC2317 # probe calls it
	expect_status() {
		shift
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@" > "$out" 2> "$err" ||
			wrong "$* fails"
	}
	found ''
	process 50 kdamond.0
	found 'damon-hidden/unknown damon-hidden/unknown'
	does 'run it as root'
fi

verdict
