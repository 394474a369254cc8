#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-dump-rows.py PGHOTCTL_FORGED - dumps of many records, from a kernel that is made up.

The JSON is what its schema describes, the table is what the JSON says, and both behave with a
reader that goes away, a disk that is full and a million records.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile

FORGED = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMAS = os.path.join(HERE, "..", "..", "pghotctl", "schemas")
failed = 0


def expect(what, got, wanted):
    global failed
    if got != wanted:
        failed += 1
        print(f"FAIL: {what}:\n  {str(got)[:600]!r}\nnot\n  {str(wanted)[:600]!r}")


# As long as a name can be, deep, with what terminals and JSON take for something else.
NAMES = ["system.slice", "system.slice/postgresql@15-main.service", "l" * 255,
         "l" * 255 + "/" + "m" * 255, "l" * 255 + "/" + "m" * 255 + "/" + "n" * 200,
         'odd "quoted" \\ one', "odd \033[1m one", "größe 漢字 " + "é" * 100,
         b"no utf-8 \xff\xfe".decode(errors="surrogateescape"), "gone"]


def make_tree(top):
    """Cgroups, and a /proc that says where they are."""
    os.makedirs(top + "/proc/self")
    with open(top + "/proc/self/mountinfo", "w", encoding="ascii") as f:
        f.write(f"30 23 0:26 / {top}/cgroup rw - cgroup2 cgroup2 rw\n")
    os.mkdir(top + "/cgroup")
    for name in NAMES:
        os.mkdir(f"{top}/cgroup/{name}")
    numbers = [str(os.stat(f"{top}/cgroup/{name}").st_ino) for name in NAMES]
    os.rmdir(top + "/cgroup/gone")
    os.environ["PGHOT_SYSROOT"] = top
    os.environ["FORGED_CGROUPS"] = " ".join(numbers)


def run(*words, records=3000, **how):
    os.environ["FORGED_RECORDS"] = str(records)
    return subprocess.run([FORGED, *words], capture_output=not how, check=False, **how)


# --- the table as the JSON has it ----------------------------------------------------------

def printable(path):
    """As pghotctl(8) shows the names of others, up to 511 bytes."""
    text = b""
    for char in path:
        code = ord(char)
        if char == "\\":
            piece = b"\\\\"
        elif code < 0x20 or code == 0x7f:
            piece = b"\\x%02x" % code
        else:
            piece = char.encode()
        if len(text) + len(piece) > 511:
            break
        text += piece
    return text


def age(ms, raw):
    if raw:
        return str(ms)
    s = ms // 1000
    if ms < 1000:
        return f"{ms} ms"
    if ms < 120000:
        return f"{ms / 1000:.{2 if ms / 1000 < 9.995 else 1 if ms / 1000 < 99.95 else 0}f} s"
    if s < 3600:
        return f"{s // 60}m{s % 60:02}s"
    if s < 48 * 3600:
        return f"{s // 3600}h{s // 60 % 60:02}m"
    return f"{s // 86400}d{s // 3600 % 24:02}h"


def pages(nr, raw):
    if raw:
        return str(nr)
    return f"{nr * 4} KiB" if nr < 256 else f"{nr // 256} MiB"


LETTERS = {"hintfault": "h", "hwhint": "i", "lruscan": "l", "mmscan": "m"}
# Of each column: field, title, width, whether it is at the left, how its value is shown.
COLUMNS = [
    ("pfn", "PFN", 10, False, lambda v, raw: hex(v)),
    ("address", "ADDRESS", 14, False, lambda v, raw: hex(v)),
    ("nid", "NODE", 4, False, lambda v, raw: str(v)),
    ("target_nid", "TO", 3, False, lambda v, raw: "-" if v is None else str(v)),
    ("freq", "FREQ", 4, False, lambda v, raw: str(v)),
    ("age_ms", "AGE", 8, False, age),
    ("pages", "SIZE", 8, False, pages),
    ("sources", "SRC", 4, True,
     lambda v, raw: "".join(letter if name in v else "-" for name, letter in LETTERS.items())),
    ("state", "STATE", 10, True, lambda v, raw: ",".join(v)),
    ("type", "TYPE", 7, True, lambda v, raw: v),
    ("flags", "FLAGS", 32, True, lambda v, raw: ",".join(v)),
    ("cgroup_ino", "CGROUP-INO", 10, False, lambda v, raw: str(v)),
    ("cgroup", "CGROUP", 6, True, lambda v, raw: "-" if v is None else v),
]


def line(cells, columns):
    text, behind = b"", 0
    for cell, (field, _, width, left, _) in zip(cells, columns):
        cell = printable(cell) if field == "cgroup" else cell.encode()
        rest = max(width - len(cell), 0)
        behind += 2
        if cell:
            text += b" " * (behind + (0 if left else rest)) + cell
            behind = 0
        if left or not cell:
            behind += rest
    return text + b"\n"


def table(entries, columns, raw):
    yield line([c[1] for c in columns], columns)
    for e in entries:
        yield line([c[4](e[c[0]], raw) for c in columns], columns)


def check_tables():
    answer = run("-j", "dump", "records")
    expect("status of -j", answer.returncode, 0)
    entries = json.loads(answer.stdout)["data"]["entries"]
    expect("records", len(entries), 3000)
    paths = {e["cgroup"] for e in entries}
    expect("path of quotes and backslashes", '/odd "quoted" \\ one' in paths, True)
    expect("path that is no UTF-8", "/no utf-8 \ufffd\ufffd" in paths, True)
    expect("path of three long names", "/" + NAMES[4] in paths, True)
    expect("path of a cgroup that is gone", None in paths, True)
    # How text shows what is no UTF-8 is not for JSON to tell.
    entries_text = [dict(e) for e in entries]
    for e in entries_text:
        if e["cgroup"] and "\ufffd" in e["cgroup"]:
            e["cgroup"] = None
    shown = [c for c in COLUMNS if c[0] not in ("address", "flags", "cgroup_ino")]
    every = [c[0] for c in COLUMNS]
    for fields in None, every, every[::-1], ["state"], ["flags", "pfn", "state"]:
        columns = shown if fields is None else [c for f in fields for c in COLUMNS if c[0] == f]
        for raw in False, True:
            words = (["-r"] if raw else []) + ["dump", "records"]
            words += [] if fields is None else ["--fields", ",".join(fields)]
            got = run(*words).stdout.splitlines(keepends=True)
            wanted = list(table(entries_text, columns, raw))
            expect(f"lines of {words}", len(got), len(wanted))
            for i, (a, b) in enumerate(zip(got, wanted)):
                if b"no utf-8 \\xff\\xfe" in a:
                    continue
                if a != b:
                    expect(f"line {i} of {words}", a, b)
                    break
    expect("-p says the same", json.loads(run("-p", "dump", "records").stdout),
           json.loads(answer.stdout))


def check_schema(work):
    out = os.path.join(work, "answers")
    os.mkdir(out)
    for n, records in enumerate((0, 1, 3000)):
        with open(f"{out}/{n}.args", "w", encoding="ascii") as f:
            f.write("dump\nrecords\n")
        with open(f"{out}/{n}.json", "wb") as f:
            f.write(run("-j", "dump", "records", records=records).stdout)
    judged = subprocess.run(["/usr/bin/python3", HERE + "/validate.py", SCHEMAS, out],
                            capture_output=True, text=True, check=False)
    expect(f"verdict of the schema: {judged.stdout}", judged.returncode, 0)


# --- where it cannot be written ------------------------------------------------------------

def check_writing():
    for option in "-r", "-j":
        with subprocess.Popen([FORGED, option, "dump", "records"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE,
                              env={**os.environ, "FORGED_RECORDS": "100000000"}) as tool:
            # It would take a minute to write all of it.
            signal.alarm(20)
            tool.stdout.read(100)
            tool.stdout.close()
            message = tool.stderr.read()
            tool.wait()
            signal.alarm(0)
        expect(f"{option}: status when nobody reads", tool.returncode, 1)
        expect(f"{option}: what it says", message,
               b"pghotctl: cannot write standard output: Broken pipe\n")
        with open("/dev/full", "wb") as full:
            answer = run(option, "dump", "records", records=100000000, stdout=full,
                         stderr=subprocess.PIPE, timeout=20)
        expect(f"{option}: status on a full disk", answer.returncode, 1)
        expect(f"{option}: what it says", answer.stderr,
               b"pghotctl: cannot write standard output: No space left on device\n")


def check_memory():
    """Of as many as of one; ru_maxrss is the largest of all children so far."""
    for option in "-r", "-j":
        run(option, "dump", "records", records=1, stdout=subprocess.DEVNULL)
    one = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    for option in "-r", "-j":
        run(option, "dump", "records", records=300000, stdout=subprocess.DEVNULL)
    many = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    # Pages of libraries come as they are used.
    expect(f"KiB of one record {one}, of 300000 {many}", many < one + 1024, True)


with tempfile.TemporaryDirectory() as work_dir:
    make_tree(work_dir)
    check_memory()
    check_tables()
    check_schema(work_dir)
    check_writing()
print(f"{failed} failed")
sys.exit(failed > 0)
