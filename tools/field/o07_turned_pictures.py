"""Rotation in the file is applied to pictures with transparency, and in AVIF (O7, O8)."""

from __future__ import annotations

from PIL import Image

from avatarify.images import load_rgba
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Store a portrait on its side, with and without transparency."""
    portrait = Image.open(kit.portrait())
    exif = Image.Exif()
    exif[0x112] = 6
    clear = portrait.convert("RGBA")
    clear.putalpha(200)
    for image, name in ((clear, "turned.png"), (clear, "turned.webp"), (portrait, "turned.avif")):
        image.transpose(Image.Transpose.ROTATE_90).save(kit.folder / name, exif=exif)
        loaded, alpha = load_rgba(kit.folder / name)
        expect(loaded.shape == (600, 480, 3), f"{name}: {loaded.shape}")
        expect(alpha is None or alpha.shape == (600, 480), f"{name}: alpha {alpha is None}")
    return "480 x 600 in PNG, WebP, and AVIF"
