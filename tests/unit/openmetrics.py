#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A strict parser of OpenMetrics 1.0 text, to judge pghotctl metrics by.

openmetrics.py FILE...        exit 0 if each is well-formed and no counter is lower than
                              in the file before
openmetrics.py --self-test    refuses what it should refuse
"""

import re
import sys

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r"[a-zA-Z_][a-zA-Z0-9_]*"
VALUE = r'"((?:[^"\\\n]|\\[\\"n])*)"'
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Inf|NaN)\Z")
META = re.compile(rf"# (TYPE|UNIT|HELP) ({NAME}) (.+)\Z")
SAMPLE = re.compile(rf"({NAME})(\{{[^\n]*\}})? ([^ ]+)\Z")
TYPES = {"gauge": [""], "counter": ["_total", "_created"], "info": ["_info"],
         "unknown": [""], "stateset": [""]}


class Wrong(Exception):
    pass


def labels_of(text):
    """The labels in {…}, each once."""
    labels, at = {}, 1
    item = re.compile(rf"({LABEL})={VALUE}")
    while at < len(text) - 1:
        m = item.match(text, at)
        if not m:
            raise Wrong(f"labels: {text}")
        if m[1] in labels:
            raise Wrong(f"label {m[1]} twice")
        labels[m[1]] = m[2]
        at = m.end()
        if text[at] == ",":
            at += 1
            if at == len(text) - 1:
                raise Wrong("a comma at the end of the labels")
        elif at != len(text) - 1:
            raise Wrong(f"labels: {text}")
    return labels


def parse(text):
    """{(sample, labels): value} of the counters, or Wrong."""
    if not text.endswith("# EOF\n"):
        raise Wrong("no # EOF and newline at the end")
    lines = text.split("\n")[:-2]
    family, seen, samples, counters = None, {}, set(), {}
    for number, line in enumerate(lines, 1):
        try:
            if line == "# EOF":
                raise Wrong("something behind # EOF")
            if line.startswith("#"):
                m = META.match(line)
                if not m:
                    raise Wrong("a comment that is none of TYPE, UNIT, HELP")
                what, name, rest = m.groups()
                if family != name:
                    if name in seen:
                        raise Wrong(f"family {name} in two pieces")
                    family, seen[name] = name, {}
                if what in seen[name]:
                    raise Wrong(f"{what} twice")
                if seen[name].get("samples"):
                    raise Wrong(f"{what} behind samples")
                seen[name][what] = rest
                if what == "TYPE":
                    if rest not in TYPES:
                        raise Wrong(f"type {rest}")
                    if rest == "counter" and name.endswith("_total"):
                        raise Wrong("a counter's family ends in _total")
                if what == "UNIT" and not name.endswith("_" + rest):
                    raise Wrong(f"{name} does not end in its unit {rest}")
                continue
            m = SAMPLE.match(line)
            if not m:
                raise Wrong("no sample")
            name, labels, value = m.groups()
            labels = labels_of(labels) if labels else {}
            if family is None or "TYPE" not in seen[family] or "HELP" not in seen[family]:
                raise Wrong("a sample without TYPE and HELP")
            kind = seen[family]["TYPE"]
            if name not in [family + suffix for suffix in TYPES[kind]]:
                raise Wrong(f"{name} is no sample of {family}, a {kind}")
            if not NUMBER.match(value):
                raise Wrong(f"value {value}")
            key = (name, tuple(sorted(labels.items())))
            if key in samples:
                raise Wrong("the same sample twice")
            samples.add(key)
            seen[family]["samples"] = True
            if kind == "counter":
                if float(value) < 0 or "NaN" in value:
                    raise Wrong("a counter below zero")
                counters[key] = float(value)
            if kind == "info" and (value != "1" or not labels):
                raise Wrong("an info is 1 and has labels")
        except Wrong as e:
            raise Wrong(f"line {number}: {e}: {line}") from None
    for name, family in seen.items():
        if "TYPE" not in family or "HELP" not in family:
            raise Wrong(f"{name} lacks TYPE or HELP")
    if not samples:
        raise Wrong("no samples")
    return counters


GOOD = """# TYPE a_bytes gauge
# UNIT a_bytes bytes
# HELP a_bytes what
a_bytes{x="1",y="a\\"b"} 1.5
a_bytes{x="2",y=""} -2e3
# TYPE b counter
# HELP b more
b_total 7
# TYPE c info
# HELP c it
c_info{v="1"} 1
# EOF
"""

BAD = [
    ("# EOF\n", ""), ("# EOF\n", "# EOF"), ("# HELP b more\n", ""), ("b_total", "b"),
    ("b_total 7", "b_total -7"), ("b_total 7", "b_total seven"), ("b_total 7", "b_total  7"),
    ("b_total 7", "b_total 7\nb_total 8"), ("UNIT a_bytes bytes", "UNIT a_bytes seconds"),
    ('y="a\\"b"', 'y="a"b"'), ('x="2",y=""', 'x="2",x="3"'), ('x="2",y=""', 'x="2",'),
    ("c_info{v=\"1\"} 1", "c_info 1"), ("c_info{v=\"1\"} 1", "c_info{v=\"1\"} 2"),
    ("# TYPE c info", "# TYPE c infos"), ("# TYPE b counter", "# TYPE a_bytes counter"),
    ("# HELP c it\n", "# HELP c it\n\n"), ("# HELP c it", "# HELP c it\n# HELP c it"),
    ("# TYPE b counter\n", "# note\n# TYPE b counter\n"),
]


def self_test():
    parse(GOOD)
    for old, new in BAD:
        bad = GOOD.replace(old, new, 1)
        assert bad != GOOD, old
        try:
            parse(bad)
        except Wrong:
            continue
        sys.exit(f"accepted with {old!r} replaced by {new!r}")
    print(f"{len(BAD)} bad texts refused")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    before = {}
    for name in sys.argv[1:]:
        try:
            now = parse(open(name, encoding="utf-8").read())
            for key, value in before.items():
                if now.get(key, 0) < value:
                    raise Wrong(f"{key} went back from {value} to {now.get(key)}")
        except Wrong as e:
            sys.exit(f"{name}: {e}")
        before = now


if __name__ == "__main__":
    main()
