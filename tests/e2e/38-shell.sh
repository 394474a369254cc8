#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 90
# kernel: plain
#
# The shell of pghotctl on a living kernel: a monitor tells what happens while it
# runs, Ctrl-C ends it and not the shell, and what is completed is what there is.
# The rest of the shell needs no kernel: tests/unit/test-shell.py.

. "${0%/*}/lib.sh"

export HOME=$tmp XDG_STATE_HOME=$tmp/state INPUTRC=/dev/null TERM=dumb
PYTHONPATH=$top/tests/unit PYTHONDONTWRITEBYTECODE=1 PGHOT_SLOW=$slow /usr/bin/python3 -S - <<'END'
import os
import subprocess

from term import Terminal

SECONDS = 20 * int(os.environ["PGHOT_SLOW"])
PROMPT = "^pghot> "
shell = Terminal(["pghotctl", "shell"])
shell.expect(PROMPT, SECONDS)


def run(line):
    shell.send(line + "\n")
    start = shell.seen
    end = shell.expect(PROMPT, SECONDS).start()
    return shell.text()[start:end]


def cancel():
    """A new line. The prompt of the old one may come once more, behind a list."""
    shell.send("\x03")
    shell.expect(r"\^C\n", SECONDS)
    shell.expect(PROMPT, SECONDS)


shell.send("monitor config\n")
# It listens some time after it was started; then it misses nothing.
for value in range(201, 260):
    subprocess.run(["pghot-e2e-nl", "do", "param-set", f"sleep-ms={value}"], check=True)
    if f"sleep-ms={value} ms" in shell.text() + shell.quiet(0.3):
        break
shell.seen = 0
shell.expect(r"config: sleep-ms=\d+ ms, by pghot-e2e-nl", SECONDS)
shell.seen = len(shell.text())
shell.send("\x03")
shell.expect(PROMPT, SECONDS)
print("ok: Ctrl-C ends a monitor")

assert str(value) in run("get -r sleep-ms")
shell.send("stats --watch 200ms\n")
shell.expect("RECORDED/s", SECONDS)
shell.send("\x03")
shell.expect(PROMPT, SECONDS)
print("ok: and a watch")

shell.send("node \t\t")
shell.expect("^1  node$|^0 +1", SECONDS)
cancel()
shell.send("dump records --pfn-range 0x1000\t")
shell.expect(r"0x100000-0x1[0-9a-f]+", SECONDS)
cancel()
print("ok: nodes and their page frames are completed")

shell.send("exit\n")
assert shell.wait(SECONDS) == 0
END
expect "lines of history" "$(wc -l < "$tmp/state/pghot/pghotctl_history")" '>=' 4
