# SPDX-License-Identifier: GPL-2.0-or-later
"""A machine that is made up, for pghotctl-forged: processes, and where their memory is."""

import os
import random

RECORDS = 20000
FAST, SLOW, SIZE = 0x100000, 0x140000, 0x40000
HOT_FROM = 9  # As bench/dump/forged.c has it.
PRESENT, EXCLUSIVE = 1 << 63, 1 << 56
PAGE = os.sysconf("SC_PAGESIZE")


class Machine:
    """A tree of files that looks like the /proc of a machine, and what is in it."""

    def __init__(self, top):
        self.top, self.maps = top, {}
        os.makedirs(top + "/proc/self")
        os.makedirs(top + "/cgroup/web/below")
        os.makedirs(top + "/cgroup/empty")
        self.put("proc/self/mountinfo", f"30 23 0:26 / {top}/cgroup rw - cgroup2 cgroup2 rw\n")
        self.put("proc/zoneinfo", "".join(
            f"Node {nid}, zone  Movable\n        spanned  {SIZE}\n        present  {SIZE}\n  start_pfn:           {start}\n"
            for nid, start in enumerate((FAST, SLOW))))
        self.put("cgroup/web/cgroup.procs", "")
        self.put("cgroup/empty/cgroup.procs", "")
        self.env = dict(os.environ, PGHOT_SYSROOT=top, FORGED_RECORDS=str(RECORDS), FORGED_SOURCE="0")

    def put(self, name, text, mode="w"):
        with open(f"{self.top}/{name}", mode if isinstance(text, str) else "wb") as file:
            file.write(text)

    def process(self, pid, comm, maps):
        """Maps are (start, pages by index, name); of a page its frame and whether it is its alone."""
        os.mkdir(f"{self.top}/proc/{pid}")
        self.put(f"proc/{pid}/comm", comm + b"\n")
        self.put(f"proc/{pid}/maps", b"".join(
            b"%x-%x rw-p 00000000 00:00 0 %s\n" % (start, start + size * PAGE, b"  " + name if name else b"")
            for start, size, _, name in maps))
        with open(f"{self.top}/proc/{pid}/pagemap", "wb") as file:
            for start, _, pages, _ in maps:
                for index, (pfn, alone) in pages.items():
                    file.seek((start // PAGE + index) * 8)
                    file.write((PRESENT | (EXCLUSIVE if alone else 0) | pfn).to_bytes(8, "little"))
        self.maps[pid] = maps


def make(machine):
    chance = random.Random(15)

    def pages(nr, first, end, alone=True):
        return {i: (chance.randrange(first, end), alone) for i in sorted(chance.sample(range(2 * nr), nr))}

    machine.process(100, b"hot", [(0x10000000, 8192, pages(4000, SLOW, SLOW + RECORDS), b"")])
    machine.process(101, b"\x1b[31mred\xff", [
        (0x10000000, 512, pages(100, FAST, SLOW), b"/bin/a b"),
        (0x20000000, 4096, pages(900, SLOW, SLOW + RECORDS, False), b"/dev/shm/x\\012y\xff<&>"),
        (0x30000000, 64, pages(9, 0x10, 0x20), b"[device]")])
    machine.process(102, b"cold", [(0x10000000, 2048, pages(1000, SLOW + RECORDS + 600, SLOW + SIZE), b"[heap]")])
    machine.process(103, b"fast", [(0x7fff00000000, 2048, pages(1000, FAST, SLOW), b"")])
    machine.process(104, b"kthreadd", [])
    os.mkdir(machine.top + "/proc/105")
    machine.put("cgroup/web/cgroup.procs", "101\n")
    machine.put("cgroup/web/below/cgroup.procs", "102\n")
