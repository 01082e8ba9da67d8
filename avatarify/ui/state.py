"""State of the window: settings, lists, the session's state. Widgets read, change, and observe it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths, Signal

from avatarify.animate.options import Controls
from avatarify.errors import InputError
from avatarify.live.state import SessionState
from avatarify.messages import Message
from avatarify.output.mjpeg_address import ADDRESS
from avatarify.settings import Settings
from avatarify.ui.choices import DEMO, PAGE, PREVIEW, VIRTUAL, Choice, PortraitItem, chosen
from avatarify.ui.text.translate import translate

if TYPE_CHECKING:
    from avatarify.live.options import LiveOptions

VIEW = ("mirror_preview", "side_by_side", "camera_preview", "landmarks", "figures", "overlay")
FLAGS = ("search", "freeze", "passthrough", "record")


class AppState(QObject):
    """All state of the window; used only on its thread.

    Args:
        settings: The user's settings; changed in place.

    Attributes:
        portraits, cameras, sinks: The available choices.
        controls: How the portrait moves and is displayed.
        session: State of the session.
        remedy: How to get a virtual camera; empty if there is one.

    Signals:
        chosen: A setting has changed.
        portraits_changed, cameras_changed, sinks_changed: A list, and perhaps its selection, has changed.
        portrait_changed: Another portrait is selected.
        controls_changed: The controls have changed.
        view_changed: A display option of the window has changed.
        output_changed: Size, frame rate, or folder of the output has changed.
        flag_changed: A flag of the running session, given by name, has changed.
        session_changed: The state of the session has changed.
    """

    chosen = Signal()
    portraits_changed = Signal()
    portrait_changed = Signal()
    cameras_changed = Signal()
    sinks_changed = Signal()
    controls_changed = Signal()
    view_changed = Signal()
    output_changed = Signal(str)
    flag_changed = Signal(str)
    session_changed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.controls = Controls.from_dict(settings.controls)
        self.portraits: list[PortraitItem] = []
        self.cameras: list[Choice] = [Choice(DEMO, self.tr("Demo clip"))]
        self.sinks: list[Choice] = [Choice(PREVIEW, self.tr("Preview only")), self._page()]
        self.session = SessionState.IDLE
        self.remedy = Message("")
        self._flags: set[str] = set()

    @property
    def portrait(self) -> PortraitItem | None:
        """The selected portrait; the first one if it is gone, None if there are none."""
        first = self.portraits[0] if self.portraits else None
        return next((item for item in self.portraits if item.name == self.settings.portrait), first)

    @property
    def camera(self) -> Choice:
        """The selected camera; the first one if it is not connected."""
        return chosen(self.cameras, self.settings.camera)

    @property
    def sink(self) -> Choice:
        """The selected output; the first usable one if it cannot be used."""
        return chosen(self.sinks, self.settings.sink)

    @property
    def busy(self) -> bool:
        """True from the start of a session to its end."""
        return not (self.session.final or self.session is SessionState.IDLE)

    @property
    def ready(self) -> bool:
        """True once a session can be started."""
        return self.settings.privacy_accepted and self.portrait is not None

    @property
    def recordings(self) -> Path:
        """The folder of recordings and snapshots."""
        movies = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        return Path(self.settings.recordings or movies)

    def flag(self, name: str) -> bool:
        """Return whether a flag of the running session is on: search, freeze, passthrough, or record."""
        return name in self._flags

    def set_flag(self, name: str, on: bool) -> None:
        """Set a flag; emits nothing if it does not change."""
        if on != self.flag(name):
            (self._flags.add if on else self._flags.discard)(name)
            self.flag_changed.emit(name)

    def new_file(self, now: datetime, suffix: str) -> Path:
        """Return a new file for a recording or snapshot; creates its folder.

        Raises:
            InputError: the folder cannot be created.
        """
        try:
            self.recordings.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                "Cannot create the folder {folder}: {reason}.",
                "Choose another folder.",
                folder=self.recordings,
                reason=error.strerror,
            ) from error
        name = f"Avatarify {now:%Y-%m-%d %H.%M.%S}"
        numbered = (f"{name} {number}" for number in itertools.count(2))
        files = (self.recordings / f"{free}{suffix}" for free in itertools.chain([name], numbered))
        return next(file for file in files if not file.exists())

    def live_options(self) -> LiveOptions:
        """Return the options of a session; imports heavy libraries.

        Raises:
            UsageError: the size in the settings is invalid.
        """
        from avatarify.animate.options import AnimationOptions
        from avatarify.frames import Size
        from avatarify.live.options import LiveOptions

        kept = self.settings
        animation = AnimationOptions(
            portrait=self.portrait.name if self.portrait else "",
            model=kept.model,
            runtime=kept.runtime,
            size=Size.parse(kept.size),
            controls=self.controls,
            neutral=kept.neutral,
        )
        return LiveOptions(animation, camera=self.camera.value, sink=self.sink.value, fps=kept.fps)

    def set_portraits(self, items: Sequence[PortraitItem]) -> None:
        """Replace the list of portraits."""
        before = self.portrait
        self.portraits = list(items)
        self.portraits_changed.emit()
        if (before and before.file) != (self.portrait and self.portrait.file):
            self.portrait_changed.emit()

    def set_cameras(self, cameras: Sequence[tuple[int, str]]) -> None:
        """Replace the list of cameras, given by number and name; cameras with equal names are selected by number."""
        names = [name for _, name in cameras]
        found = [
            Choice(name, name) if names.count(name) == 1 else Choice(str(number), f"{name} ({number})")
            for number, name in cameras
        ]
        self.cameras = [*found, Choice(DEMO, self.tr("Demo clip"))]
        self.cameras_changed.emit()

    def set_virtual_cameras(self, names: Sequence[str], remedy: Message) -> None:
        """Replace the list of outputs; ``remedy`` says how to get a virtual camera."""
        self.remedy = Message("") if names else remedy
        there = self.tr("Virtual camera ({})").format(names[0] if names else self.tr("not installed"))
        self.sinks = [
            Choice(VIRTUAL, there, translate(self.remedy)),
            Choice(PREVIEW, self.tr("Preview only")),
            self._page(),
        ]
        self.sinks_changed.emit()

    def _page(self) -> Choice:
        return Choice(PAGE, self.tr("Browser source for OBS: {}").format(ADDRESS))

    def choose_portrait(self, name: str) -> None:
        """Select a portrait, and apply its preset if it has one."""
        if name != (self.portrait.name if self.portrait else None):
            self.settings.portrait = name
            self.portrait_changed.emit()
            if name in self.settings.presets:
                self.set_controls(Controls.from_dict(self.settings.presets[name]))
            self.chosen.emit()

    def step_portrait(self, by: int) -> None:
        """Select the portrait that many places further on, wrapping around."""
        if self.portrait is not None:
            at = self.portraits.index(self.portrait)
            self.choose_portrait(self.portraits[(at + by) % len(self.portraits)].name)

    def choose_camera(self, value: str) -> None:
        """Select a camera."""
        self.settings.camera = value
        self.cameras_changed.emit()
        self.chosen.emit()
        self.output_changed.emit("camera")

    def choose_sink(self, value: str) -> None:
        """Select an output."""
        self.settings.sink = value
        self.sinks_changed.emit()
        self.chosen.emit()
        self.output_changed.emit("sink")

    def choose_output(self, **values: Any) -> None:
        """Change output settings: ``size``, ``fps``, ``recordings``."""
        for name, value in values.items():
            setattr(self.settings, name, value)
            self.output_changed.emit(name)
        self.chosen.emit()

    def set_controls(self, controls: Controls) -> None:
        """Replace the controls."""
        if controls != self.controls:
            self.controls, self.settings.controls = controls, controls.to_dict()
            self.controls_changed.emit()
            self.chosen.emit()

    def change(self, **values: Any) -> None:
        """Change individual controls by name."""
        self.set_controls(self.controls.changed(**values))

    def set_view(self, **values: Any) -> None:
        """Change display options by the name of the setting (see ``VIEW``)."""
        for name, value in values.items():
            setattr(self.settings, name, value)
        self.view_changed.emit()
        self.chosen.emit()

    def save_preset(self) -> None:
        """Save the controls as the preset of the selected portrait."""
        if self.portrait is not None:
            self.settings.presets[self.portrait.name] = self.controls.to_dict()
            self.chosen.emit()

    def delete_preset(self) -> None:
        """Delete the preset of the selected portrait and restore the defaults."""
        if self.portrait is not None and self.settings.presets.pop(self.portrait.name, None) is not None:
            self.set_controls(Controls())
            self.chosen.emit()

    def accept_privacy(self) -> None:
        """Store that the user has accepted the privacy notice."""
        self.settings.privacy_accepted = True
        self.chosen.emit()

    def set_session(self, state: SessionState) -> None:
        """Set the session's state; its flags are cleared when it ends."""
        self.session = state
        if state.final:
            for name in FLAGS:
                self.set_flag(name, False)
        self.session_changed.emit(state)
