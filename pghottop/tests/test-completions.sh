#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-completions.sh PGHOTTOP COMPLETIONS - the completions offer what there is
#
# Every option of the help is in each of them and no other, and what they offer is
# what their shells make of it. Shells that are not installed are left out.

. "$(dirname "$0")/checks.sh"
top=$(realpath "$1") dir=$(realpath "$2")
ln -s "$top" "$tmp/pghottop"
PATH=$tmp:$PATH

"$top" --help | sed -n 's/^  \(-., \|    \)--\([a-z-]*\).*/\2/p' | sort > "$tmp/help"
"$top" --help | sed -n 's/^  -\(.\), --.*/\1/p' | sort > "$tmp/letters"
check "options" [ "$(wc -l < "$tmp/help")" -ge 20 ]

# same NAME: $tmp/NAME has the options of the help
same() {
	sort -u "$tmp/$1" > "$tmp/sorted"
	diff "$tmp/help" "$tmp/sorted" > "$tmp/diff" || cat "$tmp/diff"
	check "$1 has the options of the help" [ ! -s "$tmp/diff" ]
}

# --- bash --------------------------------------------------------------------

# offers CHECK WORD...: what bash offers for the last word
offered() {
	bash -c '
		. "$1/pghottop.bash"
		shift
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_pghottop 2>/dev/null
		printf "%s\n" "${COMPREPLY[@]}"' bash "$dir" "$@"
}
offered pghottop -- | sed 's/^--//' > "$tmp/bash"
same bash
offers() {
	local want=$1
	shift
	offered "$@" > "$tmp/offered"
	check "bash: ${*@Q} offers $want" grep -qxF -- "$want" "$tmp/offered"
}
offers promotions pghottop -v ''
offers records pghottop --view = re
offers cgroups pghottop -v c
offers colour-blind pghottop --theme col
offers -freq pghottop -s -f
offers freq,age pghottop -o freq,a
offers infast pghottop -s inf
offers tracked pghottop --heat-metric = ''
offers nodes pghottop --csv = n
offers --csv pghottop --cs
offers 1/8 pghottop --speed ''
(cd "$tmp" && : > a-recording && offered pghottop -r a-rec) > "$tmp/offered"
check "bash: files" grep -qx a-recording "$tmp/offered"
offered pghottop --view = x > "$tmp/offered"
check "bash: nothing where nothing fits" [ -z "$(< "$tmp/offered")" ]

# --- zsh ---------------------------------------------------------------------

# Words of the specification: {-a+,--all=} and '--all=[…]'.
grep -o -- "--[a-z-]*" "$dir/pghottop.zsh" | sed 's/^--//' | grep . > "$tmp/zsh"
same zsh
if command -v zsh > "$tmp/which"; then
	check "zsh can read it" zsh -n "$dir/pghottop.zsh"
fi

# --- fish --------------------------------------------------------------------

sed -n '/^complete/s/.* -l \([a-z-]*\).*/\1/p' "$dir/pghottop.fish" > "$tmp/fish"
same fish
sed -n 's/.* -s \(.\) -l .*/\1/p' "$dir/pghottop.fish" | sort > "$tmp/fish-letters"
check "fish has the letters of the help" cmp "$tmp/letters" "$tmp/fish-letters"
if command -v fish > "$tmp/which"; then
	export XDG_CONFIG_HOME=$tmp XDG_DATA_HOME=$tmp
	# in_fish WORDS: names that fish offers for the command line
	in_fish() {
		fish -c "source '$dir/pghottop.fish'; complete -C '$1'" 2>&1 | cut -f 1 > "$tmp/offered"
	}
	in_fish 'pghottop --view '
	check "fish: views" grep -qx promotions "$tmp/offered"
	in_fish 'pghottop --theme h'
	check "fish: themes" grep -qx high-contrast "$tmp/offered"
	in_fish 'pghottop -s f'
	check "fish: columns" grep -qx freq "$tmp/offered"
	in_fish 'pghottop --heat'
	check "fish: options" grep -qx -- --heatmap "$tmp/offered"
fi

finish
