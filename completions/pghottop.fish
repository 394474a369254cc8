# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion of pghottop. Columns and themes are asked of the program; a check
# compares the options with its help.

function __pghottop_columns
	pghottop --sort-key help 2>/dev/null | awk '/^[a-z]/ && !seen[$1]++ { name = $1; $1 = $2 = $3 = ""; sub(/^ +/, ""); print name "\t" $0 }'
end

function __pghottop_themes
	pghottop --theme help 2>/dev/null | awk '{ name = $1; $1 = ""; sub(/^ +/, ""); print name "\t" $0 }'
	echo help
end

function __pghottop_nodes
	for node in /sys/devices/system/node/node*
		string match -qr -- '/node\d+$' $node
		and string replace -r '.*/node' '' $node
	end
end

# The list that was typed, with one column more. fish has the option in front of it.
function __pghottop_list
	set -l typed (string replace -r '^--[^=]*=' '' -- (commandline -ct))
	set -l before (string match -r '^(?:.*,|\+)' -- $typed)
	set -l given (string split , -- (string replace -r '^\+' '' -- $before))
	for line in (__pghottop_columns)
		contains -- (string split -f 1 \t -- $line) $given
		or echo "$before"$line
	end
end

complete -c pghottop -f
complete -c pghottop -s A -l ascii -d 'no other characters than ASCII'
complete -c pghottop -s b -l batch -d 'print samples as text'
complete -c pghottop -l csv -d 'print samples as CSV' -a 'pages nodes'
complete -c pghottop -s d -l delay -x -d 'time between samples' -a '100ms 500ms 1s 2s 5s 1m'
complete -c pghottop -s f -l filter -x -d 'only those that pass'
complete -c pghottop -l flat -d 'a list of cgroups instead of a tree'
complete -c pghottop -l heat-metric -x -d 'what colours of the heat map mean' -a 'freq hot tracked'
complete -c pghottop -l heatmap -r -F -d 'write the heat map of a node as SVG, and end'
complete -c pghottop -s h -l help -d 'show help'
complete -c pghottop -s j -l json -d 'print samples as JSON, one object per line'
complete -c pghottop -s l -l limit -x -d 'rows per sample'
complete -c pghottop -s m -l min-freq -x -d 'only pages with that frequency or more'
complete -c pghottop -s M -l no-mouse -d 'leave the mouse to the terminal'
complete -c pghottop -s N -l node -x -d 'only pages on that node or bound for it' -a '(__pghottop_nodes)'
complete -c pghottop -s n -l iterations -x -d 'end after so many samples'
complete -c pghottop -s o -l columns -x -d 'columns to show' -a '(__pghottop_list)'
complete -c pghottop -s p -l pid -x -d 'process that mappings are of' -a '(__fish_complete_pids)'
complete -c pghottop -l readonly -d 'write no file'
complete -c pghottop -l record -r -F -d 'write all samples to a file, too'
complete -c pghottop -s r -l replay -r -F -d 'show the samples of a recording'
complete -c pghottop -l seek -x -d 'begin the recording there'
complete -c pghottop -s s -l sort-key -x -d 'sort by a column' -a '(__pghottop_columns; echo help)'
complete -c pghottop -l speed -x -d 'play slower or faster' -a '1/8 1/4 1/2 1 2 4 8 16 64'
complete -c pghottop -l theme -x -d colours -a '(__pghottop_themes)'
complete -c pghottop -s u -l raw -d 'plain numbers instead of human units'
complete -c pghottop -s V -l version -d 'show the version'
complete -c pghottop -s v -l view -x -d 'what to show' -a 'queue records promotions cgroups processes mappings'
