"""Clips as in the paper: square frames of one size, with the same crop for the whole clip."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from avatarify.errors import InputError
from avatarify.evaluation.performer import sized
from avatarify.face.box import CropBox
from avatarify.frames import U8, Frame

CROPS = ("auto", "face", "whole")
VIDEOS = (".mp4", ".mov", ".mkv", ".avi", ".webm", ".gif", ".m4v")
_FPS = 25.0
_PATIENCE = 25  # frames searched for a first face
_HINT = "Give a video, a folder of videos, a folder with a folder of pictures for each clip, or a data set."


@dataclass(frozen=True)
class Footage:
    """One clip that can be read repeatedly.

    Attributes:
        name: Its name in tables.
        read: Yields its frames, in order.
    """

    name: str
    read: Callable[[], Iterator[Frame]]


def list_footage(path: Path) -> list[Footage]:
    """Return the clips of a folder by name, or the given one.

    Args:
        path: A video, a folder of videos, a folder of images, or a folder of such folders; ``demo`` is the bundled
            clip.

    Raises:
        InputError: there is no clip.
    """
    if str(path) == "demo":
        return [Footage("demo", _demo)]
    if path.is_file():
        return [_video(path)]
    inside = sorted(path.iterdir()) if path.is_dir() else []
    found = [_video(file) for file in inside if file.suffix.lower() in VIDEOS]
    found = found or [_pictures(folder) for folder in inside if folder.is_dir() and _has_pictures(folder)]
    if not found and path.is_dir() and _has_pictures(path):
        found = [_pictures(path)]
    if not found:
        raise InputError("There are no clips in {path}.", _HINT, path=path)
    return found


def squares(clip: Footage, side: int, *, crop: str = "auto", stride: int = 1, most: int | None = None) -> Iterator[U8]:
    """Read a clip as square frames (side, side, 3) uint8 RGB.

    Args:
        clip: The clip.
        side: Pixels.
        crop: ``face`` takes the square around the first face found, and starts with that frame; ``whole``
            the largest centered square; ``auto`` the frame itself if it is square, else as ``face`` if one is
            found in the first frames, else as ``whole``.
        stride: Take every n-th frame.
        most: Maximum number of frames.

    Raises:
        InputError: the clip cannot be read, or ``face`` is requested and no face is found.
    """
    for image, _ in timed_squares(clip, side, crop=crop, stride=stride, most=most):
        yield image


def timed_squares(
    clip: Footage, side: int, *, crop: str = "auto", stride: int = 1, most: int | None = None
) -> Iterator[tuple[U8, float]]:
    """Read a clip as ``squares`` does; yield each with the time of its frame in the clip, seconds."""
    box, frames = _framed(clip.name, itertools.islice(clip.read(), 0, None, stride), crop)
    for frame in itertools.islice(frames, most):
        yield sized(frame.image, side) if box is None else box.cut(frame.image, side), frame.media_time


def as_frames(images: Iterable[U8]) -> Iterator[Frame]:
    """Number images, and time them at 25 frames per second."""
    for number, image in enumerate(images):
        yield Frame(image, number, number / _FPS, number / _FPS)


def _framed(name: str, pictures: Iterator[Frame], crop: str) -> tuple[CropBox | None, Iterator[Frame]]:
    """Return the square (None for square frames taken whole) and the frames, starting with the first that counts."""
    early = list(itertools.islice(pictures, 1))
    if not early:
        raise InputError("The clip {name} has no frames.", "Leave it out.", name=name)
    first = early[0].image
    square = first.shape[0] == first.shape[1]
    if crop == "whole" or (crop == "auto" and square):
        box = None if square else CropBox.whole(first)
        return box, itertools.chain(early, pictures)
    early += itertools.islice(pictures, _PATIENCE - 1)
    number, found = _first_face(early)
    if found is None:
        if crop == "face":
            raise InputError("No face was found in {name}.", "Use --crop whole.", name=name)
        return CropBox.whole(first), itertools.chain(early, pictures)
    return found, itertools.chain(early[number:], pictures)


def _first_face(frames: list[Frame]) -> tuple[int, CropBox | None]:
    from avatarify.face.landmarker import FaceLandmarker

    with FaceLandmarker() as eye:
        for number, frame in enumerate(frames):
            face = eye.find(frame)
            if face is not None:
                return number, face.portrait_box()
    return 0, None


def _video(path: Path) -> Footage:
    from avatarify.evaluation.reenactment import read_frames

    return Footage(path.stem, lambda: read_frames(path, 1))


def _pictures(folder: Path) -> Footage:
    def read() -> Iterator[Frame]:
        from avatarify.capture.media import ImageFolder

        with ImageFolder(folder) as source:
            yield from iter(source.read, None)

    return Footage(folder.name, read)


def _demo() -> Iterator[Frame]:
    from avatarify.capture.demo import DemoSource

    with DemoSource(pace=False) as source:
        yield from iter(source.read, None)


def _has_pictures(folder: Path) -> bool:
    from avatarify.files import IMAGE_SUFFIXES

    return any(file.suffix.lower() in IMAGE_SUFFIXES for file in folder.iterdir())
