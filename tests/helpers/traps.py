"""A folder of modules that a child process must not import."""

from pathlib import Path

NAMES = ("avatarify", "json", "multiprocessing", "numpy", "pickle", "random", "selectors", "signal", "socket", "struct")
_CODE = "import os\nopen(__file__ + '.sprung', 'w').close()\nos._exit(66)\n"


def lay(folder: Path) -> None:
    """Write modules that leave a note when they are imported."""
    for name in NAMES:
        (folder / f"{name}.py").write_text(_CODE)


def sprung(folder: Path) -> list[str]:
    """Return the names of the modules that were imported."""
    return sorted(file.name.partition(".")[0] for file in folder.glob("*.sprung"))
