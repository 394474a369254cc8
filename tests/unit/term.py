# SPDX-License-Identifier: GPL-2.0-or-later
"""A program on a terminal of its own, for the tests: keys in, screen text out."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

ESCAPES = re.compile(r"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>78]|\x07|\r")


class Failed(Exception):
    """What was expected did not come."""


class Terminal:
    """A child process whose standard streams are a terminal."""

    def __init__(self, argv, env=None, cwd=None, columns=200, lines=50):
        self.raw = ""
        self.seen = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                if cwd:
                    os.chdir(cwd)
                os.execvpe(argv[0], argv, env if env is not None else os.environ)
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read(self, seconds):
        """Take what comes within some time. False when nothing did."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.raw += data.decode("utf-8", "replace")
        return bool(data)

    def text(self):
        """All that came, without what moves the cursor."""
        return ESCAPES.sub("", self.raw)

    def send(self, keys):
        os.write(self.fd, keys.encode())

    def expect(self, pattern, seconds=20):
        """Wait until something new matches; it is what the next call begins behind."""
        end = time.monotonic() + seconds
        while True:
            found = re.compile(pattern, re.M).search(self.text(), self.seen)
            if found:
                self.seen = found.end()
                return found
            if time.monotonic() > end:
                raise Failed(f"no {pattern!r} in: {self.text()[self.seen:]!r}")
            self.read(0.1)

    def quiet(self, seconds=0.3):
        """Read on until nothing comes for a while; what is new."""
        while self.read(seconds):
            pass
        new = self.text()[self.seen:]
        self.seen = len(self.text())
        return new

    def wait(self, seconds=20):
        """The exit status, negative for a signal."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
        raise Failed("it does not end")

    def close(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.fd)


def run(tests):
    """Run functions that raise when something is wrong; the exit status."""
    failed = 0
    for test in tests:
        try:
            test()
            print(f"ok   {test.__name__}")
        except (Failed, AssertionError) as e:
            failed += 1
            print(f"FAIL {test.__name__}: {e}")
    print(f"{len(tests)} tests, {failed} failed")
    sys.exit(failed > 0)
