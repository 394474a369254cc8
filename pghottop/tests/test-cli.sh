#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-cli.sh PGHOTTOP PGHOTTOP-FAKE MAN-PAGE - the command line and batch mode
#
# PGHOTTOP-FAKE is the same program on a made-up machine. Prints every check that
# fails; exit status 1 when one did.

. "$(dirname "$0")/checks.sh"
top=$1
fake=$2
man=$3
answers=0
source=$(cd "$(dirname "$0")/../.." && pwd)
mkdir "$tmp/answers"

# Whatever is JSON is judged by its schema in the end.
after_run() {
	[ "$(head -c 1 "$tmp/out")" = '{' ] || return 0
	answers=$((answers + 1))
	cp "$tmp/out" "$tmp/answers/$answers.json"
	printf '%s\n' "$@" > "$tmp/answers/$answers.args"
}

no_escapes() {
	check "no terminal escapes" sh -c "! LC_ALL=C grep -q '[[:cntrl:]]' $tmp/out $tmp/err"
}

# --- help and usage ----------------------------------------------------------

run 0 "$fake" --help
out 'usage: pghottop'
options=$(grep -oE -- '--[a-z][a-z-]+' "$tmp/out" | sort -u)
check "the help has the options" [ "$(wc -l <<< "$options")" -ge 15 ]
for option in $options; do
	check "man page has $option" grep -qE "^\.It .*Fl Fl ${option#--}( |\$)" "$man"
done
run 0 "$fake" --version
out pghottop
run 0 "$fake" --sort-key help
check "13 columns of pages, 12 of cgroups, 8 and 10, and headings" [ "$(grep -c "^[a-z]" "$tmp/out")" -eq 43 ]
run 0 "$fake" --theme help
out colour-blind
run 0 "$fake" --filter help
out 'freq>=8 and age<2s'

# wrong CAUSE ARG... - refused, before anything is done, with the cause
wrong() {
	local cause=$1
	shift
	run 2 "$fake" "$@"
	err "$cause"
	check "nothing on stdout" [ ! -s "$tmp/out" ]
}

wrong '"5x" is not a time from 100ms to 1h' -b -d 5x
wrong '"99ms" is not a time from 100ms to 1h' -b -d 99ms
wrong '"61m" is not a time from 100ms to 1h' -b -d 61m
wrong '"-1" is not a time' -b -d -1
wrong '"0" is not a number from 1 to 4294967295' -b -n 0
wrong '"" is not a number from 1' -b -n ''
wrong '"64" is not a number from 1 to 63' -b -m 64
wrong '"4194305" is not a number from 0 to 4194304' -b -l 4194305
wrong '"1024" is not a number from 0 to 1023' -b -N 1024
wrong 'no view "heap"; there are queue, records, promotions, cgroups, processes and mappings' -b -v heap
wrong 'no column "PFN"; there are pfn, addr, node' -b -o PFN
wrong 'column "pfn" is listed twice' -b -o pfn,pfn
wrong 'pages have no column "hot"' -b -s hot
wrong 'cgroups have no column "freq"; there are hot, warm' -b -v cgroups -s freq
wrong 'cgroups have no column "pfn"' -b -v cgroups -o pfn
wrong 'cgroups have no field "freq"; there are cgroup, hot' -b -f 'freq>2' -v cgroups
wrong 'no theme "dark"' --theme dark
wrong '-l is for -b and -j' -l 5
wrong 'promotions by frequency' -b -m 2 -v promotions
wrong 'no option -z' -b -z
wrong 'no option --bogus' --bogus
wrong '-d needs a value' -b -d
wrong 'unexpected argument "now"' -b now
wrong 'no node 7 with memory; there are 0, 1' -b -n1 -N 7
wrong '-n is for -b and -j' -n 5
wrong '--readonly: --record writes a file' --readonly --record x.rec
wrong 'no field "frq"; there are node, target' -b -f 'frq=1'
wrong '  node=1 or' -b -f 'node=1 or'
wrong 'standard input is not a terminal'

# --- text --------------------------------------------------------------------

run 0 "$fake" -b -n 2 -d 100ms
no_escapes
check "two samples" [ "$(grep -c '^pghottop - ' "$tmp/out")" -eq 2 ]
check "20 pages each" [ "$(grep -c '^0x' "$tmp/out")" -eq 40 ]
out 'hintfault on, 12345 recorded'
out '/bad\x1b[31mname'

run 0 "$fake" -b -n1 -l 3 -u -A
check "three pages" [ "$(grep -c '^0x' "$tmp/out")" -eq 3 ]
check "ASCII only" sh -c "! LC_ALL=C grep -q '[^ -~]' $tmp/out"
out AGE_MS

run 0 "$fake" -b -n1 -l 400 -o age,pfn -s -age
check "the oldest first" sh -c "grep -A 1 '^ *AGE' $tmp/out | grep -q '3.90 s 0x164c69'"
check "two columns" sh -c "grep -q '^ *AGE *PFN\$' $tmp/out"

run 0 "$fake" -b -n1 -l 400 -f 'type=thp and freq>=18'
check "two pages pass" [ "$(grep -c '^0x' "$tmp/out")" -eq 2 ]
run 0 "$fake" -j -n1 -l 400 -f 'not (type=thp or node=1)'
json '.[0].data.entries == []'
run 0 env PGHOTTOP_FAKE=idle "$fake" -b -n1
out 'no source enabled'
# A source that is enabled and sees nothing, and why.
run 0 env PGHOTTOP_FAKE=unbalanced "$fake" -b -n2 -d 100ms -l 0
check "in each sample" [ "$(grep -c 'sources: hintfault on, but kernel.numa_balancing is 0; hwhint' "$tmp/out")" -eq 2 ]
run 0 env PGHOTTOP_FAKE=unbalanced "$fake" -j -n1 -l 0
json '.[0].data.sources | map(.problems | map(.cause)) == [["numa-balancing-off"], [], [], []]'
json '.[0].data.sources[0].problems[0] | (.message | contains("no hint faults")) and .way_out == "pghotctl enable hintfault"'
run 0 env PGHOTTOP_FAKE=unbalanced,idle "$fake" -j -n1 -l 0
json '.[0].data.sources | all(.problems == [])'

# An unprivileged user gets the rest, and is told what is missing.
run 4 env PGHOTTOP_FAKE=denied "$fake" -b -n1
out 'hintfault on'
out 'CAP_SYS_ADMIN'
err 'CAP_SYS_ADMIN'
check "no pages" sh -c "! grep -q '^0x' $tmp/out"
run 0 env PGHOTTOP_FAKE=denied "$fake" -b -n1 -l 0
check "who asks for no pages needs no privilege" [ ! -s "$tmp/err" ]
run 4 env PGHOTTOP_FAKE=denied "$fake" -b -n3 -d 100ms
check "goes on nevertheless" [ "$(grep -c '^pghottop - ' "$tmp/out")" -eq 3 ]
check "and says it once" [ "$(grep -c 'is hidden' "$tmp/err")" -eq 1 ]

run 3 env PGHOTTOP_FAKE=missing=9 "$fake" -b
err 'no pghot family'
run 3 env PGHOTTOP_FAKE=missing=9 "$fake" -b -N 1
err 'no pghot family'
run 1 env PGHOTTOP_FAKE=failing=9 "$fake" -b
err 'attribute nid of 3 bytes'

# --- JSON --------------------------------------------------------------------

run 0 "$fake" -j -n 3 -d 100ms -l 400
no_escapes
check "one line each" [ "$(wc -l < "$tmp/out")" -eq 3 ]
json 'length == 3 and all(.schema == "pghot/top/1" and .command == "top")'
json 'all(.data.entries | length == 400)'
json 'all(.data.entries | . == sort_by([-.freq, .age_ms, .pfn]))'
json '.[0].data.nodes[0].failed_pages_per_s == null'
check "numbers have no digits of chance" sh -c "! grep -qE '[0-9]\\.[0-9]{7}' $tmp/out"
json '.[1].data.nodes[0].failed_pages_per_s > 0'
json '.[0].data.nodes[0].tracked_pages == null and .[0].data.nodes[1].heap_length == null'
json '.[0].data.entries | any(.cgroup == "/bad\u001b[31mname") and any(.cgroup == null and .cgroup_ino == 999)'
json '.[0].data.parameters.window_ms == 4000 and .[0].data.parameters.promote == true'
json '.[0].data.parameters.window_max_ms == 64000'
json '.[0].data.sources | .[0].window_ms == 21000 and .[0].pace_ms == 10500'
json '.[0].data.sources | .[3].window_ms == 4000 and .[3].pace_ms == null'
json '.[0].data.entries[0] | .sources == ["hintfault"] and .target_nid == 0 and (.flags | index("anon"))'

# What they were chosen from: the kernel has such a filter, or the tool.
json '.[0].data | .filter == null and .sort == {column: "freq", descending: true} and
	.scope == {nid: null, min_freq: null, pfn_first: null, pfn_last: null, limit_count: 400,
		examined_count: 400, passed_count: 400, complete: false}'
run 0 "$fake" -j -n1 -f 'target=0 and freq>=18' -l 3
json '.[0].data | .filter == "target=0 and freq>=18" and .scope.min_freq == 18 and
	.scope.limit_count == 3 and (.scope.complete | not)'
run 0 "$fake" -j -n1 -l 1000 -f 'type=thp' -s -age
json '.[0].data | .sort == {column: "age", descending: true} and .scope.limit_count == 1024 and
	.scope.complete and .scope.examined_count == 400 and
	.scope.passed_count == (.entries | length) and all(.entries[]; .type == "thp")'
run 0 "$fake" -j -n1 -v records -f 'pfn>=0x148000 and pfn<0x150000' -l 9
json '.[0].data | .scope.pfn_first == 1343488 and .scope.pfn_last == 1376255 and
	(.entries | length == 9) and all(.entries[]; .address == .pfn * 4096 and .pfn >= 1343488)'
run 0 "$fake" -b -n1 -f 'type=thp'
out 'filter: type=thp; '
out ' of 400 pages pass'
run 0 "$fake" -b -n1 -l 3 -f 'freq>4'
out 'the 3 hottest of those that pass'
run 0 "$fake" -b -n1 -l 300 -f 'freq>30'
out '; 12 pages pass'
run 0 env PGHOTTOP_FAKE=pages=70000 "$fake" -b -n1 -f 'type=thp and freq<3 and source=m'
out 'of the 65536 hottest pages pass, and there may be more'
run 0 env PGHOTTOP_FAKE=pages=70000 "$fake" --csv -n1 -f 'type=thp and freq<3 and source=m'
err 'only the 65536 hottest pages were looked at'
run 0 "$fake" -j -n1 -l 0
json '.[0].data | .scope == null and .entries == []'

# Whose memory is hot: in the order of the tree, or of a list.
run 0 "$fake" -b -n2 -d 100ms -v cgroups
no_escapes
check "twice the tree" [ "$(grep -c '▾ system.slice' "$tmp/out")" -eq 2 ]
out 'bad\x1b[31mname'
run 0 "$fake" -b -n1 -v cgroups -A -u
check "ASCII only" sh -c "! LC_ALL=C grep -q '[^ -~]' $tmp/out"
out ' - system.slice'
run 0 "$fake" -b -n1 -v cgroups -f 'cgroup~db'
out '3 of 11 cgroups pass, with those above'
run 0 "$fake" -j -n2 -d 100ms -v cgroups
json 'all(.data | .entries == [] and .hot_from_freq == 2 and .scope == null and (.cgroups | length == 11))'
json '.[0].data.cgroups[0] | .cgroup == "/" and .depth == 0 and .below_count == 9 and .promoted_pages_per_s == null'
json '.[1].data.cgroups[0] | .promoted_pages_per_s > 0 and .own_hot_pages == 0 and .hot_pages > 0'
json '.[0].data.cgroups | any(.cgroup == null and .cgroup_ino == 999 and .fast_pages == null)'
json '.[0].data.cgroups | .[0].hot_pages == (map(select(.cgroup != null).own_hot_pages) | add)'
run 0 "$fake" -j -n1 -v cgroups --flat -l 3 -s +cgroup
json '.[0].data.cgroups | map(.cgroup) == ["/", "/bad\u001b[31mname", "/kubepods.slice"]'
run 0 "$fake" -j -n1 -v cgroups -l 0
json '.[0].data | .cgroups == [] and .hot_from_freq == null'
run 0 "$fake" --csv -n1 -v cgroups
check "12 lines of as many fields" sh -c "awk -F, 'NF != 14 { exit 1 } END { exit NR != 12 }' $tmp/out"
run 0 env PGHOTTOP_FAKE=idle "$fake" -j -n1 -v cgroups
json '.[0].data | .cgroups == [] and .entries_error == null'
run 0 env PGHOTTOP_FAKE=idle "$fake" -b -n1 -v cgroups
out 'No source is enabled'
run 4 env PGHOTTOP_FAKE=denied "$fake" -j -n1 -v cgroups
json '.[0].data | .cgroups == [] and .entries_error.code == "permission" and (.entries_error.hint | contains("cgroups"))'

# Processes, and the mappings of one.
run 0 "$fake" -b -n1 -v processes
no_escapes
out 'bad\x1b[31mname'
check "12 processes" [ "$(grep -cE '^ *1[01][0-9] ' "$tmp/out")" -eq 12 ]
run 0 "$fake" -j -n1 -v processes -l 3 -s pid
json '.[0].data | (.processes | map(.pid) == [100, 101, 102]) and .cgroups == [] and .entries == []'
json '.[0].data.processes[2] | .command == "bad\u001b[31mname" and .shared_pages > 0'
run 0 "$fake" -b -n1 -v processes -f 'command=ngin*'
out '3 of 12 processes pass'
run 0 "$fake" --csv -n1 -v processes
check "13 lines of as many fields" sh -c "awk -F, 'NF != 9 { exit 1 } END { exit NR != 13 }' $tmp/out"
run 0 "$fake" -j -n1 -v mappings -p 103
json '.[0].data.mappings | length == 4 and all(.pid == 103 and .end > .start and (.perms | length == 4))'
run 0 "$fake" --csv -n1 -v mappings --pid 103
check "5 lines of as many fields" sh -c "awk -F, 'NF != 12 { exit 1 } END { exit NR != 5 }' $tmp/out"
run 1 "$fake" -j -n1 -v mappings -p 7
json '.[0].data | .mappings == [] and .entries_error.errno == "ESRCH"'
run 4 env PGHOTTOP_FAKE=denied "$fake" -b -n1 -v processes
err 'CAP_SYS_ADMIN'
wrong '-v mappings: of which process? -p tells' -b -v mappings
wrong '-p is for the view mappings' -b -p 5
wrong '"0" is not a number from 1' -b -v mappings -p 0
wrong 'recordings have no processes' -b -r x -v processes
wrong 'processes have no field "cgroup"; there are hot, warm, fast, slow, infast, pid, command' -b -v processes -f 'cgroup=/'

run 0 env PGHOTTOP_FAKE=idle "$fake" -j -n1
json '.[0].data | .entries == [] and .running == false and .entries_error == null'
run 4 env PGHOTTOP_FAKE=denied "$fake" -j -n1
json '.[0].data | .entries == [] and .entries_error.code == "permission" and (.nodes | length == 2) and
	(.entries_error.hint | contains("root"))'
run 3 env PGHOTTOP_FAKE=missing=9 "$fake" -j
json 'length == 1 and .[0].schema == "pghot/error/1" and .[0].error.code == "unsupported" and (.[0] | has("data") | not)'
run 1 env PGHOTTOP_FAKE=failing=9 "$fake" -j
json '.[0].error.message | contains("nid")'
# A locale with a decimal comma must not get into numbers.
run 0 env LC_ALL=de_DE.UTF-8 "$fake" -j -n2 -d 100ms
json 'length == 2'

# --- where it cannot write ---------------------------------------------------

got=0
"$fake" -b -n1 > /dev/full 2> "$tmp/err" || got=$?
check "full disk: exit status 1" [ "$got" -eq 1 ]
err 'No space left on device'
got=0
"$fake" --help > /dev/full 2> "$tmp/err" || got=$?
check "full disk, help: exit status 1" [ "$got" -eq 1 ]
err 'No space left on device'
got=0
"$fake" -b -n1 >&- 2> "$tmp/err" || got=$?
check "closed output: exit status 1" [ "$got" -eq 1 ]
"$fake" -b -d 100ms 2> "$tmp/err" | head -n 1 > "$tmp/out"
check "closed pipe: exit status 1" [ "${PIPESTATUS[0]}" -eq 1 ]
err 'Broken pipe'

# --- the real one ------------------------------------------------------------

# Does this kernel have the family? Ask a program that is not ours.
if ! grep -qs pghot_ /proc/vmstat; then
	run 3 "$top" -b -n1
	err 'no pghot family'
	run 3 "$top" -j -n1
	json '.[0].error.code == "unsupported"'
fi

check "schemas" /usr/bin/python3 "$source/tests/unit/validate.py" \
	"$source/pghotctl/schemas:$source/pghottop/schemas" "$tmp/answers"

finish
