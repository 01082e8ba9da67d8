"""What can be asked of a running session, as data: ``session.execute(SetControls(controls))``.

A command is prepared on a thread of the session, where it may open devices or compute, and its result, a change, is
applied on the animation's thread between two frames. Importing this is cheap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

if TYPE_CHECKING:
    from avatarify.animate.animation import Animation, Look
    from avatarify.animate.insight import Insight
    from avatarify.animate.options import Controls
    from avatarify.capture.source import FrameSource
    from avatarify.live.parts import Devices, FaceChooser, Listeners
    from avatarify.live.reconnecting_sink import ReconnectingSink
    from avatarify.output.background import BackgroundRecording


_FACE_TIMEOUT_S = 2.0  # to look for another face


class Change(Protocol):
    """What a command does to the animation."""

    def apply(self, animation: Animation) -> None:
        """Put it into effect, quickly; on the animation's thread. AvatarifyError is reported, and nothing changes."""
        ...


class SessionCommand(Protocol):
    """Something to do while a session runs.

    Attributes:
        slow: Preparing takes so long that other commands must not wait for it.
        newest_only: Of several that wait, only the newest counts.
    """

    slow: ClassVar[bool]
    newest_only: ClassVar[bool]

    def prepare(self, context: CommandContext) -> Change | None:
        """Do the slow part, on a thread of the session; None if nothing is left to apply.

        Raises:
            AvatarifyError: it cannot be done; the session reports that and goes on.
        """
        ...


class CameraReader(Protocol):
    """Reads the camera of a session."""

    def change(self, source: FrameSource) -> None:
        """Read another camera, already opened, and close the old one."""
        ...


@dataclass(frozen=True)
class CommandContext:
    """What commands act on.

    Attributes:
        animation: To be changed by ``Change.apply`` only.
        devices: Opens cameras, sinks, and recordings.
        camera: Reads the camera.
        sink: Where pictures go.
        listeners: Callbacks of the session.
        report: Reports a problem that the session survives.
        faces: Chooses one of several faces; None where that is not possible.
    """

    animation: Animation
    devices: Devices
    camera: CameraReader
    sink: ReconnectingSink
    listeners: Listeners
    report: Callable[[Exception], None]
    faces: FaceChooser | None = None


class _Base:
    slow: ClassVar[bool] = False
    newest_only: ClassVar[bool] = False


class _Immediate(_Base):
    """A command that needs no preparation: it is its own change."""

    def prepare(self, context: CommandContext) -> Self:
        """Return itself."""
        return self


@dataclass(frozen=True)
class SetControls(_Base):
    """Change how the portrait moves and is shown."""

    controls: Controls
    newest_only: ClassVar[bool] = True  # of a dragged slider

    def prepare(self, context: CommandContext) -> Change:
        """Make the compositor, unless only numbers of the motion change."""
        animation = context.animation
        if self.controls.same_picture(animation.controls):
            return _ControlsChange(self.controls, None)
        return _ControlsChange(self.controls, animation.make_look(animation.portrait, self.controls))


@dataclass(frozen=True)
class _ControlsChange:
    controls: Controls
    look: Look | None

    def apply(self, animation: Animation) -> None:
        animation.set_controls(self.controls, self.look)


@dataclass(frozen=True)
class LoadPortrait(_Base):
    """Change to another portrait; the old one stays until the new one is ready.

    Attributes:
        name: Of a portrait, or an image file.
    """

    name: str
    slow: ClassVar[bool] = True
    newest_only: ClassVar[bool] = True

    def prepare(self, context: CommandContext) -> Change:
        """Load it: find its face and matte, and make the compositor."""
        portrait = context.animation.load_portrait(self.name)
        return _PortraitChange(context.animation.make_look(portrait, context.animation.controls))


@dataclass(frozen=True)
class _PortraitChange:
    look: Look

    def apply(self, animation: Animation) -> None:
        animation.show_portrait(self.look)


@dataclass(frozen=True)
class ChangeCamera(_Base):
    """Take the frames from another camera; the old one stays until the new one is open.

    Attributes:
        name: What follows ``--camera`` on the command line.
    """

    name: str
    slow: ClassVar[bool] = True
    newest_only: ClassVar[bool] = True

    def prepare(self, context: CommandContext) -> Change | None:
        """Open the new camera and close the old one; ``on_camera`` gets the one that is in use then."""
        try:
            if self.name == context.devices.camera:
                return None
            context.camera.change(context.devices.open_camera(self.name))
        finally:
            if context.listeners.on_camera is not None:
                context.listeners.on_camera(context.devices.camera)
        return Recalibrate()  # the user is seen from another side


@dataclass(frozen=True)
class SwitchSink(_Base):
    """Send pictures somewhere else; if that cannot be opened, nothing changes.

    Attributes:
        name: What follows ``--sink`` on the command line.
    """

    name: str

    def prepare(self, context: CommandContext) -> None:
        """Open the new sink and close the old one."""
        context.sink.change(self.name)


@dataclass(frozen=True)
class StartRecording(_Base):
    """Record what is sent; a recording in progress is finished first.

    Attributes:
        path: The MP4 file to make.
    """

    path: Path

    def prepare(self, context: CommandContext) -> None:
        """Begin the file."""
        _record(context, context.devices.open_recording(self.path, context.report))


@dataclass(frozen=True)
class StopRecording(_Base):
    """Finish the recording, as the end of the session does."""

    def prepare(self, context: CommandContext) -> None:
        """Finish the file; does nothing if none is being recorded."""
        _record(context, None)


def _record(context: CommandContext, recording: BackgroundRecording | None) -> None:
    finished = context.sink.record(recording)
    if finished is not None and context.listeners.on_recorded is not None:
        context.listeners.on_recorded(finished)


@dataclass(frozen=True)
class Recalibrate(_Immediate):
    """Take the user's next face as the neutral one."""

    def apply(self, animation: Animation) -> None:
        """Choose the neutral frame again."""
        animation.step.recalibrate()


@dataclass(frozen=True)
class FollowFace(_Base):
    """Let another of several faces in view drive the portrait.

    Attributes:
        driver: What follows ``--follow`` on the command line.
    """

    driver: str
    slow: ClassVar[bool] = True
    newest_only: ClassVar[bool] = True

    def prepare(self, context: CommandContext) -> Change | None:
        """Look for it; its first frame is the neutral one."""
        from avatarify.face.chosen import FaceChoice

        if context.faces is None:
            return None
        context.faces.choose(FaceChoice.parse(self.driver), _FACE_TIMEOUT_S)
        return Recalibrate()


@dataclass(frozen=True)
class SearchNeutral(_Immediate):
    """Keep looking for a better neutral frame until it is turned off."""

    on: bool

    def apply(self, animation: Animation) -> None:
        """Turn the search on or off."""
        animation.step.search(self.on)


@dataclass(frozen=True)
class Freeze(_Immediate):
    """Hold the picture that is sent until it is turned off."""

    on: bool

    def apply(self, animation: Animation) -> None:
        """Freeze or release the picture."""
        animation.step.freeze(self.on)


@dataclass(frozen=True)
class ShowCamera(_Immediate):
    """Send the user's own picture, marked, in place of the portrait; only when the user asked for it."""

    on: bool

    def apply(self, animation: Animation) -> None:
        """Show the camera or the portrait."""
        animation.show_camera(self.on)


@dataclass(frozen=True)
class Explain(_Base):
    """Report how each frame is made to ``on_insight`` until it is turned off."""

    on: bool

    def prepare(self, context: CommandContext) -> Change:
        """Look up who listens."""
        return _ExplainChange(context.listeners.on_insight if self.on else None)


@dataclass(frozen=True)
class _ExplainChange:
    listener: Callable[[Insight], None] | None

    def apply(self, animation: Animation) -> None:
        animation.explain(self.listener)
