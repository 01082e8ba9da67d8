"""The frames of a reference: crops, face meshes, and maps of the demo clip, from ``assets/reference``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from avatarify import paths
from avatarify.errors import EngineError
from avatarify.frames import F32, U8
from avatarify.npz import reading_arrays

COUNT = 11  # the neutral frame and the ten that are compared
COLUMNS, SIZE = 4, 256
TILES = {"tight": "tight.webp", "wide": "wide.webp"}  # the portrait, then the frames in the clip's order
WIDE_MATTE, NUMBERS = "matte.webp", "numbers.npz"


@dataclass(frozen=True)
class View:
    """One face as the key-point detector sees it.

    Attributes:
        image: (M, M, 3) uint8 RGB crop.
        mesh: (478, 2) float32 face mesh in the crop's coordinates, [-1, 1] at its edges.
        to_reference: (2, 3) float32 affine map from the crop's coordinates to the reference crop's.
    """

    image: U8
    mesh: F32
    to_reference: F32


@dataclass(frozen=True)
class ReferenceInputs:
    """A portrait and eleven frames of a driving clip.

    Attributes:
        portrait: The portrait's face, mapped to the portrait's own wide crop.
        wide: (S, S, 3) uint8 RGB, the portrait's crop that is animated.
        matte: (S, S) uint8, alpha of the person, 255 opaque.
        frames: The neutral frame first; mapped to the neutral frame's wide crop.
    """

    portrait: View
    wide: U8
    matte: U8
    frames: list[View]


def read_inputs(*, tight: bool, keypoint_size: int, portrait_size: int) -> ReferenceInputs:
    """Read the reference frames.

    Args:
        tight: Crop faces tightly and upright, as the built-in model needs them; otherwise as wide as the portrait.
        keypoint_size: Side M of the crops for the key-point detector, pixels.
        portrait_size: Side S of the portrait's crop, pixels.

    Raises:
        EngineError: A file is missing or damaged.
    """
    folder, crop = paths.assets() / "reference", "tight" if tight else "wide"
    tiles, wide = _tiles(folder / TILES[crop]), _tiles(folder / TILES["wide"])[0]
    meshes, maps = _numbers(folder / NUMBERS, crop)
    views = [
        View(_sized(tile, keypoint_size), mesh, to_reference)
        for tile, mesh, to_reference in zip(tiles, meshes, maps, strict=True)
    ]
    matte = _picture(folder / WIDE_MATTE)[..., 0]
    return ReferenceInputs(views[0], _sized(wide, portrait_size), _sized(matte, portrait_size), views[1:])


def _numbers(file: Path, crop: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    try:
        with reading_arrays(file) as content:
            return content[f"{crop}_mesh"], content[f"{crop}_map"]
    except (OSError, ValueError) as error:
        raise _damaged(file) from error


def _tiles(file: Path) -> list[U8]:
    sheet = _picture(file)
    starts = [(SIZE * (number // COLUMNS), SIZE * (number % COLUMNS)) for number in range(COUNT + 1)]
    return [np.ascontiguousarray(sheet[y : y + SIZE, x : x + SIZE]) for y, x in starts]


def _picture(file: Path) -> U8:
    """Return an image, (H, W, 3) uint8 RGB."""
    import cv2

    try:
        image = cv2.imdecode(np.fromfile(file, np.uint8), cv2.IMREAD_COLOR)
    except (OSError, cv2.error) as error:
        raise _damaged(file) from error
    if image is None:
        raise _damaged(file)
    return np.asarray(image[..., ::-1])


def _sized(image: U8, size: int) -> U8:
    import cv2

    if image.shape[0] == size:
        return np.ascontiguousarray(image)
    return np.asarray(cv2.resize(image, (size, size), interpolation=cv2.INTER_AREA))


def _damaged(file: Path) -> EngineError:
    return EngineError("The reference frames in {file} are missing or damaged.", "Reinstall Avatarify.", file=file)
