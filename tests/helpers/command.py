"""Runs the real command in a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

_PREPARING = re.compile(
    r"^avatarify: (Loading|Preparing) the model|for openvino fp\d\d \(.*: compiling$|^comparing openvino with torch$"
    r"|^unpacking the graphs$|^reading the weights$|^writing \w+ as ONNX$|^running the reference on real frames$"
    r"|^comparing ONNX with torch$"
)
TIMEOUT_S = 600  # a busy machine is slow, not broken


def avatarify(*words: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``avatarify`` to its end; return the finished process with text output."""
    return subprocess.run(
        [sys.executable, "-m", "avatarify", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
    )


def start(*words: object) -> subprocess.Popen[str]:
    """Start ``avatarify``; its errors can be read line by line."""
    return subprocess.Popen(
        [sys.executable, "-m", "avatarify", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )


def error_line(done: subprocess.CompletedProcess[str], code: int) -> str:
    """Check that a process failed with one line for the user; return the line."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert done.stdout == ""
    # The command may have said meanwhile that it is loading or preparing the model.
    lines = [line for line in done.stderr.splitlines() if not _PREPARING.search(line)]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("avatarify: "), done.stderr
    assert "Traceback" not in lines[0]
    assert "Unexpected" not in lines[0]
    return lines[0]
