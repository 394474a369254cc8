#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the fuzzers of the kernel's side know of the family is what uapi/pghot.yaml says. Run
# it with --update to write their tables.

set -eu
cd "$(dirname "$0")/../.."

made=(tables:tests/e2e/fuzz-tables.h syzkaller:tests/fuzz/syzkaller/pghot.txt)
if [ "${1-}" = --update ]; then
	for what in "${made[@]}"; do python3 tests/fuzz/describe.py "${what%%:*}" > "${what#*:}"; done
	exit
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
for what in "${made[@]}"; do
	python3 tests/fuzz/describe.py "${what%%:*}" > "$work/made"
	diff -u "${what#*:}" "$work/made" || status=1
done
[ "$status" -eq 0 ] || echo "run tests/static/descriptions.sh --update"

# Nothing is left out: each command that can be asked, each attribute that it takes.
# shellcheck disable=SC2016 # for Python
python3 - <<'END' || status=1
import re
import sys

import yaml

spec = yaml.safe_load(open("uapi/pghot.yaml"))
text = open("tests/fuzz/syzkaller/pghot.txt").read()
sets = {s["name"]: s for s in spec["attribute-sets"]}
caps = lambda s: s.upper().replace("-", "_")
missing, nr = [], 0
def want(pattern):
    global nr
    nr += 1
    if not re.search(pattern, text):
        missing.append(pattern)
def attribute(set_name, name):
    want(rf"\tPGHOT_A_{caps(set_name)}_{caps(name)}\t")
    a = next(a for a in sets[set_name]["attributes"] if a["name"] == name)
    if a["type"] == "nest":
        for inner in sets[a["nested-attributes"]]["attributes"]:
            attribute(a["nested-attributes"], inner["name"])
for op in spec["operations"]["list"]:
    for kind in ("do", "dump"):
        if kind in op:
            want(rf"\[PGHOT_CMD_{caps(op['name'])}, ")
            for name in op[kind].get("request", {}).get("attributes", []):
                attribute(op["attribute-set"], name)
# Every type that is used is there.
for name in re.findall(r"\b(pghot_\w+_policy|pghot_source_names|pghot_reset_what)\b", text):
    want(rf"(?m)^{name} (\[|=)")
for pattern in missing:
    print("pghot.txt lacks", pattern)
print(f"{nr} commands, attributes and types checked")
sys.exit(bool(missing) or nr < 50)
END
exit $status
