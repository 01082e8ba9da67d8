"""Commands in sentences start this installation, also where the shell would find another one or none."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from avatarify.doctor.checks import all_findings
from avatarify.pasteable import _prefixes, pasteable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts have other names")


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make an environment with both scripts, and run its interpreter."""
    folder = tmp_path / "my env" / "bin"
    folder.mkdir(parents=True)
    for name in ("python", "avatarify", "pip"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    _prefixes.cache_clear()
    yield folder
    _prefixes.cache_clear()


def test_what_the_shell_finds_stays_short(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(environment))
    text = "Run: pip install 'avatarify[heic]' && avatarify doctor"
    assert pasteable(text) == text


def test_what_the_shell_does_not_find_gets_its_path(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert pasteable("Run 'avatarify doctor'.") == f"Run ''{environment}/avatarify' doctor'."
    assert pasteable("pip install x") == f"'{environment}/python' -m pip install x"


def test_another_installation_in_the_path_is_not_used(
    environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "avatarify").write_text("#!/bin/sh\n")
    (other / "avatarify").chmod(0o755)
    monkeypatch.setenv("PATH", str(other))
    assert pasteable("avatarify setup-camera --apply") == f"'{environment}/avatarify' setup-camera --apply"


def test_without_a_script_the_module_is_run(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    (environment / "avatarify").unlink()
    assert pasteable("avatarify devices") == f"'{environment}/python' -m avatarify devices"


@pytest.mark.parametrize("text", ["Avatarify runs.", "/x/bin/avatarify doctor", "the package avatarify is old"])
def test_other_words_stay(environment: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert pasteable(text) == text


def test_every_remedy_of_this_machine_can_be_pasted(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    commands = [pasteable(finding.command) for finding in all_findings() if finding.command]
    assert [command for command in commands if command.startswith(("avatarify ", "pip "))] == []
