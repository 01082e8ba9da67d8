"""What killed processes leave is removed at the next start; workers end with their parent."""

from __future__ import annotations

import contextlib
import os
import signal
import time

from avatarify.partial import temporary_path
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Leave partial files of a dead process, and kill a data set's main process."""
    left = []
    for folder in (kit.folder / "data" / "models", kit.folder / "config", kit.shared / "cache"):
        folder.mkdir(parents=True, exist_ok=True)
        name = temporary_path(folder / "x").name.replace(f"-{os.getpid()}-", "-999999999-")
        (folder / name).write_bytes(b"half")
        left.append(folder / name)
    kit.avatarify("devices")
    expect(not [file for file in left if file.exists()], "leftovers stay")
    words = ("--kind", "body", "--identities", 200, "--frames", 50, "--size", 256, "--workers", 2, "--output", "set")
    process = kit.start("dataset", "render", *words)
    while not list(kit.folder.glob("set/clips/.*")) and process.poll() is None:
        time.sleep(0.05)
    workers = _children(process.pid)
    process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while any(_alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    expect(not any(_alive(worker) for worker in workers), "workers go on")
    return f"{len(left)} leftovers, {len(workers)} child processes"


def _children(parent: int) -> list[int]:
    with open(f"/proc/{parent}/task/{parent}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


def _alive(process: int) -> bool:
    with contextlib.suppress(OSError), open(f"/proc/{process}/stat", encoding="ascii") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"
    return False
