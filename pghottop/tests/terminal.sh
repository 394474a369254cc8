# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# terminal.sh PGHOTTOP PGHOTTOP-FAKE - for tests of the live view on a real terminal
#
# tmux is the terminal: keys go in, the screen is read back. PGHOTTOP-FAKE is the
# same program on a made-up machine.

# shellcheck source=checks.sh
. "$(dirname "${BASH_SOURCE[0]}")/checks.sh"
# Not every test needs both.
# shellcheck disable=SC2034
top=$(realpath "$1")
# shellcheck disable=SC2034
fake=$(realpath "$2")
command -v tmux > /dev/null || { echo "tmux is not installed"; exit 77; }

# A build with sanitizers has options; the default of others is none.
: "${ASAN_OPTIONS:=}"
export TMUX_TMPDIR=$tmp
unset TMUX PGHOTTOP_FAKE_PROC PGHOTTOP_FAKE_CGROUP
# Nobody's settings are read or written.
export XDG_CONFIG_HOME=$tmp/config

# A server of its own for each start: one that is just ending takes new sessions
# with it.
server=0

tm() {
	tmux -f /dev/null -L "$server" "$@"
}

cleanup() {
	tm kill-server 2> /dev/null
	rm -r "$tmp"
}
trap cleanup EXIT

screen() {
	tm capture-pane -p
}

# fail WHAT - with the screen as it is
fail() {
	failures=$((failures + 1))
	echo "FAIL: $1"
	screen | sed 's/^/    /'
}

# expect REGEX - appears within ten seconds
expect() {
	checks=$((checks + 1))
	for _ in {1..100}; do
		if screen | grep -qE -- "$1"; then
			return
		fi
		sleep 0.1
	done
	fail "no '$1'"
}

# gone REGEX - disappears within ten seconds
gone() {
	checks=$((checks + 1))
	for _ in {1..100}; do
		if ! screen | grep -qE -- "$1"; then
			return
		fi
		sleep 0.1
	done
	fail "still '$1'"
}

keys() {
	tm send-keys "$@"
}

# start WIDTH HEIGHT [COMMAND] - a shell that waits for commands. What it runs first is
# not typed: on the screen it could be taken for what it says.
start() {
	[ "$server" = 0 ] || tm kill-server 2> /dev/null
	server=$((server + 1))
	tm new-session -d -x "$1" -y "$2" "PS1='READY> ' exec bash --norc --noprofile -i" || {
		echo "tmux does not start"
		exit 1
	}
	expect 'READY>'
	tm set-option -g remain-on-exit on
	echo "stty -g | md5sum > $tmp/stty-before; clear; $3" > "$tmp/first"
	keys ". $tmp/first" Enter
}

# ended STATUS - back at the shell, the terminal as it was
ended() {
	keys "echo \"STATUS=\$?.\"; stty -g | md5sum > $tmp/stty-after; echo DO''NE" Enter
	expect 'DONE'
	expect "STATUS=$1\\."
	check "alternate screen is off" [ "$(tm display-message -p '#{alternate_on}')" = 0 ]
	check "cursor is visible" [ "$(tm display-message -p '#{cursor_flag}')" = 1 ]
	check "terminal modes are restored" cmp -s "$tmp/stty-before" "$tmp/stty-after"
}
