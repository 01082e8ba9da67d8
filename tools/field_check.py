"""Reruns the recipes of faults that were found in the field, and prints PASS or FAIL for each.

``python tools/field_check.py`` runs them all; names choose some: ``python tools/field_check.py a03 o02``. Each recipe
is a module of ``tools/field`` whose name begins with the number of its fault. Its docstring says what is expected; its
function ``check`` takes a ``Kit``, returns what it measured, and raises ``Failed``. The exit code is 1 if one failed.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from field.kit import Failed, Kit

FOLDER = Path(__file__).parent / "field"


def recipes(names: Sequence[str]) -> Iterator[ModuleType]:
    """Yield the modules of the recipes whose names begin with one of ``names``; all without names."""
    for file in sorted(FOLDER.glob("[a-z][0-9]*.py")):
        if not names or file.stem.startswith(tuple(names)):
            yield importlib.import_module(f"field.{file.stem}")


@dataclass(frozen=True)
class Result:
    """What came of a recipe.

    Attributes:
        number: Of the fault.
        title: What is expected.
        passed: Whether it is so.
        found: What was measured, or what went wrong.
        seconds: How long it took.
    """

    number: str
    title: str
    passed: bool
    found: str
    seconds: float

    def __str__(self) -> str:
        return f"{self._verdict} {self.number} {self.title} ({self.found}; {self.seconds:.0f} s)"

    @property
    def row(self) -> str:
        """The result as a row of a table in Markdown."""
        found = self.found.replace("|", "\\|")
        return f"| {self.number} | {self.title} | {self._verdict} | {found} | {self.seconds:.0f} s |"

    @property
    def _verdict(self) -> str:
        return "PASS" if self.passed else "FAIL"


def result(recipe: ModuleType, shared: Path) -> Result:
    """Run a recipe."""
    number, title = recipe.__name__.rpartition(".")[2].partition("_")[0], (recipe.__doc__ or "").partition("\n")[0]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            passed, found = True, recipe.check(Kit(Path(folder), shared))
        except Failed as error:
            passed, found = False, str(error)
        except Exception as error:  # noqa: BLE001  a recipe that cannot run has not passed
            passed, found = False, f"{type(error).__name__}: {error}"
    return Result(number, title, passed, found, time.monotonic() - started)


def main() -> int:
    """Run the recipes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="beginnings of the recipes' names, such as a03; all without any")
    parser.add_argument("--shared", type=Path, help="folder for the cache, to be used again (default: a new one)")
    parser.add_argument("--markdown", type=Path, help="file to which a row of a table is added for each recipe")
    args = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as new:
        for recipe in recipes(args.names):
            one = result(recipe, args.shared or Path(new))
            failed += not one.passed
            print(one, flush=True)
            if args.markdown is not None:
                with args.markdown.open("a", encoding="utf-8") as table:
                    table.write(f"{one.row}\n")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
