"""Colors of Display P3 and Adobe RGB are converted to sRGB."""

from __future__ import annotations

import io
import struct

import numpy as np
from PIL import Image, ImageCms

from avatarify.images import load_picture
from field.kit import Kit, expect

# Red, green, and blue as XYZ relative to D50: Apple's profile and Adobe's.
PRIMARIES = {
    "Display P3": ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
    "Adobe RGB": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
}
_WHITE = (0.9642, 1.0, 0.8249)


def check(kit: Kit) -> str:
    """Save the same portrait with each profile, and compare what is loaded with the one in sRGB."""
    with Image.open(kit.portrait()) as portrait:
        plain = portrait.convert("RGB")
    found = []
    for name, primaries in PRIMARIES.items():
        profile = _profile(primaries)
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        wide = ImageCms.profileToProfile(plain, ImageCms.createProfile("sRGB"), given, outputMode="RGB")
        assert wide is not None
        wide.save(kit.folder / "wide.png", icc_profile=profile)
        left, without = (
            float(np.abs(np.asarray(one, np.int32) - np.asarray(plain)).mean())
            for one in (load_picture(kit.folder / "wide.png"), wide)
        )
        expect(left < 1.5 < without, f"{name}: {left:.1f}, {without:.1f} without the conversion")
        found.append(f"{name}: mean difference {left:.1f}, without the conversion {without:.1f}")
    return "; ".join(found)


def _profile(primaries: tuple[tuple[float, ...], ...]) -> bytes:
    """Return an ICC profile with these primaries and a gamma of 2.2."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    tags = {b"desc": b"desc\0\0\0\0\0\0\0\x02x\0" + b"\0" * 78, b"cprt": b"text\0\0\0\0x\0\0\0"}
    for name, values in zip((b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ"), (_WHITE, *primaries), strict=True):
        tags[name] = b"XYZ \0\0\0\0" + fixed(*values)
    tags |= dict.fromkeys(
        (b"rTRC", b"gTRC", b"bTRC"), b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    )
    table, body, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"\0" * 4, 0x2400000, b"mntr", b"RGB ", b"XYZ ")
    return (header + b"\0" * 12 + b"acsp" + b"\0" * 28 + fixed(*_WHITE)).ljust(128, b"\0") + table + body
