"""Print circles between the packages of avatarify, imports inside functions included; exit with 1 if there are any.

Imports that only type checkers see are reported apart: they close no circle at run time.

    python tools/import_circles.py
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "avatarify"
Graph = dict[str, set[str]]


def package_of(module: str) -> str:
    """Return the package below avatarify, or the module itself where it stands at the top."""
    return module.split(".")[1] if "." in module else module


def imports_of(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield each module of avatarify that is imported, and whether only type checkers see the import."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from ((name, True) for part in node.body for name, _ in imports_of(ast.Module([part], [])))
        elif isinstance(node, ast.Import):
            yield from ((name.name, False) for name in node.names if name.name.startswith("avatarify."))
        elif isinstance(node, ast.ImportFrom) and node.module == "avatarify":
            yield from ((f"avatarify.{name.name}", False) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("avatarify."):
            yield str(node.module), False
        else:
            yield from imports_of(node)


def graph(root: Path = ROOT, *, types: bool = False) -> Graph:
    """Return which package imports which; with ``types``, imports for type checkers count too."""
    edges: Graph = {}
    for file in root.rglob("*.py"):
        module = ".".join(file.relative_to(root.parent).with_suffix("").parts)
        source = edges.setdefault(package_of(module), set())
        source |= {
            package_of(name) for name, typing in imports_of(ast.parse(file.read_text("utf-8"))) if types >= typing
        }
        source.discard(package_of(module))
    return edges


def reachable(edges: Graph, start: str) -> set[str]:
    """Return every package that ``start`` imports, directly or not."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = edges.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found


def circles(edges: Graph) -> list[tuple[str, ...]]:
    """Return each group of packages that import one another."""
    reach = {package: reachable(edges, package) for package in edges}
    groups = {tuple(sorted(b for b in reach[a] if a in reach.get(b, set()))) for a in edges if a in reach[a]}
    return sorted(groups)


def main() -> int:
    """Print the circles of both kinds; return the exit code."""
    real = circles(graph())
    typed = [circle for circle in circles(graph(types=True)) if circle not in real]
    for title, found in (("circle", real), ("circle by imports for type checkers", typed)):
        for circle in found:
            print(f"{title}: {' <-> '.join(circle)}")
    return bool(real or typed)


if __name__ == "__main__":
    sys.exit(main())
