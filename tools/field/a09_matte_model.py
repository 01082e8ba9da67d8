"""A changed model file is refused before a library parses it."""

from __future__ import annotations

import shutil

from avatarify import paths
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Change one byte of each bundled model file in turn."""
    kit.driver()
    kit.portrait()
    for name in ("selfie_segmentation.tflite", "face_landmarker.task"):
        assets = kit.folder / name.partition(".")[0]
        shutil.copytree(paths.assets(), assets)
        with (assets / "models" / name).open("r+b") as file:
            file.seek(1000)
            file.write(b"evil")
        done = kit.avatarify("animate", "p.png", "d.mp4", "-o", "o.mp4", AVATARIFY_ASSETS=str(assets))
        expect(done.returncode == 1 and "is damaged" in done.stderr, f"{name}: {done.stderr}")
    return "2 files"
