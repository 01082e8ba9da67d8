"""Floating-point TIFF is read; HEIC is named as such; a photograph with a clip behind it is read (O6, O13, O14)."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from avatarify import paths
from avatarify.errors import InputError
from avatarify.images import load_picture
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Load one of each."""
    file = kit.portrait()
    image = load_picture(file)
    cv2.imwrite(str(kit.folder / "f.tif"), image[..., ::-1].astype(np.float32) / 255)
    expect(np.abs(load_picture(kit.folder / "f.tif").astype(int) - image).max() <= 1, "the colors differ")
    Image.open(file).save(kit.folder / "p.jpg", quality=90)
    clip = (paths.assets() / "demo" / "driver.mp4").read_bytes()
    (kit.folder / "motion.jpg").write_bytes((kit.folder / "p.jpg").read_bytes() + clip)
    expect(load_picture(kit.folder / "motion.jpg").shape == image.shape, "the motion photo differs")
    (kit.folder / "photo.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1")
    try:
        load_picture(kit.folder / "photo.heic")
        said = "read"
    except InputError as error:
        said = str(error)
    expect("HEIC" in said or "not an image that can be read" in said, said)
    return said
