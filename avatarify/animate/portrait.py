"""Portraits: the bundled ones by name, or any image with a face."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from avatarify import paths
from avatarify.animate.placed_face import FacePlace, placed_face
from avatarify.errors import InputError
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.files import IMAGE_SUFFIXES, path_of
from avatarify.frames import U8
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.face.landmarker import FaceLandmarker


_FIRST = "mona-lisa"  # the default
_FULL_SIZE = 20_000  # pixels; larger than any image that is read
_SURROUNDINGS = 4.0  # face heights around the face that is cut out of a large photograph


@dataclass(frozen=True)
class PortraitInfo:
    """A portrait that can be chosen.

    Attributes:
        name: What ``--portrait`` accepts.
        path: The image file.
    """

    name: str
    path: Path


@dataclass(frozen=True)
class Portrait:
    """An image ready to be animated.

    Attributes:
        name: What it is called.
        image: (H, W, 3) uint8 RGB, the whole image.
        face: The face that is animated: the largest one.
        warnings: What the user should know about it.
        matte: (H, W) uint8, how much of each pixel is the person, 255 all of it; None if the person could not be
            separated from the background.
        cut: Whether ``image`` is a part of the file's: the surroundings of a face that is small in it.
    """

    name: str
    image: U8
    face: Face
    warnings: list[Message] = field(default_factory=list)
    matte: U8 | None = None
    cut: bool = False

    @property
    def box(self) -> CropBox:
        """The square of the image that is animated."""
        return self.face.portrait_box()

    def crops(self, size: int) -> tuple[U8, U8]:
        """Cut out the animated square.

        Args:
            size: Side of the crops in pixels, S.

        Returns:
            RGB (S, S, 3) uint8, and the matte (S, S) uint8; without a matte, 255 everywhere.
        """
        matte = np.full(self.image.shape[:2], 255, np.uint8) if self.matte is None else self.matte
        return self.box.cut(self.image, size), self.box.cut(matte, size)


def list_portraits() -> list[PortraitInfo]:
    """Return the bundled portraits, the Mona Lisa first, then the user's own, both sorted by name.

    An own one hides a bundled namesake.
    """
    found: dict[str, Path] = {}
    for folder in (paths.assets() / "portraits", paths.data() / "portraits"):
        if folder.is_dir():
            files = sorted(file for file in folder.iterdir() if file.suffix.lower() in IMAGE_SUFFIXES)
            found |= {file.stem: file for file in sorted(files, key=lambda file: file.stem != _FIRST)}
    return [PortraitInfo(name, path) for name, path in found.items()]


def find_portrait(text: str) -> PortraitInfo:
    """Return the portrait with a name, or an image file as one.

    Args:
        text: A name that ``list_portraits`` gives, or the path of an image.

    Raises:
        InputError: there is neither.
    """
    known = {info.name: info for info in list_portraits()}
    if text in known:
        return known[text]
    path = path_of(text)
    if path.exists():
        return PortraitInfo(path.stem, path)
    raise InputError(
        "There is no portrait and no file named '{name}'.",
        "Portraits: {names}. You can also give an image file.",
        name=text,
        names=list(known),
    )


def load_portrait(text: str, *, matte: bool = True, place: FacePlace | None = None) -> Portrait:
    """Read a portrait, and find its face and its matte.

    Args:
        text: A name or an image file.
        matte: False skips the matte, where only the face matters.
        place: Where the face is, in pixels of the file's image; None to find it.

    Raises:
        InputError: no such image, it cannot be read, or it shows no face.
    """
    from avatarify.face.landmarker import FaceLandmarker
    from avatarify.images import LONGEST_SIDE, load_rgba

    info = find_portrait(text)
    if place is not None:
        return _placed(info, place, matte)
    image, alpha = load_rgba(info.path)
    cut = False
    with FaceLandmarker(mode="image", max_faces=5) as landmarker:
        faces = landmarker.find_faces(image)
        if not faces and max(image.shape) >= LONGEST_SIDE:
            image, alpha, faces = _small_face(landmarker, info.path)
            cut = True
    if not faces:
        hint = (
            "Use an image that shows a face from the front, large enough and not covered. "
            "On the command line, --face X,Y,HEIGHT says where it is."
        )
        raise InputError("No face was found in the portrait {name}.", hint, name=info.path.name)
    portrait = Portrait(info.name, image, faces[0], cut=cut)
    if matte:
        portrait = with_matte(portrait, alpha)
    if faces[0].others:
        several_faces = "The portrait {name} shows {count} faces; the largest is animated."
        portrait.warnings.insert(0, Message(several_faces, name=info.path.name, count=faces[0].others + 1))
    return portrait


def _placed(info: PortraitInfo, place: FacePlace, matte: bool) -> Portrait:
    """Load a portrait whose face is placed by hand."""
    from avatarify.images import LONGEST_SIDE, load_rgba, size_of

    width, height = size_of(info.path)
    if not (place.x <= width and place.y <= height and place.height <= height):
        raise InputError(
            "The face is placed outside the image {name}.",
            "The image has {width}x{height} pixels.",
            name=info.path.name,
            width=width,
            height=height,
        )
    image, alpha = load_rgba(info.path)
    placed = place.scaled(min(1.0, LONGEST_SIDE / max(width, height)))
    portrait = Portrait(info.name, image, placed_face(placed))
    return with_matte(portrait, alpha) if matte else portrait


def _small_face(landmarker: FaceLandmarker, path: Path) -> tuple[U8, U8 | None, list[Face]]:
    """Search a large photograph at its full size, and cut out the largest face with its surroundings."""
    from avatarify.images import load_rgba

    image, alpha = load_rgba(path, longest_side=_FULL_SIZE)
    faces = landmarker.find_small_faces(image)
    if not faces:
        return image, alpha, []
    x, y, reach = *faces[0].center, _SURROUNDINGS * faces[0].height
    left, top = (max(0, int(at - reach)) for at in (x, y))
    part = slice(top, int(y + reach)), slice(left, int(x + reach))
    face = replace(faces[0], landmarks=faces[0].landmarks - np.array([left, top], np.float32))
    return np.ascontiguousarray(image[part]), None if alpha is None else np.ascontiguousarray(alpha[part]), [face]


def with_matte(portrait: Portrait, alpha: U8 | None = None) -> Portrait:
    """Return the portrait with a matte, or with a warning if none was found.

    Args:
        portrait: Without a matte.
        alpha: (H, W) uint8, the image's own transparency: used as the matte if given.
    """
    from avatarify.animate.matte import find_matte

    matte = find_matte(portrait.image, portrait.face) if alpha is None else alpha
    if matte is not None:
        return replace(portrait, matte=matte)
    no_matte = (
        "In the portrait {name}, the person could not be separated from the background, "
        "so the background will move with the head."
    )
    return replace(portrait, warnings=[*portrait.warnings, Message(no_matte, name=portrait.name)])
