"""A camera, read through OpenCV."""

from __future__ import annotations

import threading
import time
from typing import Any, Self

from avatarify.capture.devices import CameraInfo, find_again, find_camera, list_devices
from avatarify.capture.obstacle import obstacle, silence
from avatarify.capture.watchdog import Timeouts
from avatarify.errors import CameraError
from avatarify.frames import Frame, Size
from avatarify.messages import Message
from avatarify.quiet import quiet_opencv

OPEN_TIMEOUT_S = 15.0
CLOSE_TIMEOUT_S = 2.0


class Webcam:
    """A camera as a source of frames.

    Motion JPEG, size and rate are requested at opening: USB 2 is too slow for uncompressed frames of this size, and
    some backends ignore later requests. The camera may deliver another size.

    Args:
        camera: Its number, ID, name or a unique part of the name, or an entry of ``list_devices``.
        size: The size to request.
        fps: The rate to request, frames per second.
        timeout_s: Longest time to wait for the device, seconds.

    Attributes:
        info: Which camera it is.
        timeouts: When the watchdog counts the camera as faulty.

    Raises:
        CameraBusyError: another program uses it.
        CameraError: there is no such camera, access is denied, or it does not respond in time.
        UsageError: the name is unknown or matches several.
    """

    live = True

    def __init__(
        self,
        camera: int | str | CameraInfo,
        size: Size = Size(1280, 720),  # noqa: B008 - frozen
        fps: float = 30.0,
        timeout_s: float = OPEN_TIMEOUT_S,
    ) -> None:
        self.info = camera if isinstance(camera, CameraInfo) else find_camera(str(camera), list_devices())
        self.name = self.info.name
        self.warnings: list[Message] = []
        self.timeouts = Timeouts.stream() if self.info.fed else Timeouts.camera()
        self._request = size, fps, timeout_s
        self._closed = threading.Event()
        self._lock = threading.Lock()  # held while the device is used: releasing it under a read crashes some drivers
        self._capture = _open_in_time(self.info, size, fps, timeout_s)
        self.fps = _nominal_fps(self._capture, fps)
        self._index = 0

    def read(self) -> Frame | None:
        """Wait for the next frame, (H, W, 3) uint8 RGB; None once the source is closed.

        Raises:
            CameraError: the camera was lost.
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
            raise silence(self.info)
        frame = Frame(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), self._index, captured_at)
        self._index += 1
        return frame

    def again(self) -> Webcam:
        """Open the same camera again, whatever its number is now; never another one.

        Raises:
            CameraError: as for the constructor.
        """
        camera = find_again(self.info, list_devices())
        if camera is None:
            raise CameraError("Camera {name} is not connected.", "Plug it in again.", name=self.name)
        return Webcam(camera, *self._request)

    def close(self) -> None:
        """Release the device; a read that hangs in the driver releases it when it returns. May be called twice."""
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
    """Opens a device on a thread of its own: a driver that hangs must not hang the app."""

    def __init__(self, info: CameraInfo, size: Size, fps: float) -> None:
        super().__init__(name="camera-open", daemon=True)
        self._request = info, size, fps
        self._lock = threading.Lock()
        self._abandoned = False
        self._capture: Any = None
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            capture = _open(*self._request)
        except Exception as error:  # noqa: BLE001 - raised by ``result`` on the waiting thread
            self._error = error
            return
        with self._lock:
            self._capture = capture
            if self._abandoned:
                capture.release()

    def result(self, timeout_s: float) -> Any:
        """Return the capture, or None after the timeout (a capture that opens later is released at once)."""
        self.join(timeout_s)
        if self._error is not None:
            raise obstacle(self._request[0]) from self._error
        with self._lock:
            self._abandoned = self._capture is None
            return self._capture


def _open_in_time(info: CameraInfo, size: Size, fps: float, timeout_s: float) -> Any:
    opening = _Opening(info, size, fps)
    opening.start()
    capture = opening.result(timeout_s)
    if capture is None:
        raise CameraError(
            "Camera {name} did not respond within {seconds:.0f} s.",
            "Plug it in again, or restart the computer if it is built in.",
            name=info.name,
            seconds=timeout_s,
        )
    if not capture.isOpened():
        capture.release()
        raise obstacle(info)
    return capture


def _open(info: CameraInfo, size: Size, fps: float) -> Any:
    """Open with all properties at once; a backend that rejects the list gets them one by one."""
    import cv2

    properties = {
        cv2.CAP_PROP_FOURCC: cv2.VideoWriter.fourcc(*"MJPG"),
        cv2.CAP_PROP_FRAME_WIDTH: size.width,
        cv2.CAP_PROP_FRAME_HEIGHT: size.height,
        cv2.CAP_PROP_FPS: round(fps),
    }
    counted = (cv2.CAP_DSHOW, cv2.CAP_AVFOUNDATION, cv2.CAP_MSMF)
    address = info.index % info.backend if info.backend in counted else info.path
    quiet_opencv()
    capture = cv2.VideoCapture(address, info.backend, [part for item in properties.items() for part in item])
    if not capture.isOpened():
        capture = cv2.VideoCapture(address, info.backend)
        for key, value in properties.items():
            capture.set(key, value)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # where supported, no stale frame waits in the driver
    return capture


def _nominal_fps(capture: Any, requested: float) -> float:
    import cv2

    reported = float(capture.get(cv2.CAP_PROP_FPS))
    return reported if 1 <= reported <= 240 else requested
