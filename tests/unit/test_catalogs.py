"""Every sentence that a user can meet is a template, and is translated into every language."""

import string
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from extract_messages import CATALOGS, PACKAGE, WINDOW, read, write
from message_sources import Source, Template

LANGUAGES = sorted(file.stem.removeprefix("avatarify_") for file in CATALOGS.glob("*.ts"))


@cache
def source() -> Source:
    return Source(PACKAGE)


@cache
def shown() -> tuple[Template, ...]:
    """Return what the window can show."""
    reached = source().reached_from(WINDOW)
    return tuple(one for one in source().find().templates if one.module in reached)


def fields(template: str) -> Counter[str]:
    """Count the fields of a template; those without a name may change places."""
    try:
        found = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    except ValueError:
        return Counter()
    return Counter("" if name.isdecimal() else name for name in found)


def test_every_sentence_is_a_template_with_its_values() -> None:
    problems = source().find().problems
    assert [f"{one.module}:{one.line}: {one.reason}" for one in problems] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(language: str) -> None:
    known = read(CATALOGS / f"avatarify_{language}.ts")
    assert [one.text for one in shown() if (one.context, one.text) not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_fields_of_their_source(language: str) -> None:
    known = read(CATALOGS / f"avatarify_{language}.ts")
    assert [english for (_, english), words in known.items() if fields(english) != fields(words)] == []


def test_an_update_keeps_known_translations_and_drops_vanished_ones(tmp_path: Path) -> None:
    catalog = tmp_path / "avatarify_de.ts"
    write(catalog, [("Page", "Close"), ("Page", "Open")], {("Page", "Close"): "Schließen", ("Page", "Old"): "Alt"})
    assert read(catalog) == {("Page", "Close"): "Schließen"}
    assert '<translation type="unfinished">' in catalog.read_text("utf-8")
