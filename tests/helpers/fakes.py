"""Parts of a session that do what the real ones promise, without a camera, a model or a face."""

import threading
import time
from collections.abc import Callable
from typing import Any, Self

import numpy as np

from avatarify.capture.watchdog import Timeouts
from avatarify.errors import DeviceError, MotionError
from avatarify.face.face import Face
from avatarify.frames import U8, Frame, Generated


def make_face(frame_index: int = 0, expression: dict[str, float] | None = None, yaw: float = 0.0) -> Face:
    """Return a Face with landmarks on a circle."""
    angles = np.linspace(0, 2 * np.pi, 478, dtype=np.float32)
    landmarks = np.stack([32 + 10 * np.cos(angles), 24 + 10 * np.sin(angles)], axis=1)
    return Face(landmarks, expression or {}, yaw, 0.0, 0.0, frame_index=frame_index)


def make_frame(index: int = 0, value: int = 0, at: float | None = None, media_time: float = float("nan")) -> Frame:
    """Return a 64x48 Frame of one value."""
    image = np.full((48, 64, 3), value, np.uint8)
    return Frame(image, index, time.perf_counter() if at is None else at, media_time)


class ScriptedSource:
    """Delivers numbered frames at a rate, then what the script says.

    Args:
        count: Frames until the end; None for no end.
        fps: Frames a second; None delivers at once.
        lost_after: Raise DeviceError after this many frames.
    """

    timeouts = Timeouts()

    def __init__(self, count: int | None = None, fps: float | None = 100.0, lost_after: int | None = None) -> None:
        self.name, self.fps, self.live = "scripted", fps or 100.0, fps is not None
        self._count, self._lost_after, self._period = count, lost_after, 1 / fps if fps else 0.0
        self._index = 0
        self._closed = threading.Event()

    @property
    def closed(self) -> bool:
        return self._closed.is_set()

    def read(self) -> Frame | None:
        if self._index == self._lost_after:
            raise DeviceError("The camera scripted gives no more pictures.", "Check its cable.")
        self._closed.wait(self._period)
        if self.closed or self._index == self._count:
            return None
        frame = make_frame(self._index, self._index % 200)
        self._index += 1
        return frame

    def close(self) -> None:
        self._closed.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class StuckSource(ScriptedSource):
    """A driver that never answers: ``read`` blocks until ``release``, and ``close`` waits for ``read``."""

    def __init__(self) -> None:
        super().__init__()
        self.release = threading.Event()

    def read(self) -> None:
        self.release.wait()

    def close(self) -> None:
        self.release.wait()


class SlowSource(ScriptedSource):
    """A recording with minutes between two pictures; ``close`` ends the wait."""

    def read(self) -> Frame | None:
        if self._index > 0:
            self._closed.wait(300)
            return None
        self._index += 1
        return make_frame()


class FixedTracker:
    """Sees a face in every frame, or in those for which ``sees`` is true."""

    def __init__(self, sees: Callable[..., Any] = lambda frame: True) -> None:
        self._sees, self._frame, self.closed = sees, None, False

    def offer(self, frame: Frame) -> None:
        self._frame = frame

    def face_in(self, frame: Frame) -> Face | None:
        frame = self._frame
        return make_face(frame.index) if frame is not None and self._sees(frame) else None

    def close(self) -> None:
        self.closed = True


class EchoAnimator:
    """Gives back the frame's own value as the generated picture; refuses the frames it is told to.

    Args:
        delay_s: How long one frame takes.
        refuse: Frame numbers that cannot be used.
    """

    def __init__(self, delay_s: float = 0.0, refuse: tuple[int] = ()) -> None:
        self.timings = {"keypoints": 1.0, "generate": 2.0}
        self.calibrations, self.neutrals = 0, []
        self._delay_s, self._refuse = delay_s, refuse

    def animate(self, frame: Frame, face: Face) -> Generated:
        time.sleep(self._delay_s)
        if frame.index in self._refuse:
            raise MotionError("The key points collapse.", "Face the camera.")
        return Generated(frame.image, np.zeros((2, 2, 2), np.float32), np.zeros((2, 2), np.float32))

    def recalibrate(self) -> None:
        self.calibrations += 1

    def set_neutral(self, frame: Frame, face: Face) -> None:
        self.neutrals.append(frame.index)


class PlainCompositor:
    """Shows the generated picture as it is; the still portrait is one value."""

    def __init__(self, still: int = 250) -> None:
        self._still = np.full((48, 64, 3), still, np.uint8)

    def render(self, generated: Generated) -> U8:
        return generated.image

    def idle_frame(self) -> U8:
        return self._still


class KeepingSink:
    """Keeps the value and time of each picture; fails after ``fails_after`` pictures if told to."""

    def __init__(self, fails_after: int | None = None) -> None:
        self.name, self.values, self.times, self.closed = "keeping", [], [], False
        self._fails_after = fails_after

    def send(self, image: U8) -> None:
        if len(self.values) == self._fails_after:
            raise DeviceError("The virtual camera is gone.", "Start it again.")
        self.values.append(int(image[0, 0, 0]))
        self.times.append(time.perf_counter())

    def close(self) -> None:
        self.closed = True
