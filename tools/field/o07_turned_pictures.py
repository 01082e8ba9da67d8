"""Rotation in the file is applied to pictures with transparency."""

from __future__ import annotations

from PIL import Image

from field.films import animated, size
from field.kit import Kit, expect

UNDONE = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that each value of EXIF undoes


def check(kit: Kit) -> str:
    """Store a portrait with transparency in every position that EXIF knows."""
    from avatarify.images import load_rgba

    kit.driver()
    exif = Image.Exif()
    with Image.open(kit.portrait()) as portrait:
        clear = portrait.convert("RGBA")
    clear.putalpha(200)
    for value, undone in UNDONE.items():
        exif[0x112] = value
        for suffix in ("png", "webp"):
            file = kit.folder / f"turned{value}.{suffix}"
            clear.transpose(Image.Transpose(undone)).save(file, exif=exif)
            loaded, alpha = load_rgba(file)
            expect(alpha is not None and loaded.shape[:2] == alpha.shape == (600, 480), f"{file.name}: {loaded.shape}")
    animated(kit, "turned6.png", "d.mp4", "o.mp4")
    done = kit.avatarify("animate", "turned6.png", "d.mp4", "-o", "own.mp4")
    expect(size(kit.folder / "own.mp4") == (480, 600), f"{size(kit.folder / 'own.mp4')} {done.stderr}")
    return "480 x 600 in all positions, in PNG and WebP"
