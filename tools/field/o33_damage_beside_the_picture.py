"""A JPEG without its end marker and a PNG with 70 MB of text are animated; pixels that are missing are refused."""

from __future__ import annotations

import struct
import zlib

from PIL import Image

from field.films import animated
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Cut two bytes off a JPEG, put a text into a PNG, and cut off some pixels."""
    file = kit.portrait()
    with Image.open(file) as portrait:
        portrait.save(kit.folder / "p.jpg", quality=90)
    photo, plain = (kit.folder / "p.jpg").read_bytes(), file.read_bytes()
    (kit.folder / "cut.jpg").write_bytes(photo[:-2])
    text = b"tEXtworkflow\0" + b"x" * 70_000_000
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    (kit.folder / "text.png").write_bytes(plain[:33] + chunk + plain[33:])
    (kit.folder / "rows.jpg").write_bytes(photo[:-300])
    kit.driver()
    for name in ("cut.jpg", "text.png"):
        animated(kit, name, "d.mp4", f"{name}.mp4")
    done = kit.avatarify("animate", "rows.jpg", "d.mp4", "-o", "rows.mp4")
    expect(done.returncode == 1 and "rows.jpg is truncated" in done.stderr, done.stderr)
    return "2 animated, 1 called truncated"
