"""A session made of the parts in ``helpers.fakes``, with everything it tells kept in lists."""

import contextlib
import time

import numpy as np
from helpers.fakes import EchoAnimator, FixedTracker, KeepingSink, PlainCompositor, ScriptedSource

from avatarify.errors import InputError
from avatarify.live.parts import Listeners, Parts
from avatarify.live.session import Session
from avatarify.live.step import Step

STILL, SLATE = 250, 240


class Told:
    """What a session told its listeners.

    Attributes:
        then: Called after each picture, on the session's thread.
    """

    def __init__(self):
        self.states, self.pictures, self.faces, self.errors, self.looks = [], [], [], [], []
        self.then = lambda: None

    def picture(self, image):
        self.pictures.append(int(image[0, 0, 0]))
        self.then()


def make_session(source=None, *, reopen=(), tracker=None, animator=None, sink=None, fps=100.0, frames=None, fail=None):
    """Return a session and what it tells; ``reopen`` are the sources (or errors) of later openings, in order."""
    told = Told()
    sources = iter(reopen)
    sink = sink or KeepingSink()

    def reopened():
        found = next(sources)
        if isinstance(found, Exception):
            raise found
        return found

    def open_parts(metrics):
        metrics.warn("from the start")
        if fail is not None:
            raise fail
        step = Step(animator or EchoAnimator(), PlainCompositor(STILL))

        def load_portrait(text):
            if text == "missing":
                raise InputError("There is no portrait 'missing'.", "See 'avatarify devices'.")
            return lambda: step.change_portrait(PlainCompositor(int(text)))

        resources = contextlib.ExitStack()
        resources.callback(sink.close)
        return Parts(
            source=source or ScriptedSource(),
            reopen=reopened,
            tracker=tracker or FixedTracker(),
            step=step,
            sink=sink,
            slate=np.full((48, 64, 3), SLATE, np.uint8),
            load_portrait=load_portrait,
            change_look=lambda mirror, badge: told.looks.append((mirror, badge)),
            facts={"runtime": "echo"},
            resources=resources,
        )

    listeners = Listeners(
        on_picture=told.picture,
        on_face=lambda frame, face: told.faces.append((frame.index, face)),
        on_error=told.errors.append,
    )
    session = Session(open_parts, fps=fps, frames=frames, on_state=told.states.append, listeners=listeners)
    return session, told


def until(condition, timeout_s=10.0):
    """Wait until something is true; fail the test after the time-out."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.005)
