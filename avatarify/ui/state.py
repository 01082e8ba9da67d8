"""What the window shows: choices, lists, the session's state. Widgets read it, change it and listen to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QImage

from avatarify.errors import AvatarifyError, InputError
from avatarify.live.state import SessionState
from avatarify.settings import Settings

if TYPE_CHECKING:
    from avatarify.live.build import LiveOptions

DEMO = "demo"
VIRTUAL, PREVIEW, RECORD = "virtual", "null", "record"


class Severity(Enum):
    """How much a notice matters; the value names its look."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Notice:
    """One line for the user: what happened, and what to do."""

    message: str
    hint: str = ""
    severity: Severity = Severity.INFO

    @classmethod
    def of(cls, error: Exception, severity: Severity = Severity.ERROR) -> Self:
        """Put an error into words."""
        if isinstance(error, AvatarifyError):
            return cls(error.message, error.hint, severity)
        return cls(
            f"Unexpected error: {type(error).__name__}: {error}.", "Start again; if it stays, report it.", severity
        )


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from.

    Attributes:
        value: What is kept in the settings.
        label: What the user reads.
        why_not: Why it cannot be used now; empty if it can.
    """

    value: str
    label: str
    why_not: str = ""


@dataclass(frozen=True)
class PortraitItem:
    """One portrait of the gallery.

    Attributes:
        name: What ``--portrait`` accepts, kept in the settings.
        label: What the user reads.
        file: The picture.
        thumbnail: Square, small.
    """

    name: str
    label: str
    file: Path
    thumbnail: QImage


class AppState(QObject):
    """The one place that knows what is chosen; all of it is used on the window's thread.

    Args:
        settings: What the user chose last time; changed in place with each choice.

    Signals:
        chosen: The user changed something that the settings keep.
        portraits_changed, cameras_changed, sinks_changed: A list is new; so may be what is chosen of it.
        portrait_changed: Another portrait is chosen.
        look_changed: Mirror or badge was switched.
        session_changed: The session's state.
    """

    chosen = Signal()
    portraits_changed = Signal()
    portrait_changed = Signal()
    cameras_changed = Signal()
    sinks_changed = Signal()
    look_changed = Signal()
    session_changed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.portraits: list[PortraitItem] = []
        self.cameras: list[Choice] = [Choice(DEMO, "Demo clip")]
        self.sinks: list[Choice] = [Choice(PREVIEW, "Preview only")]
        self.session = SessionState.IDLE

    @property
    def portrait(self) -> PortraitItem | None:
        """The chosen portrait, the first one if the chosen one is gone, None while there are none."""
        first = self.portraits[0] if self.portraits else None
        return next((item for item in self.portraits if item.name == self.settings.portrait), first)

    @property
    def camera(self) -> Choice:
        """The chosen camera, the first one if that is not connected."""
        return _chosen(self.cameras, self.settings.camera)

    @property
    def sink(self) -> Choice:
        """Where pictures go; the first usable place if the chosen one cannot be used."""
        return _chosen(self.sinks, self.settings.sink)

    @property
    def busy(self) -> bool:
        """True from the start of a session to its end."""
        return not (self.session.final or self.session is SessionState.IDLE)

    @property
    def recordings(self) -> Path:
        """The folder that recordings are put into."""
        movies = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        return Path(self.settings.recordings or movies)

    def new_recording(self, now: datetime) -> Path | None:
        """Return the file that a session started now records into, its folder made; None if it does not record.

        Raises:
            InputError: the folder cannot be made.
        """
        if self.sink.value != RECORD:
            return None
        try:
            self.recordings.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"The folder {self.recordings} cannot be made: {error.strerror}.", "Choose another."
            ) from error
        return self.recordings / f"Avatarify {now:%Y-%m-%d %H.%M.%S}.mp4"

    def live_options(self, recording: Path | None) -> LiveOptions:
        """Put the choices into the options of a session.

        Raises:
            UsageError: the size in the settings is none.
        """
        from avatarify.frames import Size
        from avatarify.live.build import LiveOptions

        kept = self.settings
        return LiveOptions(
            camera=self.camera.value,
            portrait=self.portrait.name if self.portrait else "",
            sink=str(recording) if recording else self.sink.value,
            model=kept.model,
            runtime=kept.runtime,
            size=Size.parse(kept.size),
            fps=kept.fps,
            mirror=kept.mirror,
            badge=kept.badge,
            motion=kept.motion,
            neutral=kept.neutral,
        )

    def set_portraits(self, items: Sequence[PortraitItem]) -> None:
        """Show other portraits."""
        before = self.portrait
        self.portraits = list(items)
        self.portraits_changed.emit()
        if (before and before.file) != (self.portrait and self.portrait.file):
            self.portrait_changed.emit()

    def set_cameras(self, cameras: Sequence[tuple[int, str]]) -> None:
        """Show the connected cameras, by number and name; those of the same name are chosen by number."""
        names = [name for _, name in cameras]
        found = [
            Choice(name, name) if names.count(name) == 1 else Choice(str(number), f"{name} ({number})")
            for number, name in cameras
        ]
        self.cameras = [*found, Choice(DEMO, "Demo clip")]
        self.cameras_changed.emit()

    def set_virtual_cameras(self, names: Sequence[str], remedy: str) -> None:
        """Show where pictures can go; ``remedy`` is how to get a virtual camera."""
        label = f"Virtual camera ({names[0]})" if names else "Virtual camera (not installed)"
        self.sinks = [
            Choice(VIRTUAL, label, "" if names else remedy),
            Choice(PREVIEW, "Preview only"),
            Choice(RECORD, "Record to a file"),
        ]
        self.sinks_changed.emit()

    def choose_portrait(self, name: str) -> None:
        """Take another portrait."""
        if name != (self.portrait.name if self.portrait else None):
            self.settings.portrait = name
            self.portrait_changed.emit()
            self.chosen.emit()

    def choose_camera(self, value: str) -> None:
        """Take another camera."""
        self.settings.camera = value
        self.cameras_changed.emit()
        self.chosen.emit()

    def choose_sink(self, value: str) -> None:
        """Send the pictures somewhere else."""
        self.settings.sink = value
        self.sinks_changed.emit()
        self.chosen.emit()

    def choose_recordings(self, folder: str) -> None:
        """Put recordings into another folder."""
        self.settings.recordings = folder
        self.sinks_changed.emit()
        self.chosen.emit()

    def set_look(self, *, mirror: bool | None = None, badge: bool | None = None) -> None:
        """Switch the mirror or the badge."""
        self.settings.mirror = self.settings.mirror if mirror is None else mirror
        self.settings.badge = self.settings.badge if badge is None else badge
        self.look_changed.emit()
        self.chosen.emit()

    def accept_privacy(self) -> None:
        """Keep that the user has read and accepted what is said at the first start."""
        self.settings.privacy_accepted = True
        self.chosen.emit()

    def set_session(self, state: SessionState) -> None:
        """Follow the session."""
        self.session = state
        self.session_changed.emit(state)


def _chosen(choices: Sequence[Choice], value: str) -> Choice:
    usable = [choice for choice in choices if not choice.why_not]
    return next((choice for choice in usable if choice.value == value), usable[0])
