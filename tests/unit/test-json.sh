#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-json.sh PGHOTCTL GENERATOR - what pghotctl -j says without pghot's family in
# the kernel is what the schemas describe. tests/e2e/36-json.sh has the rest.

. "$(dirname "$0")/lib.sh"
ctl=$1 gen=$2
here=$(cd "$(dirname "$0")" && pwd -P)
schemas=$here/../../pghotctl/schemas
mkdir "$work/answers"
n=0

# json ARGUMENT...: keep the answer, whatever it is
json() {
	n=$(( n + 1 ))
	printf '%s\n' "$@" > "$work/answers/$n.args"
	"$ctl" -j "$@" > "$work/answers/$n.json" 2> "$work/err" < /dev/null
	[ ! -s "$work/err" ] || wrong "-j $*: on standard error: $(<"$work/err")"
}

# both ARGUMENT...: the text, too, in whose numbers nothing may be new
both() {
	json "$@"
	"$ctl" -r "$@" > "$work/answers/$n.text" 2> /dev/null < /dev/null
}

# Every command has a schema, and every schema a command.
"$gen" commands > "$work/commands"
while IFS= read -r path; do
	case $path in shell|run) continue ;; esac
	[ -e "$schemas/${path// /-}-1.json" ] || wrong "no schema of $path"
	json "$path" --frobnicate
done < "$work/commands"
for schema in "$schemas"/*-1.json; do
	name=$(basename "$schema" -1.json)
	case $name in
	error|common) ;;
	*) grep -qxF -e "$name" -e "${name/-/ }" "$work/commands" || wrong "schema $name is of no command" ;;
	esac
done

# One that describes nothing would take anything.
mkdir "$work/planted"
echo status > "$work/planted/1.args"
echo '{"schema":"pghot/version/1","command":"version","data":{"version":"1","family_version_known":1,
"backend":"netlink","posted_revision":null,"family_version":1,"more":1}}' | tr -d '\n' > "$work/planted/1.json"
! /usr/bin/python3 "$here/validate.py" "$schemas" "$work/planted" > /dev/null ||
	wrong "a member that no schema describes is not noticed"

for args in '' frob version help 'help dump' 'help nonsense' '--version' 'dump heap --help' status probe \
	'set a=b' 'get freq' 'enable ibs' 'dump heap' 'apply /nonexistent' 'batch /nonexistent' monitor; do
	# shellcheck disable=SC2086
	json $args
done
printf 'version\nfrob\n' > "$work/lines"
json batch "$work/lines" --keep-going

# What pghot-json(5) shows.
mkdir "$work/examples"
"$here/../man-examples" "$work/examples" "$here/../../man/pghot-json.5" || wrong "man-examples"
for example in "$work/examples"/*.json; do
	n=$(( n + 1 ))
	echo "example ${example##*/} of pghot-json(5)" > "$work/answers/$n.args"
	tr -d '\n' < "$example" > "$work/answers/$n.json"
done

# A kernel with the posted series, as files.
root=$work/root
posted_kernel
export PGHOT_SYSROOT=$root
for args in status probe get 'get freq-threshold' 'set freq-threshold=3' 'set freq-threshold=0' \
	'enable hintfault' 'enable lruscan' 'disable all' stats 'stats --watch 100ms --count 2' version \
	'source list' 'source show ibs hintfault' 'enable ibs' 'disable ibs' metrics node 'dump heap' save; do
	# shellcheck disable=SC2086
	json $args
done
for args in status probe get 'get freq-threshold' stats version 'source list' 'source show ibs'; do
	# shellcheck disable=SC2086
	both $args
done
# A later one: values with a sign, the IBS memory profiler, and what nobody knows yet.
put /proc/sys/vm/pghot_target_nid -1
put /proc/sys/vm/pghot_enabled_sources 9
put /proc/sys/vm/pghot_invented 17
put /sys/devices/system/cpu/ibs-mprof/enabled disabled
for file in l3miss-only=1 period=10000 lat-filter=0 lat-thresh=5 invented=many; do
	put "/sys/kernel/debug/ibs-mprof/${file%=*}" "${file#*=}"
done
printf 'hwhint_total_events 31\nhwhint_later_events 32\n' >> "$root/proc/vmstat"
for args in status probe get stats 'source list' 'source show ibs' 'enable ibs --period 20000' metrics \
	'disable all'; do
	# shellcheck disable=SC2086
	json $args
done
for args in status probe get stats 'source list' 'source show ibs'; do
	# shellcheck disable=SC2086
	both $args
done

/usr/bin/python3 "$here/validate.py" "$schemas" "$work/answers" || failed=$(( failed + 1 ))
verdict
