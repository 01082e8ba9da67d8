"""A command works on every console: closed, full, without most letters, and interrupted while it starts."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from avatarify.cli import main as cli

START = [sys.executable, "-P", "-m", "avatarify"]
posix = pytest.mark.skipif(os.name == "nt", reason="signals and descriptors are another matter on Windows")


def run(*words: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command; ``shell`` is added to it, such as a redirection."""
    line = " ".join([*START, *words, shell])
    return subprocess.run(
        line,
        shell=True,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
        errors="replace",
    )


def test_a_console_without_most_letters(tmp_path: Path) -> None:
    done = run("devices", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u2026" in done.stdout or "rtsp" in done.stdout


@posix
@pytest.mark.parametrize(("shell", "code"), [("2>&-", 0), (">&-", 0), ("<&-", 0), ("2>&- <&- >&-", 0)])
def test_closed_streams(shell: str, code: int) -> None:
    assert run("devices", shell=shell).returncode == code


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_standard_output_is_an_error_in_words() -> None:
    done = run("devices", shell=">/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("avatarify: The result cannot be written: No space left on device.")
    assert done.stderr.count("\n") == 1


@posix
def test_names_that_are_not_utf8_are_reported(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.mp4"
    Path(os.fsdecode(name)).write_bytes(b"no picture")
    command = [*map(os.fsencode, START), b"animate", b"mona-lisa", name, b"-o", os.fsencode(tmp_path / "o.mp4")]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert b"is not a readable video" in done.stderr
    assert b"Unexpected" not in done.stderr


@posix
def test_ctrl_c_while_the_command_is_imported(tmp_path: Path) -> None:
    code = (
        "import builtins, os, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "load = builtins.__import__\n"
        "def stop(name, *rest):\n"
        "    if name == 'avatarify.cli.common': os.kill(os.getpid(), signal.SIGINT)\n"
        "    return load(name, *rest)\n"
        "from avatarify.__main__ import main\n"
        "builtins.__import__ = stop\n"
        "raise SystemExit(main())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["animate", "x" * 300, "demo", "-o", "o.mp4"], "too long"),
        (["run", "--camera", "9" * 5000, "--sink", "null"], "cannot be used"),
        (["animate", "mona-lisa", "demo", "-o", "y" * 300 + ".mp4"], "too long"),
    ],
)
def test_hopeless_values_are_answered_in_one_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(words) in (1, 2)
    said = capsys.readouterr().err
    assert sentence in said
    assert "Unexpected" not in said
    assert len(said) < 700
