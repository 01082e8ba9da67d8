"""All commands by name: one table for menus, shortcuts, the shortcuts page, and the buttons of notices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from avatarify.ui.text.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Command:
    """A command of the window.

    Attributes:
        name: Name in code and settings.
        group: Menu it belongs to.
        text: Label, in English.
        key: Default shortcut; empty for none.
        switch: Whether it can be switched on and off.
        repeat: Whether it repeats while the key is held.
    """

    name: str
    group: str
    text: str
    key: str = ""
    switch: bool = False
    repeat: bool = False


SESSION = QT_TRANSLATE_NOOP("Commands", "Session")
EDIT = QT_TRANSLATE_NOOP("Commands", "Edit")
PORTRAIT = QT_TRANSLATE_NOOP("Commands", "Portrait")
PICTURE = QT_TRANSLATE_NOOP("Commands", "Picture")
VIEW = QT_TRANSLATE_NOOP("Commands", "View")
HELP = QT_TRANSLATE_NOOP("Commands", "Help")

COMMANDS = (
    Command("start", SESSION, QT_TRANSLATE_NOOP("Commands", "Start or stop"), "Ctrl+Return"),
    Command("recalibrate", SESSION, QT_TRANSLATE_NOOP("Commands", "Recalibrate"), "X"),
    Command("search", SESSION, QT_TRANSLATE_NOOP("Commands", "Find the best neutral frame"), "F", switch=True),
    Command("freeze", SESSION, QT_TRANSLATE_NOOP("Commands", "Freeze picture"), "P", switch=True),
    Command("passthrough", SESSION, QT_TRANSLATE_NOOP("Commands", "Show my real face"), "0", switch=True),
    Command("snapshot", SESSION, QT_TRANSLATE_NOOP("Commands", "Take snapshot"), "Ctrl+S"),
    Command("record", SESSION, QT_TRANSLATE_NOOP("Commands", "Record"), "Ctrl+R", switch=True),
    Command("virtual", SESSION, QT_TRANSLATE_NOOP("Commands", "Send to virtual camera"), "Ctrl+M", switch=True),
    Command("cameras", SESSION, QT_TRANSLATE_NOOP("Commands", "Choose camera…"), "Ctrl+K"),
    Command("quit", SESSION, QT_TRANSLATE_NOOP("Commands", "Quit"), "Ctrl+Q"),
    Command("undo", EDIT, QT_TRANSLATE_NOOP("Commands", "Undo delete"), "Ctrl+Z"),
    Command("paste", EDIT, QT_TRANSLATE_NOOP("Commands", "Paste image"), "Ctrl+V"),
    Command("rename", EDIT, QT_TRANSLATE_NOOP("Commands", "Rename portrait…"), "F2"),
    Command("delete", EDIT, QT_TRANSLATE_NOOP("Commands", "Delete portrait"), "Del"),
    Command("preferences", EDIT, QT_TRANSLATE_NOOP("Commands", "Preferences…"), "Ctrl+,"),
    Command("previous", PORTRAIT, QT_TRANSLATE_NOOP("Commands", "Previous portrait"), "A", repeat=True),
    Command("next", PORTRAIT, QT_TRANSLATE_NOOP("Commands", "Next portrait"), "D", repeat=True),
    Command("random", PORTRAIT, QT_TRANSLATE_NOOP("Commands", "Random portrait"), "Q"),
    Command("favorite", PORTRAIT, QT_TRANSLATE_NOOP("Commands", "Favorite"), "Ctrl+D", switch=True),
    Command("earlier", PORTRAIT, QT_TRANSLATE_NOOP("Commands", "Move forward"), "Alt+Up", repeat=True),
    Command("later", PORTRAIT, QT_TRANSLATE_NOOP("Commands", "Move back"), "Alt+Down", repeat=True),
    Command("add", PORTRAIT, QT_TRANSLATE_NOOP("Commands", "Add portrait…"), "Ctrl+O"),
    Command("reload", PORTRAIT, QT_TRANSLATE_NOOP("Commands", "Reload portraits"), "L"),
    Command("zoom_in", PICTURE, QT_TRANSLATE_NOOP("Commands", "Zoom in"), "W", repeat=True),
    Command("zoom_out", PICTURE, QT_TRANSLATE_NOOP("Commands", "Zoom out"), "S", repeat=True),
    Command("pan_up", PICTURE, QT_TRANSLATE_NOOP("Commands", "Pan up"), "U", repeat=True),
    Command("pan_left", PICTURE, QT_TRANSLATE_NOOP("Commands", "Pan left"), "H", repeat=True),
    Command("pan_down", PICTURE, QT_TRANSLATE_NOOP("Commands", "Pan down"), "J", repeat=True),
    Command("pan_right", PICTURE, QT_TRANSLATE_NOOP("Commands", "Pan right"), "K", repeat=True),
    Command("mirror", PICTURE, QT_TRANSLATE_NOOP("Commands", "Mirror output"), "T", switch=True),
    Command("follow", PICTURE, QT_TRANSLATE_NOOP("Commands", "Follow my head"), "Shift+F", switch=True),
    Command("mirror_preview", VIEW, QT_TRANSLATE_NOOP("Commands", "Mirror preview"), "R", switch=True),
    Command("overlay_less", VIEW, QT_TRANSLATE_NOOP("Commands", "Less overlay"), "Z", repeat=True),
    Command("overlay_more", VIEW, QT_TRANSLATE_NOOP("Commands", "More overlay"), "C", repeat=True),
    Command("figures", VIEW, QT_TRANSLATE_NOOP("Commands", "Show statistics"), "I", switch=True),
    Command("landmarks", VIEW, QT_TRANSLATE_NOOP("Commands", "Show facial landmarks"), "O", switch=True),
    Command("camera_preview", VIEW, QT_TRANSLATE_NOOP("Commands", "Camera preview"), "M", switch=True),
    Command("side_by_side", VIEW, QT_TRANSLATE_NOOP("Commands", "Camera and output side by side"), "B", switch=True),
    Command("insight", VIEW, QT_TRANSLATE_NOOP("Commands", "How it works…"), "F6"),
    Command("full_screen", VIEW, QT_TRANSLATE_NOOP("Commands", "Full screen"), "F11", switch=True),
    Command("projector", VIEW, QT_TRANSLATE_NOOP("Commands", "Output window for capture"), "Ctrl+Shift+O", switch=True),
    Command("keys", HELP, QT_TRANSLATE_NOOP("Commands", "Keyboard shortcuts…"), "?"),
    Command("virtual_camera", HELP, QT_TRANSLATE_NOOP("Commands", "Virtual camera…"), "F3"),
    Command("engines", HELP, QT_TRANSLATE_NOOP("Commands", "Engines…"), "F4"),
    Command("diagnostics", HELP, QT_TRANSLATE_NOOP("Commands", "Diagnostics…"), "F12"),
    Command("documentation", HELP, QT_TRANSLATE_NOOP("Commands", "Documentation"), "F1"),
    Command("privacy", HELP, QT_TRANSLATE_NOOP("Commands", "Privacy…")),
    Command("about", HELP, QT_TRANSLATE_NOOP("Commands", "About Avatarify")),
)
_LETTER = re.compile(r"(Shift\+)?.")
NUMBERS = tuple(
    Command(f"portrait_{number}", PORTRAIT, QT_TRANSLATE_NOOP("Commands", "Portrait {}"), str(number))
    for number in range(1, 10)
)


def is_letter(command: Command, key: str) -> bool:
    """Return whether a key is a single character, typed by mistake easily, that changes what others see."""
    return command.group in (SESSION, PORTRAIT, PICTURE) and _LETTER.fullmatch(key) is not None


def words(command: Command) -> str:
    """Return the label in the user's language."""
    text = QCoreApplication.translate("Commands", command.text)
    return text.format(command.key) if command in NUMBERS else text


def group_words(group: str) -> str:
    """Return the name of a menu in the user's language."""
    return QCoreApplication.translate("Commands", group)
