"""A session without a model: a scripted camera in front, the real threads, step and compositor, any sink behind."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from helpers.scripted_camera import ScriptedCamera

from avatarify.animate.options import Controls
from avatarify.animate.step import AnimationStep
from avatarify.compose.compositor import Compositor
from avatarify.compose.passthrough import Passthrough
from avatarify.compose.slate import slate
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import U8, Frame, Generated, Size
from avatarify.live.parts import Listeners, Parts
from avatarify.live.session import Session
from avatarify.live.state import SessionState
from avatarify.metrics import Metrics
from avatarify.output.background import BackgroundRecording
from avatarify.output.sink import FrameSink
from avatarify.output.switchable_sink import SwitchableSink

PORTRAIT = (40, 120, 60)
_SIDE = 64


class LightAnimator:
    """Moves a plain portrait a little with the number of the frame; it never takes a pixel of the driver.

    Attributes:
        calibrations: How many times the neutral frame was chosen anew.
    """

    def __init__(self) -> None:
        self.timings = {"keypoints": 0.0, "generate": 0.0}
        self.calibrations = 0
        across = np.linspace(-1, 1, _SIDE, dtype=np.float32)
        self._rest = np.stack(np.meshgrid(across, across), axis=2)
        self._image = np.full((_SIDE, _SIDE, 3), PORTRAIT, np.uint8)
        self._visible = np.ones((_SIDE, _SIDE), np.float32)

    def animate(self, frame: Frame, face: Face) -> Generated:
        """Give back the portrait, shifted by up to a tenth of the crop."""
        shift = np.float32(0.1 * np.sin(frame.index / 10))
        return Generated(self._image, self._rest + shift, self._visible)

    def recalibrate(self) -> None:
        """Count."""
        self.calibrations += 1

    def set_neutral(self, frame: Frame, face: Face) -> None:
        """Do nothing: there is no motion to be relative."""


class LightTracker:
    """Sees the same face in every frame that was offered, or only in those for which ``sees`` is true."""

    def __init__(self, sees: Callable[[Frame], bool] = lambda frame: True) -> None:
        self._sees = sees
        angles = np.linspace(0, 2 * np.pi, 478, dtype=np.float32)
        self._landmarks = np.stack([160 + 40 * np.cos(angles), 90 + 40 * np.sin(angles)], axis=1)

    def offer(self, frame: Frame) -> None:
        """Do nothing: nothing is found."""

    def face_in(self, frame: Frame) -> Face | None:
        """Return the face."""
        return Face(self._landmarks, {}, 0.0, 0.0, 0.0, frame_index=frame.index) if self._sees(frame) else None

    def close(self) -> None:
        """Do nothing."""


def simulate_session(
    camera: ScriptedCamera,
    open_sink: Callable[[], FrameSink],
    *,
    size: Size,
    fps: float,
    frames: int | None = None,
    tracker: LightTracker | None = None,
    animator: LightAnimator | None = None,
    keep_sink: bool = True,
    on_state: Callable[[SessionState], None] | None = None,
    listeners: Listeners | None = None,
) -> Session:
    """Make a session.

    Args:
        camera: Opened at the start and after each loss.
        open_sink: Opens the sink, at the start and after each failure; for pictures of ``size``.
        size: Size of the output.
        fps: Output pictures a second.
        frames: Stop after this many camera frames went out.
        tracker: Says where the face is.
        animator: Moves the portrait.
        keep_sink: Open a sink that fails again; else its failure ends the session.
        on_state: Told each state.
        listeners: Told pictures, faces and problems.
    """
    animator, tracker = animator or LightAnimator(), tracker or LightTracker()
    opening = partial(_open_parts, camera, open_sink, size, fps, tracker, animator, keep_sink)
    return Session(opening, fps=fps, frames=frames, on_state=on_state, listeners=listeners)


def portrait(size: Size) -> U8:
    """A plain portrait with a brighter middle, (H, W, 3) uint8 RGB."""
    picture = np.full((size.height, size.width, 3), PORTRAIT, np.uint8)
    picture[size.height // 4 : -(size.height // 4), size.width // 4 : -(size.width // 4)] += 40
    return picture


def _open_parts(
    camera: ScriptedCamera,
    open_sink: Callable[[], FrameSink],
    size: Size,
    fps: float,
    tracker: LightTracker,
    animator: LightAnimator,
    keep_sink: bool,
    metrics: Metrics,
) -> Parts:
    picture = portrait(size)
    step = AnimationStep(animator, Compositor(picture, CropBox.whole(picture), size))
    with contextlib.ExitStack() as opened:
        source = camera.open()
        sink = opened.enter_context(SwitchableSink(open_sink()))
        return Parts(
            source=source,
            reopen=camera.open,
            tracker=tracker,
            step=step,
            sink=sink,
            slate=slate(size),
            load_portrait=lambda text: lambda: None,
            adjust=_adjust,
            show_camera=partial(_show_camera, step, size),
            open_sink=lambda text: open_sink(),
            open_recording=partial(_open_recording, size, fps),
            facts={"camera": source.name, "sink": sink.name, "size": str(size)},
            reopen_sink=open_sink if keep_sink else None,
            resources=opened.pop_all(),
        )


def _adjust(controls: Controls) -> Callable[[], None]:
    return lambda: None


def _show_camera(step: AnimationStep, size: Size, on: bool) -> None:
    step.passthrough = Passthrough(size, mirror=False).render if on else None


def _open_recording(size: Size, fps: float, path: Path, on_problem: Callable[[Exception], None]) -> BackgroundRecording:
    return BackgroundRecording(path, size, fps, on_problem)
