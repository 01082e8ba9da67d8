"""A session without a model: a scripted camera in front, the real threads and compositor, any sink behind."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from helpers.fakes import FixedTracker, make_face
from helpers.scripted_camera import ScriptedCamera

from avatarify.animate.animation import Animation
from avatarify.animate.animator import DetectedPose, FrameKeypoints
from avatarify.animate.model import Encoded
from avatarify.animate.options import Controls, MotionOptions
from avatarify.animate.portrait import Portrait
from avatarify.capture.source import FrameSource
from avatarify.compose.slate import slate
from avatarify.face.face import Face
from avatarify.frames import U8, Frame, Generated, Keypoints, Performance, Size
from avatarify.live.parts import Listeners, Parts, Tracker
from avatarify.live.session import Session
from avatarify.live.state import SessionState
from avatarify.metrics import Metrics
from avatarify.output.background import BackgroundRecording
from avatarify.output.sink import FrameSink
from avatarify.output.switchable_sink import SwitchableSink

PORTRAIT = (40, 120, 60)
_SIDE = 64


class LightAnimator:
    """Moves a plain portrait a little with the number of the frame; never uses a pixel of the driver.

    Attributes:
        parallel: Two threads may be at work.
        calibrations: How many times the neutral frame was chosen again.
    """

    parallel = True

    def __init__(self) -> None:
        self.timings = {"keypoints": 0.0, "generate": 0.0}
        self.options = MotionOptions()
        self.frame_keypoints: FrameKeypoints | None = None
        self.calibrations = 0
        across = np.linspace(-1, 1, _SIDE, dtype=np.float32)
        self._rest = np.stack(np.meshgrid(across, across), axis=2)
        self._image = np.full((_SIDE, _SIDE, 3), PORTRAIT, np.uint8)
        self._visible = np.ones((_SIDE, _SIDE), np.float32)

    def detect(self, frame: Frame, face: Face) -> DetectedPose:
        """Measure nothing."""
        nothing = Keypoints(np.zeros((1, 2), np.float32), np.zeros((1, 2, 2), np.float32))
        return DetectedPose(frame, face, face.portrait_box(), nothing, Encoded({}, nothing), None, 0.0)

    def perform(self, frame: Frame, performance: Performance) -> DetectedPose:
        """Measure nothing."""
        return self.detect(frame, make_face())

    def draw(self, pose: DetectedPose) -> Generated:
        """Return the portrait, shifted by up to a tenth of the crop."""
        shift = np.float32(0.1 * np.sin(pose.frame.index / 10))
        return Generated(self._image, self._rest + shift, self._visible)

    def recalibrate(self) -> None:
        """Count the calibrations."""
        self.calibrations += 1

    def set_neutral(self, frame: Frame, face: Face) -> None:
        """Do nothing: there is no motion to be relative to."""

    def set_portrait(self, portrait: Portrait) -> None:
        """Do nothing: all portraits look the same."""


class SimulatedDevices:
    """A scripted camera, and sinks from a function.

    Args:
        camera: Opened again after each loss.
        new_sink: Makes every sink.
        size: Size of recordings.
        fps: Their rate.
    """

    def __init__(self, camera: ScriptedCamera, new_sink: Callable[[], FrameSink], size: Size, fps: float) -> None:
        self._camera, self._new_sink, self._size, self._fps = camera, new_sink, size, fps
        self.camera = camera.name

    def open_camera(self, name: str) -> FrameSource:
        """Open the camera, whatever the name."""
        self.camera = name
        return self._camera.open()

    def reopen_camera(self) -> FrameSource:
        """Open the camera, as the script lets it."""
        return self._camera.open()

    def open_sink(self, name: str) -> FrameSink:
        """Make a sink, whatever its name."""
        return self._new_sink()

    def open_recording(self, path: Path, on_problem: Callable[[Exception], None]) -> BackgroundRecording:
        """Begin a real recording."""
        return BackgroundRecording(path, self._size, self._fps, on_problem)


def simulate_session(
    camera: ScriptedCamera,
    new_sink: Callable[[], FrameSink],
    *,
    size: Size,
    fps: float,
    frames: int | None = None,
    tracker: Tracker | None = None,
    animator: LightAnimator | None = None,
    keep_sink: bool = True,
    on_state: Callable[[SessionState], None] | None = None,
    listeners: Listeners | None = None,
) -> Session:
    """Make a session.

    Args:
        camera: Opened at the start and after each loss.
        new_sink: Opens the sink, at the start and after each failure; for pictures of ``size``.
        size: Size of the output.
        fps: Output pictures per second.
        frames: Stop after this many camera frames were sent.
        tracker: Says where the face is.
        animator: Moves the portrait.
        keep_sink: Open a sink that fails again; else its failure ends the session.
        on_state: Called with each state.
        listeners: Get pictures, faces, and problems.
    """
    animation = Animation(animator or LightAnimator(), portrait(size), Controls(), size=size)
    devices = SimulatedDevices(camera, new_sink, size, fps)
    opening = partial(_open_parts, animation, devices, tracker or FixedTracker(), keep_sink)
    return Session(opening, fps=fps, frames=frames, on_state=on_state, listeners=listeners)


def portrait(size: Size) -> Portrait:
    """Return a plain portrait with a brighter middle."""
    image: U8 = np.full((size.height, size.width, 3), PORTRAIT, np.uint8)
    image[size.height // 4 : -(size.height // 4), size.width // 4 : -(size.width // 4)] += 40
    return Portrait("plain", image, make_face())


def _open_parts(
    animation: Animation,
    devices: SimulatedDevices,
    tracker: Tracker,
    keep_sink: bool,
    metrics: Metrics,
    on_problem: Callable[[Exception], None],
) -> Parts:
    with contextlib.ExitStack() as opened:
        source = devices.reopen_camera()
        return Parts(
            source=source,
            tracker=tracker,
            animation=animation,
            sink=opened.enter_context(SwitchableSink(devices.open_sink("scripted"))),
            slate=slate(animation.size),
            devices=devices,
            reopen_sink="scripted" if keep_sink else None,
            resources=opened.pop_all(),
        )
