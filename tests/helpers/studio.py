"""What the window asks of the rest, answered by the real session with the parts in ``helpers.fakes``."""

import contextlib
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from helpers.fakes import EchoAnimator, FixedTracker, KeepingSink, PlainCompositor, ScriptedSource
from PySide6.QtGui import QColor, QImage

from avatarify.animate.step import AnimationStep
from avatarify.doctor.finding import Finding
from avatarify.errors import DeviceError, InputError
from avatarify.frames import Size
from avatarify.live.parts import Listeners, Parts
from avatarify.live.session import Session
from avatarify.messages import Message
from avatarify.output.background import BackgroundRecording
from avatarify.output.switchable_sink import SwitchableSink
from avatarify.ui.main_window import MainWindow
from avatarify.ui.services import Services

# What the fixtures of the window's tests give: a wait for a condition, an opened window, a window that runs.
Until = Callable[[Callable[[], object]], None]
OpenApp = Callable[..., MainWindow]
GoLive = Callable[[MainWindow], MainWindow]

FACTS = {"runtime": "echo", "device": "CPU (test)", "runtime_reason": "nothing else is here", "model": "built-in"}


class Studio(Services):
    """The services of the window, with a session made of fakes.

    Attributes:
        cameras, virtual: What is connected.
        sources: What cameras deliver, in order of opening; endless ones after these.
        fail: What opening a session raises, or None.
        options: What sessions were asked for.
        loaded: Portraits that a running session was switched to.
        looks: Controls that a running session was switched to.
        refused: A place to send pictures to that cannot be opened.
        full_disk: Whether recordings cannot be made.
        shown_camera: How the user's own picture was switched.
        sinks: Every sink that was opened, in order.
    """

    def __init__(self) -> None:
        self.cameras, self.virtual = [(0, "Front camera"), (2, "Desk camera")], ["Avatarify"]
        self.sources, self.fail, self.options, self.loaded, self.looks = [], None, [], [], []
        self.animator, self.sink, self.sinks, self.shown_camera = EchoAnimator(), None, [], []
        self.full_disk, self.refused = False, ""

    def list_cameras(self) -> Any:
        return self.cameras

    def list_virtual_cameras(self) -> Any:
        return self.virtual, Message("Run: sudo modprobe v4l2loopback")

    def warm_up(self) -> None:
        pass

    def diagnose(self) -> Any:
        remedy = Message("Run: sudo modprobe v4l2loopback")
        missing = Message("None is installed.")
        return [Finding("Python", "ok", Message("3.11.7")), Finding("virtual camera", "fail", missing, remedy)]

    def open_camera(self, value: Any) -> Any:
        if value == "Desk camera":
            raise DeviceError("The camera Desk camera cannot be opened.", "Close other programs that use it.")
        return ScriptedSource(fps=30)

    def show_test_pattern(self, seconds: Any, stopped: Any) -> str:
        until = time.monotonic() + seconds
        while not stopped() and time.monotonic() < until:
            time.sleep(0.01)
        return "Avatarify"

    def find_thumbnails(self) -> bool:
        return False  # nobody is seen in the painted squares, and looking takes a second each

    def open_session(self, options: Any, *, on_state: Any, **callbacks: Any) -> Any:
        self.options.append(options)
        listeners = Listeners(**callbacks)
        return Session(partial(self._open_parts, options), fps=100, on_state=on_state, listeners=listeners)

    def _open_source(self) -> Any:
        return self.sources.pop(0) if self.sources else ScriptedSource(fps=100)

    def _open_sink(self, text: Any) -> Any:
        if text == self.refused:
            raise DeviceError("A virtual camera cannot be opened: it is busy.", "Stop the other session.")
        self.sinks.append(KeepingSink())
        self.sinks[-1].name = text
        return self.sinks[-1]

    def _open_parts(self, options: Any, metrics: Any) -> Any:
        if self.fail is not None:
            raise self.fail
        step = AnimationStep(self.animator, PlainCompositor())
        self.sink = self._open_sink(options.sink)
        resources = contextlib.ExitStack()
        outlet = SwitchableSink(self.sink)
        resources.callback(outlet.close)
        return Parts(
            source=self._open_source(),
            reopen=self._open_source,
            tracker=FixedTracker(),
            step=step,
            sink=outlet,
            slate=np.full((48, 64, 3), 240, np.uint8),
            load_portrait=lambda name: partial(self.loaded.append, name),
            adjust=lambda controls: partial(self.looks.append, controls),
            show_camera=self.shown_camera.append,
            open_sink=self._open_sink,
            open_recording=self._open_recording,
            facts=FACTS,
            resources=resources,
        )

    def _open_recording(self, path: Any, on_problem: Any) -> Any:
        if self.full_disk:
            raise InputError(f"The folder {path.parent} cannot be written to: no space left.", "Use another.")
        return BackgroundRecording(path, Size(64, 48), 100, on_problem)


def save_picture(file: Any, colour: str = "#404040", width: int = 60, height: int = 90) -> Any:
    file.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(file))
    return file
