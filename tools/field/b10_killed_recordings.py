"""A killed recording loses at most a second, and is kept at the next start."""

from __future__ import annotations

import subprocess
import time

import av

from field.kit import Kit, expect

KILLS = 20
_RUN = ("run", "--camera", "demo", "--portrait", "mona-lisa", "--size", "320x180", "--sink")


def check(kit: Kit) -> str:
    """Kill recordings at different moments, start once more, and compare their lengths with the time that they ran."""
    kit.avatarify(*_RUN, "null", "--frames", 1)  # the model is prepared now
    ran = {f"call{number}.mp4": _killed(kit, f"call{number}.mp4", 0.2 + 0.15 * number) for number in range(KILLS)}
    said = kit.avatarify(*_RUN, "null", "--frames", 1).stderr
    lost = {name: ran_s - _length_s(kit, name) for name, ran_s in ran.items()}
    expect(f"What was recorded is in {kit.folder / list(ran)[-1]}" in said, said)  # each start keeps the ones before
    kept = sum((kit.folder / name).exists() for name in ran)
    expect(max(lost.values()) < 1, f"lost {max(lost.values()):.2f} s")
    worst, mean = max(lost.values()), sum(lost.values()) / KILLS
    moments = f"{min(ran.values()):.1f} to {max(ran.values()):.1f} s"
    return f"{KILLS} kills after {moments}, {kept} files; lost {mean:.2f} s on average, at most {worst:.2f} s"


def _killed(kit: Kit, name: str, after_s: float) -> float:
    """Kill a recording some time after it began; return how long it ran, in seconds."""
    process: subprocess.Popen[str] = kit.start(*_RUN, name)
    assert process.stderr is not None
    for line in process.stderr:
        if "running" in line:
            break
    began = time.monotonic()
    time.sleep(after_s)
    process.kill()
    ran_s = time.monotonic() - began
    process.communicate()
    return ran_s


def _length_s(kit: Kit, name: str) -> float:
    """Return the time of the last frame that was kept, in seconds; 0 without a file."""
    if not (kit.folder / name).exists():
        return 0.0
    with av.open(str(kit.folder / name)) as container:
        return max((frame.time or 0.0 for frame in container.decode(video=0)), default=0.0)
