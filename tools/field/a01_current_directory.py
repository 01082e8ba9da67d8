"""No child process imports from the current directory."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from field.kit import LIMIT_S, Kit, expect

# What Python and the libraries import while a child process starts.
TRAPS = ("pickle", "socket", "signal", "struct", "random", "selectors", "avatarify", "numpy", "json", "cv2", "av")
_CODE = "import os\nopen(__file__ + '.sprung', 'w').close()\nos._exit(66)\n"
_FIGURES = ("--kind", "body", "--identities", 2, "--frames", 2, "--size", 64, "--workers", 2)
_ONE_FRAME = ("--frames", 1, "--rounds", 1, "--size", "320x180")
# All commands that start other processes, and those that look for cameras with programs of the system.
COMMANDS = (
    ("dataset", "render", "--output", "bodies", *_FIGURES),
    ("dataset", "render", "--output", "heads", "--identities", 1, "--frames", 2, "--size", 64),
    ("dataset", "prepare", "videos", "--output", "clips", "--crop", "whole", "--min-frames", 4),
    ("bench", "--runtime", "torch", *_ONE_FRAME),
    ("bench", "--runtime", "torch", *_ONE_FRAME, "--against", str(Path(__file__).parents[2])),
    ("devices",),
    ("doctor",),
    ("setup-camera",),
)


def check(kit: Kit) -> str:
    """Run every command that starts children, traced by strace if it is installed."""
    (kit.folder / "videos").mkdir()
    kit.driver("videos/d.mp4", 20)
    for name in TRAPS:
        (kit.folder / f"{name}.py").write_text(_CODE)
    traced = [_traced(kit, *words) for words in COMMANDS]
    traced.append(_traced(kit, "-c", _IN_BACKGROUND))
    expect((kit.folder / "r.json").exists(), "the command in the background wrote nothing")
    sprung = [file.name for file in kit.folder.glob("*.sprung")]
    opened = [call for found, _ in traced for call in found]
    expect(not sprung and not opened, f"imported: {sprung}, looked at: {opened[:3]}")
    processes = sum(count for _, count in traced)
    return f"{len(traced)} commands, {f'{processes} programs that they started traced' if processes else 'not traced'}"


# A command as the build of missing engines is started.
_IN_BACKGROUND = (
    "import time, pathlib\nfrom avatarify.children import start_avatarify\n"
    "start_avatarify('devices', '--report', 'r.json')\n"
    "for _ in range(600):\n    time.sleep(0 if pathlib.Path('r.json').exists() else 0.1)\n"
)


def _traced(kit: Kit, *words: object) -> tuple[list[str], int]:
    """Run a command; return the traced calls that looked at a trap, and the number of programs that it started."""
    log = kit.folder / "strace.log"
    strace = ["strace", "-f", "-qq", "-e", "trace=open,openat,execve", "-o", str(log)] if shutil.which("strace") else []
    program = [Path(sys.executable).with_name("avatarify")] if words[0] != "-c" else [sys.executable, "-P"]
    done = subprocess.run(
        [*strace, *program, *map(str, words)],
        cwd=kit.folder,
        env=kit.environment(),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    expect(done.returncode == 0 or words[0] in ("doctor", "setup-camera"), f"{words[0]}: {done.stderr}")
    calls = log.read_text(errors="replace").splitlines() if log.exists() else []
    started = sum("execve(" in call and call.endswith("= 0") for call in calls)
    return [call for call in calls if any(_looks_at(call, name, kit.folder) for name in TRAPS)], max(0, started - 1)


def _looks_at(call: str, name: str, folder: Path) -> bool:
    return f'"{name}.py"' in call or (f'/{name}.py"' in call and str(folder) in call)
