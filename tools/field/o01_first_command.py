"""The first command says at once that the model is being prepared, and about how long that takes."""

from __future__ import annotations

import os
import subprocess

from field.kit import Kit, expect

LIMIT_S = 2.0  # of processor time: the machine may be busy


def check(kit: Kit) -> str:
    """Start each command that needs a model with an empty cache, and wait for its first line."""
    (kit.folder / "suite").mkdir()
    driver, found = kit.driver("suite/d.mp4"), []
    commands = (
        ("animate", "mona-lisa", driver, "-o", "o.mp4"),
        ("run", "--camera", "demo", "--portrait", "mona-lisa", "--sink", "null"),
        ("bench", "--runtime", "openvino", "--frames", "1", "--rounds", "1"),
        ("evaluate", "--suite", "suite", "--frames", "5"),
    )
    for words in commands:
        process = kit.start(*words, AVATARIFY_CACHE=str(kit.folder / f"empty-{words[0]}"))
        try:
            line, used_s = _announcement(process)
        finally:
            process.kill()
            process.communicate()
        expect("done once and takes about" in line, f"{words[0]}: {line}")
        expect(used_s < LIMIT_S, f"{words[0]}: said after {used_s:.1f} s of processor time")
        found.append(f"{words[0]} {used_s:.1f} s")
    return "after " + ", ".join(found)


def _announcement(process: subprocess.Popen[str]) -> tuple[str, float]:
    """Return the line that announces the preparation, or the last one, and the processor time before it."""
    line = ""
    assert process.stderr is not None
    for line in process.stderr:
        if "Preparing" in line:
            break
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as file:
        ticks = sum(map(int, file.read().rpartition(")")[2].split()[11:13]))
    return line, ticks / os.sysconf("SC_CLK_TCK")
