"""A HEIC photograph is read if a decoder is installed; otherwise the error names HEIC and JPEG."""

from __future__ import annotations

import importlib.util

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Animate a file that begins as HEIC; its rest is missing, because no encoder is at hand."""
    (kit.folder / "photo.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1")
    done = kit.avatarify("animate", "photo.heic", kit.driver(), "-o", "o.mp4")
    expect(done.returncode == 1, done.stderr)
    if importlib.util.find_spec("pi_heif") is None:
        expect("HEIC" in done.stderr and "JPEG" in done.stderr, done.stderr)
        return done.stderr.strip().rpartition("avatarify: ")[2]
    expect("photo.heic is not an image that can be read" in done.stderr, done.stderr)
    return "pi-heif is installed, and finds this file damaged"
