import sys
from importlib import metadata
from pathlib import Path

import pytest

from avatarify import system_libraries
from avatarify.doctor import checks, qt_libraries
from avatarify.doctor.finding import FAIL, OK, WARN, Finding

linux = pytest.mark.skipif(sys.platform != "linux", reason="Debian packages are a matter of Linux")


@linux
@pytest.mark.parametrize(
    ("environment", "asked"),
    [({}, True), ({"QT_QPA_PLATFORM": "offscreen"}, False), ({"WAYLAND_DISPLAY": "wayland-0"}, False)],
)
def test_x11_libraries_are_checked_only_under_x11(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], asked: bool
) -> None:
    monkeypatch.setattr(system_libraries, "_loads", lambda name: "xcb" not in name)
    assert ("libxcb-cursor0" in qt_libraries.missing_for_window(environment)) is asked


@linux
def test_a_display_is_detected_from_the_environment() -> None:
    assert not qt_libraries.has_display({})
    assert qt_libraries.has_display({"DISPLAY": ":0"})
    assert qt_libraries.has_display({"QT_QPA_PLATFORM": "offscreen"})


def test_missing_packages_fail_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    required = ["numpy>=2.0", "no-such-package-here>=1; python_version>'3'", "pytest>=8; extra == 'test'"]
    monkeypatch.setattr(metadata, "requires", lambda name: required)
    finding = checks.check_packages()
    assert finding.status == FAIL
    assert str(finding.remedy) == "Run: pip install no-such-package-here"
    assert finding.command == "pip install no-such-package-here"


@linux
def test_missing_libraries_of_opencv_fail_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "_loads", lambda name: True)
    assert checks.check_libraries().status == OK
    monkeypatch.setattr(system_libraries, "_loads", lambda name: "xcb" not in name)
    finding = checks.check_libraries()
    assert (finding.status, finding.command) == (FAIL, "sudo apt install libxcb1")


def test_a_check_that_a_missing_library_prevents_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Finding:
        raise ImportError("libxcb.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(checks, "_CHECKS", (broken, checks.check_python))
    assert [finding.name for finding in checks.all_findings()] == ["Python"]


def test_missing_libraries_of_the_window_are_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "missing_for_window", lambda environment: ["libxcb-cursor0"])
    finding = checks.check_window()
    assert (finding.status, str(finding.remedy)) == (WARN, "Run: sudo apt install libxcb-cursor0")
    assert finding.command == "sudo apt install libxcb-cursor0"


def test_folders_are_checked_by_writing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert checks.check_folders().status == OK
    blocker = tmp_path / "file"
    blocker.touch()
    monkeypatch.setenv("AVATARIFY_DATA", str(blocker / "data"))
    finding = checks.check_folders()
    assert finding.status == FAIL
    assert str(blocker / "data") in finding.detail


def test_little_disk_space_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LEAST_FREE_MB", 10**12)
    assert checks.check_folders().status == WARN
