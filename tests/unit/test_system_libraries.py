import re
import sys
from pathlib import Path

import pytest

from avatarify import system_libraries
from avatarify.system_libraries import install_command, missing_library, missing_packages

linux = pytest.mark.skipif(sys.platform != "linux", reason="Debian packages are a matter of Linux")


@linux
def test_a_missing_library_is_reported_by_its_package() -> None:
    libraries = {"libc.so.6": "libc6", "libno-such-thing.so.9": "libno-such-thing9"}
    assert missing_packages(libraries) == ["libno-such-thing9"]
    assert str(install_command(["a", "b"])) == "Run: sudo apt install a b"


@pytest.mark.parametrize(
    ("library", "hint"),
    [("libxcb.so.1", "Run: sudo apt install libxcb1"), ("libfoo.so.3", "Install the package that contains it.")],
)
def test_the_loaders_error_becomes_a_remedy(monkeypatch: pytest.MonkeyPatch, library: str, hint: str) -> None:
    monkeypatch.setattr(system_libraries, "_loads", lambda name: True)
    error = ImportError(f"{library}: cannot open shared object file: No such file or directory")
    assert str(missing_library(error)) == f"The system library {library} is missing. {hint}"


@linux
def test_the_remedy_installs_all_that_a_command_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "_loads", lambda name: "GL" not in name)
    problem = missing_library("libxcb.so.1: cannot open shared object file")
    assert str(problem).endswith("Run: sudo apt install libegl1 libgl1 libgles2 libxcb1")


def test_other_errors_are_left_alone() -> None:
    assert missing_library(ImportError("No module named 'x'")) is None


def test_each_library_has_one_package() -> None:
    groups = (system_libraries.COMMANDS, system_libraries.WINDOW, system_libraries.WAYLAND, system_libraries.X11)
    assert len(system_libraries.PACKAGES) == sum(map(len, groups))


@pytest.mark.parametrize("page", ["README.md", "docs/install.md", ".ci/run"])
def test_every_page_that_lists_packages_names_them_all(page: str) -> None:
    words = re.split(r"[\s()]+", (Path(__file__).resolve().parents[2] / page).read_text(encoding="utf-8"))
    brought = {"libfreetype6", "libx11-6", "libxkbcommon0", "libwayland-client0"}  # by those that are listed
    assert set(system_libraries.PACKAGES.values()) - brought <= set(words)
