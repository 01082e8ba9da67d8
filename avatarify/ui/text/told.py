"""What the rest of the program tells, in the user's language.

Errors, warnings and findings come from below the window as English sentences with values in them. Those that users meet
are listed, in ``messages``, ``findings`` and ``engine_words``, as they stand in the code, a {} for each value; a test
holds the lists to the code. What is not listed stays English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import islice

from PySide6.QtCore import QCoreApplication

from avatarify.ui.text import engine_words, findings, messages

LISTS = {"Messages": messages.SENTENCES, "Findings": findings.SENTENCES, "Engines": engine_words.SENTENCES}
_SENTENCES = re.compile(r"(?<=\.) ")
_JOINTS = (_SENTENCES, *map(re.compile, ("; ", ": ", r" \(|\)", ", ")))  # in the order in which text is cut
_TRIED = 8  # joints of a kind that are looked at one by one
_LONGEST = 2000  # characters; longer text is what a library wrote, and looking through it would hold up the window
_AFTER_FULL_STOP = re.compile("(?<=。) ")


def told(text: str) -> str:
    """Return the program's words in the user's language.

    A sentence that is listed is translated, with what stands in it told in its turn. Other text is cut into sentences
    and their parts, because errors quote each other; parts that are not listed, such as names, stay as they are.
    """
    if len(text) > _LONGEST:
        return _known(text) or text
    words = _cut(text, _SENTENCES, all) or _known(text) or _told_in_parts(text)
    return _AFTER_FULL_STOP.sub("", words)


def _known(text: str) -> str | None:
    """Translate a listed sentence; None if it is none."""
    found = _match(text)
    if found is None:
        return None
    context, template = _patterns()[found.re]
    *values, stop = found.groups()
    words = QCoreApplication.translate(context, template).format(*map(told, values))
    return QCoreApplication.translate("Messages", messages.FULL_STOP).format(words) if stop else words


@lru_cache(1024)
def _match(text: str) -> re.Match[str] | None:
    """Find the listed sentence that text is; of two of which one quotes the other, the outer one begins first."""
    matches = [found for pattern in _patterns() if (found := pattern.fullmatch(text)) is not None]
    return min(matches, key=_begins, default=None)


def _begins(found: re.Match[str]) -> int:
    """Say where a sentence's own words begin."""
    return found.end(1) if found.start(1) == 0 else 0


def _cut(text: str, joint: re.Pattern[str], enough: Callable[[Iterable[bool]], bool]) -> str | None:
    """Tell text in two parts, cut where both (``all``) or one of them (``any``) are listed; None if nowhere."""
    for cut in islice(joint.finditer(text), _TRIED):
        head, tail = text[: cut.start()], text[cut.end() :]
        if enough(_match(part) is not None for part in (head, tail)):
            return told(head) + cut.group() + told(tail)
    return None


def _told_in_parts(text: str) -> str:
    """Cut at the first kind of joint that is there: where a part is listed, else everywhere."""
    joint = next((joint for joint in _JOINTS if joint.search(text)), None)
    if joint is None:
        return text
    parts = re.split(f"({joint.pattern})", text)  # every other one is a joint
    everywhere = "".join(part if number % 2 else told(part) for number, part in enumerate(parts))
    return _cut(text, joint, all) or _cut(text, joint, any) or everywhere


@cache
def _patterns() -> dict[re.Pattern[str], tuple[str, str]]:
    """Return context and sentence by what recognises it; those with most words of their own first."""
    found = [(context, template) for context, listed in LISTS.items() for template in listed]
    return {_pattern(one[1]): one for one in sorted(found, key=lambda one: -len(one[1].replace("{}", "")))}


def _pattern(template: str) -> re.Pattern[str]:
    """Recognise a sentence, and one that lacks its full stop here with it; the last group is that full stop.

    Values that stand side by side are single words, or nobody could say where one ends.
    """
    words = re.escape(template).replace(r"\{\}\ \{\}", r"(\S+)\ (\S+)").replace(r"\{\}", "(.+)")
    if words.startswith("(.+)"):
        words = words.replace("(.+)", "(.+?)", 1)
    stop = "()" if template.endswith((".", "{}")) else r"(\.?)"
    return re.compile(words + stop, re.DOTALL)
