"""Frames from the network: a phone app, an IP camera, another program's stream."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Generator
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

from avatarify.capture.colors import rgb_converter
from avatarify.capture.recorded import PlaybackClock
from avatarify.capture.watchdog import Timeouts
from avatarify.containers import SCHEMES, open_address
from avatarify.errors import CameraError, UsageError
from avatarify.frames import U8, Frame
from avatarify.messages import Message

OPEN_TIMEOUT_S, READ_TIMEOUT_S = 8.0, 5.0
_CHECK = Message("Check the address, and that the phone or camera is on the same network.")
_SYNTAX = Message("Use the form rtsp://HOST:PORT/PATH.")
_VIDEO_OF_PAGE = Message("Use the address of its video, often the same with /video at the end.")
_WITH_PASSWORD = Message("Write them into the address: http://NAME:PASSWORD@HOST/PATH.")
_USUAL_FPS = 25.0
_ASK_TIMEOUT_S = 3.0
_OPTIONS = {"fflags": "nobuffer", "flags": "low_delay", "probesize": "500000"}  # decode what arrives, buffer nothing


def is_address(text: str) -> bool:
    """Return whether the text is the address of a stream."""
    return text.partition("://")[0].casefold() in SCHEMES and "://" in text


class Stream:
    """A live stream, or a video file, read from an address.

    Nothing is buffered, so frames are as recent as possible. A file is played at its own rate.

    Args:
        address: ``rtsp://…``, ``http://…``, … ; a user name and password in it are never shown.
        timeout_s: Longest time to wait for the connection, seconds.

    Raises:
        CameraError: the server does not respond, or sends no video.
        UsageError: the address is malformed.
    """

    def __init__(self, address: str, timeout_s: float = OPEN_TIMEOUT_S) -> None:
        self.name = _shown(address)
        self.warnings: list[Message] = []
        self.live = True
        self.timeouts = Timeouts.stream()
        self._closing = threading.Event()
        self._lock = threading.Lock()  # a decoder must not be closed while it decodes
        self._container = self._open(address, timeout_s, _options(address))
        if self._is_file():  # open it again: probing has consumed the beginning
            self._container.close()
            self._container = self._open(address, timeout_s, {})
        stream = self._container.streams.video[0]
        stream.thread_type = "AUTO" if self._is_file() else "SLICE"  # frame threads would delay a live stream
        self.fps = float(stream.average_rate or stream.guessed_rate or _USUAL_FPS)
        self._clock = PlaybackClock() if self._is_file() else None
        if self._clock is not None:
            self.timeouts = Timeouts()
        self._frames = self._decoded()
        self._index = 0

    def read(self) -> Frame | None:
        """Wait for the next frame, (H, W, 3) uint8 RGB; None at the end of a file or once closed.

        Raises:
            CameraError: the stream ended or the server stopped responding.
        """
        with self._lock:
            decoded = None if self._closing.is_set() else next(self._frames, None)
        if decoded is None:
            return None
        image, at = decoded
        if self._clock is not None:
            self._clock.wait_for(at, self._closing)
        frame = Frame(image, self._index, time.perf_counter(), at if self._clock is not None else float("nan"))
        self._index += 1
        return frame

    def close(self) -> None:
        """Disconnect; a waiting ``read`` returns after its timeout at the latest. May be called twice."""
        self._closing.set()
        with self._lock:
            self._frames.close()
            self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _open(self, address: str, timeout_s: float, options: dict[str, str]) -> Any:
        import av

        try:
            container = open_address(address, options, (timeout_s, READ_TIMEOUT_S))
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise _refusal(self.name, address, error) from error
        if not container.streams.video:
            container.close()
            raise CameraError("{name} has no video stream.", "Use the address of its video.", name=self.name)
        return container

    def _is_file(self) -> bool:
        return bool(self._container.duration)

    def _decoded(self) -> Generator[tuple[U8, float], None, None]:
        """Yield frames, (H, W, 3) uint8 RGB, with their time since the first one in seconds."""
        import av

        start: float | None = None
        convert = rgb_converter()
        try:
            for frame in self._container.decode(video=0):
                at = float(frame.time or 0.0)
                start = at if start is None else start
                with contextlib.suppress(av.error.InvalidDataError):
                    yield convert(frame), at - start
        except (av.error.FFmpegError, OSError) as error:
            raise CameraError(
                "{name} stopped responding ({reason}).", _CHECK, name=self.name, reason=_reason(error)
            ) from error
        if self._clock is None and not self._closing.is_set():
            raise CameraError("{name} has ended.", "Reconnecting.", name=self.name)


def _options(address: str) -> dict[str, str]:
    return {**_OPTIONS, "rtsp_transport": "tcp"} if address.casefold().startswith("rtsp") else dict(_OPTIONS)


def _shown(address: str) -> str:
    """Return the address without user name, password and query, which may contain secrets."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError("The address of the stream is malformed.", _SYNTAX) from error
    if not host and parts.scheme != "udp":
        raise UsageError("The address {scheme}:// has no host.", _SYNTAX, scheme=parts.scheme)
    return f"{parts.scheme}://{host or '@'}{f':{port}' if port else ''}{parts.path}"


def _refusal(name: str, address: str, error: Exception) -> CameraError:
    """Return the error for an address that sends no video; say what it sends instead, if it is known."""
    import av

    if isinstance(error, av.error.HTTPUnauthorizedError | av.error.HTTPForbiddenError):
        return CameraError("{name} asks for a user name and a password.", _WITH_PASSWORD, name=name)
    if address.casefold().startswith("http") and _is_page(address):
        return CameraError("{name} answers with a web page.", _VIDEO_OF_PAGE, name=name)
    return CameraError("{name} sends no video ({reason}).", _CHECK, name=name, reason=_reason(error))


def _is_page(address: str) -> bool:
    """Ask a server for the type of its answer; False if it does not tell."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme.casefold() == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_ASK_TIMEOUT_S)
    try:
        connection.request("GET", urlunsplit(("", "", parts.path or "/", parts.query, "")))
        return "html" in (connection.getresponse().getheader("Content-Type") or "").casefold()
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or type(error).__name__)
