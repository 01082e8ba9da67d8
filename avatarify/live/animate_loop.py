"""The second loop of a live session: detects key points in the newest frame; commands are applied in between."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue

import numpy as np

from avatarify.animate.animation import Animation
from avatarify.animate.animator import DetectedPose
from avatarify.errors import AvatarifyError, DeviceError
from avatarify.face.cadence import Cadence
from avatarify.face.face import Face
from avatarify.frames import Frame
from avatarify.latest import Latest
from avatarify.live.commands import Change
from avatarify.live.draw_loop import DrawLoop
from avatarify.live.parts import Listeners, Tracker

_POLL_S = 0.1
_STAND_IN_S = 1 / 30  # between two pictures of a portrait that moves without a camera
_CAMERA_GONE_S = 0.5

_NOTHING = np.zeros((16, 16, 3), np.uint8)


class AnimateLoop:
    """Detects key points in the newest frame and passes it on to be drawn.

    Args:
        animation: Belongs to this loop's thread while it runs.
        tracker: Knows the face.
        frames: From the camera.
        draw: Draws the frames.
        stop: Set from outside to end.
        listeners: ``on_face`` is called with each frame.
        report: Called with problems that the session survives.
    """

    def __init__(
        self,
        animation: Animation,
        tracker: Tracker,
        *,
        frames: Latest[Frame],
        draw: DrawLoop,
        stop: threading.Event,
        listeners: Listeners,
        report: Callable[[Exception], None],
    ) -> None:
        self._animation = animation
        self._tracker = tracker
        self._frames = frames
        self._draw = draw
        self._stop = stop
        self._listeners = listeners
        self._report = report
        self._cadence = Cadence()
        self._frame_at = -math.inf  # when the camera gave the last frame
        self._changes: SimpleQueue[Change] = SimpleQueue()
        self._shape: tuple[int, ...] | None = None
        self._first_of_shape = -1  # number of the first frame of this shape

    def before_next(self, change: Change) -> None:
        """Apply a change on this loop's thread before the next frame."""
        self._changes.put(change)

    def run(self) -> None:
        """Work until the frames end or ``stop`` is set."""
        try:
            while not self._stop.is_set():
                self._draw.wait_for_turn()
                ending = self._frames.closed
                frame = self._frames.get(_POLL_S if self._animation.step.stand_in is None else _STAND_IN_S)
                self._apply_changes()
                if frame is not None:
                    self._process(frame)
                elif ending:
                    return
                else:
                    self._go_on_without()
        finally:
            self._draw.close()

    def _go_on_without(self) -> None:
        """Draw a moment of the stand-in, if there is one, while the camera gives no frames."""
        step, now = self._animation.step, time.perf_counter()
        if step.stand_in is not None and step.passthrough is None and now - self._frame_at > _CAMERA_GONE_S:
            self._draw.put(step.detect(Frame(_NOTHING, -1, now), None), time.perf_counter() - now)

    def _process(self, frame: Frame) -> None:
        self._frame_at = time.perf_counter()
        if frame.image.shape != self._shape:
            self._change_shape(frame)
        face = self._tracker.face_in(frame)
        if face is not None and face.frame_index < self._first_of_shape:  # found in pixels of another size
            face = None
        if self._listeners.on_face is not None:
            self._listeners.on_face(frame, face)
        if face is None:
            self._cadence.restart()
        else:
            face = self._cadence.moved(face)
        started = time.perf_counter()
        seen = self._animation.step.detect(frame, face)
        self._draw.put(seen, time.perf_counter() - started)
        if face is not None and seen.pose is not None:
            self._look_in_time(seen.pose, face)

    def _look_in_time(self, pose: DetectedPose, face: Face) -> None:
        """Have the face looked for again if the head has moved, or if the neutral frame is being chosen."""
        frame, points = pose.frame, pose.keypoints or self._animation.animator.frame_keypoints
        moved = points is not None and self._cadence.due(frame.index, face, points.driving.points, points.box)
        if moved or self._animation.step.choosing:
            self._tracker.hurry()

    def _change_shape(self, frame: Frame) -> None:
        """Start over with frames of another size: the neutral face was measured in pixels of the old one."""
        before, self._shape = self._shape, frame.image.shape
        if before is None:
            return
        self._first_of_shape = frame.index
        self._animation.step.recalibrate()
        self._report(
            DeviceError(
                "The camera's image size changed from {before} to {after}.",
                "Look straight ahead for a moment.",
                before=_size(before),
                after=_size(frame.image.shape),
            )
        )

    def _apply_changes(self) -> None:
        while not self._changes.empty():
            try:
                with self._draw.pause():
                    self._changes.get_nowait().apply(self._animation)
            except AvatarifyError as error:  # the old portrait stays
                self._report(error)


def _size(shape: tuple[int, ...]) -> str:
    return f"{shape[1]}x{shape[0]}"
