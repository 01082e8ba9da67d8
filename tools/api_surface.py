"""Print or update ``tests/api_surface.json``: the public names of every module that others may use.

    python tools/api_surface.py            # write the file anew after a wanted change
    python tools/api_surface.py --print    # only print

A name is public if the module defines it without a leading underscore; classes are listed with their public attributes
and methods. The window and the commands are left out: nothing else imports from them.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
FILE = REPOSITORY / "tests" / "api_surface.json"
PRIVATE = ("cli", "ui")


def surface(root: Path = REPOSITORY / "avatarify") -> dict[str, list[str]]:
    """Return the public names of each module, as written in its source."""
    found = {}
    for file in sorted(root.rglob("*.py")):
        parts = file.relative_to(root.parent).with_suffix("").parts
        if parts[1] not in PRIVATE and not any(part.startswith("_") for part in parts):
            found[".".join(parts)] = sorted(names(ast.parse(file.read_text("utf-8")).body))
    return {module: public for module, public in found.items() if public}


def names(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    """Yield the public names that statements define: constants, functions, classes and their methods."""
    for node in body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{prefix}{node.name}()"
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield f"{prefix}{node.name}"
            yield from names(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if not node.target.id.startswith("_"):
                yield f"{prefix}{node.target.id}"
        elif isinstance(node, ast.Assign):
            targets = [name for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
            yield from (f"{prefix}{name.id}" for name in targets if not name.id.startswith("_"))


def main(words: list[str]) -> None:
    """Print or write the surface."""
    text = json.dumps(surface(), indent=1) + "\n"
    if words == ["--print"]:
        print(text, end="")
    else:
        FILE.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
