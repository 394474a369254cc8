#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 60
#
# Every command of pghotctl runs on either kernel, most of them in one process, and so do
# the views of pghottop: what the tests for the plain kernel look at closely makes no
# checker of the other one complain, and none is forgotten.

. "${0%/*}/lib.sh"

mkdir $cgroups/e2e-every
pghotctl -j monitor config --count 3 > "$tmp/events" &
monitor=$!
monitor_listens

cat > "$tmp/lines" <<END
help
version
probe
enable hintfault
status
source list
source show hintfault
source set hintfault hot-latency-ms=900
get
set window-ms=3s promote=off
node
dump heap --limit 5
dump records --limit 5
dump records --min-freq 2 --pfn-range 0+262144 --type anon --cgroup /
dump promoted --limit 5
stats
stats --watch 100ms --count 1
promote --node 0 --count 1
why 4096
report hotness
report cgroups --top 3
cgroup show
cgroup set /e2e-every --promote off --share 50
cgroup show /e2e-every
report processes --top 3
report mappings --top 3 --sort slow
report why $$
metrics --output $tmp/metrics
save $tmp/saved
record $tmp/recording --count 1
report timeline $tmp/recording
report diff $tmp/recording $tmp/recording
report fit $tmp/recording
disable all
reset counters
apply $tmp/saved
END
pghotctl -j batch "$tmp/lines" > "$tmp/answers" || fail "$(tail -n 2 "$tmp/answers")"
wait $monitor || fail "monitor: exit status $?"
expect "events" "$(wc -l < "$tmp/events")" '==' 3
expect "the window is as it was saved" "$(ask param-get window-ms)" '==' 3000
expect "and the source enabled" "$(raw do source-get name=hintfault | field enabled)" '==' 1
for view in queue records promotions; do
	expect "samples of pghottop's $view" "$(pghottop -j -n 2 -d 200ms -v $view -l 100 | wc -l)" '==' 2
done
expect_text "the shell, from a pipe" "$(printf 'get window-ms\ndisable all\nexit\n' | HOME=$tmp pghotctl shell)" \
	'*window-ms*3 s*'
expect "off" "$(raw do source-get name=hintfault | field enabled)" '==' 0

expect_text "run" "$(pghotctl run --scan-scale 2 -- sh -c 'echo it runs')" 'it runs'

# Those that are not in the batch are around it.
expect_text "commands that nobody ran" "$(jq -rs '
	(map(select(.data.commands)) | .[0].data.commands | map(.path)) -
	map(.command) - ["monitor", "run", "shell"] | join(" ")' "$tmp/answers")" ''
expect_text "the metrics end" "$(tail -n 1 "$tmp/metrics")" '# EOF'

# The recording is for the other tool.
expect_text "what was recorded" "$(pghottop -r "$tmp/recording" -j -l 0 |
	jq -r '.data | [.recording.samples_count, .parameters.window_ms, (.nodes | length)] | tostring')" '[[]1,3000,2]'
