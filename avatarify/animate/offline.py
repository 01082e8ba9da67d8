"""Animates a portrait with a video, offline: every frame, in order, into a file; each stage on a thread of its own."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from avatarify.animate.ahead import ahead
from avatarify.animate.animation import Animation
from avatarify.animate.neutral_chooser import set_neutral_of_file
from avatarify.animate.opening import face_finder_beside, open_animation
from avatarify.animate.options import AnimationOptions
from avatarify.animate.step import DetectedFrame, OutputPicture
from avatarify.capture.pipes import readable_twice
from avatarify.capture.source import FrameSource
from avatarify.errors import InputError, UsageError
from avatarify.face.looks import looks
from avatarify.frames import U8, Frame, Size
from avatarify.memory import resident_mb
from avatarify.messages import Message
from avatarify.metrics import Metrics

if TYPE_CHECKING:
    from avatarify.engines.target import Watch
    from avatarify.face.face import Face
    from avatarify.face.tracker import FaceFinder
    from avatarify.output.soundtrack import Soundtrack

_WIDEST = 8192  # pixels of a driver beside the result, which encoders take; it is squeezed to this


@dataclass(frozen=True)
class OfflineOptions:
    """What ``animate_file`` makes.

    Attributes:
        animation: The portrait and how it is animated.
        driving: The video file, image folder, or ``demo`` that drives it.
        output: The video file to write.
        side_by_side: Show the driving video to the left of the result.
        sound: Keep the sound of the driving video.
    """

    animation: AnimationOptions
    driving: str
    output: Path
    side_by_side: bool = False
    sound: bool = True


def animate_file(
    options: OfflineOptions,
    on_progress: Callable[[int, int | None], None] | None = None,
    watch: Watch | None = None,
) -> dict[str, object]:
    """Write the animated video; if anything interrupts it, no half-written file is left.

    Args:
        options: What to make.
        on_progress: Called after each frame with the frames done and the total, None if that is unknown.
        watch: Follows the opening of the model (see ``choose_runtime``).

    Returns:
        The report: the metrics (``Metrics.snapshot``), what was used (runtime, model, portrait, ...), warnings.

    Raises:
        AvatarifyError: an option cannot be used, or no frame of the driving video shows a face.
    """
    from avatarify.output.recorder import FASTEST, Recorder
    from avatarify.output.video_format import check_output

    check_output(options.output)  # before anything is loaded
    with contextlib.ExitStack() as opened:
        options = _readable(options, opened)
        source = opened.enter_context(_open_driver(options.driving))
        waiting = opened.enter_context(face_finder_beside(options.animation.driver))
        animation = open_animation(options.animation, opened, clock=lambda frame: frame.media_time, watch=watch)
        finder = waiting.result()
        set_neutral_of_file(
            animation.animator,
            options.animation.neutral,
            partial(_open_driver, options.driving),
            animation.portrait.face,
            options.animation.driver,
        )
        layout = _SideBySide(animation.size, source) if options.side_by_side else _ResultOnly(animation.size)
        sound = opened.enter_context(_sound_of(source)) if options.sound else None
        recorder = Recorder(options.output, layout.size, min(FASTEST, max(1.0, source.fps)), sound=sound)
        opened.callback(recorder.discard)  # does nothing once the file is finished
        run = _OfflineRun(source, animation, finder, every_frame=options.animation.controls.keypoints == "mixed")
        for picture in run.pictures(opened):
            started = time.perf_counter()
            recorder.send(layout.compose(picture), picture.frame.media_time)
            run.done(picture, started)
            if on_progress is not None:
                on_progress(run.metrics.frames, getattr(source, "frame_count", 0) or None)
        run.require_a_face()
        recorder.close()
        run.warnings = sound.warnings if sound is not None else []
        return {**run.report(), "size": str(layout.size), "driving": options.driving, "output": str(options.output)}


def _readable(options: OfflineOptions, opened: contextlib.ExitStack) -> OfflineOptions:
    """Return options whose portrait and driver can be opened again, though they were pipes."""
    portrait, driving = (
        opened.enter_context(readable_twice(name)) for name in (options.animation.portrait, options.driving)
    )
    return replace(options, driving=driving, animation=replace(options.animation, portrait=portrait))


class _OfflineRun:
    """The frames of one driving video, animated in order; frames that follow each other are in different stages.

    Args:
        source: The video.
        animation: What it drives.
        finder: Finds the face.
        every_frame: In each frame itself, as ``mixed`` key points need it.
    """

    def __init__(self, source: FrameSource, animation: Animation, finder: FaceFinder, *, every_frame: bool) -> None:
        self.metrics = Metrics()
        self._source = source
        self._animation = animation
        self._finder = finder
        self._every_frame = every_frame
        self._memory_start = resident_mb()

        self.warnings: list[Message] = []

    def pictures(self, opened: contextlib.ExitStack) -> Iterator[OutputPicture]:
        """Return all pictures; the threads end when ``opened`` is closed."""
        step = self._animation.step
        faces = opened.enter_context(ahead(self._faces(), "face"))
        seen: Iterator[DetectedFrame] = (step.detect(frame, face) for frame, face in faces)
        if self._animation.animator.parallel:
            seen = opened.enter_context(ahead(seen, "keypoints"))
        generated = opened.enter_context(ahead((step.generate(one) for one in seen), "draw", depth=1))
        return opened.enter_context(ahead((next(step.compose(one)) for one in generated), "compose"))

    def _faces(self) -> Iterator[tuple[Frame, Face | None]]:
        if not self._every_frame:
            return looks(self._read, self._find)
        return ((frame, self._find(frame)) for frame in iter(self._read, None))

    def _read(self) -> Frame | None:
        started = time.perf_counter()
        frame = self._source.read()
        if frame is not None:
            self.metrics.stage("capture", (time.perf_counter() - started) * 1000)
        return frame

    def _find(self, frame: Frame) -> Face | None:
        started = time.perf_counter()
        face = self._finder.find(frame)
        self.metrics.stage("face", (time.perf_counter() - started) * 1000)
        return face

    def done(self, picture: OutputPicture, sent_at: float) -> None:
        now = time.perf_counter()
        for stage, ms in picture.stages_ms.items():
            self.metrics.stage(stage, ms)
        self.metrics.stage("output", (now - sent_at) * 1000)
        self.metrics.sent((now - picture.frame.captured_at) * 1000, face=picture.face)

    def require_a_face(self) -> None:
        if self.metrics.faces_seen == 0:
            raise InputError(
                "No face was found in {name}.",
                "Use a video that shows one face from the front.",
                name=self._source.name,
            )

    def report(self) -> dict[str, object]:
        warnings = [*self._animation.warnings, *self._source.warnings, *self._animation.step.warnings, *self.warnings]
        texts = [str(warning) for warning in warnings]
        memory = {"start": self._memory_start, "end": resident_mb()}
        return {**self.metrics.snapshot(), **self._animation.facts, "warnings": texts, "memory_mb": memory}


class _ResultOnly:
    """The result without the driving video."""

    def __init__(self, size: Size) -> None:
        self.size = size

    def compose(self, picture: OutputPicture) -> U8:
        return picture.image


class _SideBySide:
    """The driving video on the left, scaled to the height of the result on the right."""

    def __init__(self, size: Size, source: FrameSource) -> None:
        driver = getattr(source, "size", size)
        self._height = size.height
        width = round(driver.width * size.height / driver.height / 2) * 2
        self._width = min(max(2, width), _WIDEST)
        self.size = Size(self._width + size.width, size.height)

    def compose(self, picture: OutputPicture) -> U8:
        import cv2

        shrinks = picture.frame.image.shape[0] > self._height
        how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        driver = cv2.resize(picture.frame.image, (self._width, self._height), interpolation=how)
        return np.concatenate([driver, picture.image], axis=1)


def _open_driver(text: str) -> FrameSource:
    from avatarify.capture.registry import open_source

    source = None if text.isdecimal() else open_source(text, pace=False, size=Size(1280, 720), fps=30.0)
    if source is None or source.live:
        raise UsageError("'{name}' is a camera, not a video.", "Use 'avatarify run' for a camera.", name=text)
    return source


def _sound_of(source: FrameSource) -> contextlib.AbstractContextManager[Soundtrack | None]:
    """Return the sound of a video file; None for other sources."""
    from avatarify.capture.media import VideoFile
    from avatarify.output.soundtrack import Soundtrack

    return Soundtrack(source.path, source.start_s) if isinstance(source, VideoFile) else contextlib.nullcontext()
