"""``docs/paper.md`` names code that exists."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
LINK = re.compile(r"\[`([\w.]+)`\]\(([^)]+\.py)\)")
NAMED = sorted(set(LINK.findall((DOCS / "paper.md").read_text(encoding="utf-8"))))


def names_in(file: Any) -> Any:
    """Functions, classes, their methods and constants of a module."""
    found = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
    return found


@pytest.mark.parametrize(("name", "link"), NAMED)
def test_what_the_page_names_is_there(name: str, link: str) -> None:
    assert name in names_in(DOCS / link)


def test_every_equation_from_1_to_14_has_code() -> None:
    rows = re.findall(r"^\| Eq\. ([\d, ]+) \|.*\[`", (DOCS / "paper.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {int(number) for row in rows for number in row.split(",")} == set(range(1, 15))
