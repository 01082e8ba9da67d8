"""A face that is not found can be placed by hand, and the message says so."""

from __future__ import annotations

from PIL import Image, ImageDraw

from field.films import animated
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Animate a drawing in which no face is found, without and with a place."""
    drawn = Image.new("RGB", (480, 600), (200, 190, 160))
    ImageDraw.Draw(drawn).ellipse((120, 150, 360, 470), fill=(110, 80, 50))
    drawn.save(kit.folder / "bear.png")
    done = kit.avatarify("animate", "bear.png", kit.driver(), "-o", "o.mp4")
    expect(done.returncode == 1 and "--face X,Y,HEIGHT" in done.stderr, done.stderr)
    animated(kit, "bear.png", "d.mp4", "o.mp4", "--face", "240,320,160")
    done = kit.avatarify("animate", "bear.png", "d.mp4", "-o", "p.mp4", "--face", "9999,320,160")
    expect(done.returncode in (1, 2) and "outside the image" in done.stderr, done.stderr)
    return "named, placed, and a place outside is refused"
