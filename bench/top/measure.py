#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""measure.py WHAT - instructions per refresh of pghottop, and its memory

Runs it on a terminal of 120 by 40, ten times a second, once for few and once for
many refreshes: the difference is what a refresh costs, with what the kernel does
for it, and without the start. A nanosecond is an instruction (vm/boot --icount).
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

DELAY, FEW, MANY = 0.1, 1.0, 5.0


def run(args, keys, seconds):
    """Processor time in ns, the kernel's included, and KiB resident at most."""
    pid, master = pty.fork()
    if not pid:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execvp("pghottop", ["pghottop", "-d", "100ms"] + args)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    end = time.monotonic() + seconds
    os.write(master, keys.encode())
    while time.monotonic() < end:
        if select.select([master], [], [], 0.05)[0]:
            os.read(master, 65536)
    os.write(master, b"qq")
    # What is not read it waits for.
    try:
        while os.read(master, 65536):
            pass
    except OSError:
        pass
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit("pghottop: status %d" % status)
    # The sum: how it is shared out between program and kernel, ticks only guess.
    return (usage.ru_utime + usage.ru_stime) * 1e9, usage.ru_maxrss


def main():
    print(sys.argv[1])
    for name, args, keys in (("queue", ["-v", "queue"], ""),
                             ("records", ["-v", "records"], ""),
                             ("queue, by age", ["-s", "-age"], "")):
        few, _ = run(args, keys, FEW)
        many, rss = run(args, keys, MANY)
        refreshes = (MANY - FEW) / DELAY
        print("  %-14s %10.0f instructions/refresh, %6d KiB resident at most" %
              (name, (many - few) / refreshes, rss), flush=True)


main()
