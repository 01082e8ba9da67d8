"""Global shortcuts on X11: the server delivers only the grabbed keys."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal

from avatarify.ui.hotkeys.combination import ALT, CONTROL, META, SHIFT, Combination

_Key = Qt.Key
_NAMES = {
    _Key.Key_Space: "space",
    _Key.Key_Return: "Return",
    _Key.Key_Enter: "KP_Enter",
    _Key.Key_Tab: "Tab",
    _Key.Key_Escape: "Escape",
    _Key.Key_Backspace: "BackSpace",
    _Key.Key_Delete: "Delete",
    _Key.Key_Insert: "Insert",
    _Key.Key_Home: "Home",
    _Key.Key_End: "End",
    _Key.Key_PageUp: "Prior",
    _Key.Key_PageDown: "Next",
    _Key.Key_Left: "Left",
    _Key.Key_Up: "Up",
    _Key.Key_Right: "Right",
    _Key.Key_Down: "Down",
    _Key.Key_Pause: "Pause",
}


class X11Catcher(QObject):
    """Listens on its own connection, which the event loop watches.

    Raises:
        OSError: the X server rejects the connection.
    """

    pressed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = _connect()
        self._root = self._display.screen().root
        self._wanted: dict[str, Combination] = {}
        self._caught: dict[tuple[int, int], str] = {}  # name by key code and modifiers
        self._released: dict[int, int] = {}  # when a key was released, by key code
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def catch(self, keys: Mapping[str, Combination]) -> set[str]:
        """Replace the registered keys; return the names of those that another program uses."""
        for code, state in self._caught:
            for locks in _locks():
                self._root.ungrab_key(code, state | locks)
        self._wanted, self._caught = dict(keys), {}
        refused = {name for name, combination in keys.items() if not self._grab(name, combination)}
        self._display.sync()
        self._hear()  # events may already be in the library's queue, which the notifier does not see
        return refused

    def close(self) -> None:
        """Stop; may be called twice."""
        self._notifier.setEnabled(False)
        self._caught.clear()
        self._display.close()

    def _grab(self, name: str, combination: Combination) -> bool:
        from Xlib import X
        from Xlib.error import BadAccess, CatchError

        code, state = self._display.keysym_to_keycode(_keysym(combination.key)), _state(combination)
        if code == 0:
            return False
        problem = CatchError(BadAccess)
        for locks in _locks():  # the server compares all modifiers, including Num Lock and Caps Lock
            self._root.grab_key(code, state | locks, True, X.GrabModeAsync, X.GrabModeAsync, onerror=problem)
        self._display.sync()
        if problem.get_error() is not None:
            for locks in _locks():
                self._root.ungrab_key(code, state | locks)
            return False
        self._caught[code, state] = name
        return True

    def _hear(self) -> None:
        from Xlib import X

        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.KeyRelease:
                self._released[event.detail] = event.time
            elif (
                event.type == X.KeyPress and self._released.get(event.detail) != event.time
            ):  # otherwise it is held down
                name = self._caught.get((event.detail, event.state & _modifiers()))
                if name is not None:
                    self.pressed.emit(name)
            elif event.type == X.MappingNotify:
                self._display.refresh_keyboard_mapping(event)
                self.catch(self._wanted)


def _connect() -> Any:
    from Xlib.display import Display
    from Xlib.error import DisplayError

    try:
        return Display()
    except DisplayError as error:
        raise OSError(str(error)) from error


def _keysym(key: Qt.Key) -> int:
    from Xlib import XK

    if key in _NAMES:
        return int(XK.string_to_keysym(_NAMES[key]))
    if Qt.Key.Key_F1.value <= key.value <= Qt.Key.Key_F35.value:
        return int(XK.XK_F1) + key.value - Qt.Key.Key_F1.value
    return ord(chr(key.value).lower()) if key.value < 0x100 else 0  # Latin letters and signs have the same codes


def _state(combination: Combination) -> int:
    from Xlib import X

    pairs = ((SHIFT, X.ShiftMask), (CONTROL, X.ControlMask), (ALT, X.Mod1Mask), (META, X.Mod4Mask))
    return sum(int(mask) for modifier, mask in pairs if combination.modifiers & modifier)


def _modifiers() -> int:
    from Xlib import X

    return int(X.ShiftMask | X.ControlMask | X.Mod1Mask | X.Mod4Mask)


def _locks() -> list[int]:
    from Xlib import X

    return [capitals | digits for capitals, digits in itertools.product((0, X.LockMask), (0, X.Mod2Mask))]
