#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""measure.py WHAT - instructions per refresh of pghottop, and its memory

Runs it on a terminal of 120 by 40, refreshing once a second, once for few and once
for many refreshes: the difference is what a refresh costs, with what the kernel does
for it, and without the start. A nanosecond is an instruction (vm/boot --icount), so
that a refresh of a million records is still far from lasting until the next.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

DELAY, FEW, MANY = 1.0, 2.5, 8.5


def run(args, keys, seconds):
    """Processor time in ns, the kernel's included, and KiB resident at most."""
    pid, master = pty.fork()
    if not pid:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execvp("pghottop", ["pghottop", "-d", "%gs" % DELAY] + args)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    end = time.monotonic() + seconds
    os.write(master, keys.encode())
    while time.monotonic() < end:
        if select.select([master], [], [], 0.05)[0]:
            os.read(master, 65536)
    # Not what rusage says: that counts this program's own, before the other began.
    with open("/proc/%d/status" % pid) as status:
        rss = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    os.write(master, b"qq")
    # What is not read it waits for.
    try:
        while os.read(master, 65536):
            pass
    except OSError:
        pass
    _, code, usage = os.wait4(pid, 0)
    if code:
        sys.exit("pghottop: status %d" % code)
    # The sum: how it is shared out between program and kernel, ticks only guess.
    return (usage.ru_utime + usage.ru_stime) * 1e9, rss


def main():
    print(sys.argv[1])
    for name, args, keys in (("queue", ["-v", "queue"], ""),
                             ("records", ["-v", "records"], ""),
                             ("queue, by age", ["-s", "-age"], ""),
                             ("cgroups", ["-v", "cgroups"], ""),
                             ("processes", ["-v", "processes"], "")):
        few, _ = run(args, keys, FEW)
        many, rss = run(args, keys, MANY)
        refreshes = (MANY - FEW) / DELAY
        print("  %-14s %10.0f instructions/refresh, %6d KiB resident at most" %
              (name, (many - few) / refreshes, rss), flush=True)


main()
