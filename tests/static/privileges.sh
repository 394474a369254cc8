#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every command and multicast group of uapi/pghot.yaml is in the table of who may do what
# (tests/e2e/privileges), and what the specification keeps for administrators is refused to
# others there.

set -eu
cd "$(dirname "$0")/../.."

look() {
	python3 - "$1" tests/e2e/privileges <<-'END'
	import sys
	import yaml

	spec = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
	lines = [line.split() for line in open(sys.argv[2], encoding="utf-8")
	         if line.strip() and not line.startswith("#")]
	who, rows = lines[0], lines[1:]
	bad = []

	table = {}  # (kind, name) -> the letters of each of its rows
	for row in rows:
	    if len(row) < len(who) + 2 or any(len(letter) != 1 or letter not in "y-x"
	                                      for letter in row[:len(who)]):
	        bad.append(f"not {len(who)} letters of y, - and x, and what they are for: {' '.join(row)}")
	        continue
	    what = row[len(who):]
	    table.setdefault((what[0], what[1]), []).append(dict(zip(who, row)))

	def check(kind, name, admin):
	    found = table.pop((kind, name), None)
	    if not found:
	        bad.append(f"{sys.argv[2]}: no row for '{kind} {name}'")
	        return
	    for letters in found:
	        others = {letters[w] for w in ("nobody", "netadmin", "perfmon", "userns")}
	        if others != {"-" if admin else "y"}:
	            bad.append(f"'{kind} {name}': the specification says it is for "
	                       f"{'administrators' if admin else 'all'}")

	for op in spec["operations"]["list"]:
	    for kind in ("do", "dump"):
	        # A dump that has a step of its own before the first message checks there.
	        if kind in op:
	            check(kind, op["name"], "pre" in op[kind])
	for group in spec["mcast-groups"]["list"]:
	    check("listen", group["name"], group["name"] == "promotion")
	bad += [f"'{kind} {name}': not in the specification" for kind, name in table
	        if kind in ("do", "dump", "listen")]
	print("\n".join(bad) or f"{len(rows)} rows checked")
	sys.exit(bool(bad))
	END
}

# A checker that finds nothing anywhere would pass everything.
scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT
sed 's/name: node-get$/name: planted-get/' uapi/pghot.yaml > "$scratch"
if look "$scratch" > /dev/null; then
	echo "a command that is not in the table is not found"
	exit 1
fi
sed '/name: stats-get$/,/reply:/s/^      do:$/      do:\n        pre: planted/' uapi/pghot.yaml > "$scratch"
if look "$scratch" > /dev/null; then
	echo "a command that only administrators may use is not found"
	exit 1
fi
look uapi/pghot.yaml
