"""A web page on this machine that shows the pictures: for OBS's browser source, where there is no virtual camera."""

from __future__ import annotations

import contextlib
import hmac
import socket
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

from avatarify.errors import DeviceError
from avatarify.frames import U8, Size
from avatarify.latest import LatestForAll
from avatarify.output.mjpeg_address import HOST, PORT, page_address, token
from avatarify.output.sink import check_size

QUALITY = 90
MAX_VIEWERS = 8
MAX_WAITING = 16  # connections that have not sent their request yet
HEADER_S = 5.0  # within which a request must have arrived
TIMEOUT_S = 10.0  # a viewer that reads nothing for so long is disconnected
# What the system may buffer for a slow viewer: a picture or two, so that it does not fall behind.
_BUFFER_BYTES = 1 << 18
_BOUNDARY = "picture"
_PAGE = b"""<!doctype html><meta charset="utf-8"><title>Avatarify</title>
<style>html,body{margin:0;height:100%;background:#000}img{width:100%;height:100%;object-fit:contain}</style>
<img src="stream.mjpg" alt="What Avatarify sends">
"""


class NewestJpeg:
    """The newest picture as a JPEG: encoded once for all viewers, and not at all without a viewer."""

    def __init__(self) -> None:
        self._encoding = threading.Lock()
        self._slot: LatestForAll[U8] = LatestForAll()
        self._jpeg = (0, b"")

    @property
    def closed(self) -> bool:
        """Whether no more pictures will come."""
        return self._slot.closed

    def put(self, image: U8) -> None:
        """Replace the picture by (H, W, 3) uint8 RGB, which must not be written to afterwards."""
        self._slot.put(image)

    def close(self) -> None:
        """Wake all viewers that wait."""
        self._slot.close()

    def after(self, number: int) -> tuple[int, bytes] | None:
        """Wait for a picture newer than ``number``; return its own number and the JPEG, or None once closed."""
        newer = self._slot.after(number)
        return None if newer is None else self._encoded(*newer)

    def _encoded(self, number: int, image: U8) -> tuple[int, bytes]:
        """Return the JPEG of a picture, (H, W, 3) uint8 RGB, or of a newer one that is encoded already."""
        import cv2

        with self._encoding:
            if self._jpeg[0] < number:
                _, data = cv2.imencode(
                    ".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY]
                )
                self._jpeg = (number, data.tobytes())
            return self._jpeg


class MjpegPage:
    """Shows pictures at ``http://127.0.0.1:8090/SECRET/``, to programs of this machine that know the address.

    Each viewer gets the newest picture once it has read the previous one. A slow viewer misses pictures, but delays
    neither the session nor other viewers.

    Args:
        size: Size of the pictures.
        port: The TCP port to listen on; 0 for any free one.

    Attributes:
        name: The address of the page.

    Raises:
        DeviceError: the port is in use.
    """

    def __init__(self, size: Size, port: int = PORT) -> None:
        self._size = size
        self._newest = NewestJpeg()
        try:
            self._server = _Server(port, self._newest)
        except OSError as error:
            raise DeviceError(
                "Cannot serve the page {address}: {reason}.",
                "Choose another port: --sink http://{host}:{next_port}",
                address=f"http://{HOST}:{port}/",
                reason=error.strerror or error,
                host=HOST,
                next_port=port + 1,
            ) from error
        self.name = page_address(self._server.server_address[1])
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="avatarify-page", daemon=True
        )
        self._thread.start()

    @property
    def viewers(self) -> int:
        """The number of viewers of the stream now."""
        return self._server.viewers

    def send(self, image: U8) -> None:
        """Show one picture.

        Args:
            image: (H, W, 3) uint8 RGB of the size given at opening; must not be written to afterwards.

        Raises:
            DeviceError: the page was closed.
            InputError: the picture has another size.
        """
        check_size(image, self._size)
        if self._newest.closed:
            raise DeviceError("The page {address} is closed.", "Open it again.", address=self.name)
        self._newest.put(image)

    def close(self) -> None:
        """Disconnect all viewers and release the port; may be called twice."""
        if self._newest.closed:
            return
        self._newest.close()
        self._server.shutdown()
        self._server.disconnect()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for the threads
    request_queue_size = 128  # connections that are not accepted yet; with the usual 5, new ones wait for seconds

    def __init__(self, port: int, newest: NewestJpeg) -> None:
        super().__init__((HOST, port), _Handler)
        self.newest = newest
        # DNS rebinding: a web page whose host name resolves to this machine sends that name; only these are accepted.
        self.names = {f"{name}:{self.server_address[1]}" for name in (HOST, "localhost")}
        self.paths = {f"/{token()}/": "page", f"/{token()}/stream.mjpg": "stream"}
        self._connections: set[socket.socket] = set()
        self._waiting: dict[socket.socket, float] = {}  # until when
        self._lock = threading.Lock()
        self.viewers = 0

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
            self._waiting[request] = time.monotonic() + HEADER_S
            if len(self._waiting) > MAX_WAITING:
                self._drop(next(iter(self._waiting)))
        super().process_request(request, client_address)

    def service_actions(self) -> None:
        """Drop connections that send no request; called several times a second."""
        now = time.monotonic()
        with self._lock:
            for connection in [one for one, limit in self._waiting.items() if limit < now]:
                self._drop(connection)

    def heard(self, connection: socket.socket) -> None:
        """Note that the request of a connection has arrived."""
        with self._lock:
            self._waiting.pop(connection, None)

    def _drop(self, connection: socket.socket) -> None:
        """Disconnect; its thread ends by itself. Call it with the lock held."""
        self._waiting.pop(connection, None)
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
            self._waiting.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log nothing: a viewer that disconnects is not an error."""

    def disconnect(self) -> None:
        """Close the connections that wait for a viewer."""
        with self._lock:
            for connection in self._connections:
                self._drop(connection)

    @contextlib.contextmanager
    def seat(self) -> Iterator[bool]:
        """Count a viewer while the block runs; yield False if there are too many."""
        with self._lock:
            free = self.viewers < MAX_VIEWERS
            self.viewers += free
        try:
            yield free
        finally:
            with self._lock:
                self.viewers -= free


class _Handler(BaseHTTPRequestHandler):
    timeout = TIMEOUT_S
    server: _Server

    def do_GET(self) -> None:
        """Respond with the page or the stream."""
        self.server.heard(self.connection)
        wanted = self._wanted()
        if self.headers.get("Host", "") not in self.server.names or self._is_foreign():
            self._refuse(HTTPStatus.FORBIDDEN)
        elif wanted == "page":
            self._begin("text/html; charset=utf-8", len(_PAGE))
            self.wfile.write(_PAGE)
        elif wanted == "stream":
            self._stream()
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _wanted(self) -> str | None:
        """Return what is asked for; the time that takes does not depend on how much of the secret is right."""
        asked = self.path.encode("latin-1", "replace")
        found = [what for path, what in self.server.paths.items() if hmac.compare_digest(path.encode(), asked)]
        return found[0] if found else None

    def _is_foreign(self) -> bool:
        """Return whether another web page asks: one that embeds the stream, or links to it."""
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return True
        senders = [self.headers[name] for name in ("Origin", "Referer") if name in self.headers]
        return any(not self._is_own(sender) for sender in senders)

    def _is_own(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        return parts.scheme == "http" and parts.netloc in self.server.names

    def log_message(self, *args: object) -> None:
        """Log nothing."""

    def version_string(self) -> str:
        """Return a server name without versions."""
        return "Avatarify"

    def _stream(self) -> None:
        with self.server.seat() as free:
            if not free:
                self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
                return
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
            self._begin(f"multipart/x-mixed-replace; boundary={_BOUNDARY}")
            number = 0
            while (picture := self.server.newest.after(number)) is not None:
                number, jpeg = picture
                head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
                self.wfile.write(head.encode() + jpeg + b"\r\n")

    def _begin(self, kind: str, length: int | None = None) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "same-origin")
        self.end_headers()

    def _refuse(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
