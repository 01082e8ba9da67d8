import re
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from avatarify.cli import main as cli
from avatarify.errors import InputError, UsageError

HEAVY = ("torch", "cv2", "numpy", "PySide6", "mediapipe", "av", "openvino", "pyvirtualcam", "onnx")
COMMANDS = sorted(cli.COMMANDS)


def command(action: Callable[..., Any]) -> Any:
    """Return a module with one command that does ``action``."""
    module: Any = types.ModuleType("a_command")
    module.SUMMARY = "does something"
    module.add_arguments = lambda parser: parser.add_argument("--number", type=int)
    module.run = action
    return module


@pytest.fixture
def doing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Make ``avatarify devices`` do something else."""

    def use(action: Any) -> None:
        monkeypatch.setitem(sys.modules, cli.COMMANDS["devices"], command(action))

    return use


def failing(error: BaseException) -> Callable[..., Any]:
    def action(args: Any) -> None:
        raise error

    return action


@pytest.mark.parametrize("words", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\nfrom avatarify.cli.main import main\n"
        f"try: main({words!r})\nexcept SystemExit as end: assert end.code == 0\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("LOADED []")
    assert "not available" not in done.stdout


def test_help_lists_every_command_with_its_summary(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    out = capsys.readouterr().out
    for name in COMMANDS:
        assert re.search(rf"\n    {name}\s", out)


def test_a_command_that_cannot_be_imported_does_not_break_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(cli.COMMANDS, "doctor", "avatarify.cli.no_such_module")
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "doctor not available here: No module named 'avatarify.cli.no_such_module'" in out
    assert "list cameras" in out
    assert cli.main(["doctor"]) == 1
    assert "not available here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("The picture x.png does not exist.", "Check the name."), 1),
        (UsageError("'x' is not a size.", "Write it as WIDTHxHEIGHT."), 2),
    ],
)
def test_expected_errors_are_one_line(
    doing: Callable[..., Any], capsys: pytest.CaptureFixture[str], error: InputError | UsageError, code: int
) -> None:
    doing(failing(error))
    assert cli.main(["devices"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"avatarify: {error.message} {error.hint}\n"


def test_a_traceback_only_with_debug(doing: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    doing(failing(ZeroDivisionError("division\nby zero")))
    assert cli.main(["devices"]) == 1
    quiet = capsys.readouterr().err
    assert cli.main(["devices", "--debug"]) == 1
    loud = capsys.readouterr().err
    assert quiet == (
        "avatarify: Unexpected error: ZeroDivisionError: division by zero. "
        "Run again with --debug to see the traceback.\n"
    )
    assert "Traceback" in loud
    assert loud.endswith(quiet)


def test_an_interrupt_is_quiet(doing: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    doing(failing(KeyboardInterrupt()))
    assert cli.main(["devices"]) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["dance"], "'dance'"),
        (["devices", "--number", "many"], "'many'"),
        (["devices", "--wrong"], "--wrong"),
        (["animate", "a.png"], "DRIVING"),
        (["animate", "a.png", "b.mp4", "-o", "c.mp4", "--motion", "wild"], "'wild'"),
        (["animate", "a.png", "b.mp4", "-o", "c.mp4", "--neutral", "soon"], "'soon'"),
        (["run", "--frames", "0"], "'0'"),
        (["run", "--fps", "1000"], "'1000'"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_code_2(
    doing: Callable[..., Any], capsys: pytest.CaptureFixture[str], words: list[str], expected: str
) -> None:
    doing(lambda args: 0)
    assert cli.main(words) == 2
    error = capsys.readouterr().err
    assert error.startswith("avatarify: ")
    assert error.count("\n") == 1
    assert expected in error
    assert "--help'" in error


def test_a_report_that_cannot_be_written_fails_before_the_work(
    doing: Callable[..., Any], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    done: list[Any] = []
    doing(done.append)
    assert cli.main(["devices", "--report", str(tmp_path / "missing" / "r.json")]) == 2
    assert cli.main(["devices", "--report", str(tmp_path)]) == 2
    assert done == []
    assert capsys.readouterr().err.count("Choose a file in an existing folder.") == 2


def test_the_exit_code_of_the_command_is_ours(doing: Callable[..., Any]) -> None:
    doing(lambda args: 1)
    assert cli.main(["devices"]) == 1


def test_libraries_are_silenced_but_we_are_not() -> None:
    code = (
        "import os, sys, warnings, logging\n"
        "from avatarify.quiet import quiet_libraries\n"
        "with quiet_libraries():\n"
        "    os.write(2, b'noise of a library\\n')\n"
        "    warnings.warn('a warning')\n"
        "    print('our own line', file=sys.stderr)\n"
        "os.write(2, b'after\\n')\n"
        "print('after too', file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-W", "default", "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines() == ["our own line", "after", "after too"]


def test_silence_works_without_a_console() -> None:
    code = "import os, sys\nos.close(2)\nsys.stderr = None\n" + (
        "from avatarify.quiet import quiet_libraries\nwith quiet_libraries():\n    print('fine')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout == "fine\n"
