#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-report-processes.py PGHOTCTL_FORGED - whose memory is hot, as a user is told.

Processes, page tables and records are made up, and added up here a second time, from the dump
of the same records.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile

from machine import FAST, HOT_FROM, PAGE, SIZE, SLOW, Machine, make
from report import Tool, expect, texts
from term import Failed, Terminal

FORGED = sys.argv[1]


def records(machine):
    """Frequency and order by page frame, from a dump; what comes later replaces what was before."""
    done = subprocess.run([FORGED, "-j", "dump", "records", "--fields", "pfn,freq,pages,flags"], env=machine.env,
                          capture_output=True, check=True)
    found = {}
    for e in json.loads(done.stdout)["data"]["entries"]:
        if not e["freq"] or not (e["flags"] or e["pages"] > 1):
            continue
        first = e["pfn"] // e["pages"] * e["pages"]
        for pfn in range(first, first + e["pages"]):
            found[pfn] = (e["freq"], e["pages"])
    return found


def add_up(maps, found):
    """What the report should say of some mappings."""
    row = dict.fromkeys(("fast_pages", "slow_pages", "slow_hot_pages", "slow_warm_pages", "slow_cold_pages",
                         "fast_untracked_pages", "shared_pages", "slow_freq"), 0)
    for _, _, pages, _ in maps:
        for pfn, alone in pages.values():
            if not FAST <= pfn < SLOW + SIZE:
                continue
            freq, size = found.get(pfn, (0, 1))
            heat = "cold" if not freq else "hot" if freq >= HOT_FROM else "warm"
            row["shared_pages"] += not alone
            if pfn < SLOW:
                row["fast_pages"] += 1
                row["fast_untracked_pages"] += 1
            else:
                row["slow_pages"] += 1
                row[f"slow_{heat}_pages"] += 1
                row["slow_freq"] += freq / size
    return row


def same(what, got, wanted):
    freq = wanted.pop("slow_freq")
    expect(what, {k: got[k] for k in wanted}, wanted)
    expect(f"{what}: frequencies", abs(got["slow_freq"] - freq) < 0.01)


def check_processes(tool, machine, found):
    data = tool.json("report", "processes", env=machine.env)
    rows = {row["pid"]: row for row in data["processes"]}
    expect("those with memory", sorted(rows), [100, 101, 102, 103])
    for pid, row in rows.items():
        same(f"process {pid}", row, add_up(machine.maps[pid], found))
    total = add_up([m for maps in machine.maps.values() for m in maps], found)
    expect("total", {k: data[k] for k in total if k in data}, {k: total[k] for k in total if k in data})
    expect("counts", [data[k] for k in ("processes_count", "mappings_count", "ended_count", "denied_count", "stopped")],
           [4, 5, 1, 0, False])
    expect("hottest first", [r["pid"] for r in data["processes"]],
           sorted(rows, key=lambda pid: (-rows[pid]["slow_hot_pages"], -rows[pid]["slow_warm_pages"],
                                         -rows[pid]["slow_pages"] - rows[pid]["fast_pages"])))
    expect("fast memory has no records", {r["fast_share_percent"] for r in rows.values()}, {None})
    expect("names", rows[101]["process"], "\x1b[31mred\ufffd")
    expect("it is said that fast memory is not seen", any("fast memory" in n for n in data["notes"]))

    def pids(*words):
        return [r["pid"] for r in tool.json("report", "processes", *words, env=machine.env)["processes"]]

    key = {"hot": "slow_hot_pages", "warm": "slow_warm_pages", "slow": "slow_pages", "fast": "fast_pages"}
    for word, field in key.items():
        got = [rows[pid][field] for pid in pids("--sort", word)]
        expect(f"by {word}", got, sorted(got, reverse=True))
        expect(f"by {word}: the first", pids("--sort", word, "--top", "1"), pids("--sort", word)[:1])
    expect("by pid", pids("--sort", "pid"), [100, 101, 102, 103])
    expect("by pid: the first", pids("--sort", "pid", "--top", "2"), [100, 101])
    expect("by size", pids("--sort", "size")[0], 100)
    expect("of a cgroup", sorted(pids("--cgroup", "/web")), [101, 102])
    expect("of one below", pids("--cgroup", "web/below"), [102])
    expect("of an empty one", pids("--cgroup", "/empty"), [])
    expect("one", pids("--pid", "101"), [101])
    row = tool.json("report", "processes", "--node", "0", "--pid", "101", env=machine.env)["processes"][0]
    expect("of fast memory only", (row["fast_pages"], row["slow_pages"]), (100, 0))


def check_mappings(tool, machine, found):
    data = tool.json("report", "mappings", "--top", "100", env=machine.env)
    got = {(r["pid"], r["start"]): r for r in data["mappings"]}
    wanted = {(pid, m[0]): m for pid, maps in machine.maps.items() for m in maps if m[3] != b"[device]"}
    expect("mappings with memory", sorted(got), sorted(wanted))
    for where, m in wanted.items():
        same(f"mapping {where}", got[where], add_up([m], found))
        expect(f"mapping {where}: end", got[where]["end"], m[0] + m[1] * PAGE)
        expect(f"mapping {where}: name", got[where]["mapping"], m[3].decode(errors="replace"))
    expect("at most", len(tool.json("report", "mappings", "--top", "2", env=machine.env)["mappings"]), 2)


def check_text(tool, machine):
    text = tool.run("report", "processes", env=machine.env)
    expect("escaped", "\\x1b[31mred\\xff" in text and "\x1b" not in text)
    bars = {line.split()[0]: line.split()[-1] for line in text.splitlines() if " MiB " in line and line.split()[0].isdigit()}
    expect("bars", [set(bars[pid]) for pid in ("100", "102", "103")], [set("#+"), set("."), set("=")])
    expect("legend", "slow and hot" in text)
    text = tool.run("report", "mappings", "--pid", "101", env=machine.env)
    expect("a mapping by its name", "/dev/shm/x\\\\012y\\xff<&>" in text)
    expect("and by its address", "0x20000000" in text)
    os.environ.update(machine.env)
    for report in "processes", "mappings":
        for tree in tool.picture("report", report):
            expect(f"{report}: a name", any("red\\xff" in t for t in texts(tree)))
            expect(f"{report}: no control character", any("\x1b" in t for t in texts(tree)), False)


def check_errors(tool, machine):
    error = tool.json("report", "processes", "--pid", "4242", status=1, env=machine.env)
    expect("no such process", "no process 4242" in error["message"])
    tool.json("report", "processes", "--pid", "1", "--cgroup", "/web", status=2, env=machine.env)
    tool.json("report", "processes", "--sort", "beauty", status=2, env=machine.env)
    tool.json("report", "mappings", "--pid", "0", status=2, env=machine.env)
    error = tool.json("report", "processes", "--cgroup", "/nowhere", status=1, env=machine.env)
    expect("no such cgroup", "/nowhere" in error["message"])
    # Page frames that are hidden: it must not look as if there was no memory.
    machine.process(900, b"hidden", [(0x10000000, 16, {0: (0, True)}, b"")])
    error = tool.json("report", "processes", status=4, env=machine.env)
    expect("hidden", "CAP_SYS_ADMIN" in error["hint"])
    for name in "comm", "maps", "pagemap":
        os.unlink(f"{machine.top}/proc/900/{name}")
    os.rmdir(f"{machine.top}/proc/900")


def check_fit(tool, machine, found):
    """How much fast memory is enough for a process, and for a cgroup."""
    everybody = tool.json("report", "fit", env=machine.env)
    expect("of nobody in particular", (everybody["cgroup"], everybody["pid"]), (None, None))
    for pid in 100, 102:
        data = tool.json("report", "fit", "--pid", str(pid), env=machine.env)
        slow = {pfn for _, _, pages, _ in machine.maps[pid] for pfn, _ in pages.values() if SLOW <= pfn < SLOW + SIZE}
        expect(f"{pid}: whose", (data["pid"], data["cgroup"]), (pid, None))
        expect(f"{pid}: of all its slow memory", data["tracked_pages"] >= len(slow))
        if not any(pfn in found for pfn in slow):
            expect(f"{pid}: no records", (data["records_count"], data["doubt"]), (0, "no-records"))
            continue
        expect(f"{pid}: fewer records than all", 1000 < data["records_count"] < everybody["records_count"] / 2)
    ino = str(os.stat(machine.top + "/cgroup/web/below").st_ino)
    machine.put("cgroup/web/memory.numa_stat", f"anon N0=4096 N1={600000 * PAGE}\nfile N0=1 N1={2000 * PAGE}\nshmem N1=999999999\n")
    env = machine.env | {"FORGED_CGROUPS": ino}
    data = tool.json("report", "fit", "--cgroup", "/web", env=env)
    expect("a cgroup, and what is below", (data["cgroup"], data["tracked_pages"]), ("/web", 602000))
    expect("records of it", 1000 < data["records_count"] < tool.json("report", "fit", env=env)["records_count"])
    expect("of an empty one", tool.json("report", "fit", "--cgroup", "/empty", env=env)["doubt"], "no-records")
    tool.json("report", "fit", "somefile", "--pid", "1", status=2, env=env)
    tool.json("report", "fit", "--cgroup", "/web", "--pid", "1", status=2, env=env)
    tool.json("report", "fit", "--pid", "4242", status=1, env=env)


def check_why(tool, machine, found):
    """What holds back the hot slow pages of a process: of page frames that four divides, a policy."""
    def folios(pid):
        """First page frames of what is hot and slow and mapped; made-up folios may overlap, then the first counts."""
        heads, seen = [], set()
        for _, _, pages, _ in machine.maps[pid]:
            for pfn, _ in pages.values():
                freq, size = found.get(pfn, (0, 1))
                if freq >= HOT_FROM and pfn not in seen:
                    heads.append(pfn // size * size)
                    seen.update(range(heads[-1], heads[-1] + size))
        return heads

    for pid in 100, 101:
        data = tool.json("report", "why", str(pid), "--sample", "100000", env=machine.env)
        heads = folios(pid)
        expect(f"{pid}: all hot folios", data["hot_folios_count"], len(heads))
        expect(f"{pid}: all are asked about", data["asked_folios_count"], data["hot_folios_count"])
        expect(f"{pid}: that is said", any("all hot folios" in n for n in data["notes"]))
        reasons = {r["reason"]: r for r in data["reasons"]}
        expect(f"{pid}: reasons", sorted(reasons), ["policy", "queued"])
        expect(f"{pid}: bound", reasons["policy"]["folios_count"], sum(h % 4 == 0 for h in heads))
        expect(f"{pid}: percent", abs(sum(r["percent"] for r in data["reasons"]) - 100) < 0.1)
        expect(f"{pid}: most first", data["reasons"][0]["pages"] >= data["reasons"][-1]["pages"])
        expect(f"{pid}: what would change it", [c.split()[1] for c in reasons["queued"]["commands"]], ["promote"])
        expect(f"{pid}: for more than one page", reasons["queued"]["commands"], ["pghotctl promote --node 0 --count 4096"])
    whole = tool.json("report", "why", "100", "--sample", "100000", env=machine.env)
    data = tool.json("report", "why", "100", "--sample", "100", env=machine.env)
    expect("a sample", (data["asked_folios_count"], data["hot_folios_count"]), (100, whole["hot_folios_count"]))
    expect("that is said", any("random sample, 100 of" in n for n in data["notes"]))
    share = [{r["reason"]: r["folios_count"] / d["asked_folios_count"] for r in d["reasons"]}["policy"] for d in (whole, data)]
    expect(f"a sample is like all of it: {share}", abs(share[0] - share[1]) < 0.15)
    data = tool.json("report", "why", "103", env=machine.env)
    expect("nothing slow", (data["slow_pages"], data["hot_folios_count"], data["reasons"]), (0, 0, []))
    text = tool.run("report", "why", "101", env=machine.env)
    expect("text", "queued, for example: it waits" in text and "see or change:  pghotctl promote" in text)
    expect("text: escaped", "\\x1b[31mred\\xff" in text and "\x1b" not in text)
    tool.json("report", "why", "4242", status=1, env=machine.env)
    tool.json("report", "why", status=2, env=machine.env)
    tool.json("report", "why", "0", status=2, env=machine.env)


def peak(machine, *words):
    """Most memory that it had, in KiB."""
    pid = os.fork()
    if not pid:
        out = os.open("/dev/null", os.O_WRONLY)
        os.dup2(out, 1)
        # AddressSanitizer, where there is one, keeps what is freed.
        asan = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=0:thread_local_quarantine_size_kb=0"
        os.execvpe(FORGED, [FORGED, *words], machine.env | {"ASAN_OPTIONS": asan})
    _, status, usage = os.wait4(pid, 0)
    expect(f"{words}: exit status", status, 0)
    return usage.ru_maxrss


def check_many(tool, work):
    """10000 processes take no more memory than a few."""
    few, many = Machine(work + "/few"), Machine(work + "/many")
    page = {i: (SLOW + i, True) for i in range(3)}
    maps = [(0x10000000 + k * 0x1000000, 256, page, b"/lib/%d" % k) for k in range(3)]
    for machine, nr in (few, 100), (many, 10000):
        machine.process(1000, b"one of many", maps)
        for pid in range(1001, 1000 + nr):
            os.symlink("1000", f"{machine.top}/proc/{pid}")
    data = tool.json("report", "mappings", env=many.env)
    expect("all of them", (data["processes_count"], data["mappings_count"], len(data["mappings"])),
           (10000, 30000, 20))
    for report in "processes", "mappings":
        before, after = peak(few, "report", report), peak(many, "report", report)
        expect(f"{report}: memory for 100 processes, and for 10000 ({before}, {after} KiB)", after < before + 1024)


def check_stop(machine):
    """On a terminal it says how far it is; Ctrl-C shows what there is."""
    # It would take minutes.
    machine.process(99999, b"endless", [(0x10000000, 1 << 36, {}, b"")])
    os.truncate(f"{machine.top}/proc/99999/pagemap", 1 << 39)
    term = Terminal([FORGED, "report", "processes"], env=machine.env)
    try:
        term.expect(r"Process \d+ of \d+, .* pages, Ctrl-C")
        os.kill(term.pid, signal.SIGINT)
        term.expect(r"note: stopped at process \d+ of \d+")
        expect("stopped: exit status", term.wait(), 0)
    except Failed as e:
        expect(f"it can be left: {e}", False)
    finally:
        term.close()


def main():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as work:
        tool = Tool(FORGED, work)
        machine = Machine(work + "/machine")
        make(machine)
        found = records(machine)
        check_processes(tool, machine, found)
        check_mappings(tool, machine, found)
        check_text(tool, machine)
        check_fit(tool, machine, found)
        check_why(tool, machine, found)
        check_errors(tool, machine)
        check_many(tool, work)
        check_stop(machine)
        tool.verdict()


main()
