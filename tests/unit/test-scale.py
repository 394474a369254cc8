#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-scale.py BENCH_SCALE - the model of large machines behaves as machines do.

Not how soon anything is found, which is for bench/README.md to tell, but what must hold
whatever the kernel's constants are; and that wrong usage is refused.
"""

import copy
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

MODEL = os.path.abspath(sys.argv[1])
SVG = "{http://www.w3.org/2000/svg}"
failed = 0


def expect(what, ok, *figures):
    global failed
    if not ok:
        failed += 1
        print(f"FAIL: {what}: {figures}")


def run(*words, **how):
    how.setdefault("stdout", subprocess.PIPE)
    return subprocess.run([MODEL, *words], stderr=subprocess.PIPE, check=False, text=True, **how)


def measure(*words):
    """Results by source and whether fast memory is full."""
    done = run("--case", "scale", "--page", "4K", "--json", *words)
    expect(f"{words}: exit status", done.returncode == 0, done.returncode, done.stderr)
    report = json.loads(done.stdout)
    expect("schema", report["schema"] == "pghot-bench-scale-1", report["schema"])
    return {(r["source"], r["machine"]["full"]): r for r in report["results"]}


def found(results, source, full=False):
    at = results[source, full]["found_95_s"]
    return float("inf") if at is None else at


# --- what holds for any machine ------------------------------------------------------------

small = measure("--slow", "16")
expect("sources by state of fast memory", len(small) == 8, list(small))
for (source, full), r in small.items():
    times = [t for t in r["found_s"] if t is not None]
    expect(f"{source}: 95 % of 16 GiB are found", len(times) >= 95, len(times))
    expect(f"{source}: in order of time", times == sorted(times))
    expect(f"{source}: 50 % before 90 %", r["found_50_s"] <= r["found_90_s"] <= r["found_95_s"])
    expect(f"{source}: not by lot", not r["blind"] and 0 <= r["wrong"] < 0.5, r["wrong"])
    expect(f"{source}: it costs something", 0 < r["cpu_percent"] < 100, r["cpu_percent"])
    # Four bytes for each page, and little more.
    expect(f"{source}: memory", 16 << 20 <= r["memory_bytes"] < 20 << 20, r["memory_bytes"])
    expect(f"{source}: a lock is held for less than 10 ms", 0 < r["lock_us"] < 10000)
    if source == "lruscan":
        expect(f"{source}: a lock is held for less than 1 ms", r["lock_us"] < 1000, r["lock_us"])
    if source != "hintfault":
        expect(f"{source}: in time", r["in_time"], r["found_95_s"], r["bound_95_s"])
expect("hint faults welcome all while memory is free", small["hintfault", False]["in_time"])
expect("nobody finds by samples sooner than statistics allow",
       found(small, "ibs") > small["ibs", False]["bound_95_s"] / 1.5 * 0.9)

# More CPUs make more samples, and more memory takes more of them.
few = measure("--slow", "64", "--cpus", "4", "--source", "ibs", "--free")
many = measure("--slow", "64", "--cpus", "64", "--source", "ibs", "--free")
ratio = found(few, "ibs") / found(many, "ibs")
expect("sixteen times the CPUs find sixteen times as soon", 14 < ratio < 18, ratio)
ratio = found(few, "ibs") / found(small, "ibs")
expect("four times the memory takes four times as long", 3.5 < ratio < 4.5, ratio)

# A daemon with less of a CPU is later, as is one with a smaller budget.
slow = measure("--slow", "64", "--source", "mmscan,lruscan", "--free", "--param", "cpu-percent=1",
               "--param", "budget-pages=524288")
fast = measure("--slow", "64", "--source", "mmscan,lruscan", "--free")
for source in ("mmscan", "lruscan"):
    expect(f"{source}: less of a CPU finds later", found(slow, source) > 1.5 * found(fast, source),
           found(slow, source), found(fast, source))
expect("cpu-percent is kept", slow["mmscan", False]["cpu_percent"] < 1.2,
       slow["mmscan", False]["cpu_percent"])
expect("a budget saves", slow["lruscan", False]["cpu_percent"] <
       fast["lruscan", False]["cpu_percent"])
# In passes that are short beside the time it looks for, and too many for that.
for percent, budget in ((2, 1 << 18), (10, 1 << 22)):
    few = measure("--slow", "64", "--source", "lruscan", "--free", "--seconds", "60", "--param",
                  f"lruscan-cpu-percent={percent}", "--param",
                  f"budget-pages={budget}")["lruscan", False]
    expect("what lruscan takes is what it may", 0.8 * percent < few["cpu_percent"] < 1.2 * percent,
           few["cpu_percent"])

# A slower CPU spends more of its time on a scan that has a fixed interval.
cheap = measure("--slow", "16", "--source", "lruscan", "--free", "--instruction-ns", "0.1")
ratio = small["lruscan", False]["cpu_percent"] / cheap["lruscan", False]["cpu_percent"]
expect("time of instructions", 2 < ratio < 3.5, ratio)

# Chance decides little: there are thousands of pages.
again = measure("--slow", "16")
expect("the same seed, the same result", again == small)
other = measure("--slow", "16", "--seed", "2")
expect("another seed, another result", other != small)
for key, r in small.items():
    ratio = other[key]["found_95_s"] / r["found_95_s"]
    expect(f"{key}: seeds agree", 0.85 < ratio < 1.18, ratio)

# Where cold pages are accessed every half second as well, looks add up to heat that is
# none, unless they are as many in a window as they have to be.
dense = measure("--slow", "2", "--fast", "1", "--source", "mmscan", "--cold-rate", "2")
for (_, full), r in dense.items():
    expect(f"mmscan: in time, however densely memory is accessed, full {full}", r["in_time"],
           r["found_95_s"])
    expect(f"mmscan: little of what it finds is cold, full {full}", r["wrong"] < 0.2, r["wrong"])

# What sleeps is not sampled and has no faults.
done = run("--case", "sleepers", "--json", "--processes", "1000")
for r in json.loads(done.stdout)["results"]:
    expect(f"{r['source']}: nothing is found where nothing is accessed", r["found_95_s"] is None)
    if r["source"] in ("ibs", "hintfault"):
        expect(f"{r['source']}: costs nothing", r["cpu_percent"] == 0, r["cpu_percent"])

# As many as the interval allows for, and as many as make it longer.
for processes in (5000, 100000):
    done = run("--case", "sleepers", "--json", "--source", "lruscan", "--processes", str(processes))
    cpu = json.loads(done.stdout)["results"][0]["cpu_percent"]
    expect(f"{processes} that sleep", 0.1 < cpu <= 0.5, cpu)
done = run("--case", "sleepers", "--json", "--source", "lruscan", "--cost", "lruscan-mm=1000")
cpu = json.loads(done.stdout)["results"][0]["cpu_percent"]
expect("who asks longer takes more", cpu > 0.7, cpu)

# --- checks that can fail ---------------------------------------------------------------------

done = run("--case", "scale", "--slow", "16", "--source", "ibs", "--page", "4K", "--check")
expect("all is well", done.returncode == 0, done.returncode, done.stdout)
done = run("--case", "scale", "--slow", "16", "--source", "lruscan", "--page", "4K", "--check",
           "--cost", "lruscan-old=1000")
expect("it costs too much", done.returncode == 1 and "CPU over" in done.stdout, done.stdout)
done = run("--case", "scale", "--slow", "16", "--source", "lruscan", "--page", "4K", "--check",
           "--param", "interval-ms=60000")
expect("it is late", done.returncode == 1 and ("late" in done.stdout or "blind" in done.stdout),
       done.stdout)
done = run("--case", "hottest", "--check")
expect("full nodes and free ones have the hottest first", done.returncode == 0, done.stdout)

# --- the forms of the output --------------------------------------------------------------------

with tempfile.TemporaryDirectory() as tmp:
    svg, theirs = tmp + "/a.svg", tmp + "/measured.json"
    words = ("--case", "scale", "--slow", "16", "--source", "ibs,mmscan", "--page", "4K")
    done = run(*words, "--svg", svg, "--json")
    root = xml.etree.ElementTree.parse(svg).getroot()
    expect("it is a picture", root.tag == SVG + "svg", root.tag)
    curves = [p for p in root.iter(SVG + "path") if p.get("fill") == "none"]
    expect("a curve each", len(curves) == 4, len(curves))
    expect("in two panels", sum("CPUs" in (t.text or "") for t in root.iter(SVG + "text")) == 2)

    # The model agrees with itself, and not with three times of itself.
    measured = json.loads(done.stdout)
    for factor, status in ((1, 0), (3, 1)):
        changed = copy.deepcopy(measured)
        for r in changed["results"]:
            r["found_95_s"] *= factor
        with open(theirs, "w", encoding="ascii") as f:
            json.dump(changed, f)
        done = run(*words, "--validate", theirs)
        expect(f"measured {factor} times as much", done.returncode == status, done.returncode)
        expect("each figure has a line", done.stdout.count("factor") == 16, done.stdout)
    for text in ("", "{}", '{"results": 1}', '{"results": []}', '{"results": [{"source": "ibs"}]}'):
        with open(theirs, "w", encoding="ascii") as f:
            f.write(text)
        done = run(*words, "--validate", theirs)
        expect(f"{text!r} is no measurement", done.returncode == 2 and theirs in done.stderr,
               done.returncode, done.stderr)
    done = run(*words, "--svg", tmp + "/no/where.svg")
    expect("a picture that cannot be written", done.returncode == 1 and "no/where" in done.stderr)
    with open("/dev/full", "w", encoding="ascii") as full:
        done = run(*words, "--json", stdout=full)
    expect("output that cannot be written", done.returncode == 1 and "cannot write" in done.stderr,
           done.stderr)

done = run(*words)
expect("a table", "95 % s" in done.stdout and "mmscan" in done.stdout)
done = run("--list")
for word in ("report-hot", "mmscan-old", "budget-pages", "icount"):
    expect(f"--list tells of {word}", word in done.stdout)
done = run("--help")
expect("--help", done.returncode == 0 and done.stdout.startswith("Usage: bench-scale"))

# --- wrong usage -------------------------------------------------------------------------------

for wrong, message in (
        (("--slow", "0"), "--slow '0': a number from 1 to 65536"),
        (("--slow", "many"), "--slow 'many': a number from 1 to 65536"),
        (("--slow", "16x"), "--slow '16x'"),
        (("--slow", "nan"), "--slow 'nan'"),
        (("--cpus", "1.5"), "a whole number from 1 to 4096"),
        (("--cpus", "5000"), "from 1 to 4096"),
        (("--top-nodes", "32"), "from 1 to 31"),
        (("--processes", "-1"), "from 1 to 1000000"),
        (("--config-cpus", "0"), "from 1 to 8192"),
        (("--hot", "0.6"), "from 0.0001 to 0.5"),
        (("--hot", "1/0"), "--hot '1/0'"),
        (("--hot", "0.5", "--idle", "0.6"), "together no more than 1"),
        (("--page", "1G"), "--page '1G': there are 4K and 2M"),
        (("--source", "ibs,pebs"), "--source 'pebs': there are hintfault"),
        (("--source", ""), "--source ''"),
        (("--case", "warmest"), "--case 'warmest'"),
        (("--cost", "tea=3"), "--cost 'tea=3': NAME=N is wanted"),
        (("--cost", "mmscan-old"), "NAME=N is wanted"),
        (("--param", "cpu-percent=101"), "cpu-percent '101': a whole number from 1 to 100"),
        (("--param", "speed=1"), "with a name from --list"),
        (("--seed", "x"), "--seed 'x'"),
        (("--slow",), "requires an argument"),
        (("--fat",), "--fat"),
        (("more",), "'more': no arguments are taken"),
):
    done = run(*wrong)
    expect(f"{wrong}: exit status 2", done.returncode == 2, done.returncode)
    expect(f"{wrong}: what is wrong", message in done.stderr, done.stderr)
    expect(f"{wrong}: nothing else", done.stdout == "", done.stdout[:100])

print("failed:", failed)
sys.exit(bool(failed))
