"""A camera, read through OpenCV."""

from __future__ import annotations

import threading
import time
from typing import Any, Self

from avatarify.capture.devices import CameraInfo, find_camera, list_cameras, quiet_opencv
from avatarify.errors import DeviceError
from avatarify.frames import Frame, Size

OPEN_TIMEOUT_S = 15.0
CLOSE_TIMEOUT_S = 2.0
_BUSY_HINT = "Close other programs that use it, allow camera access in the system's settings, or plug it in again."


class Webcam:
    """A camera as a source of frames.

    Motion JPEG, size and rate are asked for at opening: uncompressed pictures of this size do not fit through USB 2,
    and some back-ends ignore later wishes. The camera may answer with another size.

    Args:
        camera: Its number, its name or a unique part of it, or an entry of ``list_cameras``.
        size: The size to ask for.
        fps: The rate to ask for.
        timeout_s: Seconds to wait for the device at most.

    Raises:
        DeviceError: there is no such camera, it is busy, or it does not answer in time.
        UsageError: the name is unknown or fits several.
    """

    live = True

    def __init__(
        self,
        camera: int | str | CameraInfo,
        size: Size = Size(1280, 720),  # noqa: B008 - frozen
        fps: float = 30.0,
        timeout_s: float = OPEN_TIMEOUT_S,
    ) -> None:
        info = camera if isinstance(camera, CameraInfo) else find_camera(str(camera), list_cameras())
        self.name = info.name
        self._closed = threading.Event()
        self._lock = threading.Lock()  # held while the device is used: releasing it under a read crashes some drivers
        self._capture = _open_in_time(info, size, fps, timeout_s)
        self.fps = _nominal_fps(self._capture, fps)
        self._index = 0

    def read(self) -> Frame | None:
        """Block for the next frame; None once the source was closed.

        Raises:
            DeviceError: the camera was lost.
        """
        import cv2

        with self._lock:
            if self._closed.is_set():
                return None
            grabbed = self._capture.grab()
            captured_at = time.perf_counter()
            got, image = self._capture.retrieve() if grabbed else (False, None)
            if self._closed.is_set():  # close() gave up waiting for this read
                self._capture.release()
                return None
        if not got:
            raise DeviceError(f"The camera {self.name} gives no more pictures.", "Check its cable, then start again.")
        frame = Frame(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), self._index, captured_at)
        self._index += 1
        return frame

    def close(self) -> None:
        """Let go of the device; a read that hangs in the driver does it when it returns; may be called twice."""
        self._closed.set()
        if self._lock.acquire(timeout=CLOSE_TIMEOUT_S):
            try:
                self._capture.release()
            finally:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class _Opening(threading.Thread):
    """Opens a device beside the caller: a driver that hangs must not hang the app."""

    def __init__(self, info: CameraInfo, size: Size, fps: float) -> None:
        super().__init__(name="camera-open", daemon=True)
        self._wish = info, size, fps
        self._lock = threading.Lock()
        self._abandoned = False
        self._capture: Any = None

    def run(self) -> None:
        capture = _open(*self._wish)
        with self._lock:
            self._capture = capture
            if self._abandoned:
                capture.release()

    def result(self, timeout_s: float) -> Any:
        """Return the capture, or None if it is not there in time (it is released when it comes)."""
        self.join(timeout_s)
        with self._lock:
            self._abandoned = self._capture is None
            return self._capture


def _open_in_time(info: CameraInfo, size: Size, fps: float, timeout_s: float) -> Any:
    opening = _Opening(info, size, fps)
    opening.start()
    capture = opening.result(timeout_s)
    if capture is None:
        raise DeviceError(f"The camera {info.name} did not answer within {timeout_s:.0f} s.", _BUSY_HINT)
    if not capture.isOpened():
        capture.release()
        raise DeviceError(f"The camera {info.name} cannot be opened.", _BUSY_HINT)
    return capture


def _open(info: CameraInfo, size: Size, fps: float) -> Any:
    """Open with all wishes at once; a back-end that refuses the list gets them one by one."""
    import cv2

    wishes = {
        cv2.CAP_PROP_FOURCC: cv2.VideoWriter.fourcc(*"MJPG"),
        cv2.CAP_PROP_FRAME_WIDTH: size.width,
        cv2.CAP_PROP_FRAME_HEIGHT: size.height,
        cv2.CAP_PROP_FPS: round(fps),
    }
    address = info.index if info.backend in (cv2.CAP_DSHOW, cv2.CAP_AVFOUNDATION, cv2.CAP_MSMF) else info.path
    quiet_opencv()
    capture = cv2.VideoCapture(address, info.backend, [part for wish in wishes.items() for part in wish])
    if not capture.isOpened():
        capture = cv2.VideoCapture(address, info.backend)
        for key, value in wishes.items():
            capture.set(key, value)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # where it is heeded, no stale frame waits in the driver
    return capture


def _nominal_fps(capture: Any, wished: float) -> float:
    import cv2

    told = float(capture.get(cv2.CAP_PROP_FPS))
    return told if 1 <= told <= 240 else wished
