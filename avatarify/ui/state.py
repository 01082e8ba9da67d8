"""State of the window: settings, lists, the session's state. Widgets read, change, and observe it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from avatarify.animate.options import Controls
from avatarify.live.state import SessionState
from avatarify.settings import Settings
from avatarify.ui.choices import PortraitItem
from avatarify.ui.device_state import DeviceState

FLAGS = ("search", "freeze", "passthrough", "record")


class AppState(DeviceState):
    """All state of the window; used only on its thread.

    Args:
        settings: The user's settings; changed in place.

    Attributes:
        portraits: The available choices.
        controls: How the portrait moves and is displayed.
        session: State of the session.

    Signals:
        portraits_changed: The list, and perhaps its selection, has changed.
        portrait_changed: Another portrait is selected.
        controls_changed: The controls have changed.
        view_changed: A display option of the window has changed.
        flag_changed: A flag of the running session, given by name, has changed.
        session_changed: The state of the session has changed.
    """

    portraits_changed = Signal()
    portrait_changed = Signal()
    controls_changed = Signal()
    view_changed = Signal()
    flag_changed = Signal(str)
    session_changed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(settings, parent)
        self.controls = Controls.from_dict(settings.controls)
        self.portraits: list[PortraitItem] = []
        self.session = SessionState.IDLE
        self._flags: set[str] = set()

    @property
    def portrait(self) -> PortraitItem | None:
        """The selected portrait; the first one if it is gone, None if there are none."""
        first = self.portraits[0] if self.portraits else None
        return next((item for item in self.portraits if item.name == self.settings.portrait), first)

    @property
    def busy(self) -> bool:
        """True from the start of a session to its end."""
        return not (self.session.final or self.session is SessionState.IDLE)

    @property
    def ready(self) -> bool:
        """True once a session can be started."""
        return self.settings.privacy_accepted and self.portrait is not None

    def flag(self, name: str) -> bool:
        """Return whether a flag of the running session is on: search, freeze, passthrough, or record."""
        return name in self._flags

    def set_flag(self, name: str, on: bool) -> None:
        """Set a flag; emits nothing if it does not change."""
        if on != self.flag(name):
            (self._flags.add if on else self._flags.discard)(name)
            self.flag_changed.emit(name)

    def set_portraits(self, items: Sequence[PortraitItem]) -> None:
        """Replace the list of portraits: favorites first, then in the user's order, new ones of the user before it."""
        before, order, favorites = self.portrait, self.settings.order, self.settings.favorites

        def place(item: PortraitItem) -> tuple[bool, int, bool, int]:
            rank = order.index(item.name) if item.name in order else -1 if item.own else len(order)
            return item.name not in favorites, rank, not item.own, items.index(item)

        self.portraits = sorted(items, key=place)
        self.portraits_changed.emit()
        if (before and before.file) != (self.portrait and self.portrait.file):
            self.portrait_changed.emit()

    def set_favorite(self, on: bool) -> None:
        """Make the selected portrait a favorite, or not."""
        if self.portrait is None:
            return
        name, favorites = self.portrait.name, self.settings.favorites
        self.settings.portrait = name
        self.settings.favorites = [*favorites, name] if on else [other for other in favorites if other != name]
        self.set_portraits(sorted(self.portraits, key=lambda item: item.label))
        self.chosen.emit()

    def move_portrait(self, name: str, to: int) -> None:
        """Move a portrait to a place in the list; favorites stay before the others."""
        names = [item.name for item in self.portraits]
        if self.portrait is not None and name in names and 0 <= to < len(names):
            self.settings.portrait = self.portrait.name  # also where it is the first one by default
            names.insert(to, names.pop(names.index(name)))
            self.settings.order = names
            self.set_portraits(self.portraits)
            self.chosen.emit()

    def shift_portrait(self, by: int) -> None:
        """Move the selected portrait in the list by so many places."""
        if self.portrait is not None:
            self.move_portrait(self.portrait.name, self.portraits.index(self.portrait) + by)

    def can_pan(self) -> bool:
        """Return whether ``pan_x`` and ``pan_y`` show another part: only a zoomed picture is larger than the output."""
        return self.controls.zoom > 1

    def choose_portrait(self, name: str) -> None:
        """Select a portrait, and apply its preset if it has one."""
        before, self.settings.portrait = self.portrait, name  # also where it is the first one by default
        if name != (before.name if before else None):
            self.portrait_changed.emit()
            if name in self.settings.presets:
                self.set_controls(Controls.from_dict(self.settings.presets[name]))
            self.chosen.emit()

    def step_portrait(self, by: int) -> None:
        """Select the portrait that many places further on, wrapping around."""
        if self.portrait is not None:
            at = self.portraits.index(self.portrait)
            self.choose_portrait(self.portraits[(at + by) % len(self.portraits)].name)

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
