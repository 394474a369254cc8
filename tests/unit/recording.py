# SPDX-License-Identifier: GPL-2.0-or-later
"""Recordings for tests, written from pghot-recording(5): of machines that nobody has."""

import os
import re
import struct
import zlib

STATE, DUMP, REFUSED, CGROUPS, SPANS, OFFLINE = range(1, 7)
UNKNOWN_NODE = 0xFFFFFFFF


def numbers():
    """The constants of the family's header, by name."""
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../../uapi/linux/pghot.h"), encoding="utf-8") as file:
        text = file.read()
    found = {}
    for body in re.findall(r"enum(?: \w+)? \{(.*?)\};", text, re.S):
        value = 0
        for name, given in re.findall(r"(\w+)(?:\s*=\s*([^,\n]+))?,?", re.sub(r"/\*.*?\*/", "", body, flags=re.S)):
            if given and given.strip().isdigit():
                value = int(given)
            elif given:
                continue
            found[name] = value
            value += 1
    return found


N = numbers()


def attr(kind, payload):
    return struct.pack("=HH", len(payload) + 4, kind) + payload + bytes(-len(payload) % 4)


def u32(kind, value):
    return attr(N[kind], struct.pack("=I", value))


def u64(kind, value):
    return attr(N[kind], struct.pack("=Q", value))


def string(kind, value):
    return attr(N[kind], value + b"\0")


def message(command, attributes):
    body = struct.pack("=BBH", N[command], 1, 0) + attributes
    return struct.pack("=I", len(body)) + body + bytes(-len(body) % 4)


def entry(pfn, freq=1, nid=1, order=0, cgroup=0, flags=0, age_ms=0, sources=2, target=0, state=0):
    return struct.pack("=QQIIHHBBBB", pfn, cgroup, age_ms, flags, nid, target, freq, order, sources, state)


def part(kind, command, items, nr):
    header = struct.pack("=HHIQII", kind, command, 0, len(items), nr, 0)
    crc = zlib.crc32(header + items)
    return struct.pack("=HHIQII", kind, command, crc, len(items), nr, 0) + items + bytes(-len(items) % 8)


class Recording:
    """One that grows by a sample at a time."""

    def __init__(self, real_ns=1_790_000_000_000_000_000, kernel="6.12.0-test"):
        text = f"format=pghot-recording\nprogram=test\nkernel={kernel}\nmachine=x86_64\n".encode()
        text += bytes(-len(text) % 8)
        head = b"\x89PGHOT\r\n" + struct.pack("=IHHIIQ", 0x1A2B3C4D, 1, 0, 32 + len(text), 0, real_ns)
        crc = zlib.crc32(head + text)
        self.bytes = head[:20] + struct.pack("=I", crc) + head[24:] + text
        self.number = 0

    def sample(self, at_ns, nodes, sources=(), records=None, limit=0, refused=None, cgroups=(), spans=(),
               offline=(), stats=None, params=b""):
        """nodes: dicts of nid, toptier, tracked, present; sources: dicts of id, recorded, useful and so on."""
        items = [message("PGHOT_CMD_INFO_GET", u32("PGHOT_A_INFO_PAGE_SIZE", 4096)),
                 message("PGHOT_CMD_PARAM_GET", u32("PGHOT_A_PARAM_WINDOW_MS", 4000) + params)]
        for node in nodes:
            items.append(message("PGHOT_CMD_NODE_GET", u32("PGHOT_A_NODE_NID", node["nid"]) +
                                 attr(N["PGHOT_A_NODE_TOPTIER"], bytes([node.get("toptier", 0)])) +
                                 u64("PGHOT_A_NODE_PRESENT_PAGES", node.get("present", 0)) +
                                 u64("PGHOT_A_NODE_TRACKED_PAGES", node.get("tracked", 0))))
        for source in sources:
            items.append(message("PGHOT_CMD_SOURCE_GET", u32("PGHOT_A_SOURCE_ID", source["id"]) +
                                 string("PGHOT_A_SOURCE_NAME", source.get("name", b"test")) +
                                 attr(N["PGHOT_A_SOURCE_ENABLED"], b"\1") +
                                 u64("PGHOT_A_SOURCE_RECORDED", source.get("recorded", 0)) +
                                 u64("PGHOT_A_SOURCE_USEFUL", source.get("useful", 0)) +
                                 u32("PGHOT_A_SOURCE_WINDOW_MS", source.get("window_ms", 4000)) +
                                 source.get("more", b"")))
        stats = stats or {}
        items.append(message("PGHOT_CMD_STATS_GET", u64("PGHOT_A_STATS_HOT", stats.get("hot", 0)) +
                             u64("PGHOT_A_STATS_PROMOTED", stats.get("promoted", 0))))
        parts = [part(STATE, 0, b"".join(items), len(items))]
        if refused:
            parts.append(part(REFUSED, N["PGHOT_CMD_RECORD_GET"],
                              struct.pack("=II", 1, len(refused) + 1) + refused + b"\0", 1))
        elif records is not None:
            dump = [message("PGHOT_CMD_RECORD_GET", u32("PGHOT_A_DUMP_LIMIT", limit) if limit else b"")]
            for i in range(0, len(records), 1000):
                some = records[i:i + 1000]
                dump.append(message("PGHOT_CMD_RECORD_GET", u32("PGHOT_A_DUMP_NID", 1) +
                                    u32("PGHOT_A_DUMP_ENTRY_SIZE", 32) +
                                    attr(N["PGHOT_A_DUMP_ENTRIES"], b"".join(some))))
            parts.append(part(DUMP, N["PGHOT_CMD_RECORD_GET"], b"".join(dump), len(dump)))
        if cgroups:
            items = b""
            for ino, path in cgroups:
                path += b"\0"
                items += struct.pack("=QII", ino, len(path), 0) + path + bytes(-len(path) % 8)
            parts.append(part(CGROUPS, 0, items, len(cgroups)))
        for kind, places in (SPANS, spans), (OFFLINE, offline):
            if places:
                items = b"".join(struct.pack("=IIQQ", nid, 0, start, end) for nid, start, end in places)
                parts.append(part(kind, 0, items, len(places)))
        body = b"".join(parts)
        frame = struct.pack("=IIQQQQIIIII", 0x53484750, len(parts), self.number, 64 + len(body), at_ns,
                            at_ns, 1000, 100, 0, 0, 0)
        self.bytes += frame + struct.pack("=I", zlib.crc32(frame)) + body
        self.number += 1

    def write(self, path):
        with open(path, "wb") as file:
            file.write(self.bytes)
        return path
