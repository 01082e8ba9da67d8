"""One key with its modifiers, and who catches it."""

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
    """A key that may be caught everywhere.

    Attributes:
        key: As Qt numbers it.
        modifiers: Some of SHIFT, CONTROL, ALT and META.
    """

    key: Qt.Key
    modifiers: Qt.KeyboardModifier

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read ``Ctrl+Alt+X``; None if it is no key, or several."""
        sequence = QKeySequence(text)
        if sequence.count() != 1:
            return None
        both = cast(Any, sequence)[0]  # Qt's types do not tell that it can be indexed
        known = both.key() not in (Qt.Key.Key_unknown, Qt.Key(0))
        return cls(both.key(), both.keyboardModifiers() & (SHIFT | CONTROL | ALT | META)) if known else None

    @property
    def spares_typing(self) -> bool:
        """False for what people type into other programs: it must stay theirs."""
        return bool(self.modifiers & (CONTROL | ALT | META)) or self.key.value in _NO_LETTERS


class Catcher(Protocol):
    """Catches keys wherever the focus is.

    Signals:
        pressed: Name (str) under which the key was given.
    """

    pressed: SignalInstance

    def catch(self, keys: Mapping[str, Combination]) -> set[str]:
        """Catch these in place of those before; return the names of those that the system refuses."""
        ...

    def close(self) -> None:
        """Catch none any more; may be called twice."""
        ...
