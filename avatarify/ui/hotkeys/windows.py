"""Global shortcuts on Windows, which delivers them to the thread that registered them."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Mapping
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from avatarify.ui.hotkeys.combination import ALT, CONTROL, META, SHIFT, Combination

_WM_QUIT, _WM_HOTKEY, _PM_NOREMOVE = 0x0012, 0x0312, 0
_MODIFIERS = ((ALT, 0x0001), (CONTROL, 0x0002), (SHIFT, 0x0004), (META, 0x0008))
_NO_REPEAT = 0x4000
_ANSWER_S = 5.0
_Key = Qt.Key
_CODES = {
    _Key.Key_Backspace: 0x08,
    _Key.Key_Tab: 0x09,
    _Key.Key_Return: 0x0D,
    _Key.Key_Pause: 0x13,
    _Key.Key_Escape: 0x1B,
    _Key.Key_Space: 0x20,
    _Key.Key_PageUp: 0x21,
    _Key.Key_PageDown: 0x22,
    _Key.Key_End: 0x23,
    _Key.Key_Home: 0x24,
    _Key.Key_Left: 0x25,
    _Key.Key_Up: 0x26,
    _Key.Key_Right: 0x27,
    _Key.Key_Down: 0x28,
    _Key.Key_Insert: 0x2D,
    _Key.Key_Delete: 0x2E,
}


def load_user32() -> Any:
    """Return the system's library; only on Windows."""
    return ctypes.WinDLL("user32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]


class WindowsCatcher(QObject):
    """Listens on its own thread, a new one for each set of keys.

    Args:
        user32: The system's library (see ``load_user32``).
    """

    pressed = Signal(str)

    def __init__(self, user32: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._user32 = user32
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._refused: set[str] = set()

    def catch(self, keys: Mapping[str, Combination]) -> set[str]:
        """Replace the registered keys; return the names of those that another program uses."""
        self.close()
        if not keys:
            return set()
        self._ready, self._refused = threading.Event(), set()
        self._thread = threading.Thread(target=self._listen, args=(dict(keys),), name="avatarify-keys", daemon=True)
        self._thread.start()
        self._ready.wait(_ANSWER_S)
        return set(self._refused)

    def close(self) -> None:
        """Stop; may be called twice."""
        if self._thread is not None:
            self._user32.PostThreadMessageW(self._thread.native_id, _WM_QUIT, 0, 0)
            self._thread.join(_ANSWER_S)
            self._thread = None

    def _listen(self, keys: dict[str, Combination]) -> None:
        message = wintypes.MSG()
        self._user32.PeekMessageW(ctypes.byref(message), None, 0, 0, _PM_NOREMOVE)  # creates the thread's message queue
        names = list(keys)
        self._refused = {name for number, name in enumerate(names) if not self._register(number, keys[name])}
        self._ready.set()
        try:
            while self._user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
                if message.message == _WM_HOTKEY:
                    self.pressed.emit(names[message.wParam])
        finally:
            for number in range(len(names)):
                self._user32.UnregisterHotKey(None, number)

    def _register(self, number: int, combination: Combination) -> bool:
        flags = sum(flag for modifier, flag in _MODIFIERS if combination.modifiers & modifier)
        code = _code(combination.key, self._user32)
        return code > 0 and bool(self._user32.RegisterHotKey(None, number, flags | _NO_REPEAT, code))


def _code(key: Qt.Key, user32: Any) -> int:
    """Return the Windows code of a key; 0 if there is none."""
    if key in _CODES:
        return _CODES[key]
    if Qt.Key.Key_F1.value <= key.value <= Qt.Key.Key_F24.value:
        return 0x70 + key.value - Qt.Key.Key_F1.value
    if key.value < 0x80 and chr(key.value).isalnum():
        return key.value
    found = int(user32.VkKeyScanW(key.value)) if key.value < 0x10000 else -1
    return found & 0xFF if found >= 0 else 0
