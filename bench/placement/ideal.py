#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""ideal.py - what an ideal sampler would make of the load zipf-0.99

Every sample names one page of the load, drawn by its popularity. A page that is sampled
on the slow node comes up at once, at no cost, and the page that was sampled least recently
goes down for it. No mechanism that has so many samples, and nothing else, does much better.
"""
import argparse
import bisect
import itertools
import random
from collections import OrderedDict


def number(low, high, kind):
    def parse(text):
        try:
            value = kind(text)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            raise argparse.ArgumentTypeError(f"'{text}': must be from {low} to {high}")
        return value
    return parse


parser = argparse.ArgumentParser(description="An ideal sampler on the load zipf-0.99.")
parser.add_argument("--samples", type=number(1, 1000000, float), default=2750,
                    help="samples per second of pages of the load (default %(default)s)")
parser.add_argument("--seconds", type=number(1, 86400, int), default=90)
parser.add_argument("--zipf", type=number(0, 10, float), default=0.99)
parser.add_argument("--pages", type=number(2, 10000000, int), default=358400)
parser.add_argument("--fast", type=number(1, 10000000, int), default=226000,
                    help="pages of the load that fit into fast memory (default %(default)s)")
parser.add_argument("--seed", type=number(0, 999999, int), default=1)
o = parser.parse_args()
if o.fast >= o.pages:
    parser.error(f"--fast {o.fast}: must be less than --pages, {o.pages}")

weight = [(rank + 1) ** -o.zipf for rank in range(o.pages)]
total = sum(weight)
share = [w / total for w in weight]
upto = list(itertools.accumulate(share))
rng = random.Random(o.seed)

# The least recently sampled first; the ranks are spread over the memory.
order = list(range(o.pages))
rng.shuffle(order)
fast = OrderedDict.fromkeys(order[:o.fast])
hit = sum(share[rank] for rank in fast)
moves = 0
area = 0.0
print("seconds    hit   mean  pages up")
for second in range(1, o.seconds + 1):
    nr = int(second * o.samples) - int((second - 1) * o.samples)
    for _ in range(nr):
        rank = min(bisect.bisect_left(upto, rng.random()), o.pages - 1)
        if rank in fast:
            fast.move_to_end(rank)
        else:
            down, _ = fast.popitem(last=False)
            fast[rank] = None
            hit += share[rank] - share[down]
            moves += 1
        area += hit / nr
    if second in (7, 15, 31) or second % 30 == 0 or second == o.seconds:
        print(f"{second:7d}  {hit:.3f}  {area / second:.3f}  {moves:8d}")
