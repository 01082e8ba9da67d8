"""What the rest of the program tells, in the user's language.

Errors, warnings and findings come from below the window as English sentences with values in them. Those that users meet
are listed, in ``messages``, ``findings`` and ``engine_words``, as they stand in the code, a {} for each value; a test
holds the lists to the code. What is not listed stays English.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from avatarify.ui import engine_words, findings, messages

LISTS = {"Messages": messages.SENTENCES, "Findings": findings.SENTENCES, "Engines": engine_words.SENTENCES}
_JOINTS = tuple(map(re.compile, (r"(?<=\.) ", "; ", ": ", r" \(|\)", ", ")))  # in the order in which text is cut
_TRIED = 8  # joints of a kind that are looked at one by one
_LONGEST = 2000  # characters; longer text is what a library wrote, and looking through it would hold up the window
_AFTER_FULL_STOP = re.compile("(?<=。) ")


def told(text: str) -> str:
    """Return the program's words in the user's language.

    A sentence that is listed is translated, with what stands in it told in its turn. Other text is cut into sentences
    and their parts, because errors quote each other; parts that are not listed, such as names, stay as they are.
    """
    if len(text) > _LONGEST:
        words = _known(text)
        return text if words is None else words
    words = _told_one_by_one(text) or _known(text)
    return _AFTER_FULL_STOP.sub("", _told_in_parts(text) if words is None else words)


def _known(text: str) -> str | None:
    """Translate a listed sentence; None if it is none."""
    for context, template, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            *values, stop = found.groups()
            words = QCoreApplication.translate(context, template).format(*map(told, values))
            return QCoreApplication.translate("Messages", messages.FULL_STOP).format(words) if stop else words
    return None


def _told_one_by_one(text: str) -> str:
    """Tell listed sentences that follow each other, or the last value of one would take in the next; empty if none."""
    for cut in list(_JOINTS[0].finditer(text))[:_TRIED]:
        head, tail = text[: cut.start()], text[cut.end() :]
        if _known(head) is not None and _known(tail) is not None:
            return f"{told(head)} {told(tail)}"
    return ""


def _told_in_parts(text: str) -> str:
    """Cut at the first kind of joint that is there: where one of the sides is listed, else everywhere."""
    for joint in _JOINTS:
        cuts = list(joint.finditer(text))
        for cut in cuts[:_TRIED]:
            head, tail = text[: cut.start()], text[cut.end() :]
            if _known(head) is not None or _known(tail) is not None:
                return told(head) + cut.group() + told(tail)
        if cuts:
            starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
            between = [*(cut.group() for cut in cuts), ""]
            return "".join(
                told(text[start:end]) + joined for start, end, joined in zip(starts, ends, between, strict=True)
            )
    return text


@cache
def _patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    """Return each sentence with its context and what recognises it; those with most words of their own first."""
    found = [(context, template, _pattern(template)) for context, listed in LISTS.items() for template in listed]
    return sorted(found, key=lambda one: -len(one[1].replace("{}", "")))


def _pattern(template: str) -> re.Pattern[str]:
    """Recognise a sentence, and one that lacks its full stop here with it; the last group is that full stop."""
    stop = r"()" if template.endswith((".", "{}")) else r"(\.?)"
    return re.compile("(.+)".join(map(re.escape, template.split("{}"))) + stop, re.DOTALL)
