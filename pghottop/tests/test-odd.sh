#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-odd.sh PGHOTTOP PGHOTTOP-FAKE RECORDING - odd places to run in: namespaces, no
# /proc, a full disk, a reader that goes away
#
# Prints every check that fails; exit status 1 when one did.

. "$(dirname "$0")/checks.sh"
top=$(realpath "$1")
fake=$(realpath "$2")
demo=$(realpath "$3")
skipped=

# --- namespaces ----------------------------------------------------------------

# said WAY... - by the batch mode, by the heat map and by JSON
said() {
	run 3 "$@" "$top" -b
	cp "$tmp/err" "$tmp/batch"
	run 3 "$@" "$top" --heatmap "$tmp/map.svg"
	check "the heat map says the same" cmp "$tmp/err" "$tmp/batch"
	run 3 "$@" "$top" -j
	json '.[0].error | .code == "unsupported" and .hint != null'
	# shellcheck disable=SC2016 # $text is jq's
	check "and JSON does" jq -e --rawfile text "$tmp/batch" \
		'$text == "pghottop: " + .error.message + "\n" + .error.hint + "\n"' "$tmp/out"
}

other='this is another network namespace than the kernel'"'"'s first: use the host'"'"'s, for instance with nsenter -t 1 -n'
if [ -e /proc/sys/net/core/dev_weight ] && unshare -rn true 2> "$tmp/err"; then
	said unshare -rn
	check "another network namespace" grep -qF "$other" "$tmp/batch"
	# As a container has it: there process 1 is in the same one.
	if unshare -rnpf --mount-proc true 2> "$tmp/err"; then
		said unshare -rnpf --mount-proc
		check "with process 1 in it" grep -qF "$other" "$tmp/batch"
	else
		skipped+=" process-namespaces"
	fi
	check "not a word about how the kernel was built" sh -c "! grep -q CONFIG_ $tmp/batch"
	if ! grep -qs pghot_ /proc/vmstat; then
		said env
		check "here it is the kernel" grep -qF 'built without CONFIG_PGHOT' "$tmp/batch"
		check "and nothing else" sh -c "! grep -q namespace $tmp/batch"
	fi
else
	skipped+=" network-namespaces"
fi

# In a chroot without /proc nothing of that can be told, and which path it takes is.
# Sanitizers need /proc themselves.
if ! grep -q __asan_init "$top" && unshare -rmn mount -t tmpfs none /proc 2> "$tmp/err"; then
	# shellcheck disable=SC2016
	said unshare -rmn sh -c 'mount -t tmpfs none /proc && exec "$@"' sh
	check "which path and why" grep -qF 'cannot read /proc/sys/net/core/: No such file or directory' "$tmp/batch"
else
	skipped+=" mount-namespaces"
fi

# Whatever fails, the heat map gives it the exit status that the batch mode does.
for how in failing=9 missing=9; do
	"$fake" --version > "$tmp/out"
	PGHOTTOP_FAKE=$how "$fake" -b -n1 > "$tmp/out" 2> "$tmp/batch"
	want=$?
	run "$want" env PGHOTTOP_FAKE="$how" "$fake" --heatmap "$tmp/map.svg"
	check "the same words: $how" cmp "$tmp/err" "$tmp/batch"
done
run 2 "$fake" -b -n1 -N 7
cp "$tmp/err" "$tmp/batch"
run 2 "$fake" --heatmap "$tmp/map.svg" -N 7
check "the same words: -N 7" cmp "$tmp/err" "$tmp/batch"
PGHOTTOP_FAKE=denied "$fake" -b -n1 -v records > "$tmp/out" 2> "$tmp/batch"
run 4 env PGHOTTOP_FAKE=denied "$fake" --heatmap "$tmp/map.svg"
check "the same first line: denied" cmp <(head -n 1 "$tmp/err") <(head -n 1 "$tmp/batch")
check "no file was made" [ ! -e "$tmp/map.svg" ]

# --- full disks ----------------------------------------------------------------

# full ARG... - says why it cannot write, also when that was long before the end
full() {
	local got=0
	"$@" > /dev/full 2> "$tmp/err" || got=$?
	check "full disk: exit status of $*" [ "$got" -eq 1 ]
	err 'No space left on device'
	check "once" [ "$(wc -l < "$tmp/err")" -eq 1 ]
}
full "$top" -r "$demo" --heatmap -
full "$fake" --heatmap -
for format in -b -j --csv; do
	full "$fake" "$format" -n1
	full "$fake" "$format" -n1 -l 400
	full env PGHOTTOP_FAKE=pages=20000 "$fake" "$format" -n1 -l 20000
done
full "$fake" --help
full "$fake" --filter help

# --- readers that go away --------------------------------------------------------

for format in -b -j --csv; do
	start=$SECONDS
	timeout 50 "$fake" "$format" -d 60s -l 3 2> "$tmp/err" | head -n 1 > "$tmp/out"
	status=${PIPESTATUS[0]}
	check "$format notices at once" [ $((SECONDS - start)) -lt 20 ]
	check "$format: exit status 1" [ "$status" -eq 1 ]
	err 'Broken pipe'
done
# One that stays but does not read is waited for.
run 0 sh -c "$fake -b -n2 -d 100ms -l 400 | { sleep 1; cat; }"
check "two samples" [ "$(grep -c '^pghottop - ' "$tmp/out")" -eq 2 ]

[ -z "$skipped" ] || echo "this host forbids$skipped"
finish || exit 1
[ -z "$skipped" ] || exit 77
