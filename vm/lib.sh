# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the scripts in vm/ and tests/ share: where things are, and how to talk
# about long steps.  Sourced, never run; the sourcing script has set -eu.

PGHOT_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
PGHOT_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/pghot
PGHOT_SELF=$(basename "$0")
export PGHOT_TOP PGHOT_CACHE PGHOT_SELF

say() { printf '%s: %s\n' "$PGHOT_SELF" "$*" >&2; }
die() { printf '%s: %s\n' "$PGHOT_SELF" "$*" >&2; exit 1; }

# A wrong command line: exit 2, as every tool of the project does.
usage_error() {
	printf "%s: %s\nTry '%s --help'.\n" "$PGHOT_SELF" "$*" "$PGHOT_SELF" >&2
	exit 2
}

# is_uint TEXT MIN MAX: a plain decimal number within the range.
is_uint() {
	[[ $1 =~ ^(0|[1-9][0-9]{0,8})$ ]] && (( $1 >= $2 && $1 <= $3 ))
}

# The kernel series that there are patches for; the first is the one that is meant when
# SERIES in the environment names none.
# shellcheck disable=SC2034  # for those who source this
kernel_series=(6.12 7.3)

# check_series SERIES: must be one of them
check_series() {
	[[ " ${kernel_series[*]} " == *" $1 "* ]] ||
		usage_error "SERIES='$1': must be one of ${kernel_series[*]}"
}

# series_cache SERIES: where its source and its builds are
series_cache() {
	if [ "$1" = "${kernel_series[0]}" ]; then
		echo "$PGHOT_CACHE"
	else
		echo "$PGHOT_CACHE/$1"
	fi
}

# kernel_dir VARIANT: where a built kernel is, built if need be.  A test run sets
# PGHOT_KERNEL_PLAIN and PGHOT_KERNEL_DEBUG, so that all of it tests the same
# kernels, whatever happens to kernel/ meanwhile.
kernel_dir() {
	local set=PGHOT_KERNEL_${1^^}
	if [ -n "${!set-}" ]; then
		echo "${!set}"
	else
		"$PGHOT_TOP/vm/kernel-build" "$1"
	fi
}

mmss() { printf '%d:%02d' $(( $1 / 60 )) $(( $1 % 60 )); }

progress_log=/dev/null

# with_progress STEP COUNT-COMMAND COMMAND...: run COMMAND in the background,
# its output in $progress_log, and show STEP, the time elapsed and what
# COUNT-COMMAND prints: in place on a terminal, every 15 s elsewhere.  Returns
# COMMAND's status; stops it when the script is told to stop.
with_progress() {
	local step=$1 count=$2 start=$SECONDS shown=-15 pid rc=0 now
	shift 2
	# Not a job of the terminal's: an asynchronous command ignores SIGINT,
	# so it is stopped by hand.
	"$@" > "$progress_log" 2>&1 < /dev/null 9>&- &
	pid=$!
	# shellcheck disable=SC2064  # the pid of now is the one that is meant
	trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 130" INT TERM HUP
	while kill -0 "$pid" 2>/dev/null; do
		now=$(( SECONDS - start ))
		if [ -t 2 ]; then
			printf '\r\033[K%s: %s  %s  %s' "$PGHOT_SELF" "$step" \
				"$(mmss "$now")" "$($count)" >&2
		elif (( now - shown >= 15 )); then
			shown=$now
			say "$step  $(mmss "$now")  $($count)"
		fi
		sleep 0.5
	done
	wait "$pid" || rc=$?
	trap - INT TERM HUP
	[ ! -t 2 ] || printf '\r\033[K' >&2
	now=$(( SECONDS - start ))
	if [ "$rc" -eq 0 ]; then
		say "$step: done in $(mmss "$now")  $($count)"
	else
		say "$step: failed after $(mmss "$now")"
	fi
	return "$rc"
}
