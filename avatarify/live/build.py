"""From options to a session: the one place that knows which parts a live session is made of."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from avatarify.animate.animation import AnimationOptions, open_animation
from avatarify.animate.insight import Insight
from avatarify.animate.options import Controls
from avatarify.capture.source import FrameSource
from avatarify.face.face import Face
from avatarify.frames import U8, Frame, Size
from avatarify.live.feedback_guard import may_open_again, open_elsewhere, refuse_own_camera
from avatarify.live.parts import Listeners, Parts
from avatarify.live.session import Session
from avatarify.live.state import SessionState
from avatarify.metrics import Metrics
from avatarify.output.sink import FrameSink
from avatarify.output.switchable_sink import SwitchableSink

if TYPE_CHECKING:
    from avatarify.face.tracker import FaceFinder
    from avatarify.live.parts import Tracker
    from avatarify.output.background import BackgroundRecording
    from avatarify.output.recorder import Recorder


# The step holds the last picture of a face that is gone. Held longer here, frames without a face would be animated.
ONE_MISSED_LOOK_S = 0.1


@dataclass(frozen=True)
class LiveOptions:
    """What a live session is made of.

    Attributes:
        camera: A camera's number, id or name, an address (``rtsp://…``), ``screen``, a video file, an image folder or
            ``demo``.
        portrait: The name of a carried portrait or a picture file; empty takes the first carried one.
        sink: ``virtual``, ``mjpeg``, a video file or ``null`` (see ``output.registry``).
        more_sinks: Further ones that get the same pictures.
        model: A name that ``avatarify models list`` prints.
        runtime: ``auto`` or the name of a runtime.
        size: Size of the output pictures.
        fps: Output pictures a second.
        frames: Stop after this many camera frames went out; None runs until stopped.
        controls: How the portrait moves and how it is shown.
        neutral: ``first``, ``best`` or the number of the frame in which the user's face is at rest.
        keypoints: ``learned`` or ``mixed``.
    """

    camera: str = "0"
    portrait: str = ""
    sink: str = "virtual"
    more_sinks: tuple[str, ...] = ()
    model: str = "built-in"
    runtime: str = "auto"
    size: Size = field(default_factory=lambda: Size(1280, 720))
    fps: float = 30.0
    frames: int | None = None
    controls: Controls = field(default_factory=Controls)
    neutral: str = "first"
    keypoints: str = "learned"

    @property
    def animation(self) -> AnimationOptions:
        """The options that a live session shares with ``avatarify animate``."""
        return AnimationOptions(
            portrait=self.portrait,
            model=self.model,
            runtime=self.runtime,
            size=self.size,
            controls=self.controls,
            neutral=self.neutral,
            keypoints=self.keypoints,
        )


def open_session(
    options: LiveOptions,
    *,
    on_state: Callable[[SessionState], None] | None = None,
    on_picture: Callable[[U8], None] | None = None,
    on_face: Callable[[Frame, Face | None], None] | None = None,
    on_error: Callable[[Exception], None] | None = None,
    on_recorded: Callable[[Path], None] | None = None,
    on_insight: Callable[[Insight], None] | None = None,
) -> Session:
    """Make a session; cheap, nothing is loaded or opened before ``start``.

    All callbacks run on the session's threads and must return quickly (a window hands them on as signals).

    Args:
        options: What to run.
        on_state: Each change of state.
        on_picture: Each new output picture, (H, W, 3) uint8 RGB of ``options.size``; not to be written to.
        on_face: Each camera frame that is worked on, with the newest known face (for a preview of the camera).
        on_error: Each problem. ``Session.state`` tells whether it was the end (``FAILED``) or the session goes on (a
            camera that was lost, a portrait that could not be loaded).
        on_recorded: Each recording (see ``Session.record``) that is finished and can be played.
        on_insight: How each frame came about, while ``Session.explain`` is on.
    """
    listeners = Listeners(on_picture, on_face, on_error, on_recorded, on_insight)
    return Session(
        partial(open_parts, options, on_problem=on_error),
        fps=options.fps,
        frames=options.frames,
        on_state=on_state,
        listeners=listeners,
    )


def open_parts(options: LiveOptions, metrics: Metrics, on_problem: Callable[[Exception], None] | None = None) -> Parts:
    """Open the camera, the model, the portrait and the sink, in the order in which mistakes are cheapest to find.

    Args:
        options: What to open.
        metrics: Told warnings and the times of face detection.
        on_problem: Told when one of several sinks fails.

    Raises:
        AvatarifyError: one of them cannot be used; what was opened before it is closed again.
    """
    from avatarify.compose.slate import slate
    from avatarify.face.landmarker import FaceLandmarker

    with contextlib.ExitStack() as given_up, contextlib.ExitStack() as opened:
        source = given_up.enter_context(_open_camera(options))
        refuse_own_camera(source, options.sink)
        animation = open_animation(options.animation, opened, neutral=options.neutral)
        finder = _Timed(FaceLandmarker(), metrics)
        tracker = opened.enter_context(contextlib.closing(_tracker(options, finder)))
        open_sink = partial(open_elsewhere, partial(_open_sink, options), source)
        sinks = partial(_open_sinks, options, source, metrics, on_problem)
        sink = opened.enter_context(SwitchableSink(sinks() if options.more_sinks else open_sink(options.sink)))
        for warning in animation.warnings:
            metrics.warn(warning)
        given_up.pop_all()  # from here the camera's own thread closes it: only it can, if the driver hangs
        return Parts(
            source=source,
            reopen=partial(_open_camera_again, options, source),
            tracker=tracker,
            step=animation.step,
            sink=sink,
            slate=slate(options.size),
            load_portrait=animation.load_portrait,
            adjust=animation.adjust,
            show_camera=animation.show_camera,
            open_sink=open_sink,
            reopen_sink=partial(open_sink, options.sink) if _may_open_again(options) else None,
            open_recording=partial(_open_recording, options),
            facts={**animation.facts, "camera": source.name, "sink": sink.name},
            resources=opened.pop_all(),
            explain=animation.explain,
        )


def _open_camera(options: LiveOptions) -> FrameSource:
    from avatarify.capture.registry import open_source

    return open_source(options.camera, pace=True, size=options.size, fps=options.fps)


def _open_camera_again(options: LiveOptions, lost: FrameSource) -> FrameSource:
    from avatarify.capture.registry import open_again

    return open_again(lost, options.camera, size=options.size, fps=options.fps)


def _tracker(options: LiveOptions, finder: FaceFinder) -> Tracker:
    from avatarify.face.lockstep import LockstepTracker
    from avatarify.face.tracker import FaceTracker

    if options.keypoints == "mixed":  # a face mesh that is a frame old would lag behind
        return LockstepTracker(finder, hold_s=ONE_MISSED_LOOK_S)
    return FaceTracker(finder, hold_s=ONE_MISSED_LOOK_S)


def _open_sink(options: LiveOptions, text: str) -> FrameSink:
    from avatarify.output.recorder import Recorder
    from avatarify.output.registry import open_sink

    sink = open_sink(text, options.size, options.fps)
    return _InRealTime(sink) if isinstance(sink, Recorder) else sink


def _may_open_again(options: LiveOptions) -> bool:
    """Several sinks look after each other: what fails is left out, and the last one ends the session."""
    return not options.more_sinks and may_open_again(options.sink)


def _open_sinks(
    options: LiveOptions, source: FrameSource, metrics: Metrics, on_problem: Callable[[Exception], None] | None
) -> FrameSink:
    from avatarify.output.registry import open_sinks

    def tell(error: Exception) -> None:
        metrics.warn(str(error))
        if on_problem is not None:
            on_problem(error)

    texts = (options.sink, *options.more_sinks)
    for text in texts:
        refuse_own_camera(source, text)
    return open_sinks(texts, options.size, options.fps, tell)


def _open_recording(options: LiveOptions, path: Path, on_problem: Callable[[Exception], None]) -> BackgroundRecording:
    from avatarify.output.background import BackgroundRecording

    return BackgroundRecording(path, options.size, options.fps, on_problem)


class _Timed:
    """A face finder whose times are counted; it works beside the animation, so nobody else sees them."""

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


class _InRealTime:
    """A recorder whose pictures are stamped with the time they came, so that a slow machine records no fast motion."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.name = recorder.name

    def send(self, image: U8) -> None:
        self._recorder.send(image, time.perf_counter())

    def close(self) -> None:
        self._recorder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
