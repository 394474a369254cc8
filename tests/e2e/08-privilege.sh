#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Page frames and changes are for CAP_SYS_ADMIN in the initial user namespace:
# not for users, not for CAP_NET_ADMIN, not for root of another user namespace.
# What tells nothing about pages is for all. Who may do what is in the table
# "privileges".

. "${0%/*}/lib.sh"

hold hot --mib 4
fast_scan
set_params promote=0 freq-threshold=1
enable
queue_fills 512
pfn=$(pfns "$held" hot | head -n 1)
mkdir $cgroups/e2e-privilege
ino=$(stat -c %i $cgroups/e2e-privilege)
raw dump heap-get | grep -q ^entry || fail "root sees no heap"
raw dump record-get | grep -q ^entry || fail "root sees no records"

# --- the table -------------------------------------------------------------------------

# who[], and may[WHO] with a letter for each of what[]
who=() what=()
declare -A may=()
read_table() {
	local line words i
	while IFS= read -r line; do
		[[ $line != '#'* && $line ]] || continue
		read -ra words <<< "$line"
		if [ ${#who[@]} -eq 0 ]; then
			who=("${words[@]}")
			continue
		fi
		what+=("${words[*]:${#who[@]}}")
		for i in "${!who[@]}"; do may[${who[i]}]+=${words[i]}; done
	done < "$e2e/privileges"
}
read_table
expect "rows of the table" ${#what[@]} '>=' 20

# rows KIND: the numbers of its rows in $rows, what stands after KIND in $of_kind
rows=() of_kind=()
rows() {
	local i
	rows=() of_kind=()
	for i in "${!what[@]}"; do
		[[ ${what[i]} == "$1 "* ]] || continue
		rows+=("$i")
		of_kind+=("${what[i]#* }")
	done
}

# as WHO: the client's options in $as
as() {
	case $1 in
	root) as=() ;;
	netns) as=(--netns) ;;
	*) as=(--as "$1") ;;
	esac
}

# complete KIND DIRECTORY FIND-ARGUMENT...: no row is missing, and none is too many
complete() {
	rows "$1"
	find "$2" "${@:3}" -printf '%P\n' | sort > "$tmp/found"
	printf '%s\n' "${of_kind[@]}" | sort > "$tmp/rows"
	cmp -s "$tmp/found" "$tmp/rows" ||
		fail "$1: $(tr '\n' ' ' < "$tmp/rows") in the table, $(tr '\n' ' ' < "$tmp/found") in $2"
}
complete read $debugfs/pghot -type f
complete trace $tracing/events/pghot -mindepth 1 -maxdepth 1 -type d

# --- each of them, as each -----------------------------------------------------------------

# filled_in REQUEST: with numbers for what stands for them
filled_in() {
	local request=${1/PFN/$pfn}
	echo "${request/INO/$ino}"
}

# requests WHO: do and dump, all in one go
requests() {
	local i letter
	as "$1"
	for i in "${!what[@]}"; do
		[[ ${what[i]} == do\ * || ${what[i]} == dump\ * ]] || continue
		letter=${may[$1]:i:1}
		case $letter in
		-) wanted "$1" 'error EPERM *CAP_SYS_ADMIN*' "$(filled_in "${what[i]}")" ;;
		# Those that ask for something get it.
		y)
			if [[ ${what[i]} == do\ *-get* || ${what[i]} == dump\ * ]]; then
				wanted "$1" '!(error *|)' "$(filled_in "${what[i]}")"
			else
				wanted "$1" '!(error EPERM *)' "$(filled_in "${what[i]}")"
			fi ;;
		x) ;;
		*) fail "privileges: '$letter' for $1: ${what[i]}" ;;
		esac
	done
	if [ ${#queue_what[@]} -gt 0 ]; then
		ask_all "${as[@]}"
	else
		local rc=0
		raw "${as[@]}" do info-get > "$tmp/out" || rc=$?
		expect "$1: exit status when there is no family" "$rc" '==' 3
	fi
}

# letters WHO KIND FOUND...: what was found is what the table says
letters() {
	local name=$1 i=0 found
	rows "$2"
	for found in "${@:3}"; do
		[ "$found" = "${may[$name]:rows[i]:1}" ] ||
			fail "$name: $2 ${of_kind[i]}: '$found' instead of '${may[$name]:rows[i]:1}'"
		i=$(( i + 1 ))
	done
	expect "$name: $2, how many" $i '==' ${#rows[@]}
}

listens() {
	local group found=() rc
	as "$1"
	rows listen
	for group in "${of_kind[@]}"; do
		rc=0
		raw "${as[@]}" listen "$group" 0 > "$tmp/out" || rc=$?
		case $rc,$(<"$tmp/out") in
		0,listening) found+=(y) ;;
		1,'error EPERM '*) found+=(-) ;;
		3,*) found+=(x) ;;
		*) fail "$1: listen $group: $rc: $(<"$tmp/out")" ;;
		esac
	done
	letters "$1" listen "${found[@]}"
}

reads() {
	local found
	as "$1"
	rows read
	# shellcheck disable=SC2016  # for the other shell
	mapfile -t found < <(raw "${as[@]}" exec sh -c '
		for file; do
			if cat "$file" > /dev/null 2>&1; then echo y; else echo -; fi
		done' - "${of_kind[@]/#/$debugfs/pghot/}")
	letters "$1" read "${found[@]}"
}

traces() {
	local found ids=() event
	as "$1"
	rows trace
	for event in "${of_kind[@]}"; do ids+=("$(<"$tracing/events/pghot/$event/id")"); done
	mapfile -t found < <(raw "${as[@]}" trace "${ids[@]}")
	letters "$1" trace "${found[@]}"
}

try() {
	requests "$1"
	listens "$1"
	reads "$1"
	traces "$1"
}

before=$(all_params)
for name in "${who[@]}"; do
	[[ ${may[$name]} == *[-x]* && $name != sysadmin ]] || continue
	try "$name"
done
expect_text "no parameter changed" "$(all_params)" "$before"
expect "still running" "$(ask info-get running)" '==' 1
where "$held" hot
expect "pages that did not move" "$node1" '==' 1024
queue_holds 512 || fail "the heap was emptied"

# Those who may change something come last.
try sysadmin
try root
expect "sleep-ms as root has set it" "$(raw do param-get | field sleep-ms)" '==' 200

rc=0
raw --as userns --netns do info-get > "$tmp/out" || rc=$?
expect "root of a user namespace in a network namespace: no such family" "$rc" '==' 3

for file in state heap/0 heap/1 records/0 records/1; do
	expect_text "mode of debugfs $file" "$(stat -c %a $debugfs/pghot/$file)" 400
done
