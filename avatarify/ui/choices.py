"""The small things the window shows: notices, entries of lists, portraits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from avatarify.errors import AvatarifyError, DeviceError
from avatarify.ui.text.translate import translate

DEMO = "demo"
VIRTUAL, PAGE, PREVIEW = "virtual", "mjpeg", "null"
SIZES = ("640x480", "1280x720", "1920x1080")
RATES = (10.0, 15.0, 20.0, 24.0, 25.0, 30.0, 60.0)


class Severity(Enum):
    """How much a notice matters; the value names its look."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Notice:
    """One line for the user: what happened, what to do, and a button that does it.

    Attributes:
        message: What happened.
        hint: What to do.
        severity: How much it matters.
        command: Name of the command that helps; empty for none.
        argument: What the command is given, a file or an address.
    """

    message: str
    hint: str = ""
    severity: Severity = Severity.INFO
    command: str = ""
    argument: str = ""

    @property
    def words(self) -> str:
        """All that is told, in one line."""
        return f"{self.message} {self.hint}".strip()

    @classmethod
    def of(cls, error: Exception, severity: Severity = Severity.ERROR) -> Self:
        """Put an error into words, with the command that helps."""
        if isinstance(error, AvatarifyError):
            return cls(translate(error.message), translate(error.hint), severity, _helps(error))
        message = QCoreApplication.translate("Notice", "Unexpected error: {}.").format(
            f"{type(error).__name__}: {error}"
        )
        hint = QCoreApplication.translate("Notice", "Restart Avatarify. If it happens again, report it.")
        return cls(message, hint, severity, "diagnostics")


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from.

    Attributes:
        value: What is kept in the settings.
        label: What the user reads.
        why_not: Why it cannot be used now; empty if it can.
    """

    value: str
    label: str
    why_not: str = ""


@dataclass(frozen=True)
class PortraitItem:
    """One portrait of the gallery.

    Attributes:
        name: What ``--portrait`` accepts, kept in the settings.
        label: What the user reads.
        file: The picture.
        thumbnail: Square, small.
        own: Whether the user added it, and so may rename and delete it.
    """

    name: str
    label: str
    file: Path
    thumbnail: QImage
    own: bool = False


def chosen(choices: Sequence[Choice], value: str) -> Choice:
    """Return the usable choice of a value, or the first usable one."""
    usable = [choice for choice in choices if not choice.why_not]
    return next((choice for choice in usable if choice.value == value), usable[0])


def _helps(error: AvatarifyError) -> str:
    """Name the command that helps with an error; empty where only the hint does."""
    words = str(error.message).casefold()
    if isinstance(error, DeviceError) and "virtual camera" in words:
        return "virtual_camera"
    if isinstance(error, DeviceError) and "camera" in words:
        return "cameras"
    return ""
