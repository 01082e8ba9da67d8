"""From options to a session: the one place that knows which parts a live session is made of."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.animate.insight import Insight
from avatarify.animate.opening import face_finder_beside, open_animation
from avatarify.animate.options import AnimationOptions
from avatarify.capture.blank import NAME as NO_CAMERA
from avatarify.capture.vmc import is_vmc
from avatarify.choices import KeypointSource
from avatarify.face.face import Face
from avatarify.frames import U8, Frame
from avatarify.live.devices import LiveDevices, open_camera
from avatarify.live.feedback_guard import may_open_again
from avatarify.live.options import LiveOptions
from avatarify.live.parts import Listeners, Parts
from avatarify.live.session import Session
from avatarify.live.state import SessionState
from avatarify.metrics import Metrics
from avatarify.output.switchable_sink import SwitchableSink

if TYPE_CHECKING:
    from avatarify.engines.target import Watch
    from avatarify.face.tracker import FaceFinder
    from avatarify.live.parts import Tracker

# The step holds the last picture when a face is lost. Held longer here, frames without a face would be animated.
ONE_MISSED_LOOK_S = 0.1


def open_session(
    options: LiveOptions,
    *,
    on_state: Callable[[SessionState], None] | None = None,
    on_picture: Callable[[U8], None] | None = None,
    on_face: Callable[[Frame, Face | None], None] | None = None,
    on_error: Callable[[Exception], None] | None = None,
    on_recorded: Callable[[Path], None] | None = None,
    on_insight: Callable[[Insight], None] | None = None,
    on_camera: Callable[[str], None] | None = None,
    watch: Watch | None = None,
) -> Session:
    """Make a session; cheap, nothing is loaded or opened before ``start``.

    All callbacks run on the session's threads and must return quickly (a window forwards them as signals).

    Args:
        options: What to run.
        on_state: Each change of state.
        on_picture: Each new output picture, (H, W, 3) uint8 RGB of ``options.size``; must not be written to.
        on_face: Each camera frame that is processed, with the newest known face (for a preview of the camera).
        on_error: Each problem. If ``Session.state`` is ``FAILED``, it ended the session; otherwise the session goes on
            (a lost camera, a portrait that could not be loaded).
        on_recorded: Each recording (see ``StartRecording``) that is finished and can be played.
        on_insight: How each frame was made, while ``Explain`` is on.
        on_camera: The camera in use after each ``ChangeCamera``, as ``--camera`` takes it.
        watch: Follows the opening of the model, before the first frame (see ``choose_runtime``).
    """
    return Session(
        partial(open_parts, options, watch=watch),
        fps=options.fps,
        frames=options.frames,
        quality=options.quality,
        on_state=on_state,
        listeners=Listeners(on_picture, on_face, on_error, on_recorded, on_insight, on_camera),
    )


def open_parts(
    options: LiveOptions,
    metrics: Metrics,
    on_problem: Callable[[Exception], None] = lambda error: None,
    watch: Watch | None = None,
) -> Parts:
    """Open the camera, the model, the portrait, and the sink: the cheapest to check first.

    Args:
        options: What to open.
        metrics: Collects warnings and the times of face detection.
        on_problem: Called when one of several sinks fails later.
        watch: Follows the opening of the model.

    Raises:
        AvatarifyError: one of them cannot be used; what was opened before it is closed again.
    """
    from avatarify.animate.stand_in import StandIn
    from avatarify.capture.sound import Voice
    from avatarify.compose.slate import slate

    with contextlib.ExitStack() as on_failure, contextlib.ExitStack() as opened:
        chosen = opened.enter_context(face_finder_beside(options.animation.driver))
        source = on_failure.enter_context(open_camera(options))
        devices = LiveDevices(options, source)
        lockstep = options.animation.controls.keypoints == "mixed"
        animation = open_animation(
            _fitting(options), opened, neutral=options.animation.neutral, exact_faces=lockstep, watch=watch
        )
        finder = _TimedFinder(chosen.result(), metrics)
        tracker = opened.enter_context(contextlib.closing(_tracker(options.animation.controls.keypoints, finder)))
        sink = opened.enter_context(SwitchableSink(devices.open_sinks(on_problem)))
        if options.voice:
            animation.step.stand_in = StandIn(opened.enter_context(Voice(options.voice)).units)
        for warning in animation.warnings:
            metrics.warn(warning)
        on_failure.pop_all()  # from here on the camera's own thread closes it: only it can if the driver hangs
        return Parts(
            source=source,
            tracker=tracker,
            animation=animation,
            sink=sink,
            slate=slate(options.size),
            devices=devices,
            faces=chosen.result(),
            reopen_sink=options.sink if _may_open_again(options) else None,
            resources=opened.pop_all(),
        )


def _fitting(options: LiveOptions) -> AnimationOptions:
    """Return the options with a runtime that can move a portrait without a camera image, where that is needed."""
    if options.animation.runtime == "auto" and _without_images(options):
        return replace(options.animation, runtime="openvino")
    return options.animation


def _without_images(options: LiveOptions) -> bool:
    return bool(options.voice) or options.camera == NO_CAMERA or is_vmc(options.camera)


def _tracker(keypoints: KeypointSource, finder: FaceFinder) -> Tracker:
    from avatarify.face.lockstep import LockstepTracker
    from avatarify.face.tracker import FaceTracker

    if keypoints == "mixed":  # a face mesh that is one frame old would lag behind
        return LockstepTracker(finder, hold_s=ONE_MISSED_LOOK_S)
    return FaceTracker(finder, hold_s=ONE_MISSED_LOOK_S)


def _may_open_again(options: LiveOptions) -> bool:
    """Return whether a lost sink is opened again; of several sinks, a lost one is dropped instead."""
    return not options.more_sinks and may_open_again(options.sink)


class _TimedFinder:
    """A face finder that adds its times to the metrics; it works beside the animation, which does not see them."""

    def __init__(self, finder: FaceFinder, metrics: Metrics) -> None:
        self._finder = finder
        self._metrics = metrics

    def find(self, frame: Frame) -> Face | None:
        started = time.perf_counter()
        face = self._finder.find(frame)
        self._metrics.stage("face", (time.perf_counter() - started) * 1000)
        return face

    def close(self) -> None:
        self._finder.close()
