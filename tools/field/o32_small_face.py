"""A face that is small in a large photograph is found."""

from __future__ import annotations

from PIL import Image

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Animate a face of 60 pixels in a photograph of 12 megapixels."""
    whole = Image.new("RGB", (4000, 3000), (90, 120, 90))
    with Image.open(kit.portrait()) as portrait:
        whole.paste(portrait.resize((120, 150)), (2900, 600))
    whole.save(kit.folder / "group.jpg", quality=90)
    done = kit.avatarify("animate", "group.jpg", kit.driver(), "-o", "o.mp4", "--size", "320x360")
    expect(done.returncode == 0, done.stderr)
    return "found"
