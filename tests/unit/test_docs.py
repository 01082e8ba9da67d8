"""The docs say what the code does: errors, commands, and links."""

import inspect
import re
import tomllib
from pathlib import Path

import pytest

from avatarify import errors
from avatarify.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs", "assets", "engines", "tests")
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))])
# Pages that exist on the site only (tools/docs_site.py generates them).
GENERATED = {ROOT / "docs" / "commands.md", ROOT / "docs" / "graphs.md"}


def test_every_error_has_its_heading() -> None:
    headings = set(re.findall(r"^## (\w+)$", (ROOT / "docs" / "errors.md").read_text(), re.MULTILINE))
    assert headings == {name for name, value in inspect.getmembers(errors) if is_error(value)}


def test_the_readme_lists_every_command() -> None:
    listed = set(re.findall(r"`avatarify ([\w-]+)", (ROOT / "README.md").read_text()))
    assert set(COMMANDS) - {"gui"} <= listed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", page.read_text()) if "://" not in link]
    assert not [link for link in links if not exists((page.parent / link).resolve())]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_headings_name_one(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text())
    assert not [link for link in links if link[1] not in anchors((page.parent / link[0]) if link[0] else page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_on_a_page_exist(page: Path) -> None:
    named = re.findall(r"`([a-z]\w*(?:/\w+)+(?:\.py|/))`", page.read_text())
    folders = (ROOT, ROOT / "avatarify", page.parent)
    assert not [name for name in named if not any((folder / name).exists() for folder in folders)]


def test_the_moving_picture_is_small_enough_for_a_readme() -> None:
    assert (ROOT / "docs" / "pictures" / "portraits.webp").stat().st_size <= 3_000_000


def test_the_layers_drawn_are_those_that_are_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    checked = [set(layer.split(" | ")) for layer in layers]
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    assert [set(line.split("  ")[0].split()) for line in drawing.splitlines()] == checked


def test_labels_quoted_on_the_window_page_are_those_of_the_window() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "avatarify").rglob("*.py"))
    labels = re.findall(r'"([^"\n]+)"', (ROOT / "docs" / "guide" / "window.md").read_text(encoding="utf-8"))
    assert not [label for label in labels if f'"{label}"' not in code]


def test_keys_on_the_window_page_are_those_of_the_window() -> None:
    code = (ROOT / "avatarify" / "ui" / "commands.py").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.)` \| (.+) \|$", (ROOT / "docs" / "guide" / "window.md").read_text(), re.MULTILINE)
    assert rows
    assert not [row for row in rows if f'"{row[1]}"), "{row[0]}"' not in code]


def is_error(value: object) -> bool:
    """Whether a member of ``avatarify.errors`` is one of its errors."""
    return inspect.isclass(value) and issubclass(value, Exception)


def exists(file: Path) -> bool:
    """Whether a link's target is in the repository or on the site."""
    return file.exists() or file in GENERATED


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, formed as GitHub and MkDocs form them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
