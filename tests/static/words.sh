#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Words that the kernel, the tools, the schemas and the pages share are the same
# everywhere: those of uapi/pghot.yaml are the tools' own, and these are all that
# the schemas allow and that the pages name.

set -eu
cd "$(dirname "$0")/../.."

build=${PGHOT_BUILD:-build}
[ -f "$build/build.ninja" ] || meson setup "$build" > /dev/null
ninja -C "$build" pghotctl/pghotctl-gen > /dev/null

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/check.py" <<'END'
import json
import os
import re
import sys

import yaml

words = {}
for line in open(sys.argv[1]):
    name, number, word = line.split()
    words.setdefault(name, []).append(word)
bad, checked = [], 0


def same(where, theirs, name):
    global checked
    checked += 1
    if sorted(theirs) != sorted(words[name]):
        bad.append(f"{where}: {sorted(theirs)}, but {name} is {sorted(words[name])}")


spec = yaml.safe_load(open("uapi/pghot.yaml"))
for d in spec["definitions"]:
    if d["type"] in ("enum", "flags"):
        entries = [e["name"] if isinstance(e, dict) else e for e in d["entries"]]
        checked += 1
        if words.get(d["name"]) != entries:
            bad.append(f"uapi/pghot.yaml: {d['name']} is {entries}, the tools have {words.get(d['name'])}")

schema = {}
for folder in ("pghotctl/schemas", "pghottop/schemas"):
    for name in os.listdir(folder):
        schema[name] = json.load(open(os.path.join(folder, name)))
common = schema["common-1.json"]["$defs"]
same("common-1.json, error", common["error"]["properties"]["code"]["enum"], "status")
same("common-1.json, failed_pages",
     [k.replace("_", "-") for k in common["failed_pages"]["properties"]], "fail-reason")

# Lists of words that are a set of ours by most of what they have.
def walk(name, at, path):
    if isinstance(at, list):
        for i in at:
            walk(name, i, path)
    if not isinstance(at, dict):
        return
    theirs = [w for w in at.get("enum", ()) if w is not None]
    for ours in ("promotion-kind", "entry-state", "reset-what", "page-type"):
        if len(set(theirs) & set(words[ours])) >= 2:
            same(f"{name}, {path}", theirs, ours)
    for key, value in at.items():
        walk(name, value, f"{path}/{key}")


for name in sorted(schema):
    walk(name, schema[name], "")

pages = "".join(open(os.path.join("man", n)).read() for n in sorted(os.listdir("man"))
                if re.fullmatch(r".*\.[1-9]", n))
for name in ("promotion-kind", "reset-what", "fail-reason", "source-id", "entry-state"):
    for word in words[name]:
        checked += 1
        if not re.search(rf"(^|[^a-z-]){re.escape(word)}([^a-z-]|$)", pages, re.M):
            bad.append(f"man: no page has the {name} {word}")
json_page = open("man/pghot-json.5").read()
for word in words["promotion-kind"] + words["status"]:
    checked += 1
    if not re.search(rf"^\.(It )?Ql {re.escape(word)}( |$)", json_page, re.M):
        bad.append(f"man/pghot-json.5 has no '.Ql {word}'")

print("\n".join(bad) or f"{checked} sets and words checked")
sys.exit(bool(bad) or checked < 40)
END
"$build/pghotctl/pghotctl-gen" words > "$work/words"
# A check that finds nothing anywhere would pass everything.
for planted in 's/rate-limit/rate-limited/' 's/not-found/missing/' 's/^entry-state 1 hot/entry-state 1 warm/'; do
	sed "$planted" "$work/words" > "$work/planted"
	! python3 "$work/check.py" "$work/planted" > "$work/said" || { echo "not noticed: $planted"; exit 1; }
done
python3 "$work/check.py" "$work/words"
