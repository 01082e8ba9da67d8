"""What a live session is given: opened parts behind small protocols, and who listens."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from avatarify.capture.source import FrameSource
from avatarify.face.face import Face
from avatarify.frames import U8, Frame
from avatarify.live.step import Step
from avatarify.output.sink import FrameSink


class Tracker(Protocol):
    """Finds the face: on its own thread beside the animation, or in each frame when it is asked."""

    def offer(self, frame: Frame) -> None:
        """Take the newest frame; returns at once."""
        ...

    def face_in(self, frame: Frame) -> Face | None:
        """Return what is known about the face in a frame; None when there is none in view."""
        ...

    def close(self) -> None:
        """End the thread; may be called twice."""
        ...


@dataclass(frozen=True)
class Listeners:
    """Who is told what (see ``open_session``); each may be None."""

    on_picture: Callable[[U8], None] | None = None
    on_face: Callable[[Frame, Face | None], None] | None = None
    on_error: Callable[[Exception], None] | None = None


@dataclass
class Parts:
    """The opened parts of one session.

    Attributes:
        source: The camera, opened.
        reopen: Opens the camera again after it was lost; raises AvatarifyError while it is away.
        tracker: Follows the face.
        step: One frame to one picture.
        sink: Receives the pictures.
        slate: (H, W, 3) uint8 RGB picture for a lost camera, of the output's size.
        load_portrait: Makes a function that puts the named portrait into the step; slow, raises InputError.
        change_look: Switches mirror and badge; called on the thread of the step.
        facts: What the report says besides figures: runtime, device, model, size, …
        resources: Closes everything; the last opened first.
    """

    source: FrameSource
    reopen: Callable[[], FrameSource]
    tracker: Tracker
    step: Step
    sink: FrameSink
    slate: U8
    load_portrait: Callable[[str], Callable[[], None]]
    change_look: Callable[[bool, bool], None]
    facts: dict[str, object]
    resources: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
