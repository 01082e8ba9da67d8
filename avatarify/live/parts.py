"""What a live session is given: opened parts behind small protocols, and who listens."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from avatarify.animate.insight import Insight
from avatarify.animate.options import Controls
from avatarify.animate.step import AnimationStep
from avatarify.capture.source import FrameSource
from avatarify.face.face import Face
from avatarify.frames import U8, Frame
from avatarify.output.sink import FrameSink
from avatarify.output.switchable_sink import SwitchableSink

if TYPE_CHECKING:
    from avatarify.output.background import BackgroundRecording


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
    on_recorded: Callable[[Path], None] | None = None
    on_insight: Callable[[Insight], None] | None = None


@dataclass
class Parts:
    """The opened parts of one session.

    Attributes:
        source: The camera, opened.
        reopen: Opens the camera again after it was lost; raises AvatarifyError while it is away.
        tracker: Follows the face.
        step: One frame to one picture.
        sink: Receives the pictures; where it leads can be changed.
        slate: (H, W, 3) uint8 RGB picture for a lost camera, of the output's size.
        load_portrait: Makes a function that puts the named portrait into the step; slow, raises InputError.
        adjust: Makes a function that puts other controls into the step; may be slow.
        show_camera: Switches the user's own picture; called on the thread of the step.
        open_sink: Opens another sink by what is written after ``--sink``; raises AvatarifyError.
        reopen_sink: Opens the sink again that failed; None where that would make things worse, as with a file.
        open_recording: Begins a recording into a file, told whom to tell when it fails; raises InputError.
        facts: What the report says besides figures: runtime, device, model, size, …
        resources: Closes everything; the last opened first.
        explain: Sets who is told how each frame came about, None for nobody; called on the thread of the step.
    """

    source: FrameSource
    reopen: Callable[[], FrameSource]
    tracker: Tracker
    step: AnimationStep
    sink: SwitchableSink
    slate: U8
    load_portrait: Callable[[str], Callable[[], None]]
    adjust: Callable[[Controls], Callable[[], None]]
    show_camera: Callable[[bool], None]
    open_sink: Callable[[str], FrameSink]
    open_recording: Callable[[Path, Callable[[Exception], None]], BackgroundRecording]
    facts: dict[str, object]
    reopen_sink: Callable[[], FrameSink] | None = None
    resources: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    explain: Callable[[Callable[[Insight], None] | None], None] = lambda hear: None
