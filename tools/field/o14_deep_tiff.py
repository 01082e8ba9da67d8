"""Floating-point TIFF and 16-bit TIFF are animated."""

from __future__ import annotations

import cv2
import numpy as np

from avatarify.images import load_picture
from field.films import animated
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Save a portrait as photo editors do."""
    image = load_picture(kit.portrait())
    kit.driver()
    deep = {"f.tif": image[..., ::-1].astype(np.float32) / 255, "i.tif": image[..., ::-1].astype(np.uint16) * 257}
    for name, pixels in deep.items():
        cv2.imwrite(str(kit.folder / name), pixels)
        expect(np.abs(load_picture(kit.folder / name).astype(int) - image).max() <= 1, f"{name}: the colors differ")
    animated(kit, "f.tif", "d.mp4", "o.mp4")
    return "32-bit floating point and 16 bits"
