#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test-metrics-http.py PGHOTCTL - scrapers, well-behaved or not, talk to metrics --http.

Each conversation is a process of its own, as systemd starts them, with one end of a
connection as its standard input and output.
"""

import os
import socket
import subprocess
import sys

import openmetrics

CTL = os.path.abspath(sys.argv[1])
failed = 0


def wrong(what, *more):
    global failed
    failed += 1
    print("FAIL:", what, *more)


def connection(tcp):
    """Both ends of one."""
    if not tcp:
        return socket.socketpair()
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        return client, server.accept()[0]


class Talk:
    """A conversation: what came back, and how the process ended."""

    def __init__(self, *pieces, options=(), tcp=False, close=False, leave=False, **env):
        ours, theirs = connection(tcp)
        ours.settimeout(60)
        with subprocess.Popen([CTL, "metrics", "--http", *options], stdin=theirs, stdout=theirs,
                              stderr=subprocess.PIPE, env={**os.environ, **env}) as process:
            theirs.close()
            for piece in pieces:
                try:
                    ours.sendall(piece)
                except (BrokenPipeError, ConnectionResetError):
                    break
            if close:
                ours.shutdown(socket.SHUT_WR)
            self.raw = b"" if leave else self.receive(ours)
            ours.close()
            self.err = process.stderr.read().decode()
            self.status = process.wait()
        head, self.separator, self.content = self.raw.partition(b"\r\n\r\n")
        self.line, *headers = head.decode("ascii").split("\r\n")
        self.headers = dict(line.split(": ", 1) for line in headers)
        self.code = int(self.line.split()[1]) if self.line else 0

    @staticmethod
    def receive(sock):
        parts = []
        while part := sock.recv(65536):
            parts.append(part)
        return b"".join(parts)


def request(line, *headers, host=True):
    lines = [line, *(["Host: localhost"] if host else []), *headers, "", ""]
    return "\r\n".join(lines).encode()


def expect(what, talk, code, exit_status=0):
    """A well-formed answer with that code."""
    if talk.code != code or talk.status != exit_status:
        wrong(f"{what}: {talk.line!r}, exit status {talk.status}, not {code} and {exit_status}:",
              talk.err)
        return
    if not talk.line.startswith("HTTP/1.1 "):
        wrong(f"{what}: a status line {talk.line!r}")
    if not talk.separator:
        wrong(f"{what}: headers without an end")
    if talk.headers.get("Connection") != "close" or "Date" not in talk.headers:
        wrong(f"{what}: headers {talk.headers}")
    if (code == 405) != (talk.headers.get("Allow") == "GET, HEAD"):
        wrong(f"{what}: Allow is {talk.headers.get('Allow')}")
    if exit_status == 0 and talk.err:
        wrong(f"{what}: says {talk.err!r}")


def whole(what, talk):
    """The content is as long as it says."""
    if int(talk.headers["Content-Length"]) != len(talk.content):
        wrong(f"{what}: {talk.headers['Content-Length']} bytes announced, {len(talk.content)} sent")


def metrics():
    get = request("GET /metrics HTTP/1.1")
    for tcp in False, True:
        talk = Talk(get, tcp=tcp)
        expect("GET", talk, 200)
        whole("GET", talk)
        if talk.headers["Content-Type"] != "application/openmetrics-text; version=1.0.0; charset=utf-8":
            wrong("GET: the type is", talk.headers["Content-Type"])
        openmetrics.parse(talk.content.decode())
        if b"\npghot_promoted_bytes_total 4096000\n" not in talk.content:
            wrong("GET: the counter that the kernel told is not there")
    told = subprocess.run([CTL, "metrics"], stdout=subprocess.PIPE, check=True).stdout
    if told != talk.content:
        wrong("GET: it is not what the command prints")

    head = Talk(request("HEAD /metrics HTTP/1.1"))
    expect("HEAD", head, 200)
    if head.content or head.headers["Content-Length"] != talk.headers["Content-Length"]:
        wrong("HEAD:", head.headers, "content", head.content[:40])

    old = Talk(get, options=("--format", "prometheus"))
    expect("prometheus", old, 200)
    if not old.headers["Content-Type"].startswith("text/plain; version=0.0.4") or b"# EOF" in old.content:
        wrong("prometheus:", old.headers["Content-Type"])


def other_ways_to_say_it():
    for line in ("GET /metrics?x=1 HTTP/1.1", "GET http://localhost:9/metrics HTTP/1.1",
                 "GET HTTP://h/metrics?a HTTP/1.1"):
        expect(line, Talk(request(line)), 200)
    expect("1.0 without a host", Talk(request("GET /metrics HTTP/1.0", host=False)), 200)
    expect("bare newlines", Talk(b"GET /metrics HTTP/1.1\nHost: x\n\n"), 200)
    expect("blank lines before it", Talk(b"\r\n\r\n" + request("GET /metrics HTTP/1.1")), 200)
    expect("byte by byte", Talk(*(bytes([b]) for b in request("GET /metrics HTTP/1.1", "X-Y:"))), 200)
    expect("closed behind it", Talk(request("GET /metrics HTTP/1.1"), close=True), 200)
    # What is not read would reset the connection, and the answer with it.
    for tcp in False, True:
        for more in b"x" * 3000, request("GET /metrics HTTP/1.1") * 20:
            talk = Talk(request("GET /metrics HTTP/1.1", f"Content-Length: {len(more)}"), more, tcp=tcp)
            expect("with more behind it", talk, 200)
            whole("with more behind it", talk)


def refused():
    for line in ("PUT /metrics HTTP/1.1", "POST /metrics HTTP/1.1", "get /metrics HTTP/1.1",
                 "OPTIONS /metrics HTTP/1.1"):
        expect(line, Talk(request(line)), 405)
    for line in ("GET / HTTP/1.1", "GET /metrics/ HTTP/1.1", "GET http://localhost HTTP/1.1",
                 "GET /%6detrics HTTP/1.1", f"GET /{'m' * 5000} HTTP/1.1", "HEAD /x HTTP/1.1"):
        expect(line[:40], Talk(request(line)), 404)
    for line in ("GET /metrics", "GET /metrics HTTP/1.1 ", "GET  /metrics HTTP/1.1", "GET metrics HTTP/1.1",
                 "GET /metrics HTTP/1.10", "GET /metrics HTTP/a.1", "GET /metrics FTP/1.1", " GET /metrics HTTP/1.1",
                 "G(T /metrics HTTP/1.1", "GET", "GET /met\trics HTTP/1.1", "GET /\x7f HTTP/1.1",
                 "GET * HTTP/1.1", "GET /metrics HTTP/1.1\0"):
        expect(repr(line), Talk(request(line)), 400)
    for line in "GET /metrics HTTP/2.0", "GET /metrics HTTP/0.9", "GET /metrics HTTP/3.7":
        expect(line, Talk(request(line)), 505)
    get = "GET /metrics HTTP/1.1"
    expect("no host", Talk(request(get, host=False)), 400)
    expect("two hosts", Talk(request(get, "host: other")), 400)
    expect("a header without a colon", Talk(request(get, "Accept")), 400)
    expect("a header that goes on", Talk(request(get, "A: b", " c")), 400)
    expect("a blank before the colon", Talk(request(get, "A : b")), 400)
    expect("bytes that are no text", Talk(bytes(range(256)) + b"\n\n"), 400)
    expect("half a request", Talk(request(get)[:-3], close=True), 400)
    expect("too long", Talk(request(get, "A: " + "b" * 8192)), 431)
    expect("too long, never an end", Talk(b"A" * 100000), 431)
    expect("just not too long", Talk(request(get, "A: " + "b" * (8192 - 49))), 200)
    # In the end it is left alone.
    expect("nothing comes", Talk(request(get)[:-3]), 408)


def no_clients():
    """Neither is a failure, nor has it anything to say."""
    for tcp in False, True:
        for talk in (Talk(close=True, tcp=tcp), Talk(leave=True, tcp=tcp),
                     Talk(request("GET /metrics HTTP/1.1")[:9], leave=True, tcp=tcp)):
            if talk.raw or "cannot read" in talk.err:
                wrong("a client that went away:", talk.raw, talk.status, talk.err)
        if Talk(close=True, tcp=tcp).status != 0:
            wrong("a client that asks nothing is a failure")


def kernel_refuses():
    talk = Talk(request("GET /metrics HTTP/1.1"), TOLD_ERROR="95")
    expect("a kernel that cannot", talk, 503, exit_status=3)
    whole("a kernel that cannot", talk)
    if b"as the test wants it" not in talk.content or "as the test wants it" not in talk.err:
        wrong("a kernel that cannot: no cause in", talk.content, talk.err)


def usage():
    for options in (["-j"], ["--output", "/dev/null"]):
        done = subprocess.run([CTL, *options[:1 if options[0] == "-j" else 0], "metrics", "--http",
                               *(options if options[0] != "-j" else [])],
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode != 2 or b"exclude each other" not in done.stdout + done.stderr:
            wrong("usage with", options, done)
    done = subprocess.run([CTL, "batch", "-"], input=b"metrics --http\n", capture_output=True, check=False)
    if done.returncode != 2 or b"in a batch" not in done.stderr:
        wrong("in a batch:", done)
    # From a file, to a file: no sockets, and still an answer.
    done = subprocess.run([CTL, "metrics", "--http"], input=request("GET /metrics HTTP/1.1"),
                          capture_output=True, check=False)
    if done.returncode or not done.stdout.startswith(b"HTTP/1.1 200 OK\r\n"):
        wrong("pipes:", done)
    done = subprocess.run([CTL, "metrics", "--http"], stdin=os.open("/", os.O_RDONLY),
                          capture_output=True, check=False)
    if done.returncode != 1 or b"cannot read the request: Is a directory" not in done.stderr:
        wrong("a directory:", done)


for test in metrics, other_ways_to_say_it, refused, no_clients, kernel_refuses, usage:
    test()
print(f"{failed} failed")
sys.exit(failed != 0)
