"""The address of a camera's web page, and one that needs a password, are named as such."""

from __future__ import annotations

import http.server
import threading

from field.kit import Kit, expect


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(401 if self.path.startswith("/secret") else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html><img src=/video></html>")

    def log_message(self, *words: object) -> None:
        pass


def check(kit: Kit) -> str:
    """Run on both addresses."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for path, sentence in (("", "answers with a web page"), ("secret", "a user name and a password")):
            address = f"http://127.0.0.1:{server.server_port}/{path}"
            done = kit.avatarify("run", "--camera", address, "--sink", "null", "--frames", "3")
            expect(done.returncode == 1 and sentence in done.stderr, done.stderr)
    finally:
        server.shutdown()
    return "both named"
