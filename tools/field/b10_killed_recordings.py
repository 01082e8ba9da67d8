"""A killed recording loses at most a second, and is kept at the next start."""

from __future__ import annotations

import time

import av

from field.kit import Kit, expect

KILLS = 20


def check(kit: Kit) -> str:
    """Kill recordings at different moments, and compare their length with the time that they ran."""
    lost = []
    for number in range(KILLS):
        name = f"call{number}.mp4"
        process = kit.recording(name, seconds=1.0)
        part = next(kit.folder.glob(f".{name}*.part"))
        began = part.stat().st_mtime
        time.sleep(0.1 * number)
        process.kill()
        process.communicate()
        ended = time.time()
        kept = kit.avatarify("run", "--camera", "demo", "--portrait", "mona-lisa", "--sink", "null", "--frames", 1)
        expect("What was recorded is in" in kept.stderr, kept.stderr)
        with av.open(str(kit.folder / name)) as container:
            times = [frame.time for frame in container.decode(video=0)]
        expect(times, f"{name} is empty")
        lost.append(ended - began - times[-1])
    return f"{KILLS} kills, at most {max(lost):.1f} s between the last frame and the kill"
