#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The dashboard of Grafana is well-formed, and asks for metrics that there are.

dashboard.py DASHBOARD PGHOTCTL          its metrics are what that program prints
dashboard.py DASHBOARD --metrics FILE    or those in a file of OpenMetrics text

Then it is spoilt in each way that this should notice.
"""

import copy
import json
import re
import subprocess
import sys

SAMPLE = re.compile(r"([a-z0-9_]+)(?:\{(.*)\})? \S+\Z")
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')
# What Prometheus adds, and what Grafana replaces.
ADDED = {"instance", "job"}
BUILT_IN = {"__rate_interval", "__interval", "__range", "__all"}
PANELS = {"row", "stat", "timeseries", "state-timeline"}
UNITS = {"none", "short", "bytes", "Bps", "cps", "s", "percentunit"}
SELECTOR = re.compile(r"\b(pghot_[a-z0-9_]+)\b(\{[^{}]*\})?")
MATCHER = re.compile(r'([a-z_]+)(=~|!~|!=|=)"([^"]*)"')
FUNCTIONS = {"rate", "increase", "sum", "avg", "min", "max", "count", "avg_over_time", "label_values"}
WORDS = {"by", "without", "on", "ignoring", "group_left", "group_right"}
# What an administrator came for: a dashboard without is none.
NEEDED = {"pghot_node_promoted_bytes_total", "pghot_node_demoted_bytes_total",
          "pghot_node_failed_bytes_total", "pghot_source_problem", "pghot_source_recorded_total",
          "pghot_cgroup_promoted_bytes_total", "pghot_node_queued_folios", "pghot_node_threshold", "pghot_node_free_bytes"}


def samples_of(text):
    """{metric: {label: values}}"""
    metrics = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        m = SAMPLE.match(line)
        if not m:
            raise SystemExit(f"no sample: {line}")
        labels = metrics.setdefault(m[1], {})
        for name, value in LABEL.findall(m[2] or ""):
            labels.setdefault(name, set()).add(value)
    return metrics


def query_faults(expr, metrics):
    """What is wrong with a query."""
    if expr.count("(") != expr.count(")") or expr.count("{") != expr.count("}"):
        yield "brackets that do not match"
    found = SELECTOR.findall(expr)
    if not found:
        yield "no metric"
    labels = set(ADDED)
    for name, selector in found:
        if name not in metrics:
            yield f"no such metric: {name}"
            continue
        labels |= set(metrics[name])
        matchers = MATCHER.findall(selector)
        if "label_values" not in expr and ("instance", "=~", "$instance") not in matchers:
            yield f"{name}: not only of the instances that are chosen"
        if selector and selector[1:-1] != ",".join(a + b + f'"{c}"' for a, b, c in matchers):
            yield f"{name}: a selector that is none: {selector}"
        for label, _, value in matchers:
            if label not in metrics[name] and label not in ADDED:
                yield f"{name} has no label {label}"
            elif not value.startswith("$") and value not in metrics[name].get(label, ()):
                yield f"{name} has no {label} {value}"
    for name in re.findall(r"\b(?:rate|increase)\(([a-z0-9_]+)", expr):
        if not name.endswith("_total"):
            yield f"the rate of a gauge: {name}"
    for name in re.findall(r"(?<!rate\()(?<!increase\()\b(pghot_[a-z0-9_]+_total)\b", expr):
        yield f"a counter and no rate: {name}"
    for kind, names in re.findall(r"\b(by|on|without|ignoring|group_left) \(([^()]*)\)", expr):
        for name in re.split(r",\s*", names):
            if name not in labels:
                yield f"{kind}: no label {name}"
    rest = re.sub(r'"[^"]*"|\[[^\]]*\]|\{[^{}]*\}', "", expr)
    rest = re.sub(r"\b(?:by|on|without|ignoring|group_left) \([^()]*\)", "", rest)
    if "label_values" not in expr:
        for word in re.findall(r"\b[a-z_]\w*", rest):
            if word not in metrics and word not in FUNCTIONS | WORDS and not word.startswith("pghot_"):
                yield f"what is {word}?"


def panel_faults(panel, metrics):
    """What is wrong with one that shows something."""
    if not panel.get("description"):
        yield "no description"
    if panel.get("datasource", {}).get("uid") != "${datasource}":
        yield "not from the data source that is chosen"
    if panel.get("fieldConfig", {}).get("defaults", {}).get("unit") not in UNITS:
        yield f"unit {panel.get('fieldConfig', {}).get('defaults', {}).get('unit')}"
    targets = panel.get("targets") or []
    if not targets:
        yield "shows nothing"
    if len({t.get("refId") for t in targets}) != len(targets):
        yield "two queries of one name"
    for target in targets:
        expr = target.get("expr", "")
        for fault in query_faults(expr, metrics):
            yield f"{fault}: {expr}"
        if target.get("datasource", {}).get("uid") != "${datasource}":
            yield "a query to another data source"
        known = set().union(ADDED, *(metrics.get(name, ()) for name, _ in SELECTOR.findall(expr)))
        for name in re.findall(r"\{\{(\w+)\}\}", target.get("legendFormat", "")):
            if name not in known:
                yield f"a legend by {name}, which is no label: {expr}"


def place_faults(panels):
    """Where panels are."""
    taken = {}
    for panel in panels:
        at = panel.get("gridPos", {})
        if not all(isinstance(at.get(k), int) and at[k] >= 0 for k in "xywh") or at["x"] + at["w"] > 24 or \
                at["w"] * at["h"] == 0:
            yield f"{panel.get('title')}: at {at}"
            continue
        for x in range(at["x"], at["x"] + at["w"]):
            for y in range(at["y"], at["y"] + at["h"]):
                other = taken.setdefault((x, y), panel)
                if other is not panel:
                    yield f"{panel.get('title')}: over {other.get('title')}"
                    return


def faults(board, metrics):
    """All that is wrong."""
    for key, kind in (("title", str), ("uid", str), ("schemaVersion", int), ("panels", list), ("time", dict),
                      ("tags", list), ("refresh", str), ("templating", dict)):
        if not isinstance(board.get(key), kind):
            yield f"{key} is {board.get(key)!r}"
            return
    if "id" in board:
        yield "an id, which is the server's to give"
    variables = {v.get("name"): v for v in board["templating"].get("list", [])}
    if variables.get("datasource", {}).get("type") != "datasource":
        yield "no data source to choose"
    for name, v in variables.items():
        if v["type"] == "query":
            for fault in query_faults(v["query"]["query"], metrics):
                yield f"variable {name}: {fault}"
    for name in re.findall(r"\$\{?(\w+)", json.dumps(board)):
        if name not in variables and name not in BUILT_IN:
            yield f"no variable {name}"
    panels = board["panels"]
    if len({p.get("id") for p in panels}) != len(panels):
        yield "two panels of one id"
    yield from place_faults(panels)
    shown = set()
    for panel in panels:
        if panel.get("type") not in PANELS or not panel.get("title"):
            yield f"a panel {panel.get('title')} of type {panel.get('type')}"
        elif panel["type"] != "row":
            for fault in panel_faults(panel, metrics):
                yield f"{panel['title']}: {fault}"
            for target in panel.get("targets") or []:
                shown |= {name for name, _ in SELECTOR.findall(target.get("expr", ""))}
    for name in sorted(NEEDED - shown):
        yield f"does not show {name}"


def spoilt(board):
    """(name, the board with that fault)"""
    def change(name, fn):
        other = copy.deepcopy(board)
        fn(other, [p for p in other["panels"] if p["type"] == "timeseries"])
        return name, other

    def expr(old, new):
        def edit(_, charts):
            for target in (t for p in charts for t in p["targets"]):
                if re.search(old, target["expr"]):
                    target["expr"] = re.sub(old, new, target["expr"])
                    return
            raise SystemExit(f"nothing to spoil: {old}")
        return edit

    yield change("a metric that is none", expr("pghot_node_promoted_bytes_total", "pghot_node_promoted_pages_total"))
    yield change("a counter without its end", expr("promoted_bytes_total", "promoted_bytes"))
    yield change("no rate", expr(r"rate\((pghot_\w+\{[^}]*\})\[\$__rate_interval\]\)", r"(\1)"))
    yield change("a rate of a gauge", expr(r"(pghot_node_free_bytes\{[^}]*\})", r"rate(\1[$__rate_interval])"))
    yield change("a label that is none", expr("node=~", "nid=~"))
    yield change("grouped by what is none", expr("by \\(instance, node\\)", "by (instance, nid)"))
    yield change("all instances", expr(r'instance=~"\$instance",?', ""))
    yield change("a bracket", expr(r"\)", ""))
    yield change("a function that is none", expr("sum by", "som by"))
    yield change("a variable that is none", expr(r"\$node", "$nodes"))
    yield change("one id twice", lambda b, c: c[0].update(id=c[1]["id"]))
    yield change("one over the other", lambda b, c: c[0].update(gridPos=c[1]["gridPos"]))
    yield change("too wide", lambda b, c: c[0]["gridPos"].update(w=25))
    yield change("no unit", lambda b, c: c[0]["fieldConfig"]["defaults"].pop("unit"))
    yield change("a source of its own", lambda b, c: c[0]["datasource"].update(uid="abc"))
    yield change("a legend by no label", lambda b, c: c[0]["targets"][0].update(legendFormat="{{nid}}"))
    yield change("nothing shown", lambda b, c: c[0].update(targets=[]))
    yield change("no title", lambda b, c: b.pop("title"))
    yield change("no data source", lambda b, c: b["templating"]["list"].pop(0))
    yield change("a panel that does nothing", lambda b, c: c[0].update(type="graph2"))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        board = json.load(file)
    if sys.argv[2] == "--metrics":
        with open(sys.argv[3], encoding="utf-8") as file:
            text = file.read()
    else:
        text = subprocess.run([sys.argv[2], "metrics", "--cgroups", "3"], check=True, stdout=subprocess.PIPE).stdout.decode()
    metrics = samples_of(text)
    wrong = list(faults(board, metrics))
    for fault in wrong:
        print("FAIL:", fault)
    if not wrong:
        for name, other in spoilt(board):
            if not list(faults(other, metrics)):
                wrong.append(name)
                print("FAIL: not noticed:", name)
    queries = [t["expr"] for p in board["panels"] for t in p.get("targets", [])]
    print(f"{len(board['panels'])} panels, {len(queries)} queries, {len(metrics)} metrics, {len(wrong)} faults")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
