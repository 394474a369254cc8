#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The demo workload and its judge, without pghot: what it claims about its
# memory agrees with numa_maps, bound memory stays, and stock NUMA balancing
# mode 2 promotes the hot set, so that a machine on which nothing can be promoted
# is not taken for a fault of pghot's.
# timeout: 900

. "$(dirname "$0")/lib.sh"
workload=build/vm/pghot-workload

for bad in '--size 0' '--size 12x' '--size -1' '--hot 300' '--skew 1.1' '--skew nan' '--skew x' \
	'--threads 65' '--seconds -1' '--interval 1' '--node 1024' '--node 0' '--thp maybe' \
	'--rate -1' '--nonsense' 'word'; do
	# shellcheck disable=SC2086
	expect_status 2 "$workload" $bad
	[ -s "$scratch/err" ] || complain "'$bad' is refused without a word"
	[ ! -s "$scratch/out" ] || complain "'$bad' wrote to stdout"
done
expect_status 2 "$workload" --size 0
expect_in "$scratch/err" "must be a number from 1 to 1048576"

cat > "$scratch/in-guest" <<'END'
set -eu
w=$1/build/vm/pghot-workload
echo 0 > /proc/sys/kernel/numa_balancing

# Nobody promotes: all pages stay, whatever the kind of memory. Not each has a CPU all the time.
kinds=('' --memfd --mlock '--thp on' --bind '--flat --threads 2 --read --rate 1') pids=()
for i in "${!kinds[@]}"; do
	$w --size 16 --hot 1 --seconds 2 --interval 500 ${kinds[i]} --json > "/tmp/out-$i" &
	pids+=("$!")
done
for i in "${!kinds[@]}"; do
	wait "${pids[i]}" && jq -es '
		(map(select(.event == "ready")) | length == 1) and
		(map(select(.event == "sample")) | any(.accesses_per_s > 0) and all(.slow_pages == 4096 and .fast_pages == 0
			and .recall == 0 and .precision == null)) and
		(last | .event == "summary" and .reached_s == null)' "/tmp/out-$i" > /dev/null ||
		{ echo "still memory (${kinds[i]}):"; cat "/tmp/out-$i"; exit 1; }
done

# numa_maps agrees about where the memory is.
$w --size 16 --hot 1 > /tmp/out &
pid=$!
while ! grep -q ^ready /tmp/out; do sleep 0.1; done
address=$(sed -n 's/.*address=0x\([0-9a-f]*\) .*/\1/p' /tmp/out)
awk -v a="$address" '$1 == a && / N1=4096( |$)/ && / default / { found = 1 } END { exit !found }' \
	"/proc/$pid/numa_maps" || { echo "numa_maps disagrees:"; cat "/proc/$pid/numa_maps"; exit 1; }
kill "$pid"
wait "$pid" || { echo "SIGTERM: exit status $?"; exit 1; }

# A node without room is an error, not a smaller hot set.
rc=0
$w --size 4096 --hot 4 --seconds 1 > /tmp/out 2>&1 || rc=$?
[ "$rc" -eq 1 ] && grep -q 'MiB free: --size 4096 does not fit' /tmp/out ||
	{ echo "4 GiB on a node of 1 GiB: $rc"; cat /tmp/out; exit 1; }

# Stock mode 2, marked the way that scripts do.  Bound memory is not promoted meanwhile.
echo 2 > /proc/sys/kernel/numa_balancing
$w --size 128 --hot 8 --interval 500 --json > /tmp/free &
free=$!
$w --size 128 --hot 8 --interval 500 --json --bind > /tmp/bound &
bound=$!
sleep 1
kill -USR1 "$free" "$bound"
for _ in {1..600}; do
	sleep 0.5
	! awk '
		FNR == 1 { mark = 0 }
		/"mark"/ { mark = 1 }
		mark && /"sample"/ && !seen[FILENAME]++ { looked_at++ }
		mark && /"recall":(1|0\.9[5-9])/ { enough = 1 } END { exit !(enough && looked_at == 2) }' /tmp/free /tmp/bound || break
done
kill "$free" "$bound"
wait "$free"
wait "$bound"
jq -es 'last | .reached_s != null' /tmp/free > /dev/null &&
	jq -es 'last | .samples >= 1 and .max_recall == 0' /tmp/bound > /dev/null &&
	grep -q '"mark"' /tmp/free && grep -q '"mark"' /tmp/bound ||
	{ echo "mode 2, free and bound:"; cat /tmp/free /tmp/bound; exit 1; }
END
expect_status 0 vm/boot --log "$scratch/log" --share "$scratch" -- bash /mnt/share/in-guest "$PGHOT_TOP"
cat "$scratch/out"
vm/check-log "$scratch/log" || complain "the kernel complained"
verdict
