"""Makes contact sheets to judge by eye: portraits by expressions, eyes and mouths enlarged, and consecutive frames.

``python tools/contact_sheets.py CLIPS PORTRAITS OUT`` drives each portrait with the frames in which the clips show each
expression most. It writes ``expressions-N.png`` (six portraits each; eyes above the mouth) and ``consecutive-N.png``
(six frames in a row around the widest opening of the mouth), and every picture alone, for ``tools/blind.py``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from avatarify.animate.animator import Animator
from avatarify.animate.model import AnimationModel
from avatarify.animate.options import MotionOptions
from avatarify.animate.portrait import Portrait
from avatarify.compose.compositor import Compositor
from avatarify.engines.choose import choose_runtime
from avatarify.evaluation.cross import open_portraits
from avatarify.evaluation.driver import Driver, list_clips, read_driver
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import F32, U8, Frame, Size
from avatarify.motion import layout
from avatarify.zoo.registry import find_model

EXPRESSIONS = {
    "open": ("jawOpen",),
    "smile": ("mouthSmileLeft", "mouthSmileRight"),
    "blink": ("eyeBlinkLeft", "eyeBlinkRight"),
    "pucker": ("mouthPucker",),
    "brows": ("browInnerUp",),
    "bared": ("mouthUpperUpLeft", "mouthUpperUpRight"),
}
EYES = (*range(36, 48), *layout.PUPILS)
ROWS, CONSECUTIVE = 6, 6
TILE = 260, 150  # pixels


@dataclass(frozen=True)
class Moment:
    """A frame of a clip that shows an expression.

    Attributes:
        name: Of the expression.
        driver: The clip.
        number: Of the frame among its frames with a face.
    """

    name: str
    driver: Driver
    number: int


def main(words: list[str] | None = None) -> None:
    """Write all sheets."""
    args = parser().parse_args(words)
    model = AnimationModel(choose_runtime(find_model("built-in"), "auto").runtime)
    drivers = [read_driver(clip, 1) for clip in chosen(list_clips(args.clips), args.only)]
    portraits = open_portraits(args.portraits)[: args.count]
    moments = [strongest(name, shapes, drivers) for name, shapes in EXPRESSIONS.items()]
    row = consecutive(moments[0])
    for start in range(0, len(portraits), ROWS):
        some = portraits[start : start + ROWS]
        write(args.out / f"expressions-{start // ROWS}.png", [tiles(model, one, moments, args) for one in some])
        write(args.out / f"consecutive-{start // ROWS}.png", [tiles(model, one, row, args) for one in some])


def parser() -> argparse.ArgumentParser:
    """Declare the options."""
    own = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    own.add_argument("clips", type=Path, help="folder of videos")
    own.add_argument("portraits", help="'bundled', a folder of images, or one portrait")
    own.add_argument("out", type=Path, help="folder to write into")
    own.add_argument("--only", nargs="+", metavar="CLIP", help="names of clips without their ending")
    own.add_argument("--count", type=int, default=12, help="portraits at most")
    own.add_argument("--size", type=Size.parse, default=Size(1280, 720), help="of the output pictures")
    return own


def chosen(clips: Sequence[Path], names: Sequence[str] | None) -> list[Path]:
    """Return the clips with these names; all without names."""
    return [clip for clip in clips if names is None or clip.stem in names]


def strongest(name: str, shapes: Sequence[str], drivers: Sequence[Driver]) -> Moment:
    """Return the frame that shows an expression most, of those that are not the first of their clip."""
    scored = [
        (sum(face.expression.get(shape, 0.0) for shape in shapes), -place, number)
        for place, driver in enumerate(drivers)
        for number, face in enumerate(driver.faces)
        if number
    ]
    _, place, number = max(scored)
    return Moment(name, drivers[-place], number)


def consecutive(moment: Moment) -> list[Moment]:
    """Return frames in a row around a moment."""
    last = len(moment.driver.frames)
    first = max(0, min(moment.number - CONSECUTIVE // 2, last - CONSECUTIVE))
    return [Moment(f"frame{n}", moment.driver, n) for n in range(first, min(last, first + CONSECUTIVE))]


def tiles(model: AnimationModel, portrait: Portrait, moments: Sequence[Moment], args: argparse.Namespace) -> U8:
    """Return a portrait's row of enlarged eyes and mouths; each whole picture is written, too."""
    parts = []
    for moment, picture, box, points in results(model, portrait, moments, args.size):
        place = args.out / "pictures" / f"{portrait.name}-{moment.name}.png"
        save(place, picture)
        where = box.to_pixels(points)
        eyes, mouth = (enlarged(picture, where[list(k)], room) for k, room in ((EYES, 1.3), (layout.OUTER_LIPS, 1.7)))
        label = f"{portrait.name[:12]} {moment.name}"
        cv2.putText(eyes, label, (4, 13), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (0, 255, 0), 1, cv2.LINE_AA)
        parts.append(np.vstack([eyes, mouth]))
    return np.hstack(parts)


def results(
    model: AnimationModel, portrait: Portrait, moments: Sequence[Moment], size: Size
) -> Iterator[tuple[Moment, U8, CropBox, F32]]:
    """Yield each moment with the output picture, the animated square in it, and the moved key points in the square."""
    from avatarify.compose.canvas import fit

    compositor = Compositor(portrait.image, portrait.box, size, badge=False, matte=portrait.matte)
    _, scale, (left, top) = fit(portrait.image, size)
    box = CropBox(portrait.box.x * scale + left, portrait.box.y * scale + top, portrait.box.size * scale)
    animator = Animator(model, portrait, MotionOptions(smoothing=False))
    for moment in moments:
        animator.set_neutral(*neutral(moment.driver))
        generated = animator.animate(moment.driver.frames[moment.number], moment.driver.faces[moment.number])
        keypoints = animator.frame_keypoints
        if keypoints is not None:
            yield moment, compositor.render(generated).copy(), box, keypoints.moved.points


def neutral(driver: Driver) -> tuple[Frame, Face]:
    """Return the most neutral frame of a clip and its face."""
    from avatarify.animate.neutral import best_neutral

    number = best_neutral(dict(enumerate(driver.faces)))
    return driver.frames[number], driver.faces[number]


def enlarged(picture: U8, points: F32, room: float) -> U8:
    """Cut out a feature and enlarge it to the size of a tile."""
    width, height = TILE
    low, high = points.min(0), points.max(0)
    scale = max((high[0] - low[0]) / width, (high[1] - low[1]) / height) * room
    x, y = (low + high) / 2
    matrix = np.array([[scale, 0, x - scale * width / 2], [0, scale, y - scale * height / 2]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(picture, matrix, TILE, flags=flags), np.uint8)


def write(path: Path, rows: Sequence[U8]) -> None:
    """Write rows of tiles below each other."""
    width = max(row.shape[1] for row in rows)
    save(path, np.vstack([np.pad(row, ((0, 0), (0, width - row.shape[1]), (0, 0))) for row in rows]))
    print(path)


def save(path: Path, picture: U8) -> None:
    """Write (H, W, 3) RGB as a PNG file, creating its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", picture[..., ::-1])[1].tobytes())


if __name__ == "__main__":
    main()
