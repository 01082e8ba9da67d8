"""The commands as actions of a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from avatarify.ui.commands import COMMANDS, NUMBERS, Command, is_letter, words

_ROLES = {  # where macOS puts them
    "quit": QAction.MenuRole.QuitRole,
    "preferences": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
}


class Actions(QObject):
    """The commands as actions of a window, with the user's own shortcuts.

    Args:
        window: Window in which the shortcuts work.
        keys: Shortcuts by command where they differ from the default; changed in place by ``rebind``.
        letters: Whether single letters may change what others see.

    Signals:
        rebound: A shortcut has changed.
    """

    rebound = Signal()

    def __init__(self, window: QWidget, keys: dict[str, str], letters: bool = True) -> None:
        super().__init__(window)
        self._keys, self._letters = keys, letters
        self.commands = {command.name: command for command in (*COMMANDS, *NUMBERS)}
        self._actions = {command.name: self._make(command, window) for command in (*COMMANDS, *NUMBERS)}

    def __getitem__(self, name: str) -> QAction:
        """Return the action of a command."""
        return self._actions[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the commands."""
        return iter(self._actions)

    def key(self, name: str) -> str:
        """Return the shortcut of a command; empty for none."""
        kept = self._keys.get(name)
        return kept if isinstance(kept, str) else self.commands[name].key

    def active_key(self, name: str) -> str:
        """Return the shortcut of a command that works now; empty for none."""
        key = self.key(name)
        return "" if is_letter(self.commands[name], key) and not self._letters else key

    def taken(self, key: str, by_other_than: str) -> str:
        """Return the name of another command that has this shortcut; empty if there is none."""
        wanted = QKeySequence(key)
        others = (name for name in self._actions if name != by_other_than and self.key(name))
        return next((name for name in others if QKeySequence(self.key(name)) == wanted), "")

    def rebind(self, name: str, key: str) -> None:
        """Change or remove the shortcut of a command."""
        if key == self.commands[name].key:
            self._keys.pop(name, None)
        else:
            self._keys[name] = key
        self._actions[name].setShortcut(QKeySequence(self.active_key(name)))
        self.rebound.emit()

    def allow_letters(self, on: bool) -> None:
        """Let single letters change what others see, or not."""
        self._letters = on
        for name, action in self._actions.items():
            action.setShortcut(QKeySequence(self.active_key(name)))
        self.rebound.emit()

    def connect_all(self, handlers: Mapping[str, Callable[..., object]]) -> None:
        """Connect each command to its handler; handlers of switches receive their state."""
        for name, handler in handlers.items():
            action = self._actions[name]
            if action.isCheckable():
                action.triggered.connect(lambda on, handler=handler: handler(on))
            else:
                action.triggered.connect(lambda _=False, handler=handler: handler())

    def _make(self, command: Command, window: QWidget) -> QAction:
        action = QAction(words(command), window)
        action.setCheckable(command.switch)
        action.setAutoRepeat(command.repeat)
        action.setShortcut(QKeySequence(self.active_key(command.name)))
        action.setMenuRole(_ROLES.get(command.name, QAction.MenuRole.NoRole))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        window.addAction(action)
        return action
