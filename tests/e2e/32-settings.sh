#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 100
# kernel: plain
#
# Settings saved are settings applied: only what differs changes, all or nothing, and
# what is wrong has a line. A batch does what its lines say, and stops where it should.

. "${0%/*}/lib.sh"

demotion=/sys/kernel/mm/numa/demotion_enabled
latency() { raw do source-get name=hintfault | field hintfault.hot-latency-ms; }
# state: everything that a file can set
state() {
	echo "$(all_params)" "$(raw do source-get name=hintfault | tr '\n' ' ')" \
		"$(</proc/sys/kernel/numa_balancing) $(<$demotion)"
}
# status WANTED ARG...: exit status of pghotctl; stderr stays in $tmp/err
status() {
	local wanted=$1 rc=0
	shift
	pghotctl "$@" > "$tmp/out" 2> "$tmp/err" || rc=$?
	expect "exit status of $*" "$rc" '==' "$wanted"
}

# --- what was saved comes back ------------------------------------------------

raw do param-set window-ms=3000 promote=0 target-nid=0 adaptive=0 > /dev/null
raw do source-set name=hintfault enabled=1 hintfault=[ hot-latency-ms=77 ] > /dev/null
balancing 2
echo 1 > $demotion
wanted=$(state)
status 0 save "$tmp/saved"
status 0 apply "$tmp/saved" --dry-run
expect_text "nothing differs from what was saved" "$(<"$tmp/out")" '*nothing differs*'

raw do source-set name=hintfault enabled=0 hintfault=[ hot-latency-ms=1000 ] > /dev/null
raw do param-set window-ms=4000 promote=1 target-nid=-1 adaptive=1 > /dev/null
balancing 0
echo 0 > $demotion
before=$(state)
expect_text "a dry run tells" \
	"$(pghotctl -j apply --dry-run "$tmp/saved" |
		jq -r '.data | [.dry_run, (.changes | length), (.changes[] | select(.name == "window-ms") | .from, .to)] | tostring')" \
	'[[]true,8,4000,3000]'
expect_text "and changes nothing" "$(state)" "$before"
pghotctl -j monitor config --count 2 > "$tmp/events" &
monitor=$!
monitor_listens
status 0 apply "$tmp/saved"
expect_text "all is as it was saved" "$(state)" "$wanted"
wait "$monitor" || fail "monitor: exit status $?"
expect_text "in one request each, with what differs" \
	"$(jq -rs '[.[].data | (.parameters | keys[]), .source.name // empty] | join(" ")' "$tmp/events")" \
	'adaptive promote target_nid window_ms hintfault'
expect "what is told of it" "$(grep -c -e window-ms -e numa-balancing "$tmp/out")" '==' 2
pghotctl save - < /dev/null | grep -v '^#' > "$tmp/text"
expect_text "sources off: the system's switches are comments" \
	"$(pghotctl disable all > /dev/null; pghotctl save | grep -c '^#numa-balancing = 2')" 1
grep -q '^numa-balancing = 2' "$tmp/text" || fail "they are not live with a source: $(<"$tmp/text")"
status 1 save "$tmp/no/such/file"

# --- all or nothing -----------------------------------------------------------

before=$(state)
# refuse LINE MESSAGE TEXT...: apply says so and changes nothing
refuse() {
	local line=$1 message=$2 rc=0
	shift 2
	printf '%s\n' "$@" > "$tmp/conf"
	pghotctl apply "$tmp/conf" > "$tmp/out" 2> "$tmp/err" || rc=$?
	[ "$rc" -ne 0 ] || fail "applied: $*"
	expect_text "refused" "$(head -n 1 "$tmp/err")" "pghotctl: $tmp/conf:$line: *$message*"
	[ "$(state)" = "$before" ] || fail "something changed: $(state), before: $before"
}
refuse 2 'out of range' '[parameters]' 'sleep-ms = 1'
refuse 3 'has no sleep' '[parameters]' 'window-ms = 2s' 'sleepms = 100'
# The kernel refuses one of several parameters.
refuse 3 'target-nid' '[parameters]' 'window-ms = 2s' 'target-nid = 1'
# A later part fails: the earlier ones are undone.
mount --bind $demotion $demotion
mount -o remount,bind,ro $demotion
refuse 6 'cannot set demotion' '[parameters]' 'window-ms = 2s' '[source hintfault]' 'enabled = on' \
	'[system]' 'demotion = off' 'numa-balancing = 3'
grep -q 'has been undone' "$tmp/err" || fail "it does not say that it was undone: $(<"$tmp/err")"
umount $demotion
if ! raw do source-get name=hwhint > /dev/null; then
	refuse 2 'not built' '[source ibs]' 'enabled = on'
fi
rc=0
setpriv --reuid 65534 --regid 65534 --clear-groups pghotctl apply "$tmp/saved" 2> "$tmp/err" || rc=$?
expect "without privilege the file is not readable" "$rc" '==' 1
rc=0
printf '[parameters]\nwindow-ms = 2s\n' |
	setpriv --reuid 65534 --regid 65534 --clear-groups pghotctl apply - 2> "$tmp/err" || rc=$?
expect "or it is not permitted" "$rc" '==' 4
expect_text "nothing changed" "$(state)" "$before"

# --- batch --------------------------------------------------------------------

cat > "$tmp/batch" <<'END'
# a comment, and an empty line

set window-ms=2s	# as the shell does it
set 'sleep-ms=150' "batch-nr=64"
get window-ms
END
status 0 batch "$tmp/batch"
expect_text "what the lines did" "$(raw do param-get | tr '\n' ' ')" '*window-ms 2000*batch-nr 64*sleep-ms 150*'
pghotctl -j batch - < "$tmp/batch" > "$tmp/out"
expect_text "an envelope per line and one for all" "$(jq -r .command "$tmp/out" | tr '\n' ' ')" \
	'set set get batch '
printf 'set window-ms=1s\nset window-ms=1\nset sleep-ms=200\n' > "$tmp/batch"
status 2 batch "$tmp/batch"
expect_text "the line that failed" "$(head -n 1 "$tmp/err")" "pghotctl: $tmp/batch:2: *out of range*"
expect "what came before it is done" "$(ask param-get window-ms)" '==' 1000
expect "what comes after it is not" "$(ask param-get sleep-ms)" '==' 150
status 2 batch --keep-going "$tmp/batch"
expect "unless it is to go on" "$(ask param-get sleep-ms)" '==' 200
expect_text "in JSON" "$(pghotctl -j batch --keep-going "$tmp/batch" | jq -rs \
	'[(.[] | select(.error) | .error.location), (.[-1].data | .lines, .commands, .failed)] | tostring')" \
	"[[]\"$tmp/batch:2\",3,3,1]"
printf 'get "window\n' > "$tmp/batch"
status 2 batch "$tmp/batch"
expect_text "a quote is open" "$(<"$tmp/err")" "pghotctl: $tmp/batch:1: *not closed*"
rc=0
printf 'get\nget\n' | pghotctl batch - > /dev/full 2> "$tmp/err" || rc=$?
expect "a full disk ends it" "$rc" '==' 1

# --- at boot ------------------------------------------------------------------

# The unit, as far as it can be followed here: its command, with its file.
unit=$top/build/pghotctl/pghot.service
command=$(sed -n 's/^ExecStart=//p' "$unit")
expect_text "the unit applies a file" "$command" '/*/pghotctl apply /*/pghot.conf'
