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


def check(kit: Kit) -> str:
    """Run every command that starts children, traced by strace if it is installed."""
    (kit.folder / "videos").mkdir()
    kit.driver("videos/d.mp4", 20)
    for name in TRAPS:
        (kit.folder / f"{name}.py").write_text(_CODE)
    opened = [
        *_traced(kit, "dataset", "render", "--out", "bodies", *_FIGURES),
        *_traced(kit, "dataset", "render", "--out", "heads", "--identities", 1, "--frames", 2, "--size", 64),
        *_traced(kit, "dataset", "prepare", "videos", "--out", "clips", "--crop", "whole", "--min-frames", 4),
        *_traced(kit, "bench", "--runtime", "torch", "--frames", 1, "--rounds", 1, "--size", "320x180"),
    ]
    _in_background(kit)
    sprung = [file.name for file in kit.folder.glob("*.sprung")]
    expect(not sprung and not opened, f"imported: {sprung}, looked at: {opened[:3]}")
    return f"4 commands and a build in the background, {'traced by strace' if shutil.which('strace') else 'not traced'}"


def _traced(kit: Kit, *words: object) -> list[str]:
    """Run a command; return the traced calls that looked at a trap."""
    log = kit.folder / "strace.log"
    strace = ["strace", "-f", "-qq", "-e", "trace=open,openat,execve", "-o", str(log)] if shutil.which("strace") else []
    program = Path(sys.executable).with_name("avatarify")
    done = subprocess.run(
        [*strace, program, *map(str, words)],
        cwd=kit.folder,
        env=kit.environment(),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    expect(done.returncode == 0, done.stderr)
    calls = log.read_text(errors="replace").splitlines() if log.exists() else []
    return [call for call in calls if any(f'/{name}.py"' in call and str(kit.folder) in call for name in TRAPS)]


def _in_background(kit: Kit) -> None:
    """Start a command as the build of missing engines is started, and wait for its report."""
    code = (
        "import time, pathlib\nfrom avatarify.children import start_avatarify\n"
        "start_avatarify('devices', '--report', 'r.json')\n"
        "for _ in range(600):\n    time.sleep(0 if pathlib.Path('r.json').exists() else 0.1)\n"
    )
    subprocess.run([sys.executable, "-P", "-c", code], cwd=kit.folder, env=kit.environment(), check=True)
    expect((kit.folder / "r.json").exists(), "the command in the background wrote nothing")
