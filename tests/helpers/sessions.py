"""A session made of the parts in ``helpers.fakes``, with everything it tells kept in lists."""

import contextlib
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from helpers.fakes import EchoAnimator, FixedTracker, KeepingSink, PlainCompositor, ScriptedSource

from avatarify.animate.step import AnimationStep
from avatarify.errors import DeviceError, InputError
from avatarify.frames import U8, Size
from avatarify.live.parts import Listeners, Parts
from avatarify.live.session import Session
from avatarify.output.background import BackgroundRecording
from avatarify.output.switchable_sink import SwitchableSink

STILL, SLATE = 250, 240


class Told:
    """What a session told its listeners.

    Attributes:
        then: Called after each picture, on the session's thread.
    """

    def __init__(self) -> None:
        self.states, self.pictures, self.faces, self.errors, self.looks = [], [], [], [], []
        self.camera, self.recorded, self.sinks = [], [], []
        self.then = lambda: None

    def picture(self, image: U8) -> None:
        self.pictures.append(int(image[0, 0, 0]))
        self.then()


def make_session(
    source: ScriptedSource | None = None,
    *,
    reopen: list[DeviceError | ScriptedSource] = (),
    tracker: FixedTracker | None = None,
    animator: EchoAnimator | None = None,
    sink: KeepingSink | None = None,
    fps: float = 100.0,
    frames: int | None = None,
    fail: InputError | None = None,
) -> tuple[Session, Told]:
    """Return a session and what it tells; ``reopen`` are the sources (or errors) of later openings, in order."""
    told = Told()
    sources = iter(reopen)
    sink = sink or KeepingSink()

    def reopened() -> Any:
        found = next(sources)
        if isinstance(found, Exception):
            raise found
        return found

    def open_parts(metrics: Any) -> Any:
        metrics.warn("from the start")
        if fail is not None:
            raise fail
        step = AnimationStep(animator or EchoAnimator(), PlainCompositor(STILL))

        def load_portrait(text: Any) -> Any:
            if text == "missing":
                raise InputError("There is no portrait 'missing'.", "See 'avatarify devices'.")
            return lambda: step.change_portrait(PlainCompositor(int(text)))

        def open_sink(text: Any) -> Any:
            if text == "missing":
                raise DeviceError("There is no virtual camera.", "Install one.")
            told.sinks.append(KeepingSink())
            return told.sinks[-1]

        resources = contextlib.ExitStack()
        outlet = SwitchableSink(sink)
        resources.callback(outlet.close)
        return Parts(
            source=source or ScriptedSource(),
            reopen=reopened,
            tracker=tracker or FixedTracker(),
            step=step,
            sink=outlet,
            slate=np.full((48, 64, 3), SLATE, np.uint8),
            load_portrait=load_portrait,
            adjust=lambda controls: partial(told.looks.append, controls),
            show_camera=told.camera.append,
            open_sink=open_sink,
            open_recording=lambda path, on_problem: BackgroundRecording(path, Size(64, 48), fps, on_problem),
            facts={"runtime": "echo"},
            resources=resources,
        )

    listeners = Listeners(
        on_picture=told.picture,
        on_face=lambda frame, face: told.faces.append((frame.index, face)),
        on_error=told.errors.append,
        on_recorded=told.recorded.append,
    )
    session = Session(open_parts, fps=fps, frames=frames, on_state=told.states.append, listeners=listeners)
    return session, told


def until(condition: Callable[..., Any], timeout_s: float = 10.0) -> None:
    """Wait until something is true; fail the test after the time-out."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.005)
