"""Parts of a session that do what the real ones promise, without a camera, a model or a face."""

import threading
import time
from collections.abc import Callable, Container
from typing import Self

import numpy as np

from avatarify.animate.animator import DetectedPose, FrameKeypoints
from avatarify.animate.model import Encoded
from avatarify.animate.options import MotionOptions
from avatarify.animate.portrait import Portrait
from avatarify.capture.watchdog import Timeouts
from avatarify.errors import CameraError, MotionError, VirtualCameraError
from avatarify.face.face import Face
from avatarify.frames import U8, Frame, Generated, Keypoints, Performance
from avatarify.messages import Message


def make_face(frame_index: int = 0, expression: dict[str, float] | None = None, yaw: float = 0.0) -> Face:
    """Return a Face with landmarks on a circle."""
    angles = np.linspace(0, 2 * np.pi, 478, dtype=np.float32)
    landmarks = np.stack([32 + 10 * np.cos(angles), 24 + 10 * np.sin(angles)], axis=1)
    return Face(landmarks, expression or {}, yaw, 0.0, 0.0, frame_index=frame_index)


def make_frame(index: int = 0, value: int = 0, at: float | None = None, media_time: float = float("nan")) -> Frame:
    """Return a 64x48 Frame of one value."""
    image = np.full((48, 64, 3), value, np.uint8)
    return Frame(image, index, time.perf_counter() if at is None else at, media_time)


class NumberedSource:
    """Delivers numbered frames at a rate, then what the script says.

    Args:
        count: Frames until the end; None for no end.
        fps: Frames per second; None delivers at once.
        lost_after: Raise CameraError after this many frames.

    Attributes:
        ended: Set once it has nothing more to deliver.
    """

    timeouts = Timeouts()

    def __init__(self, count: int | None = None, fps: float | None = 100.0, lost_after: int | None = None) -> None:
        self.name, self.fps, self.live = "scripted", fps or 100.0, fps is not None
        self.warnings: list[Message] = []
        self._count, self._lost_after, self._period = count, lost_after, 1 / fps if fps else 0.0
        self._index = 0
        self._closed, self.ended = threading.Event(), threading.Event()

    @property
    def closed(self) -> bool:
        return self._closed.is_set()

    @property
    def read_count(self) -> int:
        return self._index

    def read(self) -> Frame | None:
        if self._index == self._lost_after:
            raise CameraError("The camera scripted gives no more pictures.", "Check its cable.")
        self._closed.wait(self._period)
        if self.closed or self._index == self._count:
            self.ended.set()
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


class StuckSource(NumberedSource):
    """A driver that never answers: ``read`` blocks until ``release``, and ``close`` waits for ``read``."""

    def __init__(self) -> None:
        super().__init__()
        self.release = threading.Event()

    def read(self) -> None:
        self.release.wait()

    def close(self) -> None:
        self.release.wait()


class GatedSource(NumberedSource):
    """Delivers a frame each time ``permits`` is released."""

    def __init__(self) -> None:
        super().__init__(fps=None)
        self.permits = threading.Semaphore(0)

    def read(self) -> Frame | None:
        while not self.permits.acquire(timeout=0.02):
            if self.closed:
                return None
        return super().read()


class SlowSource(NumberedSource):
    """A recording with minutes between two pictures; ``close`` ends the wait."""

    def read(self) -> Frame | None:
        if self._index > 0:
            self._closed.wait(300)
            return None
        self._index += 1
        return make_frame()


class FixedTracker:
    """Finds a face in every frame it is asked about, or in those for which ``sees`` is true."""

    def __init__(self, sees: Callable[[Frame], bool] = lambda frame: True) -> None:
        self._sees, self.closed = sees, False

    def offer(self, frame: Frame) -> None:
        pass

    def hurry(self) -> None:
        pass

    def rest(self, hz: float) -> None:
        pass

    def face_in(self, frame: Frame) -> Face | None:
        return make_face(frame.index) if self._sees(frame) else None

    def close(self) -> None:
        self.closed = True


class EchoAnimator:
    """Returns the frame's own image as the generated one; rejects some frames on request.

    Args:
        delay_s: How long one frame takes.
        refuse: Frame numbers that cannot be used.
        refuse_portraits: Names of portraits that cannot be animated.

    Attributes:
        parallel: Two threads may be at work.
        calibrations: How many times the neutral frame was chosen again.
        neutrals: Numbers of the frames that were taken as neutral.
        portraits: Names of the portraits that it was given later.
        performances: What it was given to perform.
    """

    def __init__(
        self,
        delay_s: float = 0.0,
        refuse: Container[int] = (),
        refuse_portraits: Container[str] = (),
        parallel: bool = True,
    ) -> None:
        self.timings = {"keypoints": 1.0, "generate": 2.0}
        self.options, self.parallel = MotionOptions(), parallel
        self.frame_keypoints: FrameKeypoints | None = None
        self.calibrations = 0
        self.neutrals: list[int] = []
        self.portraits: list[str] = []
        self.performances: list[Performance] = []
        self._delay_s, self._refuse, self._refuse_portraits = delay_s, refuse, refuse_portraits

    def detect(self, frame: Frame, face: Face) -> DetectedPose:
        if frame.index in self._refuse:
            raise MotionError("The key points collapse.", "Face the camera.")
        points = Keypoints(np.full((1, 2), frame.index, np.float32), np.eye(2, dtype=np.float32)[None])
        found = FrameKeypoints(points, points, points, face.portrait_box())
        return DetectedPose(frame, face, found.box, points, Encoded({}, points), found, 1.0)

    def perform(self, frame: Frame, performance: Performance) -> DetectedPose:
        self.performances.append(performance)
        return self.detect(frame, make_face(frame.index))

    def draw(self, pose: DetectedPose) -> Generated:
        time.sleep(self._delay_s)
        self.frame_keypoints = pose.keypoints
        return Generated(pose.frame.image, np.zeros((2, 2, 2), np.float32), np.zeros((2, 2), np.float32))

    def recalibrate(self) -> None:
        self.calibrations += 1

    def set_neutral(self, frame: Frame, face: Face) -> None:
        self.neutrals.append(frame.index)

    def set_portrait(self, portrait: Portrait) -> None:
        if portrait.name in self._refuse_portraits:
            raise MotionError("The key points of the portrait collapse.", "Use another portrait.")
        self.portraits.append(portrait.name)


class PlainCompositor:
    """Shows the generated picture as it is; the still portrait is one value."""

    def __init__(self, still: int = 250) -> None:
        self._still = np.full((48, 64, 3), still, np.uint8)

    def render(self, generated: Generated) -> U8:
        return generated.image

    def idle_frame(self) -> U8:
        return self._still


class KeepingSink:
    """Keeps the value and time of each picture.

    Args:
        fails_after: Fail after this many pictures; None for never.
        name: What it is called.

    Attributes:
        values: Value of each picture's first pixel.
        times: When each picture came, ``time.perf_counter()``.
    """

    def __init__(self, fails_after: int | None = None, name: str = "keeping") -> None:
        self.name, self.closed = name, False
        self.values: list[int] = []
        self.times: list[float] = []
        self._fails_after = fails_after

    def send(self, image: U8) -> None:
        if len(self.values) == self._fails_after:
            raise VirtualCameraError("The virtual camera is gone.", "Start it again.")
        self.values.append(int(image[0, 0, 0]))
        self.times.append(time.perf_counter())

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
