#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 1800
#
# Lintian has nothing to say about the packages, they hold what they should, and they
# are the same bytes when they are built elsewhere, later, by somebody with other
# settings.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

built_packages

lintian --allow-root --fail-on error,warning,info,pedantic --display-info --pedantic "$debs"/*.changes ||
	fail "lintian"

# A tree elsewhere, with another depth, all of its files from another day.
other=$scratch/elsewhere/deep/below/pghot-copy
mkdir -p "$other" "$scratch/out"
git ls-files -z --cached --others --exclude-standard | LC_ALL=C sort -zu |
	while IFS= read -r -d '' name; do [ ! -f "$name" ] || printf '%s\0' "$name"; done |
	tar c --null -T - | tar x -C "$other"
find "$other" -exec touch -h -d '2031-07-09 03:04:05' {} +
locales=$(locale -a)
locale=C.UTF-8
for candidate in tr_TR.utf8 de_DE.utf8 fr_FR.utf8 en_US.utf8; do
	! grep -qx "$candidate" <<< "$locales" || locale=$candidate
done
other_tmp=$scratch/tmp-of-another-name
mkdir "$other_tmp"
(
	umask 077
	TZ=Pacific/Chatham LC_ALL=$locale LANG=$locale TMPDIR=$other_tmp HOME=$scratch USER=somebody \
		DEB_BUILD_OPTIONS=parallel=1 CCACHE_DISABLE=1 \
		"$other/packaging/build-deb" --no-lint "$scratch/out"
)
[ "$(cd "$debs" && echo *.deb)" = "$(cd "$scratch/out" && echo *.deb)" ] || fail "other packages: $(ls "$scratch/out")"
for package in "$debs"/*.deb; do
	cmp "$package" "$scratch/out/${package##*/}" || fail "${package##*/} depends on where and when it is built"
done

# The comparison would notice.
cp "$(deb pghot-doc)" "$scratch/planted.deb"
printf 'x' | dd of="$scratch/planted.deb" bs=1 seek=200 conv=notrunc 2> /dev/null
! cmp -s "$(deb pghot-doc)" "$scratch/planted.deb" || fail "a change is not noticed"

# has PACKAGE PATH...
has() {
	local package=$1 path
	shift
	dpkg-deb -c "$(deb "$package")" | sed -E 's,^([^ ]+ +){5}\.,,; s/ -> .*//' > "$scratch/contents"
	for path; do
		grep -qxE -- "$path" "$scratch/contents" || fail "$package has no $path"
	done
}
has pghot-tools /usr/sbin/pghot{ctl,top} '(/usr)?/lib/systemd/system/pghot[.]service' \
	/usr/share/man/man8/pghot{ctl,top}.8.gz /usr/share/man/man5/pghot{-json,-recording,.conf}.5.gz \
	/usr/share/man/man7/pghot.7.gz /usr/share/bash-completion/completions/pghot{ctl,top} \
	/usr/share/zsh/vendor-completions/_pghot{ctl,top} /usr/share/fish/vendor_completions.d/pghot{ctl,top}.fish
schemas=$(grep -c '^/usr/share/pghot/schemas/.*[.]json$' "$scratch/contents")
[ "$schemas" -eq "$(find pghotctl/schemas pghottop/schemas -name '*.json' | wc -l)" ] ||
	fail "pghot-tools has $schemas schemas"
has pghot-doc '/usr/share/doc/pghot-doc/pghot[.]rst([.]gz)?' '/usr/share/doc/pghot-doc/html/pghotctl[.]8[.]html' \
	/usr/share/doc-base/pghot-doc.pghot
has pghot-kernel-patch /usr/bin/pghot-kernel-build /usr/share/man/man1/pghot-kernel-build.1.gz \
	/usr/share/pghot-kernel/config/distribution.config /usr/share/pghot-kernel/tree/include/uapi/linux/pghot.h
patches=$(grep -c '^/usr/share/pghot-kernel/patches/6.12/.*[.]patch$' "$scratch/contents")
[ "$patches" -eq "$(find kernel/patches/6.12 -name '*.patch' | wc -l)" ] || fail "pghot-kernel-patch has $patches patches"
files=$(grep -c '^/usr/share/pghot-kernel/tree/.*[^/]$' "$scratch/contents")
[ "$files" -eq $(( $(find kernel/tree -type f ! -name .gitignore | wc -l) + 4 )) ] || fail "pghot-kernel-patch has $files files of the kernel"

# One system can have the tools of one architecture and serve packages of another.
for package in pghot-tools pghot-doc pghot-kernel-patch; do
	[ "$(dpkg-deb -f "$(deb $package)" Multi-Arch)" = foreign ] || fail "$package is not Multi-Arch: foreign"
done
finish
