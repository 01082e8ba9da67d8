"""Rotation in an AVIF file is applied."""

from __future__ import annotations

from PIL import Image

from field.films import size
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Animate a portrait that is stored on its side."""
    exif = Image.Exif()
    exif[0x112] = 6
    with Image.open(kit.portrait()) as portrait:
        portrait.transpose(Image.Transpose.ROTATE_90).save(kit.folder / "turned.avif", exif=exif)
    done = kit.avatarify("animate", "turned.avif", kit.driver(), "-o", "o.mp4")
    expect(done.returncode == 0 and size(kit.folder / "o.mp4") == (480, 600), done.stderr or "not 480 x 600")
    return "480 x 600"
