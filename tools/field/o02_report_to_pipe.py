"""``--report`` writes through a pipe and a symbolic link instead of replacing them."""

from __future__ import annotations

import json
import os
import threading

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Read a report from a pipe, and from a file behind a link."""
    pipe, got = kit.folder / "r.pipe", list[bytes]()
    os.mkfifo(pipe)
    threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True).start()
    done = kit.avatarify("devices", "--report", pipe)
    expect(done.returncode == 0 and pipe.is_fifo(), done.stderr)
    expect(got and "cameras" in json.loads(got[0]), f"the pipe delivered {got}")
    link, file = kit.folder / "link.json", kit.folder / "file.json"
    file.write_text("old")
    link.symlink_to(file)
    kit.avatarify("devices", "--report", link)
    expect(link.is_symlink() and "cameras" in json.loads(file.read_text()), "the link was replaced")
    return f"{len(got[0])} bytes through the pipe"
