#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-report-timeline.py PGHOTCTL DEMO - recordings as a map of time and page frames.

DEMO is a recording of an earlier version, without what newer ones tell of offline memory.
"""

import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from recording import Recording, UNKNOWN_NODE, entry  # noqa: E402
from report import Tool, expect, texts  # noqa: E402

S = 1_000_000_000
T0 = 1_790_000_000 * S
HOSTILE = "</text><script>alert(1)</script>&\"'\x1b[31m ]]>".encode() + b"\xff\xef\xbf\xbe"
NODES = [{"nid": 0, "toptier": 1}, {"nid": 1, "tracked": 0x20000}]
# Two pieces of memory with a hole of 1 TiB between them, and a block that goes offline.
LOW, HIGH = (1, 0x100000, 0x110000), (1, 0x10110000, 0x10120000)
HALF = (1, 0x100000, 0x108000)


def cell(data, node, pfn, column):
    """What the map has for a page frame at a time."""
    rows = [r for r in data["nodes"][node]["rows"] if r["start_pfn"] <= pfn < r["end_pfn"]]
    expect(f"rows with {pfn:#x}", len(rows), 1)
    return rows[0]["freq"][column]


def make(path):
    rec = Recording(T0)
    for i in range(10):
        off = i >= 6
        rec.sample(T0 + i * S, NODES, sources=[{"id": 1, "recorded": 1000 * i}],
                   stats={"promoted": 512 * i if i < 8 else 512 * (i - 8), "hot": 3 * i},
                   records=[entry(0x100000, freq=i), entry(0x10110000 + 512 * i, freq=40, order=9)],
                   spans=[HALF if off else LOW, HIGH, (0, 0x1000, 0x2000)],
                   offline=[(UNKNOWN_NODE, 0x108000, 0x110000)] if off else ())
    rec.write(path)


def maps(tool, path):
    data = tool.json("report", "timeline", path)
    expect("columns", len(data["columns"]), 10)
    expect("a column", data["column_ms"], 1000)
    expect("nodes", [n["nid"] for n in data["nodes"]], [0, 1])
    expect("one hole", [(r["start_pfn"], r["end_pfn"]) for r in data["nodes"][1]["rows"] if r["hole"]],
           [(0x110000, 0x10110000)])
    for i in range(10):
        expect(f"the first page at {i}", cell(data, 1, 0x100000, i), i)
        expect(f"a huge page at {i}", cell(data, 1, 0x10110000 + 512 * i + 300, i), 40)
        expect(f"cold memory at {i}", cell(data, 1, 0x1011f000, i), 0)
        expect(f"the block at {i}", cell(data, 1, 0x10c000, i), "offline" if i >= 6 else 0)
        expect(f"the hole at {i}", cell(data, 1, 0x200000, i), "hole")
        rates = data["columns"][i]
        expect(f"reports at {i}", rates["recorded_per_s"], 1000 if i < 9 and i != 7 else None)
        expect(f"promotions at {i}", rates["promoted_pages_per_s"], 512 if i < 9 and i != 7 else None)
    text = tool.run("report", "timeline", path)
    for word in "hole of 1 TiB", "2 MiB/s at most", "node 0 is fast memory", "xxxx", "////":
        expect(f"text has {word}", word in text)
    svg, page = tool.picture("report", "timeline", path)
    for tree in svg, page:
        paths = {node.get("class") for node in tree.iter() if node.tag.endswith("path")}
        expect("what is drawn", {"hole", "off", "cold", "l1", "l2", "l3", "l4", "l6"} <= paths)
        expect("the hole is told", "hole of 1 TiB" in texts(tree))
    expect("the page tells the file", path in texts(page))


def several(tool, path, work):
    """In the order of time, with what was not recorded between them."""
    rec = Recording(T0 + 30 * S, kernel="6.12.0-<other>&")
    for i in range(5):
        rec.sample(T0 + (30 + i) * S, NODES, records=[entry(0x100000, freq=9)], spans=[LOW], limit=1)
    later = rec.write(work + "/later")
    data = tool.json("report", "timeline", later, path)
    expect("order", [f["file"] for f in data["files"]], [path, later])
    expect("columns", len(data["columns"]), 35)
    row = [cell(data, 1, 0x100000, i) for i in range(35)]
    expect("first, nothing, second", row, [*range(10), *[None] * 20, *[9] * 5])
    expect("no rates between", data["columns"][20]["recorded_per_s"], None)
    notes = " ".join(data["notes"])
    expect("different kernels", "different kernels" in notes)
    expect("limit", "1 hottest records" in notes)
    expect("text", "??????" in tool.run("report", "timeline", later, path))
    tool.picture("report", "timeline", path, later)


def strange(tool, work):
    # Nobody tells where memory is, and the cgroup has any bytes.
    rec = Recording(T0)
    rec.sample(T0, NODES, records=[entry(0x5000, freq=63, cgroup=7), entry(0x5fff, nid=900)],
               cgroups=[(7, b"/" + HOSTILE)])
    path = os.fsdecode(os.fsencode(work) + b"/" + b"a\xff<b>&'\"\x1b]0;x\x07")
    rec.write(path)
    data = tool.json("report", "timeline", path)
    expect("guessed", cell(data, 0, 0x5000, 0), 63)
    expect("a node that is not there", data["nodes"][1]["nid"], 900)
    expect("no escape", "\033" in tool.run("report", "timeline", path), False)
    svg, page = tool.picture("report", "timeline", path)
    expect("nothing became a tag", [n for n in page.iter() if n.tag.endswith("}b")], [])
    expect("its name", any("<b>&'\"\\x1b]0;x\\x07" in t for t in texts(page)))

    # Nothing recorded but the state, refused, and nothing at all of any node.
    rec = Recording(T0)
    rec.sample(T0, [])
    rec.sample(T0 + S, NODES, refused=b"not for you \x1b[31m")
    path = rec.write(work + "/refused")
    data = tool.json("report", "timeline", path)
    expect("samples without records", any("2 of 2 samples" in n for n in data["notes"]))
    tool.picture("report", "timeline", path)

    # The ends of numbers: rows are not made for each page frame there could be.
    rec = Recording(T0)
    rec.sample(0, NODES, records=[entry(2**64 - 1, freq=255, order=255), entry(2**52 - 1, freq=255)],
               spans=[(1, 0, 2**52), (1023, 2**51, 2**51 + 1)])
    rec.sample(2**64 - 1, NODES, records=[entry(1, freq=7)], spans=[(1, 5, 6), *[(1, 2 * k, 2 * k + 1) for k in range(9000)]])
    path = rec.write(work + "/ends")
    data = tool.json("report", "timeline", path)
    expect("rows", all(len(n["rows"]) <= 96 for n in data["nodes"]))
    tool.run("report", "timeline", path)
    tool.picture("report", "timeline", path)

    # 9000 pieces with holes between: too many to show each.
    rec = Recording(T0)
    rec.sample(T0, NODES, records=[entry(2 * 8999 * 4096, freq=7)],
               spans=[(1, 2 * k * 4096, (2 * k + 1) * 4096) for k in range(9000)])
    data = tool.json("report", "timeline", rec.write(work + "/pieces"))
    expect("rows", 48 <= len(data["nodes"][0]["rows"]) <= 96)
    expect("its page", cell(data, 0, 2 * 8999 * 4096, 0), 7)


def failures(tool, path, work):
    with open(path, "rb") as file:
        whole = file.read()
    with open(work + "/cut", "wb") as file:
        file.write(whole[:-100])
    notes = " ".join(tool.json("report", "timeline", work + "/cut")["notes"])
    expect("what is cut", "sample 9 cannot be read" in notes)
    error = tool.json("report", "timeline", "/nowhere", status=1)
    expect("no file", error["errno"], "ENOENT")
    error = tool.json("report", "timeline", "/etc/passwd", status=1)
    expect("no recording", "pghotctl record" in error["hint"])
    tool.json("report", "timeline", status=2)
    tool.json("report", "timeline", path, "--svg", "-", status=2)
    tool.run("report", "timeline", path, "--svg", "-", "--html", "-", status=2)
    error = tool.json("report", "timeline", path, "--svg", work + "/no/where.svg", status=1)
    expect("no directory", "where.svg" in error["message"])
    # What was there stays when nothing can be written.
    with open(work + "/kept.svg", "w", encoding="ascii") as file:
        file.write("kept")
    tool.run("report", "timeline", "/nowhere", "--svg", work + "/kept.svg", status=1)
    with open(work + "/kept.svg", encoding="ascii") as file:
        expect("kept", file.read(), "kept")
    # A bit flipped within a sample is noticed.
    broken = bytearray(whole)
    broken[-200] ^= 1
    with open(work + "/broken", "wb") as file:
        file.write(broken)
    tool.run("report", "timeline", work + "/broken", status=1)


def forged(tool, demo, work):
    """Every string hostile, then every number: no report minds."""
    forge = os.path.join(os.path.dirname(os.path.abspath(demo)), "..", "forge.py")
    for numbers in [], ["--numbers"]:
        path = work + "/forged"
        subprocess.run([sys.executable, forge, demo, path, *numbers], check=True, stdout=subprocess.DEVNULL)
        for words in ["timeline", path], ["diff", path, demo], ["diff", demo, path], ["fit", path]:
            tool.json("report", *words)
            for option in [], ["-r"]:
                text = tool.run(*option, "report", *words)
                expect(f"{words}: nothing for a terminal", any(c in text for c in "\x1b\r\x07\x7f\u202e\u009b"), False)
            tool.picture("report", *words)


def main():
    with tempfile.TemporaryDirectory() as work:
        tool = Tool(sys.argv[1], work)
        path = work + "/ten"
        make(path)
        maps(tool, path)
        several(tool, path, work)
        strange(tool, work)
        failures(tool, path, work)
        forged(tool, sys.argv[2], work)
        data = tool.json("report", "timeline", sys.argv[2])
        expect("an old recording", sum(n["records"] for n in data["nodes"]) > 100)
        tool.verdict()


main()
