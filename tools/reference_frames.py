"""Make ``assets/reference`` again: ``python tools/reference_frames.py``.

Every runtime is compared with torch float32 on these frames before it is used (``engines/reference``). They are cut
from the demo clip and the Mona Lisa the way a session cuts them, once, so that building an engine needs neither the
face landmarker nor a video decoder.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from avatarify.animate.portrait import load_portrait
from avatarify.capture.demo import DemoSource
from avatarify.engines.reference.inputs import COLUMNS, COUNT, NUMBERS, SIZE, TILES, WIDE_MATTE
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8

PORTRAIT = "mona-lisa"
APART = 12  # frames of the clip between two reference frames: about half a second
FOLDER = Path(__file__).resolve().parents[1] / "assets" / "reference"


def main() -> None:
    """Write the tiles and the numbers, and print what SOURCES.md must say."""
    portrait = load_portrait(PORTRAIT)
    views = [(portrait.image, portrait.face), *faces()]
    FOLDER.mkdir(exist_ok=True)
    numbers: dict[str, NDArray[np.float32]] = {}
    for crop in TILES:
        boxes = [box_of(face, crop) for _, face in views]
        tiles = [box.cut(image, SIZE) for box, (image, _) in zip(boxes, views, strict=True)]
        write(FOLDER / TILES[crop], sheet(tiles))
        # The portrait's coordinates are those of its own wide crop; the frames' are those of the neutral frame's.
        targets = [portrait.box, *[views[1][1].portrait_box()] * COUNT]
        numbers[f"{crop}_map"] = np.stack([box.map_to(to) for box, to in zip(boxes, targets, strict=True)])
        meshes = [box.from_pixels(face.landmarks) for box, (_, face) in zip(boxes, views, strict=True)]
        numbers[f"{crop}_mesh"] = np.stack(meshes)
    write(FOLDER / WIDE_MATTE, portrait.crops(SIZE)[1])
    np.savez_compressed(FOLDER / NUMBERS, allow_pickle=False, **numbers)
    for file in sorted(FOLDER.iterdir()):
        sys.stdout.write(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()} {file.stat().st_size}\n")


def faces() -> Iterator[tuple[U8, Face]]:
    """Yield the neutral frame and ten others, spread over the demo clip: pictures (H, W, 3) RGB and their faces."""
    with DemoSource(pace=False) as source, FaceLandmarker() as landmarker:
        for number in range(APART * COUNT):
            frame = source.read()
            assert frame is not None, "the demo clip is too short"
            face = landmarker.find(frame) if number % APART == 0 else None
            if face is not None:
                yield frame.image, face


def box_of(face: Face, crop: str) -> CropBox:
    """Return the crop in which key points are detected: ``tight`` for the built-in model, ``wide`` for the full one."""
    return face.keypoint_box() if crop == "tight" else face.portrait_box()


def sheet(tiles: list[U8]) -> U8:
    """Lay (SIZE, SIZE, 3) tiles out in rows."""
    rows = [np.concatenate(tiles[start : start + COLUMNS], 1) for start in range(0, len(tiles), COLUMNS)]
    return np.concatenate(rows)


def write(file: Path, image: U8) -> None:
    """Write a picture, RGB or gray, without loss."""
    bgr = image[..., ::-1] if image.ndim == 3 else image
    assert cv2.imwrite(str(file), np.ascontiguousarray(bgr), [cv2.IMWRITE_WEBP_QUALITY, 101]), file


if __name__ == "__main__":
    main()
