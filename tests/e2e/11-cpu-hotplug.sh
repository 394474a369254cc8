#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# engine: yes
#
# CPUs come and go while pages are promoted: what waits in the ring of a CPU that
# is gone is promoted, too.

. "${0%/*}/lib.sh"

cpu=/sys/devices/system/cpu/cpu1/online
[ -e $cpu ] || skip "there is no second CPU that can go offline"

# There is something to promote for longer than the rounds take, and whatever is found is
# hot enough: a threshold that rises would make them wait for windows.
set_params promote-rate-limit-mbps=$(( 4 / less )) freq-threshold=1 adaptive=0
hold hot --mib $(( slow == 1 ? 48 : 24 ))
fast_scan
success=$(vmstat pgpromote_success)
enable
grows() { [ "$(vmstat pgpromote_success)" -gt $(( $1 + 256 )) ]; }
for i in 1 2 3 4; do
	eventually "round $i: promotion goes on with both CPUs" grows "$success"
	echo 0 > $cpu
	success=$(vmstat pgpromote_success)
	eventually "round $i: and with one" grows "$success"
	echo 1 > $cpu
	success=$(vmstat pgpromote_success)
done
echo 0 > $cpu
# Enabled and disabled with a CPU missing.
disable > /dev/null
enable > /dev/null
set_params promote-rate-limit-mbps=1024
# It may use the one that is missing as soon as that is there.
thread=$(grep -lx kpromoted0 /proc/[0-9]*/comm)
near() {
	local text
	text=$(<"${thread%comm}status")
	[[ $text == *$'\nCpus_allowed_list:\t'"$1"$'\n'* ]]
}
eventually "kpromoted0 may run on all CPUs of its node" near 0-1
eventually "all is promoted in the end" on_node0 "$held" hot 0.99
has_thread kpromoted0 || fail "kpromoted0 is gone"
