#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""forge.py RECORDING FORGED [--numbers] - a recording whose every string is hostile.

Each name, reason, path and word of a kernel becomes a text of the same length that
takes over a terminal that is shown it: an escape sequence, a control character of
eight bits, a line feed, a character that turns the direction of writing. The records
of the first sample are refused, with such a text as the reason. Checksums fit.

With --numbers it is the numbers instead: what counts 64 bits is as much as that can
be, in every second sample, and orders and frequencies of pages are what a byte can be.
"""

import struct
import sys
import zlib

EVIL = "\033[31m\n\u009b2J\u202e\r\x07\x7f\033]0;owned\x07".encode()
STATE, DUMP, REFUSED, CGROUPS = 1, 2, 3, 4
RECORD_GET = 7
strings = 0
# Attributes that count, by command: of the machine, a source, a node, and in all.
COUNTS = {1: {5}, 2: {6, 7}, 6: {4, 5, 6, 11, 12, 13, 16}, 7: {2, 3, 5, 6, 7, 8, 9, 10}}
FAILED = {6: 14, 7: 4}  # one in which all do
numbers = sys.argv[3:] == ["--numbers"]
count = 0


def evil(length):
    """As many bytes, with whole characters only at the end."""
    global strings
    strings += 1
    text = (EVIL * (length // len(EVIL) + 1))[:length]
    return text.decode(errors="ignore").encode().ljust(length, b"\033")


def is_text(payload):
    return len(payload) > 3 and payload[-1] == 0 and all(0x20 <= c < 0x7F for c in payload[:-1])


def entries(data):
    """Frequency and order are two bytes of 32."""
    return b"".join(data[at : at + 28] + struct.pack("BB", 255 - at // 32 % 250, 255 - at // 32 % 224)
                    + data[at + 30 : at + 32] for at in range(0, len(data), 32))


def counts(data, command, nested=False):
    """Numbers within netlink attributes."""
    out, at = b"", 0
    while at + 4 <= len(data):
        length, kind = struct.unpack_from("=HH", data, at)
        payload = data[at + 4 : at + length]
        if kind & 0x3FFF == FAILED.get(command) and not nested:
            payload = counts(payload, command, True)
        elif nested or kind & 0x3FFF in COUNTS.get(command, ()):
            payload = struct.pack("=Q", count)
        elif length > 36 and (length - 4) % 32 == 0:
            payload = entries(payload)
        out += struct.pack("=HH", len(payload) + 4, kind) + payload + bytes(-len(payload) % 4)
        at += (length + 3) // 4 * 4
    return out


def attributes(data):
    """Strings within netlink attributes, nested ones too."""
    out, at = b"", 0
    while at + 4 <= len(data):
        length, kind = struct.unpack_from("=HH", data, at)
        payload = data[at + 4 : at + length]
        if kind & 0x8000:
            payload = attributes(payload)
        elif is_text(payload):
            payload = evil(length - 5) + b"\0"
        padded = (length + 3) // 4 * 4
        out += struct.pack("=HH", length, kind) + payload + data[at + length : at + padded]
        at += padded
    return out


def messages(items):
    out, at = b"", 0
    while at < len(items):
        length, command = struct.unpack_from("=IB", items, at)
        body = items[at + 8 : at + 4 + length]
        padded = (length + 3) // 4 * 4
        body = counts(body, command) if numbers else attributes(body)
        out += struct.pack("=I", len(body) + 4) + items[at + 4 : at + 8] + body + bytes(-len(body) % 4)
        at += 4 + padded
    return out


def cgroups(items):
    out, at = b"", 0
    while at < len(items):
        _, length, _ = struct.unpack_from("=QII", items, at)
        padded = (length + 7) // 8 * 8
        path = items[at + 16 : at + 16 + length - 1]
        out += items[at : at + 16] + (b"/" + evil(len(path) - 1) if len(path) > 1 else path)
        out += items[at + 16 + len(path) : at + 16 + padded]
        at += 16 + padded
    return out


def parts(data, first):
    out, at, nr = b"", 0, 0
    while at < len(data):
        kind, command, _, length, items, _ = struct.unpack_from("=HHIQII", data, at)
        body = data[at + 24 : at + 24 + length]
        at += 24 + (length + 7) // 8 * 8
        if kind == STATE or numbers and kind == DUMP:
            body = messages(body)
        elif numbers:
            pass
        elif kind == CGROUPS:
            body = cgroups(body)
        elif kind == DUMP and first:
            text = evil(100) + b"\0"
            kind, items, body = REFUSED, 1, struct.pack("=II", 22, len(text)) + text
        header = struct.pack("=HHIQII", kind, command, 0, len(body), items, 0)
        crc = zlib.crc32(header + body)
        out += struct.pack("=HHIQII", kind, command, crc, len(body), items, 0) + body
        out += bytes(-len(body) % 8)
        nr += 1
    return out, nr


def main():
    with open(sys.argv[1], "rb") as f:
        data = f.read()
    (header,) = struct.unpack_from("=I", data, 16)
    global count
    lines = data[32:header].rstrip(b"\0").split(b"\n")
    lines = [l.partition(b"=")[0] + b"=" + evil(len(l.partition(b"=")[2])).replace(b"\n", b"\r")
             if b"=" in l and not numbers else l for l in lines]
    text = b"\n".join(lines).ljust(header - 32, b"\0")
    head = data[:20] + struct.pack("=I", 0) + data[24:32]
    out = head[:20] + struct.pack("=I", zlib.crc32(head + text)) + head[24:] + text

    at, number = header, 0
    while at < len(data):
        (length,) = struct.unpack_from("=Q", data, at + 16)
        count = 2**64 - 1 if number % 2 else 1
        body, nr = parts(data[at + 64 : at + length], number == 0)
        frame = bytearray(data[at : at + 60])
        struct.pack_into("=I", frame, 4, nr)
        struct.pack_into("=Q", frame, 16, 64 + len(body))
        out += bytes(frame) + struct.pack("=I", zlib.crc32(bytes(frame))) + body
        at += length
        number += 1
    with open(sys.argv[2], "wb") as f:
        f.write(out)
    print(strings)


main()
