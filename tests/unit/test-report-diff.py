#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-report-diff.py PGHOTCTL - what became hot and what went cold between two recordings."""

import sys
import tempfile

sys.dont_write_bytecode = True
from recording import N, Recording, entry  # noqa: E402
from report import Tool, expect, texts  # noqa: E402

S = 1_000_000_000
T0 = 1_790_000_000 * S
HOSTILE = b"/</text></td><script>alert('1')</script>&\"\x1b[31m\n\xff\xef\xbf\xbe ]]>"
NODES = [{"nid": 1, "tracked": 0x20000}, {"nid": 2, "tracked": 0x20000}]



def page(pfn, hot=True, **more):
    more.setdefault("flags", N["PGHOT_PAGE_FLAG_ANON"])
    return entry(pfn, freq=20 if hot else 3, state=N["PGHOT_ENTRY_STATE_HOT"] if hot else 0, **more)


def write(path, records, cgroups=(), kernel="6.12.0-test", **more):
    rec = Recording(T0, kernel=kernel)
    rec.sample(T0 + S, NODES, records=records, cgroups=cgroups, **more)
    # One without records at the end is passed over.
    rec.sample(T0 + 2 * S, NODES, refused=b"later")
    return rec.write(path)


def group(data, cgroup, nid=1, kind="anon"):
    found = [g for g in data["groups"] if (g["cgroup"], g["nid"], g["type"]) == (cgroup, nid, kind)]
    expect(f"group {cgroup}", len(found), 1)
    return tuple(found[0][f"{k}_pages"] for k in ("became_hot", "went_cold", "stayed_hot"))


def main():
    with tempfile.TemporaryDirectory() as work:
        tool = Tool(sys.argv[1], work)
        file = N["PGHOT_PAGE_FLAG_FILE"]
        a = write(work + "/a", [
            page(0x1000, cgroup=10), page(0x1001, cgroup=10), page(0x1002, cgroup=10),
            page(0x2000, cgroup=11, flags=file), page(0x3000, hot=False, cgroup=11),
            page(0x4000, cgroup=12, order=9), page(0x9000, nid=2)],
            [(10, b"/db.service"), (11, b"/web.slice"), (12, b"/vm")], stats={"promoted": 5})
        # After another boot, say: numbers of cgroups differ, paths do not.
        b = write(work + "/b", [
            page(0x1000, cgroup=90), page(0x1001, hot=False, cgroup=90), page(0x1002, cgroup=91),
            page(0x2000, cgroup=91, flags=file), page(0x3000, cgroup=91), page(0x4000, cgroup=92),
            page(0x5000, cgroup=93, order=9), page(0xa000, nid=2, cgroup=94)],
            [(90, b"/db.service"), (91, b"/web.slice"), (92, b"/vm"), (93, HOSTILE)], stats={"promoted": 705})
        data = tool.json("report", "diff", a, b)
        expect("a page each stayed, cooled and changed hands", group(data, "/db.service"), (0, 2, 1))
        expect("one warmed up, one came from others", group(data, "/web.slice"), (2, 0, 0))
        expect("files stayed", group(data, "/web.slice", kind="file"), (0, 0, 1))
        expect("a huge page was split", group(data, "/vm"), (0, 511, 1))
        expect("no cgroup", [g["cgroup_ino"] for g in data["groups"] if g["nid"] == 2 and g["cgroup"] is None], [0, 94])
        expect("sums", tuple(data[f"{k}_pages"] for k in ("became_hot", "went_cold", "stayed_hot")),
               (2 + 512 + 1, 2 + 511 + 1, 3))
        expect("hot", (data["first"]["hot_pages"], data["second"]["hot_pages"]), (517, 518))
        expect("promotions are told", any(n.startswith("700 pages") for n in data["notes"]))
        changes = [g["became_hot_pages"] + g["went_cold_pages"] for g in data["groups"]]
        expect("most change first", changes, sorted(changes, reverse=True))
        for order, key in ("hot", "became_hot_pages"), ("cold", "went_cold_pages"):
            some = [g[key] for g in tool.json("report", "diff", a, b, "--sort", order)["groups"]]
            expect(f"sorted by {order}", some, sorted(some, reverse=True))
        names = [g["cgroup"] or "" for g in tool.json("report", "diff", a, b, "--sort", "cgroup")["groups"]]
        expect("sorted by cgroup", names, sorted(names))
        data = tool.json("report", "diff", a, b, "--top", "2")
        expect("top", (len(data["groups"]), data["groups_count"]), (2, 7))
        expect("how many more", any(n.startswith("5 more") for n in data["notes"]))

        text = tool.run("report", "diff", a, b)
        expect("no escape sequence", "\x1b" in text, False)
        expect("no line break", "\\x0a\\xff" in text)
        svg, html = tool.picture("report", "diff", a, b)
        for tree in svg, html:
            expect("its name is text", any("&\"\\x1b[31m" in t for t in texts(tree)))
            expect("and no tag", [n for n in tree.iter() if n.tag.endswith("script")], [])

        # The same twice: nothing has changed. And nothing at all.
        data = tool.json("report", "diff", b, b)
        expect("no change", (data["became_hot_pages"], data["went_cold_pages"], data["stayed_hot_pages"]), (0, 0, 518))
        none = write(work + "/none", [], kernel="6.12.0-other")
        data = tool.json("report", "diff", none, none)
        expect("nothing", data["groups"], [])
        expect("text", "nothing is hot in either" in tool.run("report", "diff", none, none))
        tool.picture("report", "diff", none, none)
        expect("other kernel", any("different kernels" in n for n in tool.json("report", "diff", a, none)["notes"]))
        limited = write(work + "/limited", [page(1)], limit=1)
        expect("limit", any("1 hottest" in n for n in tool.json("report", "diff", limited, b)["notes"]))

        # Many groups and pages, one page twice, and orders that there are not.
        many = write(work + "/many", [page(i % 49999, cgroup=1 + i % 3000, order=255 * (i % 7 == 0)) for i in range(50000)],
                     [(1 + i, b"/%d" % i) for i in range(3000)])
        data = tool.json("report", "diff", many, b)
        expect("groups", data["groups_count"], 3006)
        data = tool.json("report", "diff", b, many)
        expect("the other way", data["groups_count"], 3006)

        tool.json("report", "diff", a, status=2)
        tool.json("report", "diff", a, b, "--sort", "size", status=2)
        tool.json("report", "diff", a, "/nowhere", status=1)
        tool.verdict()


main()
