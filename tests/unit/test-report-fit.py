#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-report-fit.py PGHOTCTL PGHOTCTL_FORGED - how much fast memory is enough, as a user is told.

test-fit.c has the estimator itself; here are recordings: what is taken from them, what is
said when it cannot be known, and pictures.
"""

import os
import random
import struct
import sys
import tempfile

sys.dont_write_bytecode = True
from recording import N, Recording, attr, entry  # noqa: E402
from report import Tool, expect, texts  # noqa: E402

S = 1_000_000_000
T0 = 1_790_000_000 * S
PAGES, WEIGHT, WINDOW = 20000, 8, 4000
HINTFAULT, HWHINT, LRUSCAN = 0, 1, 2


def read(times, now):
    """A record by the kernel's rules (record/record.h): its frequency at a time, in ms."""
    freq, start = 0, 0
    for at in times:
        if at > now:
            break
        pos = at - start
        if freq and pos >= WINDOW:
            freq >>= pos // WINDOW
            start += pos - pos % WINDOW
        if not freq:
            start = at
        freq, last = min(freq + WEIGHT, 63), start + (at - start) * 4 // WINDOW * WINDOW // 4
    return freq >> (now - last) // WINDOW if freq else 0


def sample_hot_cold():
    """A tenth of the pages gets nine tenths of the accesses; times of samples of each page."""
    rng = random.Random(5)
    pages = []
    for i in range(PAGES):
        rate, at, times = (4.5 if i < PAGES // 10 else 0.0555), 0.0, []
        while True:
            at += rng.expovariate(rate) * WINDOW
            if at > 40000:
                break
            times.append(int(at))
        pages.append(times)
    return pages


def source(useful, number=HWHINT, more=b""):
    return {"id": number, "name": b"hwhint", "useful": useful, "recorded": useful, "window_ms": WINDOW,
            "more": more}


def weight():
    inner = attr(N["PGHOT_A_HWHINT_COUNTERS_WEIGHT"], struct.pack("=I", WEIGHT))
    return attr(N["PGHOT_A_SOURCE_HWHINT_COUNTERS"] | 0x8000, inner)


def record(path, pages, number=HWHINT, sources=2, limit=0, nodes=None):
    rec = Recording(T0)
    nodes = nodes or [{"nid": 0, "toptier": 1}, {"nid": 1, "tracked": PAGES}]
    for second in range(20, 41):
        now = 1000 * second
        freqs = [(i, read(times, now)) for i, times in enumerate(pages)] if second > 36 else []
        useful = sum(1 for times in pages for t in times if t <= now)
        records = [entry(0x100000 + i, freq=f, sources=sources) for i, f in freqs if f]
        rec.sample(T0 + second * S, nodes, sources=[source(useful, number, weight() if number == HWHINT else b"")],
                   records=records, limit=limit or (len(records) if limit is None else 0))
    return rec.write(path)


def known(tool, path):
    data = tool.json("report", "fit", path)
    expect("known", (data["known"], data["doubt"]), (True, None))
    expect("source", data["source"], "hwhint")
    expect("dumps", data["dumps_count"], 4)
    expect("tracked", data["tracked_pages"], PAGES)
    expect("points", [p["wanted_percent"] for p in data["points"]], [50, 80, 90, 95, 99])
    sizes = [p["pages"] for p in data["points"]]
    expect("in order", sizes, sorted(sizes))
    # 80 % are 1778 pages, 95 % are half of the cold ones, too.
    expect(f"80 %: {sizes[1]}", abs(sizes[1] - 1778) < 300)
    expect(f"95 %: {sizes[3]}", abs(sizes[3] - 11000) < 2500)
    expect("errors", all(0 < p["error_percent"] < 10 for p in data["points"]))
    expect("curve", data["curve"][-1]["pages"], PAGES)
    expect("all of it", data["curve"][-1]["share_percent"], 100.0)
    expect("its node", tool.json("report", "fit", path, "--node", "1")["points"], data["points"])
    text = tool.run("report", "fit", path)
    for word in "50 %", "80 %", "99 %", "MiB", "+- ", "#####", "up to":
        expect(f"text has {word}", word in text)
    svg, page = tool.picture("report", "fit", path)
    for tree in svg, page:
        expect("a point is marked", any(t.startswith("90 %: ") for t in texts(tree)))


def unknown(tool, work, pages):
    def doubt(wanted, *words):
        data = tool.json("report", "fit", *words)
        expect(f"{wanted}: not known", (data["known"], data["doubt"]), (False, wanted))
        expect(f"{wanted}: nothing is claimed", (data["points"], data["curve"]), ([], []))
        expect(f"{wanted}: text", "not known" in tool.run("report", "fit", *words))
        tool.picture("report", "fit", *words)

    doubt("no-records", record(work + "/none", pages), "--node", "0")
    doubt("limited", record(work + "/limited", pages, limit=None))
    doubt("latency", record(work + "/latency", pages, number=HINTFAULT, sources=1))
    doubt("mixed", record(work + "/mixed", pages, sources=6))
    doubt("few", record(work + "/few", pages[:50]))
    rec = Recording(T0)
    rec.sample(T0, [{"nid": 1, "tracked": PAGES}], sources=[source(0, LRUSCAN)],
               records=[entry(k, freq=9, sources=4) for k in range(1000)])
    doubt("equal", rec.write(work + "/equal"))
    # Found accessed by every look, and then for all of them at once by none.
    rec = Recording(T0)
    rec.sample(T0, [{"nid": 1, "tracked": PAGES}], sources=[source(0, LRUSCAN)],
               records=[entry(k, freq=31 + k % 2, sources=4) for k in range(1000)])
    doubt("unsteady", rec.write(work + "/unsteady"))
    # One sample: nobody knows how much the hottest get.
    hot = [list(range(k, 40001, 7 + k % 5)) for k in range(300)] + pages
    rec = Recording(T0)
    rec.sample(T0, [{"nid": 1, "tracked": len(hot)}], sources=[source(0, more=weight())],
               records=[entry(k, freq=read(times, 40000)) for k, times in enumerate(hot)])
    doubt("capped", rec.write(work + "/capped"))


def living(program, work):
    """A kernel, which is made up, is asked four times within a window."""
    os.mkdir(work + "/living")
    tool = Tool(program, work + "/living")

    def ask(number, *words, status=0):
        return tool.json("report", "fit", *words, status=status,
                         env=dict(os.environ, FORGED_RECORDS="5000", FORGED_SOURCE=str(number)))

    data = ask(HINTFAULT)
    expect("hint faults", (data["doubt"], data["dumps_count"], data["source"]), ("latency", 4, "forged"))
    expect("tracked", data["tracked_pages"] >= 5000)
    expect("records are those of one time", 4000 < data["records_count"] < 5000)
    # Frequencies of all kinds, equally often: whatever it says of them, it says which.
    data = ask(HWHINT)
    expect("of samples", data["known"], data["doubt"] is None)
    expect("of another node nothing", ask(HWHINT, "--node", "0")["doubt"], "no-records")
    error = tool.json("report", "fit", status=3, env=dict(os.environ, FORGED_RECORDS="10"))
    expect("a kernel that tells less", "made up" in error["message"])
    tool.check()


def main():
    with tempfile.TemporaryDirectory() as work:
        tool = Tool(sys.argv[1], work)
        pages = sample_hot_cold()
        known(tool, record(work + "/known", pages))
        unknown(tool, work, pages)
        rec = Recording(T0)
        rec.sample(T0, [{"nid": 1}], refused=b"not for you")
        error = tool.json("report", "fit", rec.write(work + "/refused"), status=1)
        expect("refused", "not for you" in error["message"])
        tool.json("report", "fit", "/nowhere", status=1)
        tool.json("report", "fit", "a", "b", status=2)
        living(sys.argv[2], work)
        tool.verdict()


main()
