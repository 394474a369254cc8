#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The attribute tables of lib/family.c say what uapi/pghot.yaml says: every
# attribute of every set, its number, name and type.

set -eu
cd "$(dirname "$0")/../.."

build=${PGHOT_BUILD:-build}
[ -f "$build/build.ninja" ] || meson setup "$build" > /dev/null
ninja -C "$build" pghotctl/pghotctl-gen > /dev/null

"$build/pghotctl/pghotctl-gen" attributes | python3 -c '
import sys

import yaml

spec = yaml.safe_load(open("uapi/pghot.yaml"))
theirs = {}
for s in spec["attribute-sets"]:
    if "subset-of" in s:
        continue
    for number, a in enumerate(s["attributes"], 1):
        theirs[s["name"], number] = (a["name"], a["type"])

ours = {}
for line in sys.stdin:
    name, number, attribute, kind = line.split()
    ours[name, int(number)] = (attribute, kind)

bad = 0
for key in sorted(set(ours) | set(theirs)):
    mine, spec_says = ours.get(key), theirs.get(key)
    # The decoders have no use for the type of what only requests carry.
    if mine and spec_says and mine[0] == spec_says[0] and mine[1] in (spec_says[1], "request"):
        continue
    print(f"{key[0]} {key[1]}: lib has {mine}, the spec {spec_says}")
    bad += 1
print(f"{len(theirs)} attributes checked, {bad} differ")
sys.exit(bad > 0 or not theirs)
'
