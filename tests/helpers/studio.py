"""What the window asks of the rest, answered by the real session with the parts in ``helpers.fakes``."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from helpers.fakes import EchoAnimator, KeepingSink, NumberedSource
from helpers.parts import FakeAnimation, FakeChooser, FakeDevices, make_parts
from PySide6.QtGui import QColor, QImage

from avatarify.animate.options import Controls
from avatarify.bench.verdict import verdict
from avatarify.capture.source import FrameSource
from avatarify.command_message import CommandMessage
from avatarify.doctor.finding import Finding
from avatarify.engines.target import Watch
from avatarify.errors import CameraError
from avatarify.live.options import LiveOptions
from avatarify.live.parts import Listeners, Parts
from avatarify.live.session import Session
from avatarify.messages import Message
from avatarify.metrics import Metrics
from avatarify.ui.main_window import MainWindow
from avatarify.ui.services import Services

# What the fixtures of the window's tests give: a wait for a condition, an opened window, a window that runs.
Until = Callable[[Callable[[], object]], None]
OpenApp = Callable[..., MainWindow]
GoLive = Callable[[MainWindow], MainWindow]


class Studio(Services):
    """The services of the window, with a session made of ``helpers.parts``.

    Attributes:
        cameras, virtual: What is connected.
        sources: What cameras deliver, in order of opening; endless ones after these.
        fail: What opening a session raises, or None.
        may_open: Sessions wait for it before they open.
        options: The options of each session.
        watches: What follows the opening of each session.
        set_up_with: Commands that were run to set up a virtual camera.
        prepared: Models and portraits that were prepared.
        loaded: Portraits that a running session was switched to.
        looks: Controls that a running session was switched to.
        shown_camera: How the user's own picture was switched.
        explained: How the explanation of frames was switched.
        animator: Of all sessions.
        composed: Portraits that were composed for the preview, with controls and size.
        faces: The faces that were chosen in the self view.
        devices: Opens sinks and recordings; can be made to refuse.
    """

    def __init__(self) -> None:
        self.cameras, self.virtual = [(0, "Front camera"), (2, "Desk camera")], ["Avatarify"]
        self.sources: list[FrameSource] = []
        self.fail: Exception | None = None
        self.may_open = threading.Event()
        self.may_open.set()
        self.options: list[LiveOptions] = []
        self.watches: list[Watch] = []
        self.set_up_with: list[list[str]] = []
        self.prepared: list[tuple[str, str]] = []
        self.loaded: list[str] = []
        self.looks: list[Controls] = []
        self.shown_camera: list[bool] = []
        self.explained: list[bool] = []
        self.animator = EchoAnimator()
        self.faces = FakeChooser()
        self.composed: list[tuple[str, Controls, str]] = []
        self.devices = FakeDevices(self._sources())

    @property
    def sinks(self) -> list[KeepingSink]:
        """Every sink that was opened, in order."""
        return self.devices.sinks

    @property
    def sink(self) -> KeepingSink | None:
        """The sink that was opened last."""
        return self.sinks[-1] if self.sinks else None

    def list_cameras(self) -> list[tuple[int, str]]:
        return self.cameras

    def list_virtual_cameras(self) -> tuple[list[str], Message]:
        return self.virtual, CommandMessage("sudo modprobe v4l2loopback")

    def warm_up(self) -> None:
        pass

    def set_up_commands(self) -> list[str]:
        return ["modprobe v4l2loopback exclusive_caps=1"] if not self.virtual else []

    def can_set_up(self) -> bool:
        return True

    def set_up_camera(self, commands: Sequence[str]) -> None:
        self.set_up_with.append(list(commands))
        self.virtual = ["Avatarify"]

    def prepare(self, model: str, runtime: str, portrait: str, watch: Watch) -> None:
        self.prepared.append((model, portrait))
        watch.progress(Message("generate: compiling"), 0.5)

    def check_speed(self, model: str, runtime: str, portrait: str, stopped: Callable[[], bool]) -> Message:
        return verdict({"fps": 28.0, "camera_fps": 30.0, "quality": {"rung": "full"}})

    def diagnose(self) -> list[Finding]:
        remedy = CommandMessage("sudo modprobe v4l2loopback")
        missing = Message("None is installed.")
        return [Finding("Python", "ok", Message("3.11.7")), Finding("virtual camera", "fail", missing, remedy)]

    def open_camera(self, value: str) -> FrameSource:
        if value == "Desk camera":
            raise CameraError("The camera Desk camera cannot be opened.", "Close other programs that use it.")
        return NumberedSource(fps=30)

    def show_test_pattern(self, seconds: float, stopped: Callable[[], bool]) -> str:
        until = time.monotonic() + seconds
        while not stopped() and time.monotonic() < until:
            time.sleep(0.01)
        return "Avatarify"

    def find_thumbnails(self) -> bool:
        return False  # the painted squares show nobody, and detection takes a second each

    def compose_idle(self, name: str, controls: Controls, size: str) -> QImage:
        width, height = map(int, size.split("x"))
        picture = QImage(width, height, QImage.Format.Format_RGB32)
        picture.fill(QColor(controls.background if controls.background.startswith("#") else "#123456"))
        self.composed.append((name, controls, size))
        return picture

    def open_session(self, options: LiveOptions, watch: Watch, **callbacks: Callable[..., None]) -> Session:
        self.options.append(options)
        self.watches.append(watch)
        opening = partial(self._open_parts, options)
        on_state = callbacks.pop("on_state")
        return Session(opening, fps=100, on_state=on_state, listeners=Listeners(**callbacks))

    def _sources(self) -> Iterator[FrameSource]:
        while True:
            yield self.sources.pop(0) if self.sources else NumberedSource(fps=100)

    def _open_parts(self, options: LiveOptions, metrics: Metrics, on_problem: Callable[[Exception], None]) -> Parts:
        self.may_open.wait(60.0)
        if self.fail is not None:
            raise self.fail
        animation = FakeAnimation(self.animator)
        animation.loaded, animation.looks = self.loaded, self.looks
        animation.shown_camera, animation.explained = self.shown_camera, self.explained
        source, sink = self.devices.reopen_camera(), self.devices.open_sink(options.sink)
        return make_parts(source=source, animation=animation, devices=self.devices, sink=sink, faces=self.faces)


def control(window: MainWindow, name: str) -> Any:
    """Return the widget of one setting."""
    return window.adjust.controls[name]


def save_picture(file: Path, color: str = "#404040", width: int = 60, height: int = 90) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    assert image.save(str(file))
    return file
