"""The parts of a session made of ``helpers.fakes``: the real animation and threads, no camera, model, or face."""

import contextlib
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from helpers.fakes import EchoAnimator, FixedTracker, KeepingSink, NumberedSource, PlainCompositor, make_face

from avatarify.animate.animation import Animation, Look
from avatarify.animate.insight import Insight
from avatarify.animate.options import Controls
from avatarify.animate.portrait import Portrait
from avatarify.animate.protocols import FrameCompositor, PortraitAnimator
from avatarify.capture.source import FrameSource
from avatarify.errors import CameraError, InputError, VirtualCameraError
from avatarify.face.chosen import FaceChoice
from avatarify.frames import Size
from avatarify.live.parts import Devices, FaceChooser, Parts, Tracker
from avatarify.messages import Message
from avatarify.output.background import BackgroundRecording
from avatarify.output.sink import FrameSink
from avatarify.output.switchable_sink import SwitchableSink

STILL, SLATE = 250, 240
SIZE = Size(64, 48)
FACTS = {"runtime": "echo", "device": "CPU (test)", "model": "built-in"}
REASON = Message("nothing faster can be used on this machine")


def make_portrait(name: str, value: int = STILL) -> Portrait:
    """Return a portrait whose image and idle frame have one value."""
    return Portrait(name, np.full((48, 64, 3), value, np.uint8), make_face())


class FakeAnimation(Animation):
    """The real animation with plain compositors, and portraits whose number is their value.

    Attributes:
        loading: Set while a portrait is being loaded.
        may_load: Loading waits for this event.
        loaded: Names of the portraits that were shown.
        looks: Controls that were set.
        shown_camera: How the user's own picture was switched.
        explained: How ``explain`` was switched.
    """

    def __init__(self, animator: PortraitAnimator | None = None) -> None:
        self.loading, self.may_load = threading.Event(), threading.Event()
        self.may_load.set()
        self.loaded: list[str] = []
        self.looks: list[Controls] = []
        self.shown_camera: list[bool] = []
        self.explained: list[bool] = []
        animator = animator or EchoAnimator()
        super().__init__(animator, make_portrait("first"), Controls(), size=SIZE, facts=FACTS, runtime_reason=REASON)

    def load_portrait(self, name: str) -> Portrait:
        self.loading.set()
        assert self.may_load.wait(60)
        self.loading.clear()
        if name == "missing":
            raise InputError("There is no portrait 'missing'.", "See 'avatarify devices'.")
        return make_portrait(name, int(name) if name.isdecimal() else STILL)

    def make_compositor(self, portrait: Portrait, controls: Controls, size: Size | None) -> FrameCompositor:
        return PlainCompositor(int(portrait.image[0, 0, 0]))

    def show_portrait(self, look: Look) -> None:
        super().show_portrait(look)
        self.loaded.append(look.portrait.name)

    def set_controls(self, controls: Controls, look: Look | None = None) -> None:
        super().set_controls(controls, look)
        self.looks.append(controls)

    def show_camera(self, on: bool) -> None:
        super().show_camera(on)
        self.shown_camera.append(on)

    def explain(self, listener: Callable[[Insight], None] | None) -> None:
        super().explain(listener)
        self.explained.append(listener is not None)


class FakeDevices:
    """Cameras and sinks in memory.

    Args:
        sources: What opening the camera again gives, in order; an exception is raised.
        fps: Rate of recordings.

    Attributes:
        sinks: Every sink that was opened, in order.
        camera: Name of the camera in use.
        refused: Name of a sink or camera that cannot be opened.
        full_disk: Whether recordings cannot be made.
    """

    def __init__(self, sources: Iterable[FrameSource | Exception] = (), fps: float = 100.0) -> None:
        self.sinks: list[KeepingSink] = []
        self.camera = "scripted"
        self.refused = ""
        self.full_disk = False
        self._sources = iter(sources)
        self._fps = fps

    def reopen_camera(self) -> FrameSource:
        source = next(self._sources)
        if isinstance(source, Exception):
            raise source
        return source

    def open_camera(self, name: str) -> FrameSource:
        if name == self.refused:
            raise CameraError("The camera {name} cannot be opened.", "Close other programs that use it.", name=name)
        source = self.reopen_camera()
        self.camera = name
        return source

    def open_sink(self, name: str) -> KeepingSink:
        if name == self.refused:
            raise VirtualCameraError("A virtual camera cannot be opened: it is busy.", "Stop the other session.")
        self.sinks.append(KeepingSink(name=name))
        return self.sinks[-1]

    def open_recording(self, path: Path, on_problem: Callable[[Exception], None]) -> BackgroundRecording:
        if self.full_disk:
            raise InputError(
                "The folder {folder} cannot be written to: no space left.", "Use another.", folder=path.parent
            )
        return BackgroundRecording(path, SIZE, self._fps, on_problem)


class FakeChooser:
    """Keeps the choices of a face."""

    def __init__(self) -> None:
        self.choices: list[FaceChoice] = []

    def choose(self, choice: FaceChoice, wait_s: float = 0.0) -> None:
        self.choices.append(choice)


def make_parts(
    *,
    source: FrameSource | None = None,
    animation: Animation | None = None,
    devices: Devices | None = None,
    sink: FrameSink | None = None,
    tracker: Tracker | None = None,
    faces: FaceChooser | None = None,
    reopen_sink: str | None = None,
) -> Parts:
    """Return the parts of a session; what is not given is a fake."""
    resources = contextlib.ExitStack()
    outermost = resources.enter_context(SwitchableSink(sink or KeepingSink()))
    return Parts(
        source=source or NumberedSource(),
        tracker=tracker or FixedTracker(),
        animation=animation or FakeAnimation(),
        sink=outermost,
        slate=np.full((48, 64, 3), SLATE, np.uint8),
        devices=devices or FakeDevices(),
        faces=faces,
        reopen_sink=reopen_sink,
        resources=resources,
    )
