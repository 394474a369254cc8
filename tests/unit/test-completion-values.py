#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-completion-values.py COMPLETIONS bash|zsh|fish PGHOTCTL PGHOTTOP

Every option and every kind of value, in the real shell and in its odd modes: what is
offered is what there is, no more and no less. What there is comes from the programs'
own help, from the machine, and from a table for what only this test knows.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from term import Terminal, run

DIRECTORY, SHELL, PGHOTCTL, PGHOTTOP = (os.path.abspath(sys.argv[1]), sys.argv[2],
                                        os.path.abspath(sys.argv[3]), os.path.abspath(sys.argv[4]))
if not shutil.which(SHELL):
    print(f"{SHELL} is not installed")
    sys.exit(77)

work = tempfile.TemporaryDirectory(prefix="pghot-values-")
os.mkdir(os.path.join(work.name, "here"))
os.mkdir(os.path.join(work.name, "bin"))
for name in ("one.conf", "two.conf"):
    open(os.path.join(work.name, "here", name), "w").close()
for program in (PGHOTCTL, PGHOTTOP):
    os.symlink(program, os.path.join(work.name, "bin", os.path.basename(program)))
ENV = {"PATH": f"{work.name}/bin:{os.environ['PATH']}", "TERM": "dumb", "LC_ALL": "C.UTF-8",
       "HOME": work.name, "INPUTRC": "/dev/null", "ZDOTDIR": work.name,
       "XDG_CONFIG_HOME": work.name, "XDG_DATA_HOME": work.name}

FILES = {"one.conf", "two.conf"}
NODES = ({e[4:] for e in os.listdir("/sys/devices/system/node") if e[4:].isdigit()}
         if os.path.isdir("/sys/devices/system/node") else set())
SOURCES = {"hintfault", "hwhint", "ibs", "pebs", "lruscan", "klruscand", "mmscan", "kmmscand"}
BOOL = {"on", "off"}
# What nobody can list, and so nothing is offered for.
NOTHING = set()


def help_of(*words):
    done = subprocess.run([PGHOTCTL, "-j", "help", *words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["data"]


# The commands of a group come together; a command alone has its arguments.
COMMANDS = {}
for path in {c["path"] for c in help_of()["commands"]}:
    for c in help_of(*path.split())["commands"]:
        COMMANDS[c["path"]] = c["arguments"]
GLOBALS = help_of("status")["options"]


def wanted(arg):
    """What may stand for a value, or None when the test does not know."""
    kind = arg["type"]
    if kind == "node":
        return NODES
    if kind in ("word", "words"):
        return set(arg["words"])
    if kind == "source":
        return SOURCES | ({"all"} if arg["or_all"] else set())
    if kind == "file":
        return FILES
    if kind in ("count", "seconds", "pfn"):
        return NOTHING
    return None


def cases():
    """(program, words before, word being typed, set that is offered)"""
    for path, args in sorted(COMMANDS.items()):
        given = []
        for arg in args:
            if not arg["name"].startswith("-"):
                if wanted(arg) is not None:
                    yield "pghotctl", path.split() + given, "", wanted(arg)
                given.append({"source": "hwhint"}.get(arg["type"], "word"))
                continue
            if arg["type"] == "flag" or wanted(arg) is None:
                continue
            yield "pghotctl", path.split() + [arg["name"]], "", wanted(arg)
            yield "pghotctl", path.split(), arg["name"] + "=", wanted(arg)
            if arg["type"] == "words":
                first, *rest = arg["words"]
                rest = {f"{first},{w}" for w in rest}
                yield "pghotctl", path.split() + [arg["name"]], first + ",", rest
                yield "pghotctl", path.split(), f"{arg['name']}={first},", rest
    for arg in GLOBALS:
        if arg["type"] == "word":
            yield "pghotctl", [arg["name"]], "", set(arg["words"])
            yield "pghotctl", [], arg["name"] + "=", set(arg["words"])
    for name in ("promote", "adaptive"):
        yield "pghotctl", ["set"], name + "=", BOOL
    for name in ("target-nid", "target"):
        yield "pghotctl", ["set"], name + "=", NODES | {"-1"}
    yield "pghotctl", ["set"], "window-ms=", NOTHING
    for source in ("hwhint", "ibs", "pebs"):
        yield "pghotctl", ["source", "set", source], "count-kernel=", BOOL
        yield "pghotctl", ["source", "set", source], "isolated-cpus=", BOOL
    for source in SOURCES:
        yield "pghotctl", ["source", "set", source], "enabled=", BOOL
    yield "pghotctl", ["source", "set"], "", SOURCES
    yield "pghotctl", ["enable", "--no-sysctl"], "", SOURCES
    yield "pghotctl", ["run", "--", "cat"], "on", {"one.conf"}
    yield "pghotctl", ["run", "--scan-scale", "0", "--", "cat"], "on", {"one.conf"}
    yield "pghotctl", ["run", "cat", "one.conf"], "", FILES

    views = {"queue", "records", "promotions", "cgroups", "processes", "mappings"}
    columns = names_of("--sort-key")
    themes = names_of("--theme") | {"help"}
    for letter, option, values in (
            ("-v", "--view", views), ("-N", "--node", NODES), ("-r", "--replay", FILES),
            (None, "--record", FILES), (None, "--heatmap", FILES), (None, "--theme", themes),
            (None, "--heat-metric", {"freq", "hot", "tracked"}),
            (None, "--speed", {"1/8", "1/4", "1/2", "1", "2", "4", "8", "16", "64"}),
            ("-d", "--delay", {"100ms", "500ms", "1s", "2s", "5s", "1m"}),
            ("-o", "--columns", columns), ("-n", "--iterations", NOTHING),
            ("-m", "--min-freq", NOTHING), ("-l", "--limit", NOTHING), (None, "--seek", NOTHING)):
        if letter:
            yield "pghottop", [letter], "", values
        yield "pghottop", [option], "", values
        yield "pghottop", [], option + "=", values
    yield "pghottop", [], "--csv=", {"pages", "nodes"}
    for word in ("freq,", "+freq,"):
        rest = {word + c for c in columns - {"freq"}}
        yield "pghottop", ["-o"], word, rest
        yield "pghottop", ["--columns"], word, rest
        yield "pghottop", [], "--columns=" + word, rest


def names_of(option):
    done = subprocess.run([PGHOTTOP, option, "help"], capture_output=True, text=True, check=True)
    return {line.split()[0] for line in done.stdout.splitlines() if line[:1].islower()}


class Bash:
    """The function as readline calls it: words are split where the mode says."""

    modes = {"as always": "", "without =": "COMP_WORDBREAKS=${COMP_WORDBREAKS//=/}; ",
             "unset is wrong": "set -u; ", "without = and unset": "set -u; COMP_WORDBREAKS=${COMP_WORDBREAKS//=/}; "}

    def offered(self, mode, program, before, typed):
        words = [program, *before, typed]
        if "without" not in mode:
            words = [part for word in words for part in (re.findall(r"=|[^=]+", word) or [word])]
        script = (f"source {DIRECTORY}/{program}.bash; {self.modes[mode]}"
                  "COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\"; COMP_POINT=${#COMP_LINE}; "
                  f"_{program}; [ ${{#COMPREPLY[@]}} -eq 0 ] || printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        done = subprocess.run(["bash", "-c", script, "bash", *words], env=ENV,
                              cwd=work.name + "/here", capture_output=True, text=True, check=False)
        # compopt wants a completion that is under way.
        error = [line for line in done.stderr.splitlines() if "compopt" not in line]
        return {w.rstrip(" ") for w in done.stdout.splitlines()}, error


class Fish:
    modes = {"as always": ""}

    def offered(self, _mode, program, before, typed):
        done = subprocess.run(
            ["fish", "--no-config", "-c", f"source {DIRECTORY}/{program}.fish; complete -C $argv[1]",
             " ".join([program, *before, typed])], env=ENV, cwd=work.name + "/here",
            capture_output=True, text=True, check=False)
        return {line.partition("\t")[0] for line in done.stdout.splitlines()}, done.stderr.splitlines()


class Zsh:
    """On a terminal, since only there zsh completes; what is added goes to a file, too."""

    modes = {"as always": "", "by hand": "setopt ksh_arrays no_unset sh_word_split; "}

    def __init__(self):
        self.shells = {}

    def shell(self, mode):
        if mode in self.shells:
            return self.shells[mode]
        for program in ("pghotctl", "pghottop"):
            link = os.path.join(work.name, "_" + program)
            if not os.path.lexists(link):
                os.symlink(f"{DIRECTORY}/{program}.zsh", link)
        setup = os.path.join(work.name, f"setup-{len(self.shells)}")
        with open(setup, "w") as f:
            f.write(f"""
unsetopt prompt_sp prompt_cr beep
fpath=({work.name} $fpath)
autoload -Uz compinit; compinit -u -D
zstyle ':completion:*' completer _complete
compadd() {{
	local -a __hits
	if (( ${{@[(I)-[OAD]*]}} )); then
		builtin compadd "$@"
		return
	fi
	builtin compadd -A __hits "$@"
	(( $#__hits )) && print -rl -- "${{__hits[@]}}" >> {work.name}/offered
	builtin compadd "$@"
}}
PS1='READY> '
{self.modes[mode]}
""")
        shell = Terminal(["zsh", "-f", "-i"], env=ENV, cwd=work.name + "/here")
        shell.send(f"source {setup}\n")
        shell.expect(r"^READY> ")
        self.shells[mode] = shell
        return shell

    def offered(self, mode, program, before, typed):
        path = os.path.join(work.name, "offered")
        shell = self.shell(mode)
        open(path, "w").close()
        shell.send(" ".join([program, *before, typed]) + "\t")
        shell.quiet(0.12)
        # What was typed goes away, and what comes then is the end of it.
        shell.send("\x15echo 'DO''NE'\n")
        shell.expect(r"^DONE")
        with open(path) as f:
            return {line.rstrip("\n") for line in f}, []


def short(words):
    return sorted(words) if len(words) < 12 else sorted(words)[:11] + ["..."]


def sets():
    shell = {"bash": Bash, "fish": Fish, "zsh": Zsh}[SHELL]()
    wrong = []
    asked = 0
    for program, before, typed, want in cases():
        for mode in shell.modes:
            got, error = shell.offered(mode, program, before, typed)
            asked += 1
            # Whatever was typed already may stand before the value, or not.
            start = typed[:typed.find("=") + 1]
            got = {w[len(start):] if start and w.startswith(start) else w for w in got}
            got = {w.rstrip("=") if not w.rstrip("=") in want else w for w in got}
            if SHELL == "zsh":
                last = typed.rpartition("=")[2].rpartition(",")[0]
                got = {f"{last},{w}" if last and not w.startswith(last) else w for w in got}
            if got != want or error:
                wrong.append(f"{program} {' '.join([*before, typed])!r} ({mode}): {short(got)}, "
                             f"expected {short(want)} {' '.join(error)}")
    assert asked > 100
    assert not wrong, "\n  ".join(["", *wrong])


def options():
    """All the options of each command, and of no other."""
    shell = {"bash": Bash, "fish": Fish, "zsh": Zsh}[SHELL]()
    wrong = []
    everywhere = {a["name"] for a in GLOBALS}
    for path, args in sorted(COMMANDS.items()):
        want = everywhere | {a["name"] for a in args if a["name"].startswith("-")}
        got, _ = shell.offered("as always", "pghotctl", path.split(), "--")
        got = {re.sub(r"[=:].*", "", w) for w in got if w.startswith("--")}
        if got != want:
            wrong.append(f"{path}: {short(got ^ want)}")
    assert not wrong, "\n  ".join(["", *wrong])


run([sets, options])
