"""A camera that sends H.264 by RTSP, interleaved in the one TCP connection."""

from __future__ import annotations

import contextlib
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np

_LINES = (
    "v=0",
    "o=- 0 0 IN IP4 127.0.0.1",
    "s=x",
    "t=0 0",
    "m=video 0 RTP/AVP 96",
    "a=rtpmap:96 H264/90000",
    "a=control:0",
)
SDP = "".join(f"{line}\r\n" for line in _LINES)


def packets(count: int) -> list[bytes]:
    """Return gray pictures, 64 x 48, as RTP packets with one unit each."""
    encoder: Any = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.options = 64, 48, "yuv420p", {"tune": "zerolatency"}
    encoder.time_base = Fraction(1, 25)
    found: list[bytes] = []
    for number in range(count):
        frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 200, np.uint8), format="rgb24")
        frame.pts = number
        for packet in encoder.encode(frame):
            units = [unit.strip(b"\0") for unit in bytes(packet).split(b"\0\0\1") if unit.strip(b"\0")]
            for unit in units:
                head = struct.pack(">BBHII", 0x80, 96 | (unit is units[-1]) << 7, len(found), number * 3600, 1)
                found.append(head + unit)
    return found


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the viewer has left
            self._serve()

    def _serve(self) -> None:
        while line := self.rfile.readline().decode():
            headers = dict(self._headers())
            method = line.split()[0]
            more = {"SETUP": "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n", "OPTIONS": "Public: PLAY\r\n"}
            body = SDP if method == "DESCRIBE" else ""
            kind = f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n" if body else ""
            head = (
                f"RTSP/1.0 200 OK\r\nCSeq: {headers.get('cseq', '0')}\r\nSession: 1\r\n{more.get(method, '')}{kind}\r\n"
            )
            self.wfile.write((head + body).encode())
            if method == "PLAY":
                for packet in packets(500):
                    time.sleep(0.002)
                    self.wfile.write(struct.pack(">cBH", b"$", 0, len(packet)) + packet)

    def _headers(self) -> Iterator[tuple[str, str]]:
        while line := self.rfile.readline().decode().strip():
            name, _, value = line.partition(":")
            yield name.lower(), value.strip()


@contextlib.contextmanager
def rtsp_camera() -> Iterator[str]:
    """Serve the camera; give its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"rtsp://127.0.0.1:{server.server_address[1]}/cam"
        finally:
            server.shutdown()
            thread.join()
