# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# header.bash - what a test says of itself, for those who run it

# header NAME FILE: leaves the rest of the first line "# NAME: ..." in $header, or
# nothing. By the shell alone: it is called in the VM, too, where a process is dear.
header() {
	local line
	header=''
	while IFS= read -r line; do
		[[ $line == "# $1:"* ]] || continue
		header=${line#"# $1:"}
		header=${header#"${header%%[! ]*}"}
		break
	done < "$2"
}

# time_limit FILE DEFAULT: leaves the seconds that a test may take in $time_limit
time_limit() {
	header timeout "$1"
	time_limit=${header:-$2}
	[[ $time_limit =~ ^[1-9][0-9]*$ ]] || {
		echo "$1: '# timeout: $time_limit': must be a number of seconds" >&2
		exit 2
	}
}
