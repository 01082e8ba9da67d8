"""Animated WebP, GIF, and APNG drive a portrait."""

from __future__ import annotations

import av
from PIL import Image

from avatarify import paths
from field.films import animated, times
from field.kit import Kit, expect

SUFFIXES = ("webp", "gif", "png")


def check(kit: Kit) -> str:
    """Save frames of the demo clip in each format."""
    with av.open(str(paths.assets() / "demo" / "driver.mp4")) as demo:
        frames = [frame.to_image() for _, frame in zip(range(60), demo.decode(video=0), strict=False)][::10]
    for suffix in SUFFIXES:
        file = kit.folder / f"clip.{suffix}"
        small: list[Image.Image] = [frame.resize((320, 240)) for frame in frames]
        small[0].save(file, save_all=True, append_images=small[1:], duration=40)
        animated(kit, "mona-lisa", file, f"{suffix}.mp4")
        count = len(times(kit.folder / f"{suffix}.mp4"))
        expect(count == len(frames), f"{suffix}: {count} pictures")
    return ", ".join(SUFFIXES)
