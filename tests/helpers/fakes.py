"""Parts of a session that do what the real ones promise, without a camera, a model or a face."""

import threading
import time

import numpy as np

from avatarify.capture.watchdog import Timeouts
from avatarify.errors import DeviceError, MotionError
from avatarify.face.face import Face
from avatarify.frames import Frame, Generated


def make_face(frame_index=0, expression=None, yaw=0.0):
    """Return a Face with landmarks on a circle."""
    angles = np.linspace(0, 2 * np.pi, 478, dtype=np.float32)
    landmarks = np.stack([32 + 10 * np.cos(angles), 24 + 10 * np.sin(angles)], axis=1)
    return Face(landmarks, expression or {}, yaw, 0.0, 0.0, frame_index=frame_index)


def make_frame(index=0, value=0, at=None, media_time=float("nan")):
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

    def __init__(self, count=None, fps=100.0, lost_after=None):
        self.name, self.fps, self.live = "scripted", fps or 100.0, fps is not None
        self._count, self._lost_after, self._period = count, lost_after, 1 / fps if fps else 0.0
        self._index = 0
        self._closed = threading.Event()

    @property
    def closed(self):
        return self._closed.is_set()

    def read(self):
        if self._index == self._lost_after:
            raise DeviceError("The camera scripted gives no more pictures.", "Check its cable.")
        self._closed.wait(self._period)
        if self.closed or self._index == self._count:
            return None
        frame = make_frame(self._index, self._index % 200)
        self._index += 1
        return frame

    def close(self):
        self._closed.set()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class StuckSource(ScriptedSource):
    """A driver that never answers: ``read`` blocks until ``release``, and ``close`` waits for ``read``."""

    def __init__(self):
        super().__init__()
        self.release = threading.Event()

    def read(self):
        self.release.wait()

    def close(self):
        self.release.wait()


class SlowSource(ScriptedSource):
    """A recording with minutes between two pictures; ``close`` ends the wait."""

    def read(self):
        if self._index > 0:
            self._closed.wait(300)
            return None
        self._index += 1
        return make_frame()


class FixedTracker:
    """Sees a face in every frame, or in those for which ``sees`` is true."""

    def __init__(self, sees=lambda frame: True):
        self._sees, self._frame, self.closed = sees, None, False

    def offer(self, frame):
        self._frame = frame

    def face_in(self, frame):
        frame = self._frame
        return make_face(frame.index) if frame is not None and self._sees(frame) else None

    def close(self):
        self.closed = True


class EchoAnimator:
    """Gives back the frame's own value as the generated picture; refuses the frames it is told to.

    Args:
        delay_s: How long one frame takes.
        refuse: Frame numbers that cannot be used.
    """

    def __init__(self, delay_s=0.0, refuse=()):
        self.timings = {"keypoints": 1.0, "generate": 2.0}
        self.calibrations, self.neutrals = 0, []
        self._delay_s, self._refuse = delay_s, refuse

    def animate(self, frame, face):
        time.sleep(self._delay_s)
        if frame.index in self._refuse:
            raise MotionError("The key points collapse.", "Face the camera.")
        return Generated(frame.image, np.zeros((2, 2, 2), np.float32), np.zeros((2, 2), np.float32))

    def recalibrate(self):
        self.calibrations += 1

    def set_neutral(self, frame, face):
        self.neutrals.append(frame.index)


class PlainCompositor:
    """Shows the generated picture as it is; the still portrait is one value."""

    def __init__(self, still=250):
        self._still = np.full((48, 64, 3), still, np.uint8)

    def render(self, generated):
        return generated.image

    def still(self):
        return self._still


class KeepingSink:
    """Keeps the value and time of each picture; fails after ``fails_after`` pictures if told to."""

    def __init__(self, fails_after=None):
        self.name, self.values, self.times, self.closed = "keeping", [], [], False
        self._fails_after = fails_after

    def send(self, image):
        if len(self.values) == self._fails_after:
            raise DeviceError("The virtual camera is gone.", "Start it again.")
        self.values.append(int(image[0, 0, 0]))
        self.times.append(time.perf_counter())

    def close(self):
        self.closed = True
