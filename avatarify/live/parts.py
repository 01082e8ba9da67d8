"""What a live session is made of: opened parts behind small protocols, and who listens."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from avatarify.animate.animation import Animation
from avatarify.animate.insight import Insight
from avatarify.capture.source import FrameSource
from avatarify.face.face import Face
from avatarify.frames import U8, Frame
from avatarify.output.sink import FrameSink
from avatarify.output.switchable_sink import SwitchableSink

if TYPE_CHECKING:
    from avatarify.face.chosen import FaceChoice
    from avatarify.output.background import BackgroundRecording


class Tracker(Protocol):
    """Finds the face: on its own thread beside the animation, or in each frame when it is asked."""

    def offer(self, frame: Frame) -> None:
        """Take the newest frame; returns at once."""
        ...

    def hurry(self) -> None:
        """Look at the next frame: the head has moved; returns at once."""
        ...

    def rest(self, hz: float) -> None:
        """Look this many times a second while the head rests; returns at once."""
        ...

    def face_in(self, frame: Frame) -> Face | None:
        """Return what is known about the face in a frame; None when there is none in view."""
        ...

    def close(self) -> None:
        """End the thread; may be called twice."""
        ...


class FaceChooser(Protocol):
    """Finds one of several faces in view."""

    def choose(self, choice: FaceChoice, wait_s: float = 0.0) -> None:
        """Follow another face; return once it was looked for, or after a time."""
        ...


class Devices(Protocol):
    """Opens what a running session loses or changes. Called on the session's threads; may block.

    Attributes:
        camera: What follows ``--camera`` on the command line, of the camera that was opened last.
    """

    @property
    def camera(self) -> str: ...  # noqa: D102  described above

    def open_camera(self, name: str) -> FrameSource:
        """Open another camera, by what follows ``--camera`` on the command line; raises AvatarifyError."""
        ...

    def reopen_camera(self) -> FrameSource:
        """Open the camera again after it was lost; raises AvatarifyError while it is away."""
        ...

    def open_sink(self, name: str) -> FrameSink:
        """Open a sink by what follows ``--sink`` on the command line; raises AvatarifyError."""
        ...

    def open_recording(self, path: Path, on_problem: Callable[[Exception], None]) -> BackgroundRecording:
        """Begin a recording of the output.

        Args:
            path: The MP4 file to make.
            on_problem: Called once if the recording fails later.

        Raises:
            InputError: the file cannot be made.
        """
        ...


@dataclass(frozen=True)
class Listeners:
    """Callbacks of a session (see ``open_session``); each may be None."""

    on_picture: Callable[[U8], None] | None = None
    on_face: Callable[[Frame, Face | None], None] | None = None
    on_error: Callable[[Exception], None] | None = None
    on_recorded: Callable[[Path], None] | None = None
    on_insight: Callable[[Insight], None] | None = None
    on_camera: Callable[[str], None] | None = None


@dataclass
class Parts:
    """The opened parts of one session.

    Attributes:
        source: The camera, opened.
        tracker: Follows the face.
        animation: Turns frames into output pictures.
        sink: Receives the pictures.
        slate: (H, W, 3) uint8 RGB picture for a lost camera, of the output's size.
        devices: Opens camera, sinks, and recordings while the session runs.
        faces: Chooses one of several faces; None where that is not possible.
        reopen_sink: The sink to open again if it fails; None where that would make things worse, as with a file.
        resources: Closes everything; the last opened first.
    """

    source: FrameSource
    tracker: Tracker
    animation: Animation
    sink: SwitchableSink
    slate: U8
    devices: Devices
    faces: FaceChooser | None = None
    reopen_sink: str | None = None
    resources: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
