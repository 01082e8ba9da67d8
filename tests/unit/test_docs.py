"""The docs say what the code does: errors, commands and links."""

import inspect
import re
from pathlib import Path

import pytest

from avatarify import errors
from avatarify.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "assets").glob("**/*.md")])


def test_every_error_has_its_heading():
    headings = set(re.findall(r"^## (\w+)$", (ROOT / "docs" / "errors.md").read_text(), re.MULTILINE))
    assert headings == {name for name, _ in inspect.getmembers(errors, inspect.isclass)}


def test_the_readme_tells_every_command():
    told = set(re.findall(r"`avatarify ([\w-]+)", (ROOT / "README.md").read_text()))
    assert set(COMMANDS) - {"gui"} <= told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)", page.read_text())
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not missing
