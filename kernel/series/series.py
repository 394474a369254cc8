#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""series.py - cut kernel/ into a series of patches to post; make-series runs it

Each NN-name.step here is a patch: its message, and after a line "[plan]" what of
kernel/tree, kernel/patches and uapi/ comes with it. README.md has the words of a plan.
Nothing is kept twice: what a step has of a file is cut out of the file as it is, so that
the last step is the tree. That is verified, not believed.
"""

import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HOUSE = "mm/pghot/"
KCONFIG, MAKEFILE = HOUSE + "Kconfig", HOUSE + "Makefile"
NAME = "[A-Z0-9_]+"


class Wrong(Exception):
    """What is wrong with a plan, or with what it is to cut."""


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def files_below(directory):
    """Names relative to it."""
    return sorted(os.path.relpath(os.path.join(d, f), directory)
                  for d, _, names in os.walk(directory) for f in names)


# --- what there is -----------------------------------------------------------------

def tree_files(kernel, uapi, linux):
    """Name in the kernel's source -> where it is here."""
    found = {name: f"{directory}/{name}"
             for directory in (f"{kernel}/tree", f"{kernel}/compat/{linux}")
             for name in files_below(directory)}
    # As vm/kernel-build places them.
    for name in glob.glob(f"{uapi}/linux/*.h"):
        found["include/uapi/linux/" + os.path.basename(name)] = name
    found["Documentation/netlink/specs/pghot.yaml"] = f"{uapi}/pghot.yaml"
    return found


def split_patch(path):
    """Name of a file -> the part of the patch that is about it."""
    parts = {}
    for part in re.split(r"(?m)^(?=diff --git )", read(path))[1:]:
        name = re.search(r"(?m)^\+\+\+ b/(\S+)", part)
        if not name or not re.search(rf"(?m)^--- a/{re.escape(name[1])}$", part):
            raise Wrong(f"{path}: a part that does not change a file of the kernel's: new files are for kernel/tree")
        parts[name[1]] = part
    if not parts:
        raise Wrong(f"{path}: no 'diff --git'")
    return parts


def read_patches(kernel, linux):
    """Number -> parts."""
    patches = {}
    for path in sorted(glob.glob(f"{kernel}/patches/{linux}/*.patch")):
        number = os.path.basename(path).split("-")[0]
        if number in patches:
            raise Wrong(f"{path}: there are two patches {number}")
        patches[number] = split_patch(path)
    if not patches:
        raise Wrong(f"{kernel}/patches/{linux}: no patches")
    return patches


# --- the plan ----------------------------------------------------------------------

class Step:
    """A patch of the series."""

    def __init__(self, path):
        self.path = path
        self.name = os.path.basename(path)[:-len(".step")]
        message, mark, plan = read(path).partition("\n[plan]\n")
        if not mark:
            raise Wrong(f"{path}: no line '[plan]'")
        self.message = message.strip() + "\n"
        self.trees, self.patches, self.symbols, self.ifdefs = [], [], [], []
        self.blocks, self.lines, self.excuses = [], [], {}
        for line in plan.splitlines():
            if not line or line.startswith("#"):
                continue
            word, _, rest = line.partition(" ")
            rest = rest.strip()
            args = rest.split()
            if word == "tree" and len(args) == 1:
                self.trees.append(rest)
            elif word == "patch" and args:
                self.patches.append((args[0], args[1:]))
            elif word == "symbol" and args:
                self.symbols += args
            elif word == "ifdef" and args:
                self.ifdefs += args
            elif word == "block" and len(args) == 2:
                self.blocks.append(tuple(args))
            elif word == "line" and len(args) > 1:
                self.lines.append(tuple(rest.split(None, 1)))
            elif word == "checkpatch" and len(args) > 1:
                self.excuses[args[0]] = rest.split(None, 1)[1]
            else:
                raise Wrong(f"{path}: not understood: '{line}'")


def read_steps(directory):
    paths = sorted(glob.glob(f"{directory}/*.step"))
    if not paths:
        raise Wrong(f"{directory}: no *.step")
    return [Step(path) for path in paths]


def assign_trees(steps, names):
    """Name -> index of its step. The longest path that names it says so."""
    claims = {}
    for n, step in enumerate(steps):
        for path in step.trees:
            if path in claims:
                raise Wrong(f"{step.path}: 'tree {path}' is in {steps[claims[path]].path}, too")
            claims[path] = n
    owner, used = {}, set()
    for name in names:
        fits = [p for p in claims if name == p or (p.endswith("/") and name.startswith(p))]
        if not fits:
            raise Wrong(f"{name}: belongs to no step: name it, or its folder, in the plan of one in kernel/series/")
        path = max(fits, key=len)
        used.add(path)
        owner[name] = claims[path]
    for path in sorted(set(claims) - used):
        raise Wrong(f"{steps[claims[path]].path}: 'tree {path}': there is no such file")
    return owner


def assign_patches(steps, patches):
    """(number, name) -> index of its step."""
    owner = {}
    for n, step in enumerate(steps):
        for number, names in step.patches:
            if number not in patches:
                raise Wrong(f"{step.path}: there is no patch {number}")
            for name in names or patches[number]:
                if name not in patches[number]:
                    raise Wrong(f"{step.path}: patch {number} does not change {name}")
                if (number, name) in owner:
                    raise Wrong(f"{step.path}: what patch {number} does to {name} is in "
                                f"{steps[owner[number, name]].path}, too")
                owner[number, name] = n
    for number, parts in patches.items():
        for name in parts:
            if (number, name) not in owner:
                raise Wrong(f"patch {number}: what it does to {name} belongs to no step")
    return owner


def assign_symbols(steps, kconfig):
    """Two maps, symbol -> index of a step: of its entry in Kconfig, and of its #ifdefs."""
    entries, blocks = {}, {}
    for n, step in enumerate(steps):
        for symbol in step.symbols:
            if symbol in entries:
                raise Wrong(f"{step.path}: 'symbol {symbol}' is in {steps[entries[symbol]].path}, too")
            entries[symbol] = n
        for symbol in step.ifdefs:
            blocks[symbol] = n
    there = re.findall(rf"(?m)^config ({NAME})$", kconfig)
    for symbol in there:
        if symbol not in entries:
            raise Wrong(f"{KCONFIG}: no step has the symbol {symbol}")
    for symbol in list(entries) + list(blocks):
        if symbol not in there:
            raise Wrong(f"the plan has the symbol {symbol}, {KCONFIG} has not")
    return entries, {**entries, **blocks}


# --- cutting -----------------------------------------------------------------------

def tidy(lines):
    """Of blank lines that have come together where something was cut out keep one.

    None stands for what was cut out.
    """
    out = []
    for n, line in enumerate(lines):
        if line is None:
            continue
        cut = n and lines[n - 1] is None
        if cut and line == "" and (not out or out[-1] == ""):
            continue
        # Nothing but the end of a file or of a block after it.
        if cut and out and out[-1] == "" and line.startswith(("#endif", "#else", "};", "endif")):
            out.pop()
        out.append(line)
    while out and out[-1] == "":
        out.pop()
    return out


def cut_ifdefs(name, lines, absent, whole):
    """As if the symbols of absent were never set; those of whole go with their #else.

    Lines that are cut become None.
    """
    out, stack = [], []     # of (symbol or None, is this branch kept?, whole?)
    seen = set()
    for line in lines:
        kept = all(keep for _, keep, _ in stack)
        m = re.match(r"\s*#\s*(ifdef|ifndef|if|elif|else|endif)\b\s*(.*)", line)
        if not m:
            out.append(line if kept else None)
            continue
        word, rest = m[1], m[2].split("/*")[0].strip()
        mine = rest.removeprefix("CONFIG_") if rest.startswith("CONFIG_PGHOT") else None
        if word in ("ifdef", "ifndef"):
            if mine in whole:
                seen.add(mine)
                stack.append((mine, False, True))
                out.append(None)
            elif mine in absent:
                stack.append((mine, word == "ifndef", False))
                out.append(None)
            else:
                stack.append((None, True, False))
                out.append(line if kept else None)
            continue
        if word in ("if", "elif"):
            for symbol in re.findall(rf"CONFIG_(PGHOT{NAME[:-1]}*)\b", rest):
                if symbol in absent or symbol in whole:
                    raise Wrong(f"{name}: '{line}': only #ifdef and #ifndef of a symbol can be cut")
        if word == "if":
            stack.append((None, True, False))
            out.append(line if kept else None)
            continue
        if not stack:
            raise Wrong(f"{name}: '{line}' without #if")
        symbol, keep, all_of_it = stack[-1]
        if symbol is None:
            out.append(line if kept else None)
        else:
            out.append(None)
            if word == "elif":
                raise Wrong(f"{name}: '{line}': an #elif after #ifdef of a symbol cannot be cut")
            if word == "else" and not all_of_it:
                stack[-1] = (symbol, not keep, False)
        if word == "endif":
            stack.pop()
    if stack:
        raise Wrong(f"{name}: an #if without #endif")
    for symbol in whole:
        if symbol not in seen:
            raise Wrong(f"{name}: 'block': there is no '#ifdef CONFIG_{symbol}'")
    return out


def cut_lines(name, lines, unwanted):
    for text in unwanted:
        where = [n for n, line in enumerate(lines) if line is not None and line.strip() == text]
        if len(where) != 1:
            raise Wrong(f"{name}: 'line {text}': there are {len(where)} such lines, 1 is needed")
        lines[where[0]] = None
    return lines


def cut_kconfig(lines, entries, now):
    out, keep = [], True
    for line in lines:
        m = re.match(rf"config ({NAME})$", line)
        if m:
            keep = entries[m[1]] <= now
        elif re.match(r"\S", line):
            keep = True
        out.append(line if keep else None)
    return out


def cut_makefile(lines, present):
    """Leave out objects whose source is not there, and lines and comments for nothing."""
    out = []
    for line in lines:
        m = re.match(r"(\s*obj-\S+ \+=)((?: \S+\.o)+)$", line)
        if m:
            objects = [o for o in m[2].split() if HOUSE + o[:-2] + ".c" in present]
            line = f"{m[1]} {' '.join(objects)}" if objects else None
        elif re.match(r"\s*obj-", line):
            raise Wrong(f"{MAKEFILE}: not understood: '{line}'")
        out.append(line)
    # A comment is about what follows it at once.
    for n in range(len(out) - 1, 0, -1):
        line = out[n - 1]
        following = next((x for x in out[n:] if x is not None), "")
        if out[n] is None and line is not None and line.startswith("#") and not following.startswith(
                ("obj-", "ccflags")):
            out[n - 1] = None
    return out


class Series:
    """All that there is, and who has what."""

    def __init__(self, kernel, uapi, linux, directory):
        self.steps = read_steps(directory)
        self.sources = tree_files(kernel, uapi, linux)
        self.patches = read_patches(kernel, linux)
        self.kconfig = read(self.sources[KCONFIG])
        self.tree_owner = assign_trees(self.steps, self.sources)
        self.patch_owner = assign_patches(self.steps, self.patches)
        self.entries, self.ifdefs = assign_symbols(self.steps, self.kconfig)
        for n, step in enumerate(self.steps):
            for name, _ in step.blocks + step.lines:
                if name not in self.sources and not any(name in parts for parts in self.patches.values()):
                    raise Wrong(f"{step.path}: {name}: there is no such file")
                if name in self.sources and self.tree_owner[name] >= n:
                    raise Wrong(f"{step.path}: nothing can be cut out of {name}, which comes no sooner")
        for number, parts in self.patches.items():
            for name in parts:
                if name in self.sources:
                    raise Wrong(f"patch {number}: {name} is in kernel/tree")

    def patched_files(self):
        return sorted({name for parts in self.patches.values() for name in parts})

    def cut(self, name, text, now):
        """The text of a file as it is after step number now."""
        absent = {s for s, n in self.ifdefs.items() if n > now}
        whole = {s for step in self.steps[now + 1:] for f, s in step.blocks if f == name}
        unwanted = [t for step in self.steps[now + 1:] for f, t in step.lines if f == name]
        lines = text.split("\n")
        if name == KCONFIG:
            lines = cut_kconfig(lines, self.entries, now)
        elif name == MAKEFILE:
            present = {f for f, n in self.tree_owner.items() if n <= now}
            lines = cut_makefile(lines, present)
        elif name.endswith((".c", ".h")):
            lines = cut_ifdefs(name, lines, absent, whole)
        lines = cut_lines(name, lines, unwanted)
        if None not in lines:
            return text
        return "\n".join(tidy(lines)) + "\n"


# --- making it ---------------------------------------------------------------------

def apply_patch(directory, text, what):
    done = subprocess.run(["patch", "-d", directory, "-p1", "--forward", "--no-backup-if-mismatch", "-r", "-"],
                          input=text, text=True, capture_output=True, check=False)
    if done.returncode:
        raise Wrong(f"{what} does not apply:\n{done.stdout}{done.stderr}".rstrip())


def copy_originals(series, originals, to):
    for name in series.patched_files():
        if not os.path.exists(f"{originals}/{name}"):
            raise Wrong(f"{originals}/{name}: not there, and patches change it")
        os.makedirs(os.path.dirname(f"{to}/{name}"), exist_ok=True)
        shutil.copy(f"{originals}/{name}", f"{to}/{name}")


def expected(series, originals, to):
    """What a kernel with pghot has, by the way that vm/kernel-build goes."""
    copy_originals(series, originals, to)
    for number in sorted(series.patches):
        for name, part in series.patches[number].items():
            apply_patch(to, part, f"patch {number} to {name}")
    for name, path in series.sources.items():
        os.makedirs(os.path.dirname(f"{to}/{name}"), exist_ok=True)
        shutil.copy(path, f"{to}/{name}")


def same(one, other):
    """Are two trees the same, byte by byte? The names of files that are not."""
    names = set(files_below(one)) | set(files_below(other))
    bad = []
    for name in sorted(names):
        pair = [f"{d}/{name}" for d in (one, other)]
        if not all(map(os.path.exists, pair)):
            bad.append(name)
            continue
        contents = []
        for path in pair:
            with open(path, "rb") as f:
                contents.append(f.read())
        if contents[0] != contents[1] or len({os.access(p, os.X_OK) for p in pair}) != 1:
            bad.append(name)
    return bad


class Repository:
    """A history of nothing but this; whatever git is told elsewhere does not matter."""

    def __init__(self, directory, author, date):
        self.directory = directory
        name, _, mail = author.rpartition(" <")
        mail = mail.rstrip(">")
        self.env = {**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
                    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C", "TZ": "UTC",
                    "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": date,
                    "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail, "GIT_COMMITTER_DATE": date}
        self.git("init", "-q", "-b", "series")

    def git(self, *args, **more):
        done = subprocess.run(["git", *args], cwd=self.directory, env=self.env, text=True,
                              capture_output=True, check=False, **more)
        if done.returncode:
            raise Wrong(f"git {args[0]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def commit(self, message, tag):
        self.git("add", "-A", "-f")
        self.git("commit", "-q", "--cleanup=verbatim", "-F", "-", input=message)
        self.git("tag", tag)


def make_history(series, originals, directory, author, date):
    """A commit for each step, and a tag with its name; "base" is without pghot."""
    repo = Repository(directory, author, date)
    with tempfile.TemporaryDirectory() as scratch:
        whole, want, have = f"{scratch}/whole", f"{scratch}/want", f"{scratch}/have"
        copy_originals(series, originals, directory)
        repo.commit("base\n", "base")
        copy_originals(series, originals, whole)
        for now, step in enumerate(series.steps):
            # In the order of their numbers within a step, whatever the plan's.
            for (number, name), owner in sorted(series.patch_owner.items()):
                if owner == now:
                    apply_patch(whole, series.patches[number][name], f"{step.name}: patch {number} to {name}")
            for name, owner in series.tree_owner.items():
                if owner == now:
                    os.makedirs(os.path.dirname(f"{whole}/{name}"), exist_ok=True)
                    shutil.copy(series.sources[name], f"{whole}/{name}")
            for name in files_below(whole):
                write(f"{directory}/{name}", series.cut(name, read(f"{whole}/{name}"), now))
                shutil.copymode(f"{whole}/{name}", f"{directory}/{name}")
            if not repo.git("status", "--porcelain"):
                raise Wrong(f"{step.path}: nothing comes with it")
            sign = f"Signed-off-by: {author}\n"
            repo.commit(f"{step.message}\n{sign}", step.name)

        expected(series, originals, want)
        os.makedirs(have)
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=directory, env=repo.env, capture_output=True, check=True)
        subprocess.run(["tar", "-x", "-C", have], input=archive.stdout, check=True)
        bad = same(have, want)
        if bad:
            raise Wrong("the last step is not what kernel/ makes of the source: " + ", ".join(bad))
    return repo


# --- the cover letter --------------------------------------------------------------

def figures(paths):
    """Tables of what bench/placement has measured."""
    out = []
    for path in paths:
        data = json.loads(read(path))
        if data.get("schema") != 1:
            raise Wrong(f"{path}: its schema is {data.get('schema')!r}, 1 is known")
        for load, arms in data["loads"].items():
            one = next(iter(arms.values()))
            out.append(f"{load}, {one['asked_seconds']} s, Linux {one['kernel']}")
            if one.get("oracle_mean"):
                out[-1] += f"; the best placement: {one['oracle_mean']:.3f}"
            rows = [("", "hit", "in the end", "MiB up", "MiB down", "speed")]
            base = (arms.get("nothing") or {}).get("operations_per_s")
            for arm, m in arms.items():
                rate = m.get("operations_per_s")
                rows.append((arm, f"{m['hit_mean']:.3f}", f"{m['hit_end']:.3f}",
                             f"{m['promoted_pages'] / 256:.0f}", f"{m['demoted_pages'] / 256:.0f}",
                             f"{rate / base:.2f}" if base and rate else "-"))
            for row in rows:
                out.append(("  " + row[0].ljust(16) + "".join(c.rjust(11) for c in row[1:])).rstrip())
            out.append("")
    return "\n".join(out).rstrip()


def fill_cover(path, template, series, version, results, linux):
    """Put the letter where git has left room for it."""
    subject, _, text = read(template).partition("\n\n")
    for n, step in enumerate(series.steps, 1):
        text = text.replace(f"{{{step.name}}}", str(n))
    text = text.replace("{linux}", version or linux)
    text = text.replace("{figures}", figures(results) if results else
                        "[The figures go here: bench/results has none.]")
    left = re.search(r"\{[^ {}]+\}", text)
    if left:
        raise Wrong(f"{template}: {left[0]}: not known")
    letter = read(path)
    for mark, new in (("*** SUBJECT HERE ***", subject.strip()), ("*** BLURB HERE ***", text.strip())):
        if mark not in letter:
            raise Wrong(f"{path}: git has left no '{mark}'")
        letter = letter.replace(mark, new, 1)
    write(path, letter)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="Cut kernel/ into a series of patches.", allow_abbrev=False)
    parser.add_argument("--kernel", default=os.path.dirname(here))
    parser.add_argument("--uapi", default=f"{here}/../../uapi")
    parser.add_argument("--steps", help="folder of the plan (default: series/ of --kernel)")
    parser.add_argument("--linux", default="6.12", help="which of patches/")
    parser.add_argument("--version", default="", help="of the source, for the letter")
    parser.add_argument("--originals", help="folder with the source's files that patches change")
    parser.add_argument("--list-originals", action="store_true", help="print their names")
    parser.add_argument("--excuses", action="store_true", help="print what checkpatch is told not to mind")
    parser.add_argument("--repository", help="keep the history there, with a tag for each step")
    parser.add_argument("--output", help="folder for the patches, which must not be there")
    parser.add_argument("--author", default="")
    parser.add_argument("--date", default="")
    parser.add_argument("--prefix", default="PATCH", help="in the subjects' brackets")
    parser.add_argument("--results", default=[], nargs="*", help="placement.json of bench/placement")
    args = parser.parse_args()

    series = Series(args.kernel, args.uapi, args.linux, args.steps or f"{args.kernel}/series")
    if args.list_originals:
        print("\n".join(series.patched_files()))
        return
    if args.excuses:
        for step in series.steps:
            for kind, why in step.excuses.items():
                print(step.name, kind, why)
        return
    if not re.fullmatch(r"[^<>\n]+ <[^<>\s]+@[^<>\s]+>", args.author):
        raise Wrong(f"author '{args.author}': must be 'Name <mail address>'")
    with tempfile.TemporaryDirectory() as scratch:
        directory = args.repository or f"{scratch}/repository"
        os.makedirs(directory)
        repo = make_history(series, args.originals, directory, args.author, args.date)
        repo.git("format-patch", "-q", "--cover-letter", "--no-signature", "--no-renames", "-n",
                 f"--subject-prefix={args.prefix}", "-o", os.path.abspath(args.output), "base..series")
    fill_cover(f"{args.output}/0000-cover-letter.patch", f"{here}/cover" if not args.steps else f"{args.steps}/cover",
               series, args.version, args.results, args.linux)


if __name__ == "__main__":
    try:
        main()
    except (Wrong, OSError) as problem:
        sys.exit(f"series: {problem}")
