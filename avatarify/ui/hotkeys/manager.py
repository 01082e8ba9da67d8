"""Manages the global shortcuts of commands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from avatarify.ui.actions import Actions
from avatarify.ui.choices import Notice, Severity
from avatarify.ui.commands import words
from avatarify.ui.hotkeys.combination import Catcher, Combination

COMMANDS = ("start", "recalibrate", "search", "freeze", "snapshot", "record", "previous", "next", "random", "mirror")
"""Commands that can have one: none that opens a dialog, which would go unseen."""


class HotKeys(QObject):
    """Registers global shortcuts and triggers their commands.

    Args:
        actions: The commands.
        keys: Shortcuts by command; changed in place.
        open_catcher: Opens a catcher; returns None or raises OSError if there is none.
        why_not: Why there is no catcher; empty if there is one.
        parent: The main window.

    Signals:
        changed: A shortcut has changed.
        notice: Notice to show.
    """

    changed = Signal()
    notice = Signal(object)

    def __init__(
        self,
        actions: Actions,
        keys: dict[str, str],
        open_catcher: Callable[[], Catcher | None],
        why_not: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._keys = keys
        self._open = open_catcher
        self._catcher: Catcher | None = None
        self._paused = False
        self.why_not = why_not

    def key(self, name: str) -> str:
        """Return the key of a command; empty for none."""
        kept = self._keys.get(name)
        return kept if isinstance(kept, str) else ""

    def begin(self) -> None:
        """Register the saved shortcuts; report those that another program uses.

        If the system does not support global shortcuts, only the shortcuts page says so, not every start.
        """
        refused = self._catch()
        if refused and not self.why_not:
            text = self.tr("The shortcut {} is used by another program.").format(
                ", ".join(self.key(name) for name in refused)
            )
            self.notice.emit(Notice(text, self.tr("Choose another one."), Severity.WARNING, "keys"))

    def pause(self, on: bool) -> None:
        """Pause or resume, so that shortcuts can be typed to choose them."""
        self._paused = on
        self._catch()

    def choose(self, name: str, text: str) -> str:
        """Set or remove a command's global shortcut.

        Returns:
            Why it cannot be used, in the user's language; empty if it was set.
        """
        problem = self._problem(name, text) if text else ""
        if problem:
            return problem
        before = self.key(name)
        self._put(name, text)
        paused, self._paused = self._paused, False
        refused = self._catch()
        self._paused = paused
        if name in refused:
            self._put(name, before)
            problem = self.tr("The shortcut {} is used by another program.").format(text)
        self._catch()
        self.changed.emit()
        return problem

    def close(self) -> None:
        """Stop."""
        if self._catcher is not None:
            self._catcher.close()
            self._catcher = None

    def _problem(self, name: str, text: str) -> str:
        combination = Combination.parse(text)
        if combination is None:
            return self.tr("{} cannot be used as a shortcut.").format(text)
        if not combination.spares_typing:
            return self.tr("{} alone would stop working in all other programs. Add Ctrl, Alt, or Meta.").format(text)
        others = (other for other in COMMANDS if other != name and Combination.parse(self.key(other)) == combination)
        taken = next(others, "") or self._actions.taken(text, by_other_than=name)
        if taken:
            return self.tr("{} is already assigned to “{}”.").format(text, words(self._actions.commands[taken]))
        return ""

    def _put(self, name: str, text: str) -> None:
        if text:
            self._keys[name] = text
        else:
            self._keys.pop(name, None)

    def _catch(self) -> list[str]:
        """Register the current shortcuts; return the commands whose keys are refused, all if there is no catcher."""
        found = {} if self._paused else {name: Combination.parse(self.key(name)) for name in COMMANDS}
        wanted = {name: combination for name, combination in found.items() if combination is not None}
        if wanted and self._catcher is None:
            self._catcher = self._opened()
        if self._catcher is None:
            return list(wanted)
        refused = self._catcher.catch(wanted)
        return [name for name in wanted if name in refused]

    def _opened(self) -> Catcher | None:
        try:
            catcher = self._open()
        except OSError:
            return None
        if catcher is not None:
            catcher.pressed.connect(self._do)
        return catcher

    def _do(self, name: str) -> None:
        self._actions[name].trigger()
