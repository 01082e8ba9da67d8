"""Makes the README's moving picture: bundled portraits animated with the demo clip by the real ``avatarify animate``.

``python tools/moving_picture.py docs/pictures/portraits.webp`` writes an animated WebP; the first tile is the driver.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np

from avatarify import paths
from avatarify.face.box import CropBox
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8

PORTRAITS = ("mona-lisa", "ingrid", "joaquin", "mei", "nia-comic")
COLUMNS = 3
TIGHT = 0.78  # of the box in which a portrait is animated: the head fills the tile


def main(words: list[str] | None = None) -> None:
    """Animate every portrait, tile the videos, and write the picture."""
    args = parser().parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        videos = [paths.assets() / "demo" / "driver.mp4"]
        videos += [animate(name, Path(folder) / f"{name}.mp4") for name in args.portraits]
        tiles = [list(squares(video, args)) for video in videos]
    frames = [grid(list(moment)) for moment in zip(*tiles, strict=True)]
    write(args.output, frames, 1000 * args.step / 25, args.quality)
    print(f"{args.output}: {len(frames)} frames, {args.output.stat().st_size / 1e6:.2f} MB")


def parser() -> argparse.ArgumentParser:
    """Declare the options."""
    own = argparse.ArgumentParser(description=__doc__)
    own.add_argument("output", type=Path, help="the .webp or .gif file to write")
    own.add_argument("--portraits", nargs="+", default=PORTRAITS)
    own.add_argument("--start", type=float, default=0.0, help="first second of the clip")
    own.add_argument("--seconds", type=float, default=10.0)
    own.add_argument("--step", type=int, default=2, help="take every n-th frame; the clip has 25 a second")
    own.add_argument("--side", type=int, default=256, help="side of a tile in pixels")
    own.add_argument("--quality", type=int, default=55, help="of WebP, 1 to 100")
    return own


def animate(portrait: str, output: Path) -> Path:
    """Animate one bundled portrait with the whole demo clip, by the command a user would type."""
    command = [sys.executable, "-m", "avatarify", "animate", portrait, "demo", "-o", str(output)]
    subprocess.run(command, check=True)
    return output


def squares(video: Path, args: argparse.Namespace) -> Iterator[U8]:
    """Read a stretch of a video as squares around the head's place in the first frame.

    Returns:
        RGB pictures, uint8, (side, side, 3).
    """
    box: CropBox | None = None
    with av.open(str(video)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            image = np.ascontiguousarray(frame.to_ndarray(format="rgb24"))
            box = box or head(image)
            picked = index - round(args.start * 25)
            if 0 <= picked < args.seconds * 25 and picked % args.step == 0:
                yield box.cut(image, args.side)


def head(image: U8) -> CropBox:
    """Find the head and return a square around it that lies inside the picture."""
    with FaceLandmarker(mode="image") as landmarker:
        box = landmarker.find_faces(image)[0].portrait_box()
    height, width = image.shape[:2]
    side = min(TIGHT * box.size, width, height)
    x = min(max(box.x, side / 2), width - side / 2)
    y = min(max(box.y, side / 2), height - side / 2)
    return CropBox(x, y, side)


def grid(tiles: list[U8]) -> U8:
    """Lay tiles out in rows; a last row that is not full is filled with black."""
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % COLUMNS)
    rows = [np.hstack(tiles[start : start + COLUMNS]) for start in range(0, len(tiles), COLUMNS)]
    return np.vstack(rows)


def write(file: Path, frames: list[U8], frame_ms: float, quality: int) -> None:
    """Write an animation that repeats forever."""
    animation = cv2.Animation()
    animation.frames = [np.ascontiguousarray(frame[..., ::-1]) for frame in frames]
    animation.durations = [round(frame_ms)] * len(frames)
    if not cv2.imwriteanimation(str(file), animation, [cv2.IMWRITE_WEBP_QUALITY, quality]):
        raise OSError(f"{file} could not be written")


if __name__ == "__main__":
    main()
