"""A photograph with a clip behind it is animated; one that ends early is refused."""

from __future__ import annotations

from PIL import Image

from avatarify import paths
from field.films import animated
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Append a video to a JPEG, and cut another one off."""
    with Image.open(kit.portrait()) as portrait:
        portrait.save(kit.folder / "p.jpg", quality=90)
    photo = (kit.folder / "p.jpg").read_bytes()
    (kit.folder / "motion.jpg").write_bytes(photo + (paths.assets() / "demo" / "driver.mp4").read_bytes())
    (kit.folder / "half.jpg").write_bytes(photo[: len(photo) // 2])
    animated(kit, "motion.jpg", kit.driver(), "o.mp4")
    done = kit.avatarify("animate", "half.jpg", "d.mp4", "-o", "half.mp4")
    expect(done.returncode == 1 and "half.jpg is truncated" in done.stderr, done.stderr)
    return "animated, and half of it is called truncated"
