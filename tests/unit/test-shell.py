#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-shell.py PGHOTCTL - the shell as a person at a terminal finds it.

On a kernel that need not have pghot: commands that talk to it fail, and so they
say nothing here; what runs until Ctrl-C is a batch that waits for its input.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time

from term import Terminal, run

CTL = os.path.abspath(sys.argv[1])
PROMPT = r"^pghot> "
work = tempfile.TemporaryDirectory(prefix="pghot-shell-")
STATE = os.path.join(work.name, "state")
HISTORY = os.path.join(STATE, "pghot", "pghotctl_history")
FILES = os.path.join(work.name, "files")
os.makedirs(os.path.join(FILES, "some dir"))
for name in ("one.conf", "two words.conf", "some dir/inner"):
    open(os.path.join(FILES, name), "w").close()
# Readline's own settings of whoever runs the tests are none of ours.
ENV = {"PATH": os.environ["PATH"], "TERM": "dumb", "LC_ALL": "C.UTF-8", "HOME": work.name,
       "XDG_STATE_HOME": STATE, "INPUTRC": "/dev/null"}


class Shell(Terminal):
    """The shell at its prompt."""

    def __init__(self, *options, **env):
        super().__init__([CTL, *options, "shell"], env={**ENV, **env}, cwd=FILES)
        self.expect(PROMPT)

    def tab(self, keys, wanted):
        """After these keys and Tab the line is that, sooner or later."""
        self.send(keys + "\t")
        self.shows(wanted)

    def shows(self, wanted):
        end = time.monotonic() + 10
        while self.line() != wanted:
            assert time.monotonic() < end, f"got {self.line()!r}, expected {wanted!r}"
            self.read(0.1)

    def line(self):
        self.quiet(0.02)
        line = self.text().rsplit("pghot> ", 1)[1]
        # A dumb terminal goes back with backspaces.
        while "\b" in line:
            at = line.index("\b")
            count = len(line[at:]) - len(line[at:].lstrip("\b"))
            rest = line[at + count:]
            line = line[:max(0, at - count)] + rest if rest else line[:at]
        return line

    def lists(self, keys, *words):
        """What a second Tab lists, in which these words are."""
        self.quiet(0.02)
        self.send(keys + "\t\t")
        end = time.monotonic() + 10
        while not all(word in self.text()[self.seen:] for word in words):
            assert time.monotonic() < end, f"no {words} in {self.text()[self.seen:]!r}"
            self.read(0.1)
        text = self.quiet()
        self.clear()
        return text

    def clear(self):
        """A new line. Readline may show the prompt of the old one again before."""
        self.send("\x03")
        self.expect(r"\^C\n")
        self.expect(PROMPT)

    def command(self, line):
        """What a command prints."""
        self.send(line + "\n")
        start = self.seen
        end = self.expect(PROMPT).start()
        return self.text()[start:end]

    def leave(self, keys="\x04"):
        self.send(keys)
        status = self.wait()
        self.close()
        assert status == 0, f"exit status {status}"


def expect(got, wanted):
    assert got == wanted, f"got {got!r}, expected {wanted!r}"


def contains(text, *words):
    for word in words:
        assert word in text, f"no {word!r} in {text!r}"


def commands_run():
    shell = Shell()
    contains(shell.command("version"), "pghotctl ")
    contains(shell.command("help dump heap"), "usage: pghotctl dump heap", "--min-freq")
    contains(shell.command("help"), "Commands")
    contains(shell.command("stauts"), "did you mean status")
    contains(shell.command("set freq-threshold=64"), "accepted: 1 to 63")
    contains(shell.command("get 'freq"), "a ' is not closed")
    contains(shell.command("shell"), "this is the shell")
    contains(shell.command("# nothing"), "")
    shell.leave()
    shell = Shell("-j")
    contains(shell.command("version"), '"schema":"pghot/version/1"')
    contains(shell.command("get 'freq"), '"schema":"pghot/error/1"')
    for word in ("exit\n", "quit\n"):
        Shell().leave(word)


def control_c_cancels_a_line():
    shell = Shell()
    shell.send("reset all")
    shell.quiet()
    shell.clear()
    expect(shell.line(), "")
    contains(shell.command("version"), "pghotctl ")
    # In the middle of a search of the history, too.
    shell.send("\x12vers")
    shell.quiet()
    shell.clear()
    shell.quiet()
    contains(shell.command("version"), "pghotctl ")
    shell.leave()


def control_c_comes_with_other_keys():
    """At any moment after them, those it comes with are thrown away and it is not."""
    shell = Shell()
    for turn in range(300):
        for _ in range(turn % 10):
            shell.send("x")
        shell.clear()
    contains(shell.command("version"), "pghotctl ")
    shell.leave()


def control_c_ends_a_command():
    shell = Shell()
    for _ in range(3):
        shell.send("batch -\n")
        shell.quiet()
        shell.send("\x03")
        shell.expect(PROMPT)
    # And leaves nothing behind that would end the next line.
    shell.send("vers")
    shell.quiet(0.5)
    contains(shell.command("ion"), "pghotctl ")
    shell.leave()


def other_keys_do_not_end_it():
    shell = Shell()
    shell.send("\x1a\x1c")
    shell.quiet()
    contains(shell.command("version"), "pghotctl ")
    # Ctrl-D in a line deletes; on an empty one it leaves.
    shell.send("x\x04")
    shell.quiet()
    shell.clear()
    shell.leave()


def signals_end_it():
    for number in (signal.SIGTERM, signal.SIGHUP):
        shell = Shell()
        os.kill(shell.pid, number)
        expect(shell.wait(), 0)
        shell.close()
        # The command that runs ends with it.
        shell = Shell()
        shell.send("batch -\n")
        shell.quiet()
        os.kill(shell.pid, number)
        expect(shell.wait(), 0)
        shell.close()


def stops_and_goes_on():
    """Ctrl-Z stops shell and command, which fg continues."""
    outer = Terminal(["bash", "--norc", "--noprofile", "-i"], env=ENV, cwd=FILES)
    outer.send(f"PS1='OUTER> '; {CTL} shell\n")
    outer.expect(PROMPT)
    outer.send("batch -\n")
    outer.quiet()
    outer.send("\x1a")
    outer.expect("Stopped")
    outer.expect("^OUTER> ")
    outer.send("fg\n")
    outer.quiet()
    outer.send("version\n")
    outer.expect("^pghotctl [0-9]")
    outer.send("\x03")
    outer.expect(PROMPT)
    outer.send("exit\n")
    outer.expect("^OUTER> ")
    outer.close()


def completes_commands():
    shell = Shell()
    shell.lists("s", "status", "what pghot is doing", "source", "stats")
    shell.tab("sta", "stat")
    shell.tab("u", "status ")
    shell.clear()
    shell.tab("dump pro", "dump promoted ")
    shell.clear()
    shell.tab("-j dump pro", "-j dump promoted ")
    shell.clear()
    shell.tab("help source s", "help source s")
    shell.tab("h", "help source show ")
    shell.clear()
    shell.tab("ex", "exit ")
    shell.clear()
    # No words of commands where none can stand.
    shell.tab("nonsense st", "nonsense st")
    shell.clear()
    shell.leave()


def completes_options():
    shell = Shell()
    shell.tab("dump records --pfn", "dump records --pfn-range ")
    shell.clear()
    shell.lists("dump heap --", "--node", "only this node", "--limit", "--json")
    shell.tab("--ver", "--version ")
    shell.clear()
    shell.lists("dump heap --limit ", "--limit: 1 to ")
    # What was given is not offered again.
    listed = shell.lists("dump heap --limit 3 --", "--node", "--backend")
    assert "\n--node" in listed and "\n--limit" not in listed, listed
    shell.leave()


def completes_values():
    shell = Shell()
    shell.tab("enable hint", "enable hintfault ")
    shell.tab("hint", "enable hintfault hint")
    shell.clear()
    shell.tab("enable ib", "enable ibs ")
    shell.clear()
    shell.tab("disable a", "disable all ")
    shell.clear()
    shell.tab("get freq", "get freq-threshold ")
    shell.clear()
    shell.tab("set freq", "set freq-threshold=")
    shell.clear()
    shell.tab("set adaptive=of", "set adaptive=off ")
    shell.clear()
    shell.lists("set window-ms=", "window-ms: 500 ms to 60 s")
    shell.tab("source set hintfault hot", "source set hintfault hot-latency-ms=")
    shell.clear()
    shell.tab("source set hintfault enabled=on", "source set hintfault enabled=on ")
    shell.clear()
    shell.tab("reset cou", "reset counters ")
    shell.clear()
    shell.tab("monitor pro", "monitor promotion ")
    shell.clear()
    if os.path.isdir("/sys/devices/system/node/node0"):
        shell.lists("node ", "0")
        shell.lists("dump heap --node=", "--node=0")
    if os.path.exists("/proc/zoneinfo"):
        shell.lists("dump records --pfn-range 0x", "-0x")
    shell.leave()


def completes_cgroups():
    # As the tools do: those of the hierarchy that has the memory controller.
    v1 = any(line.split()[:2] > ["memory", "0"] for line in open("/proc/cgroups")
             if line.startswith("memory\t"))
    mounts = [line.split() for line in open("/proc/self/mountinfo")
              if (" - cgroup " in line and "memory" in line.split()[-1].split(",") if v1
                  else " - cgroup2 " in line)]
    if not mounts:
        return
    groups = [e.name for e in os.scandir(mounts[0][4]) if e.is_dir() and not e.name.startswith(".")]
    if not groups:
        return
    shell = Shell()
    shell.send("dump records --cgroup /" + groups[0][:-1] + "\t\t")
    shell.expect("dump records --cgroup /" + re.escape(groups[0][:-1]))
    shell.expect(re.escape(groups[0][-1]))
    shell.clear()
    shell.leave()


def completes_files():
    shell = Shell()
    shell.tab("apply one", "apply one.conf ")
    shell.clear()
    shell.tab("apply som", "apply some\\ dir/")
    shell.tab("", "apply some\\ dir/inner ")
    shell.clear()
    shell.tab("apply 'two w", "apply 'two words.conf' ")
    shell.clear()
    shell.tab('apply "two w', 'apply "two words.conf" ')
    shell.clear()
    shell.tab("apply two", "apply two\\ words.conf ")
    shell.clear()
    shell.leave()


def keeps_a_history():
    shell = Shell()
    for line in ("version", "help node", "help node", " secret"):
        shell.command(line)
    shell.leave()
    lines = open(HISTORY).read().splitlines()
    expect(lines[-2:], ["version", "help node"])
    assert " secret" not in lines and "secret" not in lines
    expect(oct(os.stat(HISTORY).st_mode & 0o777), "0o600")
    expect(oct(os.stat(os.path.dirname(HISTORY)).st_mode & 0o777), "0o700")
    # The next one has it at hand.
    shell = Shell()
    shell.quiet()
    shell.send("\x10\x10")
    shell.expect("version")
    shell.clear()
    shell.leave()
    # Without a place for it the shell works, and says so.
    shell = Terminal([CTL, "shell"], env={**ENV, "XDG_STATE_HOME": "/dev/null"})
    shell.expect("no history is kept: /dev/null/pghot/pghotctl_history: Not a directory")
    shell.expect(PROMPT)
    shell.send("exit\n")
    expect(shell.wait(), 0)
    shell.close()
    # A relative one is to be ignored, says the specification.
    Shell(XDG_STATE_HOME="relative").leave()
    assert not os.path.exists(os.path.join(FILES, "relative"))
    assert os.path.exists(os.path.join(work.name, ".local/state/pghot/pghotctl_history"))


def pipe(text, *options):
    return subprocess.run([CTL, *options, "shell"], input=text, capture_output=True, text=True,
                          env=ENV, cwd=FILES, timeout=60, check=False)


def reads_from_a_pipe():
    before = os.path.exists(HISTORY) and open(HISTORY).read()
    done = pipe("version\n\n# comment\nhelp 'dump' heap\n")
    expect(done.returncode, 0)
    contains(done.stdout, "pghotctl ", "usage: pghotctl dump heap")
    assert "pghot>" not in done.stdout, "a prompt for nobody"
    expect(done.stderr, "")
    # Each line is tried; what failed last is the exit status.
    done = pipe("nonsense\nversion\nget 'x\nversion")
    expect(done.returncode, 2)
    expect(done.stdout.count("pghotctl "), 2)
    contains(done.stderr, "unknown command: nonsense", "line 3: a ' is not closed")
    expect(pipe("version\nexit\nnonsense\n").returncode, 0)
    expect(pipe("exit now\n").returncode, 2)
    expect(pipe("").returncode, 0)
    done = pipe("version\nnonsense\n", "-j")
    expect(len(done.stdout.splitlines()), 2)
    contains(done.stdout.splitlines()[1], '"schema":"pghot/error/1"')
    # What a command reads from standard input begins behind its line.
    done = pipe("batch -\nversion\nhelp node\n")
    expect(done.stdout.count("usage: pghotctl node"), 1)
    expect(done.stdout.count("pghotctl 0"), 1)
    expect(before, os.path.exists(HISTORY) and open(HISTORY).read())
    full = subprocess.run([CTL, "shell"], input="version\n", stdout=open("/dev/full", "w"),
                          stderr=subprocess.PIPE, text=True, env=ENV, check=False)
    expect(full.returncode, 1)
    contains(full.stderr, "No space left")


# Whoever runs the tests with nohup has it ignored, and so has every program here.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
run([commands_run, control_c_cancels_a_line, control_c_comes_with_other_keys,
     control_c_ends_a_command, other_keys_do_not_end_it,
     signals_end_it, stops_and_goes_on, completes_commands, completes_options, completes_values,
     completes_cgroups, completes_files, keeps_a_history, reads_from_a_pipe])
