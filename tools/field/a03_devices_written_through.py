"""Devices, pipes, and symbolic links are written through by every writer."""

from __future__ import annotations

import os
import threading

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Write a video through a link and into a pipe, and a report into a pipe that stands for a device."""
    kit.driver()
    words = ("animate", "mona-lisa", "d.mp4", "--size", "320x360", "--runtime", "torch", "-o")
    real, link, pipe = (kit.folder / name for name in ("real.mp4", "link.mp4", "pipe.mp4"))
    real.write_bytes(b"old")
    link.symlink_to(real)
    done = kit.avatarify(*words, link)
    expect(done.returncode == 0 and link.is_symlink() and real.stat().st_size > 1000, f"link: {done.stderr}")
    os.mkfifo(pipe)
    got: list[bytes] = []
    threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True).start()
    done = kit.avatarify(*words, pipe)
    expect(done.returncode == 0 and pipe.is_fifo() and got and b"ftyp" in got[0][:16], f"pipe: {done.stderr}")
    return f"{real.stat().st_size} bytes through the link, {len(got[0])} through the pipe"
