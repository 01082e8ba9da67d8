"""A simulated session, with everything that was sent and reported kept in lists."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from helpers.fakes import FixedTracker
from helpers.scripted_camera import MARKER, SIZE, ScriptedCamera
from helpers.scripted_sink import ScriptedSink
from helpers.simulated_session import LightAnimator, simulate_session

from avatarify.compose.slate import slate
from avatarify.errors import DeviceError
from avatarify.frames import U8
from avatarify.live.parts import Listeners
from avatarify.live.state import SessionState

SLATE, PORTRAIT, USER = "slate", "portrait", "user"
_SLATE = slate(SIZE)
_MARKER = np.array(MARKER, np.int16)
LIMIT_S = 120.0


class Stage:
    """A session on a stage.

    Args:
        camera: A ``ScriptedCamera``.
        look: Shown each picture at the sink in place of ``shown``.
        sinks: Settings of the first sinks, in order of opening; an exception is what opening raises. Plain ones follow.

    Attributes:
        shown: What each picture at the sinks was: SLATE, PORTRAIT or USER.
        states, errors: What was reported.
        sinks: Every sink that was opened.
    """

    def __init__(
        self,
        camera: ScriptedCamera,
        *,
        sinks: Sequence[DeviceError | dict[str, Any]] = (),
        fps: float = 100.0,
        sees: Callable[..., Any] = lambda frame: True,
        look: Callable[..., Any] | None = None,
        **settings: bool,
    ) -> None:
        self.camera = camera
        self.shown: list[Any] = []
        self.states: list[SessionState] = []
        self.errors: list[Any] = []
        self.sinks: list[Any] = []
        self.animator = LightAnimator()
        self._script, self._look = list(sinks), look or (lambda image: self.shown.append(kind(image)))
        self.session = simulate_session(
            camera,
            self._open_sink,
            size=SIZE,
            fps=fps,
            animator=self.animator,
            tracker=FixedTracker(sees),
            on_state=self.states.append,
            listeners=Listeners(on_error=self.errors.append),
            **settings,
        )

    def __enter__(self) -> Self:
        self.session.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.session.stop()

    def wait_for(self, condition: Callable[[], object], what: str = "it") -> None:
        """Wait until something is true; fail after a time that even a busy machine keeps."""
        deadline = time.monotonic() + LIMIT_S
        while not condition():
            assert time.monotonic() < deadline, f"{what} did not happen: {self.states}, {self.errors}"
            assert not self.session.state.final or condition(), f"ended before {what}: {self.session.error!r}"
            time.sleep(0.005)

    def wait_for_state(self, *states: SessionState) -> None:
        """Wait until these states were there one after the other, whatever was between them."""
        self.wait_for(lambda: follows(states, self.states), f"{states}")

    def wait_for_frame(self, number: int) -> None:
        self.wait_for(lambda: self.camera.number >= number, f"frame {number}")

    @property
    def messages(self) -> str:
        """All reported errors as one text."""
        return " ".join(str(error) for error in self.errors)

    def _open_sink(self) -> ScriptedSink:
        settings = self._script.pop(0) if self._script else {}
        if isinstance(settings, Exception):
            raise settings
        self.sinks.append(ScriptedSink(SIZE, look=self._look, **settings))
        sink: ScriptedSink = self.sinks[-1]
        return sink


def kind(image: U8) -> str:
    """Say what a picture is. A single block of the driver's color would make it the user's."""
    if np.array_equal(image, _SLATE):
        return SLATE
    near = np.abs(image[::4, ::4].astype(np.int16) - _MARKER).max(axis=2) < 60
    return USER if near.any() else PORTRAIT


def follows(expected: tuple[SessionState, ...], states: list[SessionState]) -> bool:
    """Whether these states are among those, in this order."""
    rest = iter(states)
    return all(state in rest for state in expected)


def open_things() -> tuple[int, int]:
    """Count this process's threads and file handles."""
    handles = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    return threading.active_count(), handles
