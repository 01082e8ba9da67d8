"""Keys that work while another program has the focus."""

import queue
import subprocess
import threading
from typing import Any

import pytest
from helpers.studio import OpenApp, Until
from helpers.values import not_none
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from avatarify.settings import Settings
from avatarify.ui import hotkeys
from avatarify.ui.actions import Actions
from avatarify.ui.hotkeys.combination import ALT, CONTROL, SHIFT, Combination
from avatarify.ui.hotkeys.manager import COMMANDS, HotKeys
from avatarify.ui.hotkeys.windows import WindowsCatcher
from avatarify.ui.hotkeys.x11 import X11Catcher
from avatarify.ui.pages.keys import KeysPage
from avatarify.ui.pages.page import Page

pytestmark = pytest.mark.gui


def combination(text: str) -> Combination:
    return not_none(Combination.parse(text))


class DeskCatcher(QObject):
    """Catches what it is asked to, but for the keys that others have."""

    pressed = Signal(str)

    def __init__(self, theirs: Any = ()) -> None:
        super().__init__()
        self.theirs, self.closed = [Combination.parse(key) for key in theirs], False
        self.caught: dict[Any, Any] = {}

    def catch(self, keys: Any) -> Any:
        refused = {name for name, combination in keys.items() if combination in self.theirs}
        self.caught = {name: combination for name, combination in keys.items() if name not in refused}
        return refused

    def close(self) -> None:
        self.closed, self.caught = True, {}


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def make(window: QWidget, keys: Any, catcher: Any, why_not: str = "") -> Any:
    return HotKeys(Actions(window, {}), keys, lambda: catcher, why_not, window)


def test_nothing_is_caught_until_a_key_is_chosen(window: QWidget) -> None:
    opened = []
    keeper = HotKeys(Actions(window, {}), {}, lambda: opened.append(1), "", window)
    keeper.begin()
    keeper.close()
    assert opened == []


def test_a_chosen_key_triggers_its_command(window: QWidget) -> None:
    catcher = DeskCatcher()
    kept: dict[Any, Any] = {}
    keeper = make(window, kept, catcher)
    done = []
    keeper._actions["freeze"].triggered.connect(lambda on: done.append(on))
    assert keeper.choose("freeze", "Ctrl+Alt+P") == ""
    assert kept == {"freeze": "Ctrl+Alt+P"}
    assert catcher.caught == {"freeze": Combination(Qt.Key.Key_P, CONTROL | ALT)}
    catcher.pressed.emit("freeze")
    assert done == [True]
    assert keeper.choose("freeze", "") == ""
    assert kept == catcher.caught == {}
    keeper.close()
    assert catcher.closed


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("Ctrl+Alt+T", "The shortcut Ctrl+Alt+T is used by another program."),
        ("Ctrl+R", "Ctrl+R is already assigned to “Record”."),
        ("Ctrl+Alt+X", "Ctrl+Alt+X is already assigned to “Recalibrate”."),
        ("N", "N alone would stop working in all other programs. Add Ctrl, Alt, or Meta."),
        ("Shift+N", "Shift+N alone would stop working in all other programs. Add Ctrl, Alt, or Meta."),
    ],
)
def test_an_unavailable_key_says_why_and_the_old_one_stays(window: QWidget, key: str, reason: str) -> None:
    kept = {"freeze": "Ctrl+Alt+P", "recalibrate": "Ctrl+Alt+X"}
    catcher = DeskCatcher(theirs=["Ctrl+Alt+T"])
    keeper = make(window, kept, catcher)
    keeper.begin()
    assert keeper.choose("freeze", key) == reason
    assert keeper.key("freeze") == "Ctrl+Alt+P"
    assert set(catcher.caught) == {"freeze", "recalibrate"}


def test_a_saved_key_that_another_program_uses_is_reported_at_the_start(window: QWidget) -> None:
    keeper = make(window, {"start": "F9", "search": 5}, DeskCatcher(theirs=["F9"]))
    notices: list[Any] = []
    keeper.notice.connect(notices.append)
    keeper.begin()
    assert [(notice.message, notice.command) for notice in notices] == [
        ("The shortcut F9 is used by another program.", "keys")
    ]


def test_no_key_is_caught_while_keys_are_chosen(open_app: OpenApp, until: Until) -> None:
    window, catcher = open_app(Settings(privacy_accepted=True, global_keys={"start": "F9"})), DeskCatcher()
    window.hot_keys._open, window.hot_keys.why_not = lambda: catcher, ""
    window.hot_keys.begin()
    assert set(catcher.caught) == {"start"}
    window.actions_["keys"].trigger()
    (page,) = window.findChildren(KeysPage)
    assert catcher.caught == {}
    page.tabs.setCurrentIndex(1)
    field = page.everywhere["freeze"]
    field.setKeySequence(QKeySequence("Ctrl+Alt+P"))
    field.editingFinished.emit()
    assert page.message.text() == ""
    field.setKeySequence(QKeySequence("F9"))
    field.editingFinished.emit()
    assert page.message.text() == "F9 is already assigned to “Start or stop”."
    assert field.keySequence() == QKeySequence("Ctrl+Alt+P")
    assert catcher.caught == {}
    page.reject()  # as Escape does
    until(lambda: not window.findChildren(Page))
    assert set(catcher.caught) == {"start", "freeze"}
    assert window.state.settings.global_keys == {"start": "F9", "freeze": "Ctrl+Alt+P"}
    window.shut()
    assert catcher.closed


def test_where_the_system_forbids_it_the_page_says_so_and_nothing_else_does(open_app: OpenApp) -> None:
    window = open_app(Settings(privacy_accepted=True, global_keys={"start": "F9"}))  # offscreen nobody catches keys
    assert window.notice.current is None
    window.actions_["keys"].trigger()
    (page,) = window.findChildren(KeysPage)
    assert window.hot_keys.why_not == "Global shortcuts are not supported on this system yet."
    assert not any(field.isEnabled() for field in page.everywhere.values())


def test_wayland_forbids_it() -> None:
    assert hotkeys.why_not("wayland", {}).startswith("Wayland does not support global shortcuts")
    assert hotkeys.why_not("xcb", {"WAYLAND_DISPLAY": "wayland-0"}).startswith(
        "Wayland does not support global shortcuts"
    )
    assert hotkeys.open_catcher("xcb", {"XDG_SESSION_TYPE": "wayland"}) is None
    assert hotkeys.why_not("xcb", {}) == hotkeys.why_not("windows", {}) == ""


def test_every_command_that_may_be_caught_exists(window: QWidget) -> None:
    assert set(COMMANDS) <= set(Actions(window, {}))


@pytest.fixture
def tool(screen: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that runs xdotool on a screen of our own, on which the X library finds itself too."""
    monkeypatch.setenv("DISPLAY", screen)
    return lambda *words: subprocess.run(["xdotool", *words], check=True, timeout=60)


def test_the_x_server_hands_over_what_was_asked_for_and_nothing_else(tool: Any, qtbot: QtBot, until: Until) -> None:
    mine, theirs, heard = X11Catcher(), X11Catcher(), []
    mine.pressed.connect(lambda name: heard.append(name))
    assert theirs.catch({"start": combination("Ctrl+Alt+T")}) == set()
    wanted = {
        "freeze": combination("Ctrl+Alt+P"),
        "search": combination("F9"),
        "next": combination("Meta+Right"),
        "start": combination("Ctrl+Alt+T"),
        "mirror": Combination(Qt.Key.Key_Camera, CONTROL),
    }
    assert mine.catch(wanted) == {"start", "mirror"}  # another program has it; no keyboard has it
    for keys in ("ctrl+alt+p", "p", "ctrl+p", "F9", "Num_Lock", "super+Right", "F9", "Num_Lock"):
        tool("key", keys)
    until(lambda: heard == ["freeze", "search", "next", "search"])
    theirs.close()
    assert mine.catch({"start": combination("Ctrl+Alt+T")}) == set()
    tool("key", "ctrl+alt+p")
    tool("key", "ctrl+alt+t")
    until(lambda: heard[4:] == ["start"])
    mine.close()


def test_a_key_held_down_counts_once(tool: Any, qtbot: QtBot, until: Until) -> None:
    catcher, heard = X11Catcher(), []
    catcher.pressed.connect(lambda name: heard.append(name))
    catcher.catch({"freeze": combination("F9"), "search": combination("F8")})
    tool("keydown", "F9")
    qtbot.wait(1500)  # the server begins to repeat after 0.66 s
    tool("keyup", "F9")
    tool("key", "F8")
    until(lambda: heard[-1:] == ["search"])
    assert heard == ["freeze", "search"]
    catcher.close()


class User32:
    """What the Windows library promises: each thread has its queue, a combination belongs to one."""

    def __init__(self, theirs: Any = ()) -> None:
        self.theirs = theirs
        self.keys: dict[Any, Any] = {}
        self.queues: dict[Any, Any] = {}

    def PeekMessageW(self, message: Any, *rest: object) -> None:
        self.queues[threading.get_native_id()] = queue.SimpleQueue()

    def RegisterHotKey(self, window: QWidget, number: Any, flags: Any, code: Any) -> int:
        if (flags, code) in self.theirs:
            return 0
        self.keys[flags, code] = (threading.get_native_id(), number)
        return 1

    def UnregisterHotKey(self, window: QWidget, number: Any) -> None:
        self.keys = {key: owner for key, owner in self.keys.items() if owner[1] != number}

    def GetMessageW(self, message: Any, *rest: object) -> Any:
        kind, word = self.queues[threading.get_native_id()].get()
        message._obj.message, message._obj.wParam = kind, word
        return int(kind != 0x0012)

    def PostThreadMessageW(self, thread: Any, kind: Any, word: Any, more: Any) -> None:
        self.queues[thread].put((kind, word))

    def VkKeyScanW(self, code: Any) -> Any:
        return {ord(","): 0xBC}.get(code, -1)

    def press(self, flags: Any, code: Any) -> None:
        thread, number = self.keys[flags, code]
        self.queues[thread].put((0x0312, number))


def test_windows_is_asked_for_the_keys_and_gets_them_back(qtbot: QtBot) -> None:
    user32 = User32(theirs=[(0x4001, 0x70)])  # Alt+F1 without repetition
    catcher = WindowsCatcher(user32)
    wanted = {
        "start": combination("Ctrl+Alt+Shift+N"),
        "next": combination("Ctrl+,"),
        "freeze": combination("Meta+Left"),
        "record": combination("Alt+F1"),
        "search": Combination(Qt.Key.Key_Camera, CONTROL | SHIFT),
    }
    assert catcher.catch(wanted) == {"record", "search"}
    assert set(user32.keys) == {(0x4007, ord("N")), (0x4002, 0xBC), (0x4008, 0x25)}
    with qtbot.waitSignal(catcher.pressed, timeout=60_000) as pressed:
        user32.press(0x4002, 0xBC)
    assert pressed.args == ["next"]
    assert catcher.catch({}) == set()
    assert user32.keys == {}
    catcher.close()
