"""The one-folder bundle: Python, the base install, and nothing else, made by PyInstaller in a fresh environment."""

from __future__ import annotations

import ast
import os
import shutil
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

from bundles.steps import ROOT, megabytes, run, step

PYINSTALLER = "pyinstaller>=6.16,<7"
LARGEST_MB = 850
_FORBIDDEN = ("torch", "matplotlib", "onnxruntime", "tensorrt")


def build_folder(out: Path) -> Path:
    """Build the folder ``avatarify`` in ``out``; return it. Its modules and files are listed beside it.

    Raises:
        SystemExit: A step failed, or the bundle is larger than it may be, or contains what it must not.
    """
    work = out / "work"
    for old in (work, out / "avatarify", ROOT / "build" / "lib"):  # setuptools would install what is stale there
        shutil.rmtree(old, ignore_errors=True)
    with step("Installing Avatarify into a fresh environment"):
        python = _environment(work / "venv")
    with step("Collecting files (PyInstaller)"):
        options: list[str | Path] = ["--noconfirm", "--log-level", "WARN", "--distpath", out, "--workpath", work]
        run([python, "-P", "-m", "PyInstaller", *options, ROOT / "tools" / "bundles" / "avatarify.spec"])
    folder = out / "avatarify"
    if sys.platform == "linux":
        with step("Removing debug information"):
            for library in _with_debug_information(folder):
                run(["strip", "--strip-debug", library])
    _list_contents(folder, work, out)
    shutil.rmtree(work)
    size = megabytes(folder)
    print(f"{folder}: {size:.0f} MB")
    if size > LARGEST_MB:
        raise SystemExit(f"The bundle may have {LARGEST_MB} MB at most.")
    return folder


def _environment(folder: Path) -> Path:
    """Make an environment with the base install and PyInstaller; return its interpreter."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run([python, "-P", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ROOT, PYINSTALLER])
    return python


def _with_debug_information(folder: Path) -> Iterator[Path]:
    """Yield the libraries that can be stripped; those in ``*.libs`` were rearranged for their wheels and break."""
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink() and not file.parent.name.endswith(".libs"):
            content = file.read_bytes()
            if content.startswith(b"\x7fELF") and b".debug_info" in content:
                yield file


def _list_contents(folder: Path, work: Path, out: Path) -> None:
    """Write the names of all bundled modules and files; refuse those that a bundle must not have."""
    table = ast.literal_eval((work / "avatarify" / "PYZ-00.toc").read_text(encoding="utf-8"))
    modules = sorted(entry[0] for entry in table[1])
    files = sorted(str(file.relative_to(folder)) for file in folder.rglob("*"))
    (out / "modules.txt").write_text("\n".join(modules) + "\n", encoding="utf-8")
    (out / "files.txt").write_text("\n".join(files) + "\n", encoding="utf-8")
    found = [name for name in modules if name.partition(".")[0] in _FORBIDDEN]
    found += [name for name in files if any(part in _FORBIDDEN for part in Path(name).parts)]
    if found:
        raise SystemExit(f"The bundle contains {found[:5]}.")
