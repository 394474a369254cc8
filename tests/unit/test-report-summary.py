#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-report-summary.py PGHOTCTL_TOLD - how much memory is how hot, and whose, as a user is told.

Of a kernel that is made up: of class of age A cgroup C has 100 * (A + 1) * (C + 1) base pages,
of each class of frequency.
"""

import sys
import tempfile

from report import Tool, expect, texts

AGES = ["pages_to_1s", "pages_to_4s", "pages_to_16s", "pages_to_64s", "pages_to_256s", "pages_older"]
CLASS = sum(range(1, 7)) * 100  # pages of one class of frequency, cgroup 0


def main():
    with tempfile.TemporaryDirectory() as work:
        tool = Tool(sys.argv[1], work)
        rows = tool.json("report", "hotness")["classes"]
        expect("classes, hottest first", [(r["freq_min"], r["freq_max"]) for r in rows],
               [(32, 63), (16, 31), (8, 15), (4, 7), (2, 3), (1, 1)])
        expect("ages", [[r[a] for a in AGES] for r in rows], [[600 * k for k in range(1, 7)]] * 6)
        expect("bars are as long as the longest", {r["bar"] for r in rows}, {"#" * 24})
        data = tool.json("report", "cgroups")
        least = data["hot_from_freq"]
        hot = sum(1 << f >= least for f in range(6))
        expect("cgroups, hottest first", [(r["cgroup_inode"], r["hot_pages"], r["warm_pages"]) for r in data["cgroups"]],
               [(k, CLASS * (k + 1) * hot, CLASS * (k + 1) * (6 - hot)) for k in (2, 1, 0)])
        expect("at most", len(tool.json("report", "cgroups", "--top", "2")["cgroups"]), 2)
        for words, wanted in (["hotness"], "node 1, frequency 32-63"), (["cgroups", "--top", "3"], "no cgroup"):
            for tree in tool.picture("report", *words):
                expect(f"{words}: {wanted}", any(wanted in t for t in texts(tree)))
                parts = [n for n in tree.iter() if n.tag.endswith("rect") and n.get("class") in ("l5", "l6")]
                expect(f"{words}: bars", len(parts) >= 3)
        tool.json("report", "hotness", "--svg", "-", status=2)
        tool.json("report", "cgroups", "--svg", "-", "--html", "-", status=2)
        tool.verdict()


main()
