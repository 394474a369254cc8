#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""report.py OUT RESULTS - make a table, JSON and plots of what run has measured

OUT has a directory per load, with one per arm, as cell leaves them. In RESULTS:

    placement.txt     the table, which is printed as well
    placement.json    the same numbers, and every look
    LOAD.svg          hit over time, a line per arm
"""

import json
import os
import re
import sys
from html import escape

PAGE_MIB = 4096 / (1 << 20)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def read_pairs(path):
    """Lines "name value"; names that come more than once, as threads do, are added up."""
    pairs = {}
    for line in read(path).splitlines():
        name, value = line.rsplit(None, 1)
        pairs[name] = pairs.get(name, 0) + int(value)
    return pairs


def difference(directory, what):
    """What has been added to each counter during the run."""
    before = read_pairs(f"{directory}/before.{what}")
    after = read_pairs(f"{directory}/after.{what}")
    return {name: value - before.get(name, 0) for name, value in after.items()}


def names_in_order(about):
    """Arms and loads in the order of run --list."""
    order, key = {}, None
    for line in about.splitlines():
        if not line.startswith(" "):
            key = line.rstrip(":").lower()
            order[key] = {}
        else:
            name, text = line.split(None, 1)
            order[key][name] = text
    return order


def rate_of_log(directory):
    """What a program says of its own speed, on average since the clock ran."""
    path = f"{directory}/load.log"
    if not os.path.exists(path):
        return None, None
    skip = int(read(f"{directory}/before.lines"))
    lines = read(path).splitlines()[skip:int(read(f"{directory}/after.lines"))]
    rates = []
    for line in lines:
        # db_bench: (operations, all operations) ... (per second, per second since its start)
        match = re.search(r"ops and \(([0-9.]+),", line) or re.search(r"([0-9.]+) tps", line)
        if match:
            rates.append(float(match.group(1)))
    return (sum(rates) / len(rates), "operations") if rates else (None, None)


def mean(values):
    return sum(values) / len(values) if values else None


def mean_over_time(samples, end):
    """Each look stands for the time until the next."""
    total = 0.0
    for this, following in zip(samples, samples[1:] + [None]):
        until = following["t_s"] if following else max(end, this["t_s"])
        total += this["hit"] * (until - this["t_s"])
    span = max(end, samples[-1]["t_s"]) - samples[0]["t_s"]
    return total / span if span else samples[0]["hit"]


def measure(directory):
    """The numbers of one load under one arm."""
    events = [json.loads(line) for line in read(f"{directory}/samples.jsonl").splitlines()]
    samples = [e for e in events if e["event"] == "sample" and e.get("hit") is not None]
    summary = next((e for e in events if e["event"] == "summary"), None)
    if not samples or not summary:
        raise ValueError(f"{directory}: the measurement is not complete")
    # bench-load tells time as "seconds", bench-witness as that of its last event.
    seconds = summary.get("seconds", summary.get("t_s"))
    vmstat = difference(directory, "vmstat")
    threads = {n: ns / 1e9 for n, ns in difference(directory, "threads").items()}

    # The witness has looked before the mechanism was turned on.
    start = next((e["hit"] for e in events if e["event"] == "ready" and e.get("hit") is not None),
                 samples[0]["hit"])
    end = mean([s["hit"] for s in samples if s["t_s"] >= 0.9 * seconds] or [samples[-1]["hit"]])
    settled = None
    if end - start >= 0.02:
        wanted = start + 0.95 * (end - start)
        settled = next(s["t_s"] for s in samples if s["hit"] >= wanted)

    accesses = summary.get("accesses")
    rate, unit = (accesses / seconds, "accesses") if accesses else rate_of_log(directory)
    system = summary.get("system_s")
    if os.path.exists(f"{directory}/before.cpu"):
        system = difference(directory, "cpu").get("system_usec", 0) / 1e6
    promoted = vmstat.get("pgpromote_success", 0)
    if vmstat.get("damon_promoted"):
        # Pages for which node 0 has no room it moves to other frames of node 1, and counts.
        promoted += max(vmstat["damon_promoted"] - vmstat.get("numa_foreign", 0), 0)
    demoted = sum(vmstat.get(n, 0) for n in vmstat if n.startswith("pgdemote_"))
    demoted += vmstat.get("damon_demoted", 0)
    return {
        "seconds": seconds,
        "asked_seconds": int(read(f"{directory}/seconds")),
        "seed": int(read(f"{directory}/seed")),
        "kernel": read(f"{directory}/kernel").strip(),
        "judge": "popularity" if accesses else "samples",
        "hit_start": start,
        "hit_mean": mean_over_time(samples, seconds),
        "hit_end": end,
        "oracle_mean": mean([s["oracle"] for s in samples if "oracle" in s]),
        "settled_s": settled,
        "promoted_pages": promoted,
        "demoted_pages": demoted,
        "hint_faults": vmstat.get("numa_hint_faults", 0),
        "operations_per_s": rate,
        "operations": unit,
        "thread_cpu_s": sum(threads.values()),
        "threads_cpu_s": threads,
        "load_system_s": system,
        "vmstat": {n: v for n, v in sorted(vmstat.items()) if v and re.match(
            r"pgpromote|pgdemote|pgmigrate|numa_|pghot_|hwhint|damon_|pgscan_|thp_(split|mig)", n)},
        "samples": samples,
    }


# --- the table ---------------------------------------------------------------------

COLUMNS = [
    ("arm", 14, lambda arm, m, base: arm),
    ("hit mean", 8, lambda arm, m, base: f"{m['hit_mean']:.3f}"),
    ("end", 6, lambda arm, m, base: f"{m['hit_end']:.3f}"),
    ("settled s", 9, lambda arm, m, base: number(m["settled_s"], ".0f")),
    ("promoted MiB", 12, lambda arm, m, base: f"{m['promoted_pages'] * PAGE_MIB:.0f}"),
    ("demoted MiB", 11, lambda arm, m, base: f"{m['demoted_pages'] * PAGE_MIB:.0f}"),
    ("hint faults", 11, lambda arm, m, base: f"{m['hint_faults']}"),
    ("threads CPU %", 13, lambda arm, m, base: f"{100 * m['thread_cpu_s'] / m['seconds']:.2f}"),
    ("load sys %", 10, lambda arm, m, base: percent(m["load_system_s"], m["seconds"])),
    ("speed", 7, lambda arm, m, base: speed(m, base)),
]


def number(value, form):
    return "-" if value is None else format(value, form)


def percent(part, whole):
    return "-" if part is None else f"{100 * part / whole:.2f}"


def speed(m, base):
    """Relative to that of the arm "nothing"."""
    if not base or not base["operations_per_s"] or not m["operations_per_s"]:
        return "-"
    return f"{m['operations_per_s'] / base['operations_per_s']:.2f}"


def table(results, about):
    lines = []
    for load, arms in results.items():
        base = arms.get("nothing")
        one = next(iter(arms.values()))
        lines.append(f"{load}: {about['loads'].get(load, '')}")
        note = f"  {one['asked_seconds']} s, seed {one['seed']}, Linux {one['kernel']}; "
        oracles = [m["oracle_mean"] for m in arms.values() if m["oracle_mean"] is not None]
        if oracles:
            note += f"the best placement has a hit of {mean(oracles):.3f}"
        else:
            note += "hit is that of samples of user-mode accesses"
        lines.append(note)
        lines.append("  " + "  ".join(
            n.ljust(w) if i == 0 else n.rjust(w) for i, (n, w, _) in enumerate(COLUMNS)))
        for arm, m in arms.items():
            cells = [get(arm, m, base) for _, _, get in COLUMNS]
            lines.append("  " + "  ".join(
                c.ljust(w) if i == 0 else c.rjust(w)
                for i, (c, (_, w, _)) in enumerate(zip(cells, COLUMNS))))
        lines.append("")
    return "\n".join(lines)


# --- plots -------------------------------------------------------------------------

# Okabe and Ito's colours, which colour-blind people tell apart, lighter in the dark.
LIGHT = ["#555555", "#0072b2", "#d55e00", "#e69f00", "#009e73", "#cc79a7", "#56b4e9",
         "#8c6d00", "#6a3d9a", "#000000"]
DARK = ["#aaaaaa", "#4da3d9", "#ff8a4c", "#f0bb4a", "#3fc9a3", "#e3a3c6", "#8fd0f5",
        "#c9b458", "#b490e0", "#ffffff"]
DASHES = ["", "6 3", "2 2", "8 3 2 3"]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 420, 56, 170, 44, 44


def plot(load, text, arms, order):
    """Hit over time, 0 to 1, with the oracle as a thin line."""
    seconds = max(s["t_s"] for m in arms.values() for s in m["samples"]) or 1
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(t):
        return LEFT + width * min(t / seconds, 1)

    def y(hit):
        return TOP + height * (1 - hit)

    def line(samples, key):
        return " ".join(f"{x(s['t_s']):.1f},{y(s[key]):.1f}" for s in samples)

    style = ["text{font:12px sans-serif}.title{font-size:14px;font-weight:bold}",
             "polyline{fill:none;stroke-width:1.8}polyline.oracle{stroke-width:1;stroke-dasharray:1 3}"]
    for name, colours, ink, grid, paper in (
            ("", LIGHT, "#222", "#ddd", "#fff"), ("dark", DARK, "#ddd", "#444", "#161616")):
        # Plain rules, not variables, which not every viewer of SVG knows.
        rules = f"text{{fill:{ink}}}.oracle{{stroke:{ink}}}.grid{{stroke:{grid}}}.paper{{fill:{paper}}}"
        rules += "".join(f".c{i}{{stroke:{c}}}" for i, c in enumerate(colours))
        style.append(f"@media (prefers-color-scheme:dark){{{rules}}}" if name else rules)

    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
           f'width="{WIDTH}" height="{HEIGHT}" role="img" '
           f'aria-label="{escape(load)}: share of accesses served by fast memory, over time">',
           f"<style>{''.join(style)}</style>",
           f'<rect width="{WIDTH}" height="{HEIGHT}" class="paper"/>',
           f'<text class="title" x="{LEFT}" y="20">{escape(load)}</text>',
           f'<text x="{LEFT}" y="36">{escape(text)}</text>']
    for i in range(0, 11, 2):
        svg.append(f'<line class="grid" x1="{LEFT}" x2="{LEFT + width}" y1="{y(i / 10):.1f}" y2="{y(i / 10):.1f}"/>'
                   f'<text x="{LEFT - 8}" y="{y(i / 10) + 4:.1f}" text-anchor="end">{i / 10:.1f}</text>')
    step = next(s for s in (1, 2, 5, 10, 20, 60, 120, 600, 3600) if seconds / s <= 10)
    for t in range(0, int(seconds) + 1, step):
        svg.append(f'<text x="{x(t):.1f}" y="{TOP + height + 18}" text-anchor="middle">{t}</text>')
    svg.append(f'<text x="{LEFT + width / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">'
               "seconds; upwards: share of accesses served by fast memory</text>")

    oracle = max(arms.values(), key=lambda m: m["oracle_mean"] or 0)
    labels = []
    if oracle["oracle_mean"] is not None:
        svg.append(f'<polyline class="oracle" points="{line(oracle["samples"], "oracle")}"/>')
    for arm, m in arms.items():
        i = order.index(arm) if arm in order else len(order)
        look = f'class="c{i % len(LIGHT)}" stroke-dasharray="{DASHES[i % len(DASHES)]}"'
        svg.append(f'<polyline {look} points="{line(m["samples"], "hit")}"/>')
        labels.append((m["samples"][-1]["hit"], arm, look))
    # The legend has the order of the ends of the lines.
    labels.sort(reverse=True)
    if oracle["oracle_mean"] is not None:
        labels.insert(0, (oracle["samples"][-1]["oracle"], "best placement", 'class="oracle"'))
    for row, (hit, name, look) in enumerate(labels):
        at = TOP + 6 + row * 20
        left = LEFT + width + 12
        svg.append(f'<polyline {look} points="{left},{at} {left + 22},{at}"/>'
                   f'<text x="{left + 28}" y="{at + 4}">{escape(name)} {hit:.2f}</text>')
    svg.append("</svg>\n")
    return "\n".join(svg)


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def main():
    if len(sys.argv) != 3:
        sys.exit("Usage: report.py OUT RESULTS")
    out, to = sys.argv[1:]
    about = names_in_order(read(f"{out}/about"))
    results = {}
    for load in about["loads"]:
        for arm in about["arms"]:
            directory = f"{out}/{load}/{arm}"
            if os.path.exists(f"{directory}/samples.jsonl"):
                results.setdefault(load, {})[arm] = measure(directory)
    if not results:
        sys.exit("report.py: nothing was measured")

    text = table(results, about)
    print(text, end="")
    write(f"{to}/placement.txt", text)
    write(f"{to}/placement.json", json.dumps({"schema": 1, "about": about, "loads": results}, indent=1) + "\n")
    for load, arms in results.items():
        write(f"{to}/{load}.svg", plot(load, about["loads"].get(load, ""), arms, list(about["arms"])))


if __name__ == "__main__":
    main()
