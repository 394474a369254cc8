#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-desk.sh PGHOTTOP PGHOTTOP-FAKE - filters, search, details, files and mouse
#
# On a real terminal, as test-terminal.sh is. Prints every check that fails; exit
# status 1 when one did, 77 without tmux.

. "$(dirname "$0")/terminal.sh"

# type TEXT - as it is, with no name of a key in it
type() {
	keys -l "$1"
}

# mouse BUTTON COLUMN ROW [hold] - from 0; pressed and let go, as xterm reports it
mouse() {
	local x=$(($2 + 33)) y=$(($3 + 33))
	keys -H 1b 5b 4d "$(printf %x $(($1 + 32)))" "$(printf %x $x)" "$(printf %x $y)"
	# When it is let go after that has ended the program, nobody is told.
	[ "$1" -ge 64 ] || [ "${4-}" = hold ] || keys -H 1b 5b 4d 23 "$(printf %x $x)" "$(printf %x $y)"
}

# at REGEX - the row of the screen that has it, from 0
at() {
	screen | grep -nE -- "$1" | head -n 1 | cut -d : -f 1 | awk '{ print $1 - 1 }'
}

# column TEXT - where it begins in the row that has it, from 0
column() {
	screen | awk -v t="$1" '(i = index($0, t)) { print i - 1; exit }'
}

# --- filters -----------------------------------------------------------------

start 110 30 "$fake"
expect 'row 1/400'
keys f
expect '^Filter:'
expect 'freq>=8 and type=anon,thp'
type 'nod=1'
keys Enter
expect 'no field "nod"; there are node, target'
# The cursor is behind what is wrong.
type 'e'
keys Enter
expect 'filter node=1 '
gone '^Filter:'
expect 'row 1/400'
keys f
expect '^Filter: node=1'
type ' and type=thp and freq>=18'
keys Enter
expect 'filter node=1 and type=thp and freq>=18'
expect 'row 1/2 '
expect '0x15ee00 '
keys f C-u
type 'freq=63'
keys Enter
expect 'No page passes the filter'
expect 'f changes the filter'
keys f
type 'junk'
keys Escape
expect 'filter freq=63 '
keys f C-u Enter
gone 'filter '
expect 'row 1/400'
# Editing, in the middle and with characters of several bytes.
keys f
type 'cgrup~テ'
keys Home Right Right Right
type 'o'
keys End BSpace
type 'スト'
keys C-a C-k
type 'cgroup~スト'
keys Enter
expect 'filter cgroup~スト'
expect '/user.slice/テスト'
keys F4 BSpace C-w C-w BSpace
gone '^Filter:'
expect 'filter cgroup~スト'
keys q
ended 0
start 110 30 "$fake -f type=file,shmem -v records"
expect 'filter type=file,shmem'
expect ' file '
gone ' anon '
keys q
ended 0

# --- search ------------------------------------------------------------------

start 110 30 "$fake"
expect 'row 1/400'
keys /
expect '^Search:'
type 'SHM'
expect 'row 10/400|Search: SHM'
keys Enter
expect 'row 10/400'
keys n
expect 'row (1[1-9]|[2-9][0-9])/400'
keys N
expect 'row 10/400'
keys F3
type 'zzz'
expect 'no row has "zzz"'
keys Escape
expect 'row 10/400'
keys q
ended 0

# --- a frozen screen can still be worked with --------------------------------

start 110 30 "$fake"
expect 'row 1/400'
keys Space
expect '^FROZEN'
keys f
type 'type=thp'
keys Enter
expect 'FROZEN.*filter type=thp'
keys 1
expect 'PFN▲'
keys /
type '2 MiB'
keys Enter Down Enter
expect 'Page 0x'
keys q
gone 'Page 0x'
keys S C-u
type "$tmp/frozen.json"
keys Enter
expect 'saved to'
check "the frozen sample is saved" [ "$(jq '.data.entries | length > 0 and all(.flags | index("large") and index("anon"))' "$tmp/frozen.json")" = true ]
keys Space
gone FROZEN
keys q
ended 0

# --- files -------------------------------------------------------------------

start 110 30 "cd $tmp && $fake"
expect 'row 1/400'
keys S
expect '^Save to: pghottop-20.*\.json'
keys Enter
expect 'pages saved to pghottop-20'
check "a sample of JSON" [ "$(jq -r '.schema' "$tmp"/pghottop-20*.json)" = pghot/top/1 ]
check "for its owner only" [ "$(stat -c %a "$tmp"/pghottop-20*.json)" = 600 ]
keys S C-u
type text.txt
keys Enter
expect 'saved to text.txt'
check "a sample of text" grep -q '^0x175bea' "$tmp/text.txt"
keys S C-u
type text.txt
keys Enter
expect 'text.txt exists already; choose another name'
keys C-u
type no/such/place
keys Enter
expect 'no/such/place: No such file or directory'
keys C-u Enter
expect 'a name is missing'
keys Escape
check "nothing is written before it is asked for" [ ! -e "$XDG_CONFIG_HOME" ]
keys v t 5 - u
expect 'AGE_MS▲'
keys W
expect 'settings written to'
keys q
ended 0
settings=$XDG_CONFIG_HOME/pghottop/pghottop.ini
check "the settings are there" grep -qx 'theme = mono' "$settings"
printf '[sounds]\nbell = 1\n' >> "$settings"
start 110 30 "$fake"
expect 'no setting "bell" in .sounds.; left alone'
keys v
expect 'every 500 ms'
keys v v v v v
expect 'AGE_MS▲'
keys W
expect 'settings written'
keys q
ended 0
expect 'no setting "bell"'
check "what is not known stays" grep -qx 'bell = 1' "$settings"
# The command line is stronger, and batch mode does not care.
start 110 30 "$fake --readonly -v queue -d 2s"
expect 'bell'
keys h q
expect 'every 2 s.*sort freq'
before=$(stat -c %Y:%i "$settings")
keys W
expect 'readonly: no file is written'
keys S
expect 'readonly: no file is written'
keys q
ended 0
check "nothing was written" [ "$(stat -c %Y:%i "$settings")" = "$before" ]
"$fake" -b -n 1 > "$tmp/out" 2> "$tmp/err"
check "batch mode is as ever" grep -q '^pghottop - .*, queue, ' "$tmp/out"
check "and silent" [ ! -s "$tmp/err" ]
rm "$settings"
mkdir "$settings"
start 110 30 "$fake"
expect 'not a regular file'
keys W
expect 'not a regular file'
keys q
ended 0
rmdir "$settings"

# --- details -----------------------------------------------------------------

machine=$tmp/machine
mkdir -p "$machine"/proc/{10,11} "$machine/cg/system.slice/db.service"
printf '10\n11\n' > "$machine/cg/system.slice/db.service/cgroup.procs"
echo postgres > "$machine/proc/10/comm"
echo '7f0000000000-7f0000400000 rw-p 00000000 00:00 0 ' > "$machine/proc/10/maps"
echo lazy > "$machine/proc/11/comm"
# A terabyte without the ioctl: long enough to be stopped.
echo '100000000000-200000000000 rw-p 00000000 00:00 0 ' > "$machine/proc/11/maps"
python3 - "$machine/proc" <<-'END'
	import struct, sys
	def put(name, index, value):
	    with open(sys.argv[1] + '/' + name, 'ab'): pass
	    with open(sys.argv[1] + '/' + name, 'r+b') as f:
	        f.seek(index * 8)
	        f.write(struct.pack('<Q', value))
	put('10/pagemap', 0x7f0000200, 1 << 63 | 0x147edf)
	put('11/pagemap', 0x1fffffff0, 0)
	put('kpageflags', 0x147edf, 0x5028)
	put('kpagecount', 0x147edf, 2)
END
start 110 34 "PGHOTTOP_FAKE_PROC=$machine/proc PGHOTTOP_FAKE_CGROUP=$machine/cg $fake"
expect 'row 1/400'
keys /
type 147edf
keys Enter Enter
expect 'Page 0x147edf'
expect 'page frame 0x147edf, physical address 0x147edf000'
expect 'kpageflags 0x5028: uptodate, lru, anon, swapbacked'
expect 'mapped +2 times'
expect '/system.slice/db.service .inode 1.'
expect 'first seen at'
expect '10 postgres +0x7f0000200000 rw-p anonymous'
expect 'Looking at process 2 of 2 of its cgroup, [0-9.]+ [GT]iB so far'
# All the while samples come and keys work.
expect 'in [3-9] samples'
keys u
expect '215 ms ago'
keys Escape
expect 'Stopped at process 2 of 2'
expect 'Page 0x147edf'
keys a
expect 'of the machine'
keys Escape
keys r
expect 'Looking at'
keys q
gone 'Page 0x147edf'
keys q
ended 0
start 20 6 "$fake"
expect '^every'
keys Enter
expect 'page frame'
keys NPage End Home Escape
expect '^every'
keys q
ended 0

# --- mouse -------------------------------------------------------------------

start 90 24 "$fake"
expect 'row 1/400'
mouse 0 10 12
expect 'row 5/400'
mouse 0 10 12
expect 'Page 0x'
mouse 0 0 0
gone 'Page 0x'
mouse 65 10 12
expect 'row 8/400'
mouse 64 10 12
expect 'row 5/400'
mouse 0 "$(column 'AGE')" "$(at ' PFN ')"
expect 'AGE▲'
mouse 0 "$(column 'AGE▲')" "$(at ' PFN ')"
expect 'AGE▼'
mouse 0 "$(column 'Records')" "$(at ' Records ')"
expect 'sort freq +row 1/[0-9]+\+'
mouse 0 "$(column 'Node 1')" "$(at ' Node 1 ')"
expect 'row 1/[0-9]+\+'
# A click that asks for other pages, and a key, read at once.
x=$(printf %x $(($(column 'All nodes') + 33)))
y=$(printf %x $(($(at ' Node 1 ') + 33)))
keys -H 1b 5b 4d 20 "$x" "$y" 1b 5b 4d 23 "$x" "$y" 73
expect 'Sort by'
mouse 0 30 "$(at 'PFN +page frame')"
gone 'Sort by'
expect 'PFN▲'
keys h
expect 'Help:'
mouse 65 30 10
gone '│Keys '
mouse 0 0 0
gone 'Help:'
mouse 0 "$(column 'h help')" 23
expect 'Help:'
keys q
gone 'Help:'
mouse 0 "$(column 'q quit')" 23 hold
# A second click would be read together with the first.
gone '^pghottop'
ended 0
start 90 24 "$fake -M"
expect 'row 1/400'
check "the mouse is the terminal's" [ "$(tm display-message -p '#{mouse_any_flag}')" = 0 ]
keys q
ended 0

# --- every view at every size ------------------------------------------------

start 80 24 "PGHOTTOP_FAKE=nodes=4 $fake -d 200ms -f 'freq>1'"
expect 'row 1/'
for size in 20x6 40x10 80x24 132x43; do
	tm resize-window -x "${size%x*}" -y "${size#*x}"
	for view in Queue Records Promotions Cgroups Processes Mappings; do
		# What filters pages does not filter cgroups.
		[[ $view == [CPM]*s && $view != Promotions ]] || expect "filter freq>1"
		expect "^.* $view"
		for key in f / s Enter h S; do
			keys "$key"
			sleep 0.1
			keys Escape
			[[ "$view $key" != [CP]*s' Enter' || $view == Promotions ]] || keys BSpace
		done
		keys Tab v
	done
done
keys q
ended 0

finish
