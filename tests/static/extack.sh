#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the kernel says of a refused request is said in full. The kernel cuts a sentence
# that it puts together at 79 characters: each is made as long as its numbers and names
# can be.

set -eu
cd "$(dirname "$0")/../.."

look() {
	python3 - "$@" <<-'END'
	import re
	import sys

	LIMIT = 79  # NETLINK_MAX_FMTMSG_LEN less the end of the string
	# The longest there are: of texts by what is passed, of numbers by their type, unless
	# the number is known to be shorter.
	TEXTS = {
	    "name": 23, "desc->name": 23,  # promote-rate-limit-mbps
	    "ops->name": 9, "by_name->name": 9,  # hintfault
	    "why": 63, "list": 39, "pmu->name": 20,
	}
	NUMBERS = {"u": 10, "d": 11, "ld": 11, "lu": 20, "llu": 20, "llx": 16}
	KNOWN = {
	    # Page frame numbers: 52 bits of address, 4 KiB pages.
	    "max_pfn - 1": 13,
	    # Nodes, sources, error numbers.
	    "nid": 10, "id": 10, "err": 4, "PTR_ERR(t)": 4, "by_id->id": 1, "by_name->id": 1,
	    # In range, or a constant.
	    "p->period_min_ms": 6, "p->period_max_ms": 6, "p->period": 10, "min": 20, "max": 20,
	}

	def arguments(text):
	    parts, depth, now, quoted = [], 0, "", False
	    for c in text:
	        if c == '"':
	            quoted = not quoted
	        if not quoted and c in "([":
	            depth += 1
	        if not quoted and c in ")]":
	            depth -= 1
	        if c == "," and not depth and not quoted:
	            parts.append(now.strip())
	            now = ""
	        else:
	            now += c
	    return parts + [now.strip()]

	def width(spec, arg, path):
	    flags, precision, kind = spec
	    if kind == "%":
	        return 1
	    local = LOCAL.get((path.split("mm/pghot/")[-1], arg))
	    if local is not None:
	        return local
	    if kind == "s":
	        if precision:
	            return int(precision)
	        options = re.findall(r'"([^"]*)"', arg)
	        if options:
	            return max(map(len, options))
	        if arg not in TEXTS:
	            raise SystemExit(f"{path}: how long can {arg} be? Tell this check.")
	        return TEXTS[arg]
	    if re.fullmatch(r"[A-Z0-9_]+", arg) and arg in CONSTANTS:
	        return len(CONSTANTS[arg])
	    return KNOWN.get(arg, NUMBERS[kind])

	CONSTANTS = dict(re.findall(r"#define\s+(PGHOT_\w+)\s+(\d+)", open("uapi/linux/pghot.h").read()))
	# What is longer elsewhere, by file.
	LOCAL = {
	    ("control/netlink-param.c", "list"): 15,  # char list[16]
	    ("control/netlink-param.c", "desc->name"): 10,  # target-nid
	    ("control/nl.c", "list"): 18,  # 19 bytes of it
	    ("control/netlink-source.c", "list"): 33,  # all names, or their numbers
	    ("attr/attr.c", "number"): 10, ("attr/attr.c", "min"): 1, ("attr/attr.c", "max"): 10,
	}
	bad = found = 0
	for path in sys.argv[1:]:
	    text = open(path).read()
	    for m in re.finditer(r"NL_SET_ERR_MSG(?:_ATTR)?_FMT\(", text):
	        depth, end = 1, m.end()
	        while depth:
	            depth += {"(": 1, ")": -1}.get(text[end], 0) if text[end] != '"' else 0
	            if text[end] == '"':
	                end = text.index('"', end + 1)
	            end += 1
	        args = arguments(re.sub(r"\s+", " ", text[m.end():end - 1]))
	        at = next(i for i, a in enumerate(args) if a.startswith('"'))
	        fmt = re.sub(r'" "', "", args[at])[1:-1]
	        specs = re.findall(r"%(\#?)(?:\.(\d+))?(s|u|d|ld|lu|llu|llx|%)", fmt)
	        length = len(re.sub(r"%\#?(?:\.\d+)?(?:s|llu|llx|lu|ld|u|d|%)", "", fmt))
	        rest = iter(args[at + 1:])
	        for spec in specs:
	            length += width(spec, next(rest) if spec[2] != "%" else "", path)
	        found += 1
	        if length > LIMIT:
	            line = text.count("\n", 0, m.start()) + 1
	            print(f"{path}:{line}: {length} characters at most, {LIMIT} are shown: {fmt}")
	            bad += 1
	print(f"{found} sentences, {bad} too long")
	sys.exit(bool(bad) or not found)
	END
}

# A checker that finds nothing anywhere would pass everything.
planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
echo 'f() { NL_SET_ERR_MSG_FMT(e, "%u is in this sentence, which goes on for longer than it is shown to anybody", n); }' > "$planted/long.c"
! look "$planted/long.c" > /dev/null || { echo "a sentence that is too long is not noticed"; exit 1; }
echo 'f() { NL_SET_ERR_MSG_FMT(e, "%u is short", n); }' > "$planted/short.c"
look "$planted/short.c" > /dev/null || { look "$planted/short.c"; exit 1; }

mapfile -d '' -t files < <(find kernel/tree/mm/pghot -name '*.c' -print0 | LC_ALL=C sort -z)
look "${files[@]}"
