"""The page for OBS has a secret address, refuses other pages, and survives slow connections."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from urllib.parse import urlsplit

from field.kit import LIMIT_S, Failed, Kit, expect

SLOW = 200


def check(kit: Kit) -> str:
    """Ask the page in good and bad ways, beside many connections that send nothing."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ("--camera", "demo", "--portrait", "mona-lisa", "--size", "320x180", "--sink", f"http://127.0.0.1:{port}")
    process = kit.start("run", *words)
    try:
        path = _path(process.stderr)
        with contextlib.ExitStack() as held:
            for _ in range(SLOW):
                line = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
                line.sendall(b"GET / HT")
            expect(_status(port, path) == 200, "the page does not answer beside slow connections")
        expect(_status(port, "/") == 404 and _status(port, "/stream.mjpg") == 404, "the page needs no secret")
        for header in ("Origin: https://evil.example", "Referer: https://evil.example/", "Sec-Fetch-Site: cross-site"):
            expect(_status(port, path, header) == 403, f"{header} is answered")
    finally:
        process.terminate()
        process.communicate(timeout=120)
    return f"{SLOW} slow connections"


def _path(lines: object) -> str:
    deadline = time.monotonic() + LIMIT_S
    for line in lines:  # type: ignore[attr-defined]  # a text stream
        if found := re.search(r"http://127\S+", line):
            return urlsplit(found[0]).path
        if time.monotonic() > deadline:
            break
    raise Failed("no address was shown")


def _status(port: int, path: str, header: str = "X: y") -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n{header}\r\n\r\n".encode())
        return int(line.makefile("rb").readline().split()[1])
