"""No two public classes share a name, so that a name in an error, a log, or a search means one thing."""

import ast
from collections import Counter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "avatarify"


def public_classes(source: str) -> list[str]:
    """Names of all classes in a module, at any depth, that do not start with an underscore."""
    nodes = ast.walk(ast.parse(source))
    return [node.name for node in nodes if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


def shared(sources: list[str]) -> set[str]:
    """Names that more than one class has."""
    counts = Counter(name for source in sources for name in public_classes(source))
    return {name for name, count in counts.items() if count > 1}


def test_every_public_class_has_a_name_of_its_own() -> None:
    sources = [file.read_text("utf-8") for file in PACKAGE.rglob("*.py")]
    assert len(sources) > 300
    assert shared(sources) == set()


def test_shared_names_are_found() -> None:
    nested = "class Outer:\n    class Box: ...\n"
    assert shared(["class Box: ...\nclass _Own: ...\n", nested, "class _Own: ...\n"]) == {"Box"}
