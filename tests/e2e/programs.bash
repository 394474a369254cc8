# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# programs.bash - where the tests and their runner find programs, in the VM
#
# Sourced, with $top set to the checkout. It leaves PATH and LD_LIBRARY_PATH set, and
# the directory in $programs.

# Where anybody may look: the directory that the checkout is in may be private.
# Small tools are busybox's, in memory and static, as far as it does what the tests
# want of them: under emulation those of the distribution take ten times as long
# before they begin, for their libraries and locales.
programs=/run/pghot-e2e
if [ ! -d $programs ]; then
	mkdir $programs
	# shellcheck disable=SC2154 # top is set by who sources this
	find "$top/build/tests/e2e" -maxdepth 1 -type f -name 'pghot-e2e-*' -exec cp -t $programs {} +
	cp "$top"/build/{pghotctl/pghotctl,pghottop/pghottop,vm/pghot-workload} $programs
	# Nor are their libraries asked of the host for every time.
	mkdir $programs/lib
	ldd $programs/pghot* | grep -o '/[^ ]*/lib[^ ]*' | sort -u | xargs cp -Lt $programs/lib
	cp "$(command -v busybox)" $programs
	for applet in awk basename cat chmod cmp cut dd env grep head mkdir mkfifo mktemp od rm rmdir sed \
		sleep sort stat tail tr uniq wc; do
		ln -s busybox $programs/$applet
	done
fi
export PATH="$programs:$PATH" LD_LIBRARY_PATH=$programs/lib
