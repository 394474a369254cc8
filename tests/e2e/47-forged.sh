#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kernel: plain
#
# What somebody else than the kernel says is not shown: a process that may use the
# network, but not see pages, sends events to the groups of pghotctl monitor, and
# answers to the sockets of the tools. And what is started without standard
# descriptors writes nothing into what it opens.

. "${0%/*}/lib.sh"

cat > "$tmp/forge" <<'END'
import errno
import socket
import struct
import sys

target, kernel = sys.argv[1], (0, 0)
s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
s.bind(kernel)


def attr(kind, data):
    return struct.pack("=HH", 4 + len(data), kind) + data + bytes(-len(data) % 4)


def message(kind, seq, body, length=None, flags=0):
    return struct.pack("=IHHII", length or 16 + len(body), kind, flags, seq, 0) + body


# The controller knows the number of the family.
s.sendto(message(16, 1, struct.pack("=BBH", 3, 1, 0) + attr(2, b"pghot\0"), flags=1), kernel)
answer = s.recv(65536)
at = 20
while at < len(answer):
    size, kind = struct.unpack_from("=HH", answer, at)
    if kind == 1:
        family = struct.unpack_from("=H", answer, at + 4)[0]
    at += size + 3 & ~3

# A change of the configuration by a process called "forged".
event = struct.pack("=BBH", 13, 1, 0) + attr(1, struct.pack("=I", 1)) + attr(2, struct.pack("=I", 0)) + \
    attr(3, b"forged\0")
sent, refused = 0, 0
for line in open("/proc/net/netlink").read().splitlines()[1:]:
    word = line.split()
    if word[1] != "16" or word[2] == str(s.getsockname()[0]):
        continue
    groups, port = int(word[3], 16), int(word[2])
    if target == "groups" and groups:
        s.sendto(message(family, 0, event), (0, groups))
        sent += 1
    if target == "ports" and port:
        for seq in range(64):
            for forged in (message(family, seq, event), message(2, seq, struct.pack("=i", 0) + bytes(16)),
                           message(family, seq, event, 0x80000020)):
                try:
                    s.sendto(forged, (port, 0))
                    sent += 1
                except OSError as e:
                    refused += e.errno == errno.ECONNREFUSED
print(sent, refused)
END
chmod 755 "$tmp"
chmod 644 "$tmp/forge"

pghotctl -j monitor > "$tmp/events" 2> "$tmp/err" &
monitor=$!
pghottop -j -d 200ms > "$tmp/top" &
top_pid=$!
monitor_listens
runs() { [ "$(wc -l < "$tmp/top")" -ge 2 ]; }
eventually "pghottop runs" runs
read -r sent refused < <(raw --as netadmin exec /usr/bin/python3 "$tmp/forge" groups)
expect "forged events that were sent" "$sent" '>=' 1
read -r sent refused < <(raw --as netadmin exec /usr/bin/python3 "$tmp/forge" ports)
expect "forged answers that the kernel refused" "$refused" '>=' 384
pghotctl set sleep-ms=200 > "$tmp/said"
told() { grep -q '"sleep_ms":200' "$tmp/events"; }
eventually "the event that the kernel sends" told
! grep -q forged "$tmp/events" || fail "a forged event is told: $(grep forged "$tmp/events")"
expect "events" "$(wc -l < "$tmp/events")" '==' 1
more() { [ "$(wc -l < "$tmp/top")" -ge $(( lines + 3 )) ]; }
lines=$(wc -l < "$tmp/top")
eventually "pghottop goes on" more
kill $monitor $top_pid
! grep -q '"error"' "$tmp/top" || fail "pghottop was irritated: $(grep -m 1 '"error"' "$tmp/top")"

# Without standard descriptors.
hold hot --mib 1
fast_scan
enable > "$tmp/said"
pghotctl record "$tmp/rec" --count 1 <&- >&- 2>&- && fail "a closed standard output is no error"
pghottop -r "$tmp/rec" -j -l 0 > "$tmp/played" 2> "$tmp/err" || fail "the recording is damaged: $(<"$tmp/err")"
[ ! -s "$tmp/err" ] || fail "the recording has more than samples: $(<"$tmp/err")"
pghotctl -j save "$tmp/saved" <&- >&- 2>&- && fail "a closed standard output is no error"
pghotctl apply "$tmp/saved" --dry-run > "$tmp/said" || fail "what was saved is no settings"
! grep -q schema "$tmp/saved" || fail "the answer is in the file"
