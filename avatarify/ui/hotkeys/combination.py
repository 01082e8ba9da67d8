"""A key with its modifiers, and the protocol of what catches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self, cast

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeySequence

_M = Qt.KeyboardModifier
SHIFT, CONTROL, ALT, META = _M.ShiftModifier, _M.ControlModifier, _M.AltModifier, _M.MetaModifier
_NO_LETTERS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F35.value + 1)


@dataclass(frozen=True)
class Combination:
    """A global shortcut.

    Attributes:
        key: Qt's key code.
        modifiers: Any of SHIFT, CONTROL, ALT, and META.
    """

    key: Qt.Key
    modifiers: Qt.KeyboardModifier

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Parse a shortcut such as ``Ctrl+Alt+X``; None if it is not exactly one key."""
        sequence = QKeySequence(text)
        if sequence.count() != 1:
            return None
        both = cast(Any, sequence)[0]  # PySide6's types lack its index operator
        known = both.key() not in (Qt.Key.Key_unknown, Qt.Key(0))
        return cls(both.key(), both.keyboardModifiers() & (SHIFT | CONTROL | ALT | META)) if known else None

    @property
    def spares_typing(self) -> bool:
        """False for keys that people type in other programs."""
        return bool(self.modifiers & (CONTROL | ALT | META)) or self.key.value in _NO_LETTERS


class Catcher(Protocol):
    """Catches keys whichever program has the focus.

    Signals:
        pressed: Name (str) of the key's command.
    """

    pressed: SignalInstance

    def catch(self, keys: Mapping[str, Combination]) -> set[str]:
        """Replace the registered keys; return the names of those that the system refuses."""
        ...

    def close(self) -> None:
        """Stop; may be called twice."""
        ...
