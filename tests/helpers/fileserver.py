"""A web server on this machine that sends one file, with the failures of the real ones."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Behavior:
    """What the server does.

    Attributes:
        content: The file.
        ranges: Whether it can start in the middle.
        breaks: For each request in turn, after how many bytes the connection is cut; whole answers afterwards.
        asked: The ``Range`` header of each request, "" where there was none.
        redirect: Where every request is sent instead.
        kind: The content's type.
    """

    content: bytes
    ranges: bool = True
    breaks: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    redirect: str = ""
    kind: str = "application/octet-stream"


@contextmanager
def serving(behavior: Behavior) -> Iterator[str]:
    """Serve ``/file``; every other path is not found. Gives the server's address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            behavior.asked.append(self.headers.get("Range", ""))
            start = self._start()
            if behavior.redirect:
                self._redirect()
            elif self.path.partition(".")[0] != "/file":
                self.send_error(404)
            elif start and start >= len(behavior.content):
                self.send_error(416)
            else:
                self._send(start)

        def _redirect(self) -> None:
            self.send_response(302)
            self.send_header("Location", behavior.redirect)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _start(self) -> int:
            wanted = self.headers.get("Range", "")
            return int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and behavior.ranges else 0

        def _send(self, start: int) -> None:
            content, end = behavior.content[start:], len(behavior.content) - 1
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Type", behavior.kind)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{end}/{end + 1}")
            self.end_headers()
            limit = behavior.breaks.pop(0) if behavior.breaks else len(content)
            self.wfile.write(content[:limit])

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
