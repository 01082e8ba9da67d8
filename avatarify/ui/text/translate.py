"""Shows messages from below the window in the user's language."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from avatarify.messages import Message, Template
from avatarify.pasteable import pasteable

_AFTER_FULL_STOP = re.compile("(?<=。) ")  # Chinese and Japanese sentences follow each other without a space


def translate(message: Message | str) -> str:
    """Return a message in the user's language; a string, such as a name, stays as it is."""
    if isinstance(message, str):
        return message
    return pasteable(_AFTER_FULL_STOP.sub("", message.translated(translate_template)))


def percent(fraction: float) -> str:
    """Return a fraction, 0 to 1, as whole percent, written as the language does."""
    return QCoreApplication.translate("Numbers", "{}%").format(round(fraction * 100))


def translate_template(template: Template) -> str:
    """Return a template in the user's language, with its fields."""
    return QCoreApplication.translate("Messages", template)
