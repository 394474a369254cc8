#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# CPUs that are isolated are left alone by the hwhint source, unless that is asked for.

# shellcheck disable=SC2086 # $get and $set are words

. "${0%/*}/lib.sh"

set='do source-set name=hwhint' get='do source-get name=hwhint'
counter() {
	request $get || fail "$reply"
	pick "$reply" "hwhint-counters.$1"
}
sampled() { [ "$(counter cpus)" = "$1" ]; }

[ -d /sys/devices/system/cpu/cpu1 ] || skip "there is no second CPU to isolate"
cpus=$cgroups/e2e-isolated
mkdir "$cpus"
echo 1 > "$cpus/cpuset.cpus"
echo isolated > "$cpus/cpuset.cpus.partition"
expect_text "the partition" "$(<"$cpus/cpuset.cpus.partition")" isolated

raw $set enabled=1 > /dev/null
expect "CPUs sampled beside the isolated one" "$(counter cpus)" '==' 1
pghotctl source set hwhint isolated-cpus=on > /dev/null
expect "CPUs sampled when that is asked for" "$(counter cpus)" '==' 2
pghotctl source set hwhint isolated-cpus=off > /dev/null
expect "CPUs sampled when it no longer is" "$(counter cpus)" '==' 1

echo member > "$cpus/cpuset.cpus.partition"
rmdir "$cpus"
# It is not followed by itself, but with the next change.
raw $set 'hwhint=[' samples-per-sec=10000 ] > /dev/null
eventually "both are sampled when none is isolated" sampled 2
