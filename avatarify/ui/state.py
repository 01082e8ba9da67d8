"""State of the window: settings, lists, the session's state. Widgets read, change, and observe it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths, Signal

from avatarify.animate.options import Controls
from avatarify.live.state import SessionState
from avatarify.messages import Message
from avatarify.settings import Settings
from avatarify.ui.choices import Choice, PortraitItem, chosen
from avatarify.ui.device_choices import camera_choices, other_sinks, sink_choices

if TYPE_CHECKING:
    pass

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
        self.cameras = camera_choices([])
        self.sinks = other_sinks()
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

    def set_portraits(self, items: Sequence[PortraitItem]) -> None:
        """Replace the list of portraits."""
        before = self.portrait
        self.portraits = list(items)
        self.portraits_changed.emit()
        if (before and before.file) != (self.portrait and self.portrait.file):
            self.portrait_changed.emit()

    def set_cameras(self, cameras: Sequence[tuple[int, str]]) -> None:
        """Replace the list of cameras, given by number and name; cameras with equal names are selected by number."""
        self.cameras = camera_choices(cameras)
        self.cameras_changed.emit()

    def set_virtual_cameras(self, names: Sequence[str], remedy: Message) -> None:
        """Replace the list of outputs; ``remedy`` says how to get a virtual camera."""
        self.remedy = Message("") if names else remedy
        self.sinks = sink_choices(names, self.remedy)
        self.sinks_changed.emit()

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
        """Change display options by the name of the setting: ``mirror_preview``, ``side_by_side``, ``overlay`` ..."""
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
