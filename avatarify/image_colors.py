"""Brings decoded images to 8-bit RGB or RGBA, in sRGB."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image


def eight_bits(image: Image) -> Image:
    """Return an image of any of Pillow's modes as RGB, RGBA, L, or CMYK with 8 bits per channel; maybe itself."""
    from PIL import Image as images

    if image.mode.startswith("I;16"):
        return images.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode == "I":
        return images.fromarray((np.clip(np.asarray(image), 0, 65535) >> 8).astype(np.uint8))
    if image.mode == "F":
        values = np.nan_to_num(np.array(image), copy=False)  # in place: 4 bytes per pixel are many
        return images.fromarray(np.multiply(np.clip(values, 0, 1, out=values), 255, out=values).astype(np.uint8))
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in ("L", "CMYK", "RGB") else image.convert("RGB")


def to_srgb(image: Image, profile: bytes | None) -> Image:
    """Convert colors to sRGB and the mode to RGB or RGBA.

    Args:
        image: RGB, RGBA, L, or CMYK.
        profile: The ICC profile in the file; None for sRGB. A damaged or unsuitable one is ignored, as viewers do.
    """
    if image.mode == "RGBA":
        colors, alpha = image.convert("RGB"), image.getchannel("A")
        colors = to_srgb(colors, profile)
        colors.putalpha(alpha)
        return colors
    converted = _converted(image, profile) if profile else None
    return converted or image.convert("RGB")


def _converted(image: Image, profile: bytes) -> Image | None:
    """Return the image as the profile means it; None if it is sRGB already, or the profile cannot be used."""
    from PIL import ImageCms

    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(given).lower():
            return None
        return ImageCms.profileToProfile(
            image,
            given,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
