"""``avatarify setup-camera`` on described machines, with commands that only note what they were given."""

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.machines import RELEASE, DrawnMachine

from avatarify.cli.main import main
from avatarify.output.camera_driver import MacCameraDriver, inspect_linux

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands are shell scripts")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DrawnMachine:
    drawn = DrawnMachine(tmp_path / "machine")
    monkeypatch.setattr("avatarify.output.camera_driver.inspect_driver", lambda: inspect_linux(drawn.root, RELEASE))
    return drawn


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: DrawnMachine) -> Callable[..., Any]:
    """Stand-ins for the administrator's commands: each notes its words, and input; modprobe makes a device."""
    folder, notes = tmp_path / "bin", tmp_path / "notes"
    folder.mkdir()
    device = machine.root / "sys/devices/virtual/video4linux/video10"
    caps = machine.root / "sys/module/v4l2loopback/parameters"
    bodies = {
        "apt-get": "",
        "tee": 'read line; echo "wrote $line" >> NOTES',
        "rm": "",
        "modprobe": f"/bin/mkdir -p {device} {caps}; echo Avatarify > {device}/name; echo Y > {caps}/exclusive_caps",
    }
    for name, body in bodies.items():
        write(folder / name, f'echo "{name} $*" >> NOTES\n{body}'.replace("NOTES", str(notes)))
    write(folder / "sudo", 'exec "$@"')
    monkeypatch.setenv("PATH", str(folder))
    return lambda: notes.read_text().splitlines() if notes.exists() else []


def write(file: Path, body: str) -> None:
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_it_prints_what_it_takes_and_changes_nothing(
    machine: DrawnMachine, commands: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup-camera"]) == 0
    output = capfd.readouterr().out
    assert "apt-get install -y v4l2loopback-dkms" in output
    assert "/etc/modules-load.d/avatarify.conf" in output
    assert commands() == []


def test_json_lists_the_steps(
    machine: DrawnMachine, commands: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup-camera", "--json"]) == 0
    report = json.loads(capfd.readouterr().out)
    assert (report["ready"], report["applied"]) == (False, False)
    assert report["steps"][-1]["command"].endswith("modprobe v4l2loopback")


def test_apply_runs_the_commands_and_finds_the_camera(
    machine: DrawnMachine, commands: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup-camera", "--apply", "--yes"]) == 0
    assert commands() == [
        f"apt-get install -y v4l2loopback-dkms linux-headers-{RELEASE}",
        "tee /etc/modprobe.d/avatarify.conf",
        "wrote options v4l2loopback exclusive_caps=1 max_buffers=4 card_label=Avatarify",
        "tee /etc/modules-load.d/avatarify.conf",
        "wrote v4l2loopback",
        "modprobe v4l2loopback",
    ]
    assert "Avatarify (/dev/video10)" in capfd.readouterr().out


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 2), ("\n", 2)])
def test_it_asks_first(
    machine: DrawnMachine, commands: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert main(["setup-camera", "--apply"]) == code
    assert bool(commands()) is (code == 0)


class Terminal:
    """A person at a terminal who answers once."""

    def __init__(self, answer: str) -> None:
        self._answer = answer

    def isatty(self) -> bool:
        return bool(self._answer)

    def readline(self) -> str:
        return self._answer


def test_without_a_terminal_it_refuses(
    machine: DrawnMachine,
    commands: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    assert main(["setup-camera", "--apply"]) == 2
    assert "--yes" in capfd.readouterr().err
    assert commands() == []


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("modprobe: ERROR: could not insert 'v4l2loopback': Key was rejected by service", "mokutil --import"),
        ("modprobe: FATAL: Module v4l2loopback not found in directory /lib/modules/6.8", "not built for this kernel"),
        ("modprobe: FATAL: Module v4l2loopback is in use.", "Close all programs"),
    ],
)
def test_a_command_that_fails_is_reported_with_its_remedy(
    machine: DrawnMachine,
    commands: Callable[..., Any],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    said: str,
    remedy: str,
) -> None:
    write(tmp_path / "bin" / "modprobe", f'echo "{said}" >&2; exit 1')
    assert main(["setup-camera", "--apply", "--yes"]) == 1
    last = capfd.readouterr().err.splitlines()[-1]
    assert said.split(": ")[-1][:20] in last
    assert remedy in last


def test_commands_that_did_not_help_are_a_failure(
    machine: DrawnMachine, commands: Callable[..., Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "bin" / "modprobe", "")
    assert main(["setup-camera", "--apply", "--yes"]) == 1
    assert "still no virtual camera" in capfd.readouterr().err


def test_undo_removes_and_is_content_without_a_camera(machine: DrawnMachine, commands: Callable[..., Any]) -> None:
    machine.loaded()
    assert main(["setup-camera", "--undo", "--apply", "--yes"]) == 0
    assert commands() == [
        "modprobe -r v4l2loopback",
        "rm -f /etc/modprobe.d/avatarify.conf /etc/modules-load.d/avatarify.conf",
    ]


def test_an_unknown_package_manager_is_reported_before_anything_is_done(
    machine: DrawnMachine, commands: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    (machine.root / "usr/bin/apt-get").unlink()
    assert main(["setup-camera", "--apply", "--yes"]) == 1
    assert "no known package manager" in capfd.readouterr().err
    assert commands() == []


def test_elsewhere_it_says_what_the_user_can_do(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("avatarify.output.camera_driver.inspect_driver", lambda: MacCameraDriver(obs=False))
    assert main(["setup-camera"]) == 0
    assert "Install OBS Studio 30" in capfd.readouterr().out
    assert main(["setup-camera", "--apply"]) == 1
