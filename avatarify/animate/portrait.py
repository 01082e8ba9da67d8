"""Portraits: the carried ones by name, or any picture with a face."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from avatarify import paths
from avatarify.errors import InputError
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.files import IMAGE_SUFFIXES
from avatarify.frames import U8


@dataclass(frozen=True)
class PortraitInfo:
    """A portrait that can be asked for by name."""

    name: str
    path: Path


@dataclass(frozen=True)
class Portrait:
    """A picture ready to be animated.

    Attributes:
        name: What it is called.
        image: (H, W, 3) uint8 RGB, the whole picture.
        face: The face that moves: the largest one.
        warnings: What the user should know about it.
        matte: (H, W) uint8, the person's share of each pixel; None where nobody could be told from the background.
    """

    name: str
    image: U8
    face: Face
    warnings: list[str] = field(default_factory=list)
    matte: U8 | None = None

    @property
    def box(self) -> CropBox:
        """The square of the picture that is animated."""
        return self.face.portrait_box()

    def crops(self, size: int) -> tuple[U8, U8]:
        """The animated square as RGB (size, size, 3) and the person's share (size, size), 255 where all is person."""
        matte = np.full(self.image.shape[:2], 255, np.uint8) if self.matte is None else self.matte
        return self.box.cut(self.image, size), self.box.cut(matte, size)


def list_portraits() -> list[PortraitInfo]:
    """The carried portraits, then the user's own, each by name."""
    found: dict[str, Path] = {}
    for folder in (paths.assets() / "portraits", paths.data() / "portraits"):
        if folder.is_dir():
            files = sorted(file for file in folder.iterdir() if file.suffix.lower() in IMAGE_SUFFIXES)
            found |= {file.stem: file for file in files}
    return [PortraitInfo(name, path) for name, path in found.items()]


def find_portrait(text: str) -> PortraitInfo:
    """Return the portrait of a name, or of a file.

    Raises:
        InputError: there is neither.
    """
    known = {info.name: info for info in list_portraits()}
    if text in known:
        return known[text]
    path = Path(text).expanduser()
    if path.exists():
        return PortraitInfo(path.stem, path)
    names = ", ".join(known) or "none"
    raise InputError(f"There is no portrait and no file '{text}'.", f"Portraits: {names}; or give a picture file.")


def load_portrait(text: str, *, matte: bool = True) -> Portrait:
    """Read a portrait by name or file, and find its face and its matte.

    Args:
        text: A name or a file.
        matte: Leave the matte out for a look at the face only.

    Raises:
        InputError: no such picture, it cannot be read, or it shows no face.
    """
    from avatarify.face.landmarker import FaceLandmarker
    from avatarify.images import load_rgba

    info = find_portrait(text)
    image, alpha = load_rgba(info.path)
    with FaceLandmarker(mode="image", max_faces=5) as landmarker:
        faces = landmarker.find_faces(image)
    if not faces:
        hint = "Use a picture in which a face is seen from the front, large enough and not covered."
        raise InputError(f"No face was found in the portrait {info.path.name}.", hint)
    portrait = Portrait(info.name, image, faces[0])
    if matte:
        portrait = with_matte(portrait, alpha)
    if faces[0].others:
        several = f"The portrait {info.path.name} shows {faces[0].others + 1} faces; the largest is animated."
        portrait.warnings.insert(0, several)
    return portrait


def with_matte(portrait: Portrait, alpha: U8 | None = None) -> Portrait:
    """Return the portrait with its person told from the background, or with a warning where that fails.

    Args:
        portrait: Without a matte.
        alpha: (H, W) uint8 transparency that came with the picture: it is the matte then.
    """
    from avatarify.animate.matte import find_matte

    matte = find_matte(portrait.image, portrait.face) if alpha is None else alpha
    if matte is not None:
        return replace(portrait, matte=matte)
    blurred = f"In the portrait {portrait.name} nobody can be told from the background, which will bend with the head."
    return replace(portrait, warnings=[*portrait.warnings, blurred])
