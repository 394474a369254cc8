#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-report-browser.py PGHOTCTL RECORDING PGHOTCTL_TOLD PGHOTCTL_FORGED - pages of reports in a browser, Debian's chromium.

In either colour scheme it has nothing to complain about, reaches for nothing, and shows
something. Skipped where there is no chromium: it is a large package for one test.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zlib

from machine import Machine, make

BROWSER = shutil.which("chromium")
if not BROWSER:
    print("chromium is not installed")
    sys.exit(77)
failed = 0


def expect(what, ok, *figures):
    global failed
    if not ok:
        failed += 1
        print(f"FAIL: {what}: {figures}")


def pixels(path):
    """Mean brightness and the number of colours of a PNG without interlacing, 8 bits each."""
    with open(path, "rb") as file:
        data = file.read()
    at, packed, width, depth = 8, b"", 0, 4
    while at < len(data):
        length = int.from_bytes(data[at:at + 4], "big")
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, depth = int.from_bytes(body[:4], "big"), {2: 3, 6: 4}[body[9]]
        packed += body if kind == b"IDAT" else b""
        at += 12 + length
    raw, step = zlib.decompress(packed), width * depth
    last, colours, total, nr = bytearray(step), set(), 0, 0
    for at in range(0, len(raw), step + 1):
        line, kind = bytearray(raw[at + 1:at + 1 + step]), raw[at]
        for i in range(step):
            a, b, c = (line[i - depth] if i >= depth else 0), last[i], (last[i - depth] if i >= depth else 0)
            if kind == 4:
                p = a + b - c
                guess = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            else:
                guess = (0, a, b, (a + b) // 2)[kind]
            line[i] = (line[i] + guess) & 255
        last = line
        for i in range(0, step, depth * 4):
            colours.add(bytes(line[i:i + 3]))
            total, nr = total + sum(line[i:i + 3]) / 3, nr + 1
    return total / nr, len(colours)


def look(page, work, scheme):
    """Open it: what the console said, what was asked of the network, and the picture."""
    shot = f"{work}/shot.png"
    if os.path.exists(shot):
        os.unlink(shot)
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
         f"--user-data-dir={work}/profile", "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars",
         f"--blink-settings=preferredColorScheme={scheme}", "--window-size=500,400",
         f"--screenshot={shot}", f"file://{page}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        env=dict(os.environ, HOME=work), timeout=150, check=False)
    said = [line for line in done.stdout.splitlines() if ":CONSOLE" in line or "net_error" in line]
    if not os.path.exists(shot):
        print(f"the browser does not run here: {done.stdout[-500:]}")
        sys.exit(77)
    return said, pixels(shot)


def main():
    with tempfile.TemporaryDirectory() as work:
        # A look that sees nothing wrong anywhere would pass everything.
        with open(work + "/bad.html", "w", encoding="ascii") as file:
            file.write("<!DOCTYPE html><script>console.error('planted')</script>")
        said, (light, colours) = look(work + "/bad.html", work, 1)
        expect("a planted error is noticed", any("planted" in line for line in said), said)
        expect("an empty page is seen to be empty", colours == 1, colours)

        machine = Machine(work + "/machine")
        make(machine)
        for program, *report in REPORTS:
            page = f"{work}/{report[0]}.html"
            subprocess.run([program, "report", *report, "--html", page], check=True, stdout=subprocess.DEVNULL,
                           env=machine.env if program == FORGED else None)
            brightness = []
            for scheme in 1, 0:
                said, (mean, colours) = look(page, work, scheme)
                expect(f"{report}: nothing to say", not said, said)
                expect(f"{report}: something to see", colours > 8, colours)
                brightness.append(mean)
            expect(f"{report}: light and dark", brightness[0] > 150 > 100 > brightness[1], brightness)
    print(f"{len(REPORTS)} pages, {failed} failed")
    sys.exit(failed > 0)


PGHOTCTL, RECORDING, TOLD, FORGED = sys.argv[1:]
REPORTS = [[PGHOTCTL, "timeline", RECORDING], [PGHOTCTL, "fit", RECORDING], [PGHOTCTL, "diff", RECORDING, RECORDING],
           [TOLD, "hotness"], [TOLD, "cgroups"], [FORGED, "processes"], [FORGED, "mappings"]]
main()
