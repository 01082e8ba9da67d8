"""A recording is finished when the terminal is closed (SIGHUP)."""

from __future__ import annotations

import signal

import av

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Hang up on a recording that has run for a while."""
    found = []
    for number, code in ((signal.SIGHUP, (129, 143)), (signal.SIGTERM, (143,)), (signal.SIGINT, (130,))):
        name = f"{number.name}.mp4"
        process = kit.recording(name)
        process.send_signal(number)
        _, err = process.communicate(timeout=120)
        expect(process.returncode in code, f"{number.name}: exit code {process.returncode}: {err}")
        expect((kit.folder / name).is_file(), f"{number.name}: no recording")
        with av.open(str(kit.folder / name)) as container:
            found.append(f"{number.name} {sum(1 for _ in container.decode(video=0))} frames")
        expect(not list(kit.folder.glob(".*.part")), f"{number.name}: a partial file is left")
    return ", ".join(found)
