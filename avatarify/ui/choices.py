"""Small values that the window shows: notices, list entries, portraits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from avatarify.errors import AvatarifyError, CameraError, VirtualCameraError
from avatarify.ui.text.translate import translate

DEMO = "demo"
VIRTUAL, PAGE, PREVIEW = "virtual", "mjpeg", "null"
SIZES = ("640x480", "1280x720", "1920x1080")
RATES = (10.0, 15.0, 20.0, 24.0, 25.0, 30.0, 60.0)
_HELPFUL: dict[type[AvatarifyError], str] = {CameraError: "cameras", VirtualCameraError: "virtual_camera"}


class Severity(Enum):
    """Severity of a notice; the value selects its style."""

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
        argument: Argument of the command, such as a file.
    """

    message: str
    hint: str = ""
    severity: Severity = Severity.INFO
    command: str = ""
    argument: str = ""

    @property
    def words(self) -> str:
        """Message and hint in one line."""
        return f"{self.message} {self.hint}".strip()

    @classmethod
    def of(cls, error: Exception, severity: Severity = Severity.ERROR) -> Self:
        """Describe an error, with the command that helps."""
        if isinstance(error, AvatarifyError):
            return cls(translate(error.message), translate(error.hint), severity, _helpful_command(error))
        message = QCoreApplication.translate("Notice", "Unexpected error: {}.").format(
            f"{type(error).__name__}: {error}"
        )
        hint = QCoreApplication.translate("Notice", "Restart Avatarify. If it happens again, report it.")
        return cls(message, hint, severity, "diagnostics")


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from.

    Attributes:
        value: Value in the settings.
        label: Displayed text.
        why_not: Why it cannot be used now; empty if it can be.
    """

    value: str
    label: str
    why_not: str = ""


@dataclass(frozen=True)
class PortraitItem:
    """One portrait of the gallery.

    Attributes:
        name: Name that ``--portrait`` accepts, stored in the settings.
        label: Displayed text.
        file: Image file.
        thumbnail: Small square image.
        own: Whether the user added it and may rename and delete it.
    """

    name: str
    label: str
    file: Path
    thumbnail: QImage
    own: bool = False


def smaller_size(size: str) -> str:
    """Return the next smaller size of the output; empty if there is none."""
    return next((other for other in reversed(SIZES) if _pixels(other) < _pixels(size)), "")


def _pixels(size: str) -> int:
    width, height = map(int, size.split("x"))
    return width * height


def chosen(choices: Sequence[Choice], value: str) -> Choice:
    """Return the usable choice with this value, or else the first usable one."""
    usable = [choice for choice in choices if not choice.why_not]
    return next((choice for choice in usable if choice.value == value), usable[0])


def _helpful_command(error: AvatarifyError) -> str:
    """Return the command that helps with an error; empty if there is none."""
    return next((command for kind, command in _HELPFUL.items() if isinstance(error, kind)), "")
