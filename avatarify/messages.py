"""What users read: English templates with values, so that a sentence can be translated before it is filled in.

Raise sites write the template as a literal string (``Message("The image {name} is truncated.", name=path.name)``);
``tools/extract_messages.py`` finds every template in the source and puts it into the catalogs of translations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Self

Template = str
"""English with named fields, as for ``str.format``: a literal, or one marked with ``N_``."""

_CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]")

Translate = Callable[[Template], str]


def N_(template: Template) -> Template:
    """Return a template as it is; the mark lets the extractor find one that is passed on before it is used."""
    return template


def _unchanged(template: str) -> str:
    return template


@dataclass(frozen=True, init=False)
class Message:
    """One or more sentences for the user.

    ``str()`` gives English. Without values the template is used as it is, so that braces in it need no escape.

    Args:
        template: English, with a named field for each value, as for ``str.format``.
        values: Numbers, names, paths; messages and ``AvatarifyError``s, which are translated in their turn; and lists
            of these, which are joined by commas.
    """

    template: str
    values: Mapping[str, object]

    def __init__(self, template: str, /, **values: object) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", values)

    def __hash__(self) -> int:
        return hash(self.template)

    def __bool__(self) -> bool:
        return bool(self.template)

    def __str__(self) -> str:
        return self.translated(_unchanged)

    def __contains__(self, text: str) -> bool:
        return text in str(self)

    @classmethod
    def of(cls, text: str | Message) -> Self | Message:
        """Return a message as it is, and make one of a string."""
        return text if isinstance(text, Message) else cls(text)

    def translated(self, translate: Translate) -> str:
        """Return the sentence in another language.

        Args:
            translate: Takes a template; returns it in that language, with the same fields.
        """
        words = translate(self.template) if self.template else ""
        if not self.values:
            return words
        return words.format_map({name: _filled(value, translate) for name, value in self.values.items()})


def join(messages: Sequence[Message]) -> Message:
    """Return sentences as one message, with a space between them."""
    fields = {f"part{number}": message for number, message in enumerate(messages) if message}
    return Message(" ".join(f"{{{name}}}" for name in fields), **fields)


def printable(text: str) -> str:
    """Return a text with control characters, which can command a terminal or reverse its letters, as escapes."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _filled(value: object, translate: Translate) -> object:
    message = getattr(value, "message", value)  # of an error that another one quotes
    if isinstance(message, Message):
        return message.translated(translate)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_filled(item, translate)) for item in value)
    return printable(str(value)) if isinstance(value, (str, PurePath, BaseException)) else value
