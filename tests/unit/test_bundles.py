"""What the packages contain, need, and start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bundles.contents import BUNDLED_LIBRARIES, needed
from bundles.debian import dependencies, icons
from bundles.steps import megabytes

from avatarify.children import avatarify_command
from avatarify.system_libraries import PACKAGES

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.mark.parametrize(
    "path",
    [
        "avatarify/assets/demo/demo.mp4",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "openvino/libs/libopenvino_ir_frontend.so.2641",
        "openvino/libs/libopenvino_onnx_frontend.so.2641",
        "opencv_contrib_python.libs/libQt5Core-6243ef7e.so.5.15.19",
    ],
)
def test_what_is_loaded_is_bundled(path: str) -> None:
    assert needed(path)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/translations/qtwebengine_de.qm",
        "openvino/libs/libopenvino_pytorch_frontend.so.2641",
        "cv2/qt/plugins/platforms/libqxcb.so",
        "numpy/_core/include/numpy/arrayobject.h",
    ],
)
def test_what_is_never_loaded_is_left_out(path: str) -> None:
    assert not needed(path)


def test_of_the_building_system_only_what_python_needs_is_bundled() -> None:
    assert needed("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3")
    assert not needed("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6")
    assert not needed("libX11.so.6", "/lib/x86_64-linux-gnu/libX11.so.6")


def test_a_library_is_either_bundled_or_a_dependency() -> None:
    for library, package in PACKAGES.items():
        bundled = needed(library, f"/usr/lib/x86_64-linux-gnu/{library}")
        assert bundled == (library in BUNDLED_LIBRARIES)
        assert (package in dependencies()) != bundled


def test_the_icons_exist() -> None:
    assert all(icon.is_file() for icon in icons().values())


def test_links_do_not_count_as_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1000))
    (tmp_path / "b").symlink_to("a")
    assert megabytes(tmp_path) == 0.001


def test_children_of_a_bundle_are_the_bundled_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert avatarify_command() == [sys.executable, "-P", "-m", "avatarify"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert avatarify_command() == [sys.executable]


@pytest.mark.parametrize("before", [None, "/opt/mine"])
def test_programs_of_the_system_do_not_load_the_bundles_libraries(before: str | None) -> None:
    environment = {**os.environ, "LD_LIBRARY_PATH": "/opt/avatarify/_internal"}
    if before is not None:
        environment["LD_LIBRARY_PATH_ORIG"] = before
    code = (
        "import os, runpy; runpy.run_path(os.environ['PROGRAM'])['restore_library_path']();"
        "print(os.environ.get('LD_LIBRARY_PATH'), 'LD_LIBRARY_PATH_ORIG' in os.environ)"
    )
    environment["PROGRAM"] = str(TOOLS / "bundles" / "program.py")
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(before), "False"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_installing_and_removing_for_one_user_leaves_nothing(tmp_path: Path) -> None:
    home, unpacked = tmp_path / "my home", tmp_path / "unpacked"
    home.mkdir()
    (unpacked / "avatarify").mkdir(parents=True)
    (unpacked / "avatarify" / "avatarify").write_text("#!/bin/sh\necho started\n")
    (unpacked / "avatarify" / "avatarify").chmod(0o755)
    (unpacked / "icons").mkdir()
    for icon in icons().values():
        (unpacked / "icons" / icon.name).write_bytes(icon.read_bytes())
    for name in ("avatarify.desktop", "install.sh", "uninstall.sh"):
        (unpacked / name).write_text((TOOLS / "bundles" / "linux" / name).read_text())
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    subprocess.run(["sh", "install.sh"], cwd=unpacked, env=environment, check=True)
    started = subprocess.run([home / ".local/bin/avatarify"], env=environment, capture_output=True, check=True)
    assert started.stdout == b"started\n"
    entry = (home / ".local/share/applications/avatarify.desktop").read_text()
    assert f'Exec="{home}/.local/share/avatarify-app/avatarify" gui' in entry
    subprocess.run([home / ".local/share/avatarify-app/uninstall"], env=environment, check=True)
    assert list(home.iterdir()) == []
