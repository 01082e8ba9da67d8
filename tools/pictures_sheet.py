"""Makes sheet.jpg, carried portraits driven by the carried clip: sheet.py NAME,NAME,… SECOND,SECOND,…."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from avatarify.animate.animator import Animator
from avatarify.animate.model import AnimationModel
from avatarify.animate.portrait import load_portrait
from avatarify.capture.demo import DemoSource
from avatarify.compose.compositor import Compositor
from avatarify.engines.choose import choose_runtime
from avatarify.face.box import CropBox
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame, Size
from avatarify.zoo.registry import find_model

SIDE = 240


def main(portraits: list[str], moments_s: list[float]) -> None:
    """Draw the driver above and each portrait below, at the given moments of the clip."""
    with DemoSource(pace=False) as source:
        frames = list(iter(source.read, None))
    chosen: list[Frame] = [frames[0], *(frames[round(moment * source.fps)] for moment in moments_s)]
    with FaceLandmarker(mode="image") as landmarker:
        faces = [landmarker.find_faces(frame.image)[0] for frame in chosen]
    runtime = choose_runtime(find_model("built-in")).runtime
    rows: list[list[U8]] = [[square(frame.image, faces[0].portrait_box()) for frame in chosen]]
    for name in portraits:
        portrait = load_portrait(name)
        animator = Animator(AnimationModel(runtime), portrait)
        height, width = portrait.image.shape[:2]
        even = Size(width // 2 * 2, height // 2 * 2)
        compositor = Compositor(portrait.image, portrait.box, even, badge=False, matte=portrait.matte)
        moved = [compositor.render(animator.animate(*pair)) for pair in zip(chosen, faces, strict=True)]
        rows.append([square(picture, portrait.box) for picture in moved])
    runtime.close()
    sheet = np.vstack([np.hstack(row) for row in rows])
    cv2.imwrite(
        str(Path(__file__).resolve().parents[1] / "docs" / "pictures" / "sheet.jpg"),
        sheet[..., ::-1],
        [cv2.IMWRITE_JPEG_QUALITY, 88],
    )


def square(image: U8, box: CropBox) -> U8:
    """Cut the head out, inside the picture."""
    height, width = image.shape[:2]
    side = min(box.size * 0.86, width, height)
    x = min(max(box.x, side / 2), width - side / 2)
    y = min(max(box.y, side / 2), height - side / 2)
    return CropBox(x, y, side).cut(image, SIDE)


if __name__ == "__main__":
    main(sys.argv[1].split(","), [float(moment) for moment in sys.argv[2].split(",")])
