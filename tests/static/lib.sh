# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the checks of tests/static share: sourced, never run.
#
# A check says the same of what has not changed. So that it need not be asked again,
# that a file passed is kept in the cache: an empty file whose name is a checksum of
# all that the verdict depends on. Only that one passed is kept, never that one failed.
# The cache is shared by all checkouts and by runs at the same time, each verdict is
# true on its own; one that cannot be written is not known the next time.

set -eu
# shellcheck source-path=SCRIPTDIR source=../../vm/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../vm/lib.sh"
cd "$PGHOT_TOP"

verdicts=$PGHOT_CACHE/passed
verdict_text='' verdict_files=()

# verdicts_depend_on TEXT [FILE]...: beside the file that is checked: the checker, such
# as its version, and what it reads. The script and the library are always among it.
verdicts_depend_on() {
	verdict_text=$1
	shift
	verdict_files=("tests/static/${0##*/}" tests/static/lib.sh vm/lib.sh "$@")
}

# verdict_keys FILE...: the name of each file's verdict
verdict_keys() {
	perl -MDigest::SHA -we '
		sub add {
			my ($sum, $name) = @_;
			my $content = Digest::SHA->new(256)->addfile($name, "b")->hexdigest;
			$sum->add("$content $name\n");
		}
		my $all = Digest::SHA->new(256)->add(shift, "\n");
		while (($_ = shift) ne "--") {
			add($all, $_);
		}
		for (@ARGV) {
			my $sum = $all->clone;
			add($sum, $_);
			print $sum->hexdigest, "\n";
		}
	' "$verdict_text" "${verdict_files[@]}" -- "$@"
}

# look_up FILE...: those not known to pass are in $unknown then.
declare -A verdict_of=()
unknown=() known=0
look_up() {
	local keys file used=()
	keys=$(verdict_keys "$@")
	for file; do
		verdict_of[$file]=${keys%%$'\n'*}
		keys=${keys#*$'\n'}
		if [ -e "$verdicts/${verdict_of[$file]}" ]; then
			used+=("$verdicts/${verdict_of[$file]}")
		else
			unknown+=("$file")
		fi
	done
	known=${#used[@]}
	[ "$known" -eq 0 ] || touch -c -- "${used[@]}" 2> /dev/null || true
	find "$verdicts" -type f -mtime +30 -delete 2> /dev/null || true
}

# passes FILE: keep it, unless an editor has been there since it was looked up.
passes() {
	[ "$(verdict_keys "$1")" = "${verdict_of[$1]}" ] || return 0
	{ mkdir -p "$verdicts" && : > "$verdicts/${verdict_of[$1]}"; } 2> /dev/null || true
}

# looked_up: how many
looked_up() {
	echo "$(( known + ${#unknown[@]} )) files: ${#unknown[@]} checked, $known known to pass"
}
