#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-svg.py SCREEN-TO-SVG - what becomes of a screen"""

import subprocess
import sys
import xml.etree.ElementTree as ET

NS = "{http://www.w3.org/2000/svg}"


def render(screen, *args):
    out = subprocess.run([sys.argv[1], *args], input=screen, stdout=subprocess.PIPE,
                         check=True).stdout
    return ET.fromstring(out)


def texts(svg):
    return [(t.text, t.get("fill"), t.get("font-weight")) for t in svg.iter(NS + "text")]


def rects(svg):
    return [r for r in svg.iter(NS + "rect") if r.get("rx") is None]


# Markup and controls in the text are text, or nothing.
svg = render('a<b>&"\x07\n'.encode(), "--title", "<&>")
assert ("a<b>&\"", "#d8dee9", None) in texts(svg), texts(svg)
assert any(t[0] == "<&>" for t in texts(svg)), texts(svg)

# Colours: eight, bright, 256, true; bold; reset; what the next line inherits.
svg = render(b"\x1b[31mr\x1b[92mg\x1b[38;5;208mo\x1b[38;2;1;2;3mt\x1b[1mB\x1b[0mn\x1b[1;35m\nm\n")
assert texts(svg) == [("r", "#e05561", None), ("g", "#a5e075", None), ("o", "#ff8700", None),
                      ("t", "#010203", None), ("B", "#010203", "bold"), ("n", "#d8dee9", None),
                      ("m", "#c162de", "bold")], texts(svg)

# Reverse fills the cell with the text's colour.
svg = render(b"\x1b[7mx\x1b[27my\n")
assert [r.get("fill") for r in rects(svg)] == ["#d8dee9"]
assert texts(svg)[0][1] == "#14181f", texts(svg)

# Bars are drawn, in their place and size: after one wide character, two columns.
svg = render("ス▄▖▁\n".encode())
x = [float(r.get("x")) for r in rects(svg)]
width = [float(r.get("width")) for r in rects(svg)]
height = [float(r.get("height")) for r in rects(svg)]
cell = x[1] - x[0]
assert len(x) == 3 and abs(x[2] - x[1] - cell) < 0.1, x
assert abs(x[0] - float(next(svg.iter(NS + "text")).get("x")) - 2 * cell) < 0.1, x
assert abs(width[1] * 2 - cell) < 0.1 and abs(height[0] - 4 * height[2]) < 0.1, (width, height)

# Broken input: an image still.
render(b"")
render(b"\xff\xfe\x1b[38;5m\x1b[999;1m\x1b[48;2;1mx\n")
print("ok")
