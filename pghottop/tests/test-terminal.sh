#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-terminal.sh PGHOTTOP PGHOTTOP-FAKE - the live view on a real terminal
#
# tmux is the terminal: keys go in, the screen is read back. PGHOTTOP-FAKE is the
# same program on a made-up machine. Prints every check that fails; exit status 1
# when one did, 77 without tmux.

. "$(dirname "$0")/terminal.sh"

# --- keys --------------------------------------------------------------------

start 120 30 "$fake"
expect '^pghottop +promoting'
expect 'hintfault.*/s.*useful'
expect 'every 1 s .* row 1/400'
expect '0x175bea .* 58 '
keys v
expect 'sort freq +row 1/[0-9]+\+'
keys v
expect 'AGE▲'
keys v
expect '▾ system.slice'
keys v
expect 'postgres'
keys v
expect 'No process is chosen'
keys v Tab
expect 'row 1/400'
keys BTab
keys 5
expect 'AGE▲'
keys r
expect 'AGE▼'
keys '<'
expect 'FREQ▼'
keys s
expect 'Sort by: Enter chooses'
keys Up Escape
gone 'Sort by'
keys s Home Enter
expect 'PFN▲'
keys 4
expect 'FREQ▼'
keys End
expect 'row 400/400'
keys PPage Home NPage Down
expect 'row [0-9]+/400'
keys u
expect 'AGE_MS'
keys u
gone 'AGE_MS'
keys +
expect 'every 2 s'
keys - -
expect 'every 500 ms'
keys h
expect 'Help: arrows scroll'
keys End
expect 'unevictable'
keys q
gone 'Help:'
keys Space
expect '^FROZEN +[0-9] s ago, Space goes on'
frozen=$(screen | sed '1d;$d')
sleep 1.2
check "a frozen screen stands still" [ "$(screen | sed '1d;$d')" = "$frozen" ]
keys Space
gone FROZEN
first=$(screen | head -n 1)
sleep 1.2
check "a living screen does not" [ "$(screen | head -n 1)" != "$first" ]
keys q
ended 0

# Going on takes a sample at once, however long the interval is.
start 80 24 "$fake -d 1m"
expect 'every 60 s'
expect 'age [2-9]\.[0-9] s'
keys Space
expect FROZEN
keys Space
expect 'age 0\.[0-9] s'
keys q
ended 0

# --- sizes -------------------------------------------------------------------

start 80 24 "$fake -d 100ms"
expect '^pghottop'
for size in 20x6 8x3 1x1 2x40 200x2 300x80 60x12 80x24; do
	tm resize-window -x "${size%x*}" -y "${size#*x}"
	sleep 0.3
	if [ "$size" = 20x6 ]; then
		expect 'PFN NODE FREQ'
		expect '^every 100 ms'
		check "nothing is wider" [ "$(screen | wc -l)" -le 6 ]
		keys h
		sleep 0.2
		keys s s Escape v
	fi
done
expect '^pghottop'
expect 'q quit'
keys q
ended 0

# --- ways out ----------------------------------------------------------------

start 80 24 "$fake"
expect '^pghottop'
keys C-c
ended 0

for signal in TERM HUP QUIT; do
	start 80 24 "$fake"
	expect '^pghottop'
	pid=$(pgrep -P "$(tm display-message -p '#{pane_pid}')" -x pghottop-fake)
	check "one process to signal" [ -n "$pid" ]
	kill -s "$signal" "$pid"
	ended 0
done

# Stopped, the terminal is the shell's; continued, the screen is whole again.
start 80 24 "$fake"
expect '^pghottop'
keys C-z
expect 'Stopped'
check "stopped: alternate screen is off" [ "$(tm display-message -p '#{alternate_on}')" = 0 ]
keys "stty -g | md5sum > $tmp/stty-after; echo SHE''LL" Enter
expect SHELL
check "stopped: terminal modes are restored" cmp -s "$tmp/stty-before" "$tmp/stty-after"
tm resize-window -x 100 -y 20
keys 'fg' Enter
expect '^pghottop +promoting'
gone SHELL
expect 'q quit$'
check "continued in the new size" [ "$(screen | grep -c .)" -eq 20 ]
keys v
expect 'row 1/[0-9]+\+'
keys q
ended 0

# The terminal goes away.
start 80 24 "$fake"
expect '^pghottop'
pid=$(pgrep -P "$(tm display-message -p '#{pane_pid}')" -x pghottop-fake)
tm kill-server
for _ in {1..50}; do
	kill -0 "$pid" 2> /dev/null || break
	sleep 0.1
done
checks=$((checks + 1))
if kill -0 "$pid" 2> /dev/null; then
	failures=$((failures + 1))
	echo "FAIL: it outlives its terminal"
	kill -KILL "$pid"
fi

# --- what terminals cannot do ------------------------------------------------

# colours - does the screen have any?
colours() {
	tm capture-pane -e -p | grep -qE $'\033\\[[0-9;]*(3[0-8]|4[0-8])[;m]'
}

start 80 24 "$fake"
expect '^pghottop'
check "colours by default" colours
keys t
sleep 0.3
check "none in the theme mono" eval '! colours'
keys q
start 80 24 "NO_COLOR=1 $fake"
expect '^pghottop'
check "none with NO_COLOR" eval '! colours'
keys q
for term in vt100 linux xterm; do
	# On the console ncurses loads libgpm for the mouse, which leaks when it goes.
	start 80 24 "ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 TERM=$term $fake"
	expect 'every 1 s'
	keys v q
	ended 0
done
start 80 24 "LC_ALL=C $fake"
expect '^pghottop'
check "ASCII in a locale without Unicode" eval "! screen | LC_ALL=C grep -q '[^ -~]'"
keys q
start 80 24 "$fake -A"
expect '^pghottop'
check "ASCII with -A" eval "! screen | LC_ALL=C grep -q '[^ -~]'"
keys q
start 80 24 "TERM=nonsense $fake"
expect 'terminal type "nonsense" .TERM. is not known'
ended 1

start 120 24 "TERM=dumb $fake"
expect 'cannot place the cursor; -b prints text'
ended 1

# --- what kernels cannot do --------------------------------------------------

start 80 24 "PGHOTTOP_FAKE=denied $fake"
expect 'The queue is hidden: this takes CAP_SYS_ADMIN'
expect '^ +0 4 top'
expect 'hintfault'
keys v
expect 'Records are hidden'
keys q
ended 0
start 80 24 "PGHOTTOP_FAKE=missing=15 $fake -d 100ms"
expect 'This kernel has no pghot family'
expect 'Trying again every 100 ms'
expect 'promoting'
keys q
ended 0
start 80 24 "PGHOTTOP_FAKE=failing=15 $fake -d 100ms"
expect 'attribute nid of 3 bytes'
expect 'promoting'
keys q
ended 0

# Does this kernel have the family? Ask a program that is not ours.
if ! grep -qs pghot_ /proc/vmstat; then
	start 80 24 "$top"
	expect 'This kernel has no pghot family'
	keys v Tab s Escape Space End h q
	expect 'Trying again every 1 s'
	keys q
	ended 0
fi

finish
