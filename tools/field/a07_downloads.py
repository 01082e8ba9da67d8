"""Downloads are bounded, and need https."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator

from field.kit import Kit, expect

_HASH = "0" * 64


def check(kit: Kit) -> str:
    """Download from a server that sends a byte at a time, from one that redirects, and by http."""
    with _server() as (address, asked):
        words = ("models", "download", "m", "--sha256", _HASH, "--url")
        done = kit.avatarify(*words, f"{address}/one", no_proxy="127.0.0.1")
        expect(done.returncode == 1 and len(asked) < 20, f"{len(asked)} requests")
        count = len(asked)
        done = kit.avatarify(*words, f"{address}/ftp", no_proxy="127.0.0.1")
        expect(done.returncode == 1 and "not https" in done.stderr, done.stderr)
    done = kit.avatarify(*words, "http://example.org/x")
    expect(done.returncode == 2, done.stderr)
    return f"{count} requests"


@contextlib.contextmanager
def _server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if self.path == "/ftp":
                self.send_response(302)
                self.send_header("Location", "ftp://127.0.0.1/x")
                self.end_headers()
                return
            start = int((self.headers.get("Range") or "bytes=0-")[6:-1])
            self.send_response(206)
            self.send_header("Content-Length", "1000000")
            self.send_header("Content-Range", f"bytes {start}-999999/1000000")
            self.end_headers()
            self.wfile.write(b"x")

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
