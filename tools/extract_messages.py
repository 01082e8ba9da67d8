"""Brings the catalogs of translations up to date with the source: ``python tools/extract_messages.py``.

Every sentence that a user of the window can meet is put into each catalog (``avatarify/ui/translations/*.ts``). Known
translations stay, new sentences are marked unfinished, vanished ones are dropped. Then the catalogs are compiled.
With ``--check`` nothing is written: missing translations are listed, and the exit code is 1 if there are any.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from message_sources import Source

PACKAGE = Path(__file__).resolve().parents[1] / "avatarify"
CATALOGS = PACKAGE / "ui" / "translations"
WINDOW = "avatarify.ui"
Key = tuple[str, str]
"""Context and English."""


def wanted_keys() -> list[Key]:
    """Return every sentence that the window can show, without repeats, in the order of contexts, then of the source."""
    source = Source(PACKAGE)
    reached = source.reached_from(WINDOW)
    keys = dict.fromkeys((one.context, one.text) for one in source.find().templates if one.module in reached)
    return sorted(keys, key=lambda key: key[0])


def read(catalog: Path) -> dict[Key, str]:
    """Return the finished translations of a catalog."""
    found = {}
    for context in ElementTree.parse(catalog).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") is None and translation.text:
                found[context.findtext("name", ""), message.findtext("source", "")] = translation.text
    return found


def write(catalog: Path, keys: Iterable[Key], known: dict[Key, str]) -> None:
    """Write a catalog with these sentences; those that are not known are marked unfinished."""
    root = ElementTree.Element("TS", version="2.1", language=catalog.stem.rpartition("_")[2])
    contexts: dict[str, ElementTree.Element] = {}
    for context, english in keys:
        if context not in contexts:
            contexts[context] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[context], "name").text = context
        message = ElementTree.SubElement(contexts[context], "message")
        ElementTree.SubElement(message, "source").text = english
        translation = ElementTree.SubElement(message, "translation")
        if (context, english) in known:
            translation.text = known[context, english]
        else:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, "unicode", short_empty_elements=False)
    catalog.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def compile_(catalog: Path) -> None:
    """Write the ``.qm`` file that Qt reads, with the tool that comes with PySide6."""
    import PySide6

    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    subprocess.run([tool, "-silent", catalog, "-qm", catalog.with_suffix(".qm")], check=True)


def main() -> int:
    """Update or check all catalogs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, list what is missing")
    check = parser.parse_args().check
    keys, missing = wanted_keys(), 0
    for catalog in sorted(CATALOGS.glob("*.ts")):
        known = read(catalog)
        if not check:
            write(catalog, keys, known)
            compile_(catalog)
        for context, english in keys:
            if (context, english) not in known:
                missing += 1
                print(f"{catalog.name}: {context}: {english}")
    print(f"{len(keys)} sentences, {missing} translations missing")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
