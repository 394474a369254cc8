#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 7200
#
# The kernel side can be posted: make series cuts all of it into patches that apply one
# after the other and sum up to it, checkpatch has nothing to say but what a plan excuses,
# and each message says what a maintainer would ask.
#
# With PGHOT_SERIES=full, as in make soak, every step is compiled as well, by gcc at W=1,
# with all options that are there and without those that it brings: mm/pghot and what the
# patches hook, nothing is linked, but every symbol of pghot's that is used has to be
# there. With PGHOT_SERIES=kunit the kernel of the VM is built of every step, and has to
# pass the KUnit suites that there are by then (a minute or more for each).
# PGHOT_SERIES_STEPS="NN..." names the steps to do that with. The states are in series/
# in the cache.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
fail() {
	echo "FAIL: $*"
	failures=$((failures + 1))
}

case ${PGHOT_SERIES-} in
''|full|kunit) ;;
*) echo "PGHOT_SERIES='$PGHOT_SERIES': must be full or kunit"; exit 1 ;;
esac

# What is told of messages, plans and patches is the same as long as these are.
mapfile -d '' -t inputs < <(find kernel/tree kernel/compat kernel/patches kernel/series uapi -type f ! -name '*.pyc' -print0 | LC_ALL=C sort -z)
verdicts_depend_on "$(git --version; python3 --version; patch --version; kernel/source-scripts
	find bench/results -name placement.json 2> /dev/null || true)" "${inputs[@]}"
look_up kernel/make-series
if [ ${#unknown[@]} -eq 0 ] && [ -z "${PGHOT_SERIES-}" ]; then
	looked_up
	exit 0
fi

# What is posted is against one series.
linux=${kernel_series[0]}
export SERIES=$linux
author='A Developer <developer@example.org>'
series=kernel/series/series.py
originals=$(kernel/make-series --originals)

# --- a plan that is wrong is refused ---------------------------------------------------

# A generator that takes everything would pass everything. Each of these is a copy of
# kernel/ with one thing wrong, and says which.
refuses() {
	local what=$1 words=$2 said
	if said=$("$series" --kernel "$scratch/kernel" --uapi uapi --originals "$originals" \
		--author "$author" --date '@0 +0000' --output "$scratch/planted" 2>&1)
	then
		fail "not noticed: $what"
	elif [[ $said != *"$words"* ]]; then
		fail "$what: says '$said', not '$words'"
	fi
	rm -rf "$scratch/kernel" "$scratch/planted"
}
copy() {
	mkdir -p "$scratch/kernel"
	cp -R kernel/tree kernel/compat kernel/patches kernel/series "$scratch/kernel"
}
copy
echo 'int stray;' > "$scratch/kernel/tree/mm/stray.c"
refuses 'a file of no step' 'mm/stray.c: belongs to no step'
copy
sed -i '/^patch 0001/d' "$scratch"/kernel/series/01-*.step
refuses 'a patch of no step' 'patch 0001: what it does to'
copy
echo 'patch 0001' >> "$(find "$scratch/kernel/series" -name '02-*.step')"
refuses 'a patch of two steps' 'is in'
copy
echo 'tree mm/pghot/cellar/' >> "$(find "$scratch/kernel/series" -name '04-*.step')"
refuses 'a folder that is not there' 'there is no such file'
copy
printf '\nconfig PGHOT_STRAY\n\tbool "Stray"\n' >> "$scratch/kernel/tree/mm/pghot/Kconfig"
refuses 'a symbol of no step' 'no step has the symbol PGHOT_STRAY'
copy
echo 'line mm/pghot/core.c int stray;' >> "$(find "$scratch/kernel/series" -name '13-*.step')"
refuses 'a line that is not there' 'there are 0 such lines'
copy
printf '#if IS_ENABLED(CONFIG_PGHOT_MMSCAN)\n#endif\n' >> "$scratch/kernel/tree/mm/pghot/core.c"
refuses 'a condition that cannot be cut' 'can be cut'
copy
for step in "$scratch"/kernel/series/12-*.step; do
	mv "$step" "${step/12-/00-}"
done
refuses 'an order in which patches do not apply' 'does not apply'

# --- the series ------------------------------------------------------------------------

out=$scratch/series repo=$scratch/repository
SOURCE_DATE_EPOCH=1700000000 kernel/make-series --author "$author" --output "$out" --repository "$repo" \
	2> "$scratch/said" || { cat "$scratch/said"; exit 1; }
mapfile -t patches < <(find "$out" -name '*.patch' ! -name '0000-*' | LC_ALL=C sort)
mapfile -t steps < <(find kernel/series -name '*.step' | LC_ALL=C sort)
[ ${#patches[@]} -eq ${#steps[@]} ] || fail "${#patches[@]} patches of ${#steps[@]} steps"

# As whoever is sent it: onto the files of the source, by git am.
mkdir "$scratch/theirs"
mapfile -t names < <("$series" --list-originals)
(cd "$originals" && cp --parents "${names[@]}" "$scratch/theirs")
as_git() {
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git -C "$scratch/theirs" \
		-c user.name=Theirs -c user.email=theirs@example.org "$@"
}
as_git init -q
as_git add -A -f
as_git commit -q -m base
as_git am -q "${patches[@]}" > "$scratch/am" 2>&1 || { cat "$scratch/am"; fail "git am"; }
rm -rf "$scratch/theirs/.git"

# As vm/kernel-build brings kernel/ into the source.
mkdir -p "$scratch/ours/include/uapi/linux" "$scratch/ours/Documentation/netlink/specs"
(cd "$originals" && cp --parents "${names[@]}" "$scratch/ours")
for patch in kernel/patches/6.12/*.patch; do
	patch -s -d "$scratch/ours" -p1 --no-backup-if-mismatch < "$patch"
done
cp -R kernel/tree/. kernel/compat/6.12/. "$scratch/ours"
cp uapi/linux/*.h "$scratch/ours/include/uapi/linux/"
cp uapi/pghot.yaml "$scratch/ours/Documentation/netlink/specs/"
diff -rq "$scratch/ours" "$scratch/theirs" || fail "the series does not sum up to kernel/"

# --- checkpatch ------------------------------------------------------------------------

checkpatch=$(kernel/source-scripts)/scripts/checkpatch.pl
declare -A excuse=() used=()
while read -r step kind why; do
	[ -n "$why" ] || fail "$step: checkpatch $kind: no reason"
	excuse[$step/$kind]=$why
done < <("$series" --excuses)
for n in "${!patches[@]}"; do
	step=$(basename "${steps[$n]}" .step)
	while IFS= read -r line; do
		[ -n "$line" ] || continue
		kind=${line#*:*: } kind=${kind%%: *} kind=${kind##*:}
		if [ -n "${excuse[$step/$kind]-}" ]; then
			used[$step/$kind]=1
		else
			fail "$step: checkpatch: $line"
		fi
	done < <(cd "$scratch" && "$checkpatch" --no-tree --strict --terse --show-types --no-summary --color=never - < "${patches[$n]}")
done
for each in "${!excuse[@]}"; do
	[ -n "${used[$each]-}" ] || fail "$each: an excuse for what checkpatch does not say"
done

# --- the messages ----------------------------------------------------------------------

for step in "${steps[@]}"; do
	message=$(sed '/^\[plan\]$/,$d' "$step")
	subject=${message%%$'\n'*}
	[[ $subject =~ ^[A-Za-z][A-Za-z/,\ -]*:\ [a-z] ]] || fail "$step: the subject is not 'area: what it does'"
	[ ${#subject} -le 70 ] || fail "$step: a subject of ${#subject} characters, 70 at most"
	[[ $message == "$subject"$'\n\n'?* ]] || fail "$step: no blank line after the subject"
	! grep -nE '^.{76,}$' <<< "$message" || fail "$step: lines of more than 75 characters"
	for section in 'Why here:' 'Cost when off:' 'Alternatives:'; do
		grep -q "^$section " <<< "$message" || fail "$step: the message has no paragraph '$section'"
	done
done

# --- the letter ------------------------------------------------------------------------

letter=$out/0000-cover-letter.patch
! grep -nE '\*\*\* (SUBJECT|BLURB)|\{[^ {}]+\}' "$letter" || fail "the letter has not been filled in"
[ -n "$(find bench/results -name placement.json 2> /dev/null)" ] ||
	grep -q 'the letter has no figures' "$scratch/said" || fail "nobody is told that the letter has no figures"
cat > "$scratch/placement.json" <<-'END2'
	{"schema": 1, "about": {}, "loads": {"zipf": {
	 "nothing": {"asked_seconds": 90, "kernel": "6.12.1", "hit_mean": 0.25, "hit_end": 0.25,
	  "promoted_pages": 0, "demoted_pages": 0, "operations_per_s": 100, "oracle_mean": 0.96},
	 "hintfault": {"asked_seconds": 90, "kernel": "6.12.1", "hit_mean": 0.905, "hit_end": 0.95,
	  "promoted_pages": 512, "demoted_pages": 256, "operations_per_s": 150, "oracle_mean": 0.96}}}}
END2
SOURCE_DATE_EPOCH=1700000000 kernel/make-series --author "$author" --output "$out" --results "$scratch/placement.json" \
	2> "$scratch/said" || { cat "$scratch/said"; exit 1; }
grep -qE '^  hintfault +0\.905 +0\.950 +2 +1 +1\.50$' "$letter" || fail "the letter lacks the figures of a placement.json"
! grep -q 'no figures' "$scratch/said" || fail "figures are said to be missing that are there"
! sed 1,/^base/d "$letter" | grep -nE '^.{76,}$' || fail "the letter has lines of more than 75 characters"

# --- the selftests ---------------------------------------------------------------------

kselftest=$scratch/kselftest/tools/testing/selftests
mkdir -p "$kselftest" "$scratch/kselftest/usr/include/linux"
cp "$originals"/tools/testing/selftests/{lib.mk,kselftest.h,kselftest_harness.h} "$kselftest"
cp -R kernel/tree/tools/testing/selftests/pghot "$kselftest"
cp uapi/linux/*.h "$scratch/kselftest/usr/include/linux"
chmod -R a+rX "$scratch"
# lib.mk builds elsewhere when another make has called it.
make -s -C "$kselftest/pghot" OUTPUT="$kselftest/pghot" KHDR_INCLUDES="-isystem $scratch/kselftest/usr/include" USERCFLAGS=-Werror \
	> "$scratch/said" 2>&1 || { cat "$scratch/said"; fail "the selftests do not compile"; }
# As nobody: whatever this machine is, nothing of it is changed.
as_nobody=()
[ "$(id -u)" -ne 0 ] || as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
read -ra programs < <(sed -n 's/^TEST_GEN_PROGS := //p' "$kselftest/pghot/Makefile")
[ ${#programs[@]} -gt 0 ] || fail "no selftests"
for program in "${programs[@]}"; do
	code=0
	"${as_nobody[@]}" "$kselftest/pghot/$program" > "$scratch/said" 2>&1 || code=$?
	[ "$code" -eq 4 ] && grep -q '^1\.\.0 # SKIP needs root' "$scratch/said" ||
		{ cat "$scratch/said"; fail "selftest $program: $code for a user, not 4 and why"; }
done

# --- each step compiles ----------------------------------------------------------------

# place TAG: give the source that is compiled what a step has, touching what differs
place() {
	local state=$scratch/state name
	rm -rf "$state"
	mkdir "$state"
	git -C "$repo" archive "$1" | tar -x -m -C "$state"
	while IFS= read -r name; do
		if [ ! -e "$state/$name" ]; then
			rm -f "$src/$name"
		elif ! cmp -s "$state/$name" "$src/$name"; then
			mkdir -p "$(dirname "$src/$name")"
			mv "$state/$name" "$src/$name.new"
			mv "$src/$name.new" "$src/$name"
		fi
	done < "$scratch/names"
	# What is compiled is what is meant.
	git -C "$repo" ls-tree -r --name-only "$1" | while IFS= read -r name; do
		git -C "$repo" show "$1:$name" | cmp -s - "$src/$name" || { echo "$name: not placed"; return 1; }
	done
}

# compile TAG CASE SYMBOL=VALUE...
compile() {
	local tag=$1 case=$2 dir=$where/$2 objects targets log=$scratch/log
	shift 2
	directory "$case" x86_64 > "$log" 2>&1 || { cat "$log"; return 1; }
	configure x86_64 vm "$dir" "$@" > "$log" 2>&1 || { cat "$log"; return 1; }
	mapfile -t objects < <(hooked_objects "$dir")
	targets=("${objects[@]}")
	[ "$(symbol "$dir" PGHOT)" = n ] || targets+=(mm/pghot/)
	[ ! -e "$dir/.not-judged" ] || (cd "$dir" && rm -rf mm/pghot "${objects[@]}")
	touch "$dir/.not-judged"
	# What an earlier step had and this one has not, or the other way round.
	(cd "$dir" && find mm/pghot -name '*.o' ! -name built-in.a 2> /dev/null) | while read -r object; do
		[ -e "$src/${object%.o}.c" ] || rm -f "$dir/$object"
	done
	kmake x86_64 "$src" "$dir" prepare > "$log" 2>&1 || { cat "$log"; return 1; }
	kmake x86_64 "$src" "$dir" -k "${checks[@]}" "${targets[@]}" > "$log" 2>&1 || {
		grep -A5 -E 'error:|No rule|Error 1' "$log" || cat "$log"
		return 1
	}
	warnings "$log" "$src" > "$scratch/ours-say"
	if [ -s "$scratch/ours-say" ]; then
		stock_warnings x86_64 "$dir" "${objects[@]}" || return
		warnings "$log" "$src" | grep -vxFf "$stock_file" > "$scratch/ours-say" || true
	fi
	[ ! -s "$scratch/ours-say" ] || { cat "$scratch/ours-say"; return 1; }

	mapfile -t objects < <(cd "$dir" && find "${targets[@]}" -name '*.o' ! -name built-in.a | LC_ALL=C sort)
	compiled=${#objects[@]}
	[ "$compiled" -ge ${#targets[@]} ] || { echo "$compiled objects for ${targets[*]}"; return 1; }
	# Nothing is linked; what is pghot's and used is defined by one of these.
	(cd "$dir" && nm -g "${objects[@]}") | awk '
		$1 == "U" && $2 ~ /pghot|lru_gen_scan/ { wanted[$2] }
		NF == 3 { defined[$3] }
		END { for (s in wanted) if (!(s in defined)) print "undefined: " s }
	' > "$scratch/undefined"
	[ ! -s "$scratch/undefined" ] || { cat "$scratch/undefined"; return 1; }
	rm "$dir/.not-judged"
}

each_step_compiles() {
	local n step tag start symbols own wanted
	for n in "${!steps[@]}"; do
		tag=$(basename "${steps[$n]}" .step)
		[ -z "${PGHOT_SERIES_STEPS-}" ] || [[ " $PGHOT_SERIES_STEPS " == *" ${tag%%-*} "* ]] || continue
		place "$tag" || { fail "$tag: not in place"; continue; }
		mapfile -t symbols < <(sed -n 's/^config \(PGHOT.*\)/\1/p' "$src/mm/pghot/Kconfig" 2> /dev/null)
		start=$SECONDS compiled=0
		wanted=("${symbols[@]/%/=y}")
		[ ${#symbols[@]} -gt 0 ] || wanted=(PGHOT=n)
		compile "$tag" with "${wanted[@]}" || { fail "$tag, with all that is there"; continue; }
		echo "$tag: $compiled objects with ${symbols[*]:-nothing}, $((SECONDS - start)) s"
		[ ${#symbols[@]} -gt 0 ] || continue
		start=$SECONDS
		mapfile -t own < <(sed '1,/^\[plan\]$/d' "${steps[$n]}" | sed -n 's/^symbol //p' | tr ' ' '\n')
		[ ${#own[@]} -gt 0 ] && [[ " ${own[*]} " != *" PGHOT "* ]] || own=(PGHOT)
		compile "$tag" without "${own[@]/%/=n}" || { fail "$tag, without ${own[*]}"; continue; }
		echo "$tag: $compiled objects without ${own[*]}, $((SECONDS - start)) s"
	done
}

if [ "${PGHOT_SERIES-}" = full ]; then
	# shellcheck source-path=SCRIPTDIR source=objects.bash
	. tests/static/objects.bash
	open_objects series
	src=$where/source
	if [ "$(cat "$src/.pghot-version" 2> /dev/null)" != "$version" ]; then
		rm -rf "$src" "$where/incoming-source"
		cp -al "$stock" "$where/incoming-source"
		mv "$where/incoming-source" "$src"
	fi
	# Whatever a series before this one has left there.
	{ cat "$where/names" 2> /dev/null || true; git -C "$repo" log --format= --name-only; } | sed '/^$/d' |
		LC_ALL=C sort -u > "$scratch/names"
	cp "$scratch/names" "$where/names"
	checks=(W=1)
	each_step_compiles
fi

# --- each step passes its KUnit suites ---------------------------------------------------

# checkout TAG DIR: what vm/kernel-build needs of a checkout, with kernel/ as of a step
checkout() {
	local tag=$1 dir=$2 name symbol
	rm -rf "$dir"
	mkdir -p "$dir/kernel/tree" "$dir/kernel/patches/6.12" "$dir/kernel/config"
	ln -s "$PGHOT_TOP/vm" "$dir/vm"
	ln -s "$PGHOT_TOP/uapi" "$dir/uapi"
	git -C "$repo" archive "$tag" | tar -x -C "$dir/kernel/tree"
	for name in "${names[@]}"; do
		rm "$dir/kernel/tree/$name"
	done
	find "$dir/kernel/tree" -depth -type d -empty -delete
	git -C "$repo" diff base "$tag" -- "${names[@]}" > "$dir/kernel/patches/6.12/0001-step.patch"
	cp kernel/config/vm.config "$dir/kernel/config"
	while IFS= read -r line; do
		symbol=${line#CONFIG_} symbol=${symbol%%=*}
		! grep -qsx "config $symbol" "$dir/kernel/tree/mm/pghot/Kconfig" || echo "$line"
	done < kernel/config/pghot.config > "$dir/kernel/config/pghot.config"
}

each_step_passes() {
	local step tag kernel passed line
	for step in "${steps[@]}"; do
		tag=$(basename "$step" .step)
		[ -z "${PGHOT_SERIES_STEPS-}" ] || [[ " $PGHOT_SERIES_STEPS " == *" ${tag%%-*} "* ]] || continue
		checkout "$tag" "$scratch/checkout"
		[ -s "$scratch/checkout/kernel/config/pghot.config" ] || { echo "$tag: no suites"; continue; }
		# A cache of its own: no result that somebody uses makes place for these.
		kernel=$(XDG_CACHE_HOME=$PGHOT_CACHE/series-kunit "$scratch/checkout/vm/kernel-build" plain) ||
			{ fail "$tag: the kernel of the VM cannot be built"; continue; }
		passed=0
		while IFS= read -r line; do
			case $line in
			pass$'\t'*) passed=$((passed + 1)) ;;
			*) fail "$tag: kunit: $line" ;;
			esac
		done < <(PGHOT_KERNEL_PLAIN=$kernel tests/kernel/kunit plain "$scratch/kunit")
		[ "$passed" -gt 1 ] || fail "$tag: no case passed"
		echo "$tag: $passed cases and the log"
	done
}

if [ "${PGHOT_SERIES-}" = kunit ]; then
	export CCACHE_DIR=${CCACHE_DIR:-$PGHOT_CACHE/ccache}
	each_step_passes
fi

[ "$failures" -eq 0 ] || exit 1
[ ${#unknown[@]} -eq 0 ] || passes kernel/make-series
echo "${#patches[@]} patches sum up to kernel/"
