#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-completions.py DIRECTORY bash|zsh|fish - the completions in the real shell.

Typed at the shell's prompt, then Tab and Return: a function in the place of
pghotctl prints the words that it gets. fish tells its candidates when asked.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

from term import Terminal, run

DIRECTORY = os.path.abspath(sys.argv[1])
SHELL = sys.argv[2]
if not shutil.which(SHELL):
    print(f"{SHELL} is not installed")
    sys.exit(77)

work = tempfile.TemporaryDirectory(prefix="pghot-completions-")
for name in ("one.conf", "two.conf"):
    open(os.path.join(work.name, name), "w").close()
ENV = {"PATH": os.environ["PATH"], "TERM": "dumb", "LC_ALL": "C.UTF-8", "HOME": work.name,
       "INPUTRC": "/dev/null", "ZDOTDIR": work.name, "XDG_CONFIG_HOME": work.name,
       "XDG_DATA_HOME": work.name}
NODES = sorted(int(e[4:]) for e in os.listdir("/sys/devices/system/node")
               if e[4:].isdigit()) if os.path.isdir("/sys/devices/system/node") else []
WIDE = "/sys/fs/cgroup"
if not os.path.exists(WIDE + "/cgroup.controllers"):
    WIDE += "/unified"
CGROUPS = [e.name for e in os.scandir(WIDE) if e.is_dir()] if os.path.isdir(WIDE) else []

# What is typed before Tab, and the words that it becomes.
BECOMES = [
    ("stat", ["stat"]),
    ("statu", ["status"]),
    ("sou", ["source"]),
    ("dump pro", ["dump", "promoted"]),
    ("-j dump pro", ["-j", "dump", "promoted"]),
    ("source sho", ["source", "show"]),
    ("help dump rec", ["help", "dump", "records"]),
    ("dump records --pfn", ["dump", "records", "--pfn-range"]),
    ("dump heap --lim", ["dump", "heap", "--limit"]),
    ("--js", ["--json"]),
    ("--backend net", ["--backend", "netlink"]),
    ("--backend netlink dump pro", ["--backend", "netlink", "dump", "promoted"]),
    ("enable hint", ["enable", "hintfault"]),
    ("enable kl", ["enable", "klruscand"]),
    ("enable --no-sysctl ib", ["enable", "--no-sysctl", "ibs"]),
    ("disable a", ["disable", "all"]),
    ("enable al", ["enable", "al"]),
    ("get freq", ["get", "freq-threshold"]),
    ("set freq", ["set", "freq-threshold="]),
    ("set adaptive=of", ["set", "adaptive=off"]),
    ("set target-nid=-", ["set", "target-nid=-1"]),
    ("source set hintfault hot", ["source", "set", "hintfault", "hot-latency-ms="]),
    ("source set hintfault enabled=of", ["source", "set", "hintfault", "enabled=off"]),
    ("reset cou", ["reset", "counters"]),
    ("reset records cou", ["reset", "records", "counters"]),
    ("monitor conf", ["monitor", "config"]),
    ("apply on", ["apply", "one.conf"]),
    # No file names where no files belong.
    ("get on", ["get", "on"]),
    ("dump heap on", ["dump", "heap", "on"]),
]
if "--fields" in open(f"{DIRECTORY}/pghotctl.{SHELL}").read():
    BECOMES.append(("dump records --fields pfn,fre", ["dump", "records", "--fields", "pfn,freq"]))
if NODES == [0]:
    BECOMES += [
        ("node ", ["node", "0"]),
        ("dump heap --node ", ["dump", "heap", "--node", "0"]),
        ("dump heap --node=", ["dump", "heap", "--node=0"]),
        ("set target-nid=0", ["set", "target-nid=0"]),
    ]
if "init.scope" in CGROUPS:
    BECOMES.append(("dump heap --cgroup /init", ["dump", "heap", "--cgroup", "/init.scope/"]))


def ranges():
    """Of the machine's nodes, as the completion says them."""
    start, end, nid, spanned = {}, {}, -1, 0
    for line in open("/proc/zoneinfo"):
        words = line.split()
        if words[0] == "Node":
            nid = int(words[1].rstrip(","))
        elif words[0] == "spanned":
            spanned = int(words[1])
        elif words[0] == "start_pfn:" and spanned:
            pfn = int(words[1])
            start[nid] = min(pfn, start.get(nid, pfn))
            end[nid] = max(pfn + spanned, end.get(nid, 0))
    return [f"{start[n]:#x}-{end[n] - 1:#x}" for n in sorted(start)]


if len(ranges()) == 1:
    BECOMES.append(("dump records --pfn-range ", ["dump", "records", "--pfn-range"] + ranges()))


class Interactive(Terminal):
    """bash or zsh with the completions loaded."""

    def __init__(self):
        super().__init__({"bash": ["bash", "--norc", "--noprofile", "-i"],
                          "zsh": ["zsh", "-f", "-i"]}[SHELL], env=ENV, cwd=work.name)
        setup = "PS1='READY> '; pghotctl() { printf 'WORDS'; printf '<%s>' \"$@\"; echo; }; "
        if SHELL == "bash":
            setup += f"source {DIRECTORY}/pghotctl.bash"
        else:
            if not os.path.lexists(os.path.join(work.name, "_pghotctl")):
                os.symlink(f"{DIRECTORY}/pghotctl.zsh", os.path.join(work.name, "_pghotctl"))
            setup += (f"unsetopt prompt_sp prompt_cr beep zle; fpath=({work.name} $fpath); "
                      "autoload -Uz compinit; compinit -u; setopt zle")
        self.send(setup + "\n")
        self.expect(r"^READY> ")

    def words(self, typed):
        self.send(f"pghotctl {typed}\t")
        self.quiet(0.15)
        self.send("\n")
        found = self.expect(r"^WORDS(<.*>)$")
        self.expect(r"^READY> ")
        return found.group(1)[1:-1].split("><")

    def listed(self, typed, words):
        """What is listed; on a busy host that takes its time, if all of the words are to come."""
        self.send(f"pghotctl {typed}\t\t")
        text = self.quiet(0.3)
        end = time.monotonic() + 20
        while not all(word in text for word in words) and time.monotonic() < end:
            text += self.quiet(0.3)
        self.send("\x15\n")
        self.quiet(0.15)
        return text


def fish(typed):
    """The candidates, without what they mean."""
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source {DIRECTORY}/pghotctl.fish; complete -C $argv[1]",
         "pghotctl " + typed], env=ENV, cwd=work.name, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return dict(line.partition("\t")[::2] for line in done.stdout.splitlines())


def becomes():
    shell = None if SHELL == "fish" else Interactive()
    wrong = []
    for typed, wanted in BECOMES:
        if SHELL == "fish":
            last = wanted[-1]
            found = list(fish(typed))
            # A list, of which each begins with what was typed.
            right = last in found or (last == typed.split(" ")[-1] and
                                      (not found or len(found) > 1))
            if not right:
                wrong.append(f"{typed!r}: {found}, expected {last}")
        else:
            words = shell.words(typed)
            if words != wanted:
                wrong.append(f"{typed!r}: {words}, expected {wanted}")
    if shell:
        shell.close()
    assert not wrong, "\n  ".join(["", *wrong])


def lists():
    shell = None if SHELL == "fish" else Interactive()
    for typed, words in [("", ["status", "dump", "monitor"]),
                         ("dump ", ["heap", "records", "promoted"]),
                         ("dump heap --", ["--node", "--limit", "--json"]),
                         ("enable ", ["hintfault", "mmscan", "klruscand"]),
                         ("set ", ["window-ms", "adaptive"]),
                         ("reset ", ["records", "heaps", "counters", "all"])]:
        text = " ".join(fish(typed)) if SHELL == "fish" else shell.listed(typed, words)
        for word in words:
            assert word in text, f"{typed!r}: no {word} in {text!r}"
    if shell:
        shell.close()


def every_command_is_known():
    """Also those that the cases above forget."""
    commands = subprocess.run([os.path.abspath(sys.argv[3]), "commands"], capture_output=True, text=True,
                              check=True).stdout.splitlines()
    assert commands
    text = open(f"{DIRECTORY}/pghotctl.{SHELL}").read()
    if SHELL == "fish":
        for path in commands:
            first, _, last = path.rpartition(" ")
            assert last in fish(f"{first} {last}"[:-1].lstrip()), f"{path} is not offered"
    else:
        for path in commands:
            assert path.replace(" ", "_" if SHELL == "zsh" else " ").split(" ")[-1] in text, path


tests = [becomes, lists]
if len(sys.argv) > 3:
    tests.append(every_command_is_known)
run(tests)
