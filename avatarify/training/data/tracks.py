"""Cuts a video into stretches that show one head, each seen through one box that does not move. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from avatarify.face.box import CropBox
from avatarify.frames import Size

LEAST_OVERLAP = 0.25  # with the stretch's first box: a head that went further begins a new stretch
LEAST_OVERLAP_STEP = 0.5  # with the frame before: nobody moves so fast, it is someone else
MARGIN = 0.1  # of the union's side, all round


class Box(NamedTuple):
    """A rectangle in a picture, pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """Width times height; 0 for an empty one."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


class Sight(NamedTuple):
    """What was found in one frame.

    Attributes:
        head: The head's box; None where there is no face.
        cut: Whether the picture as a whole is another than the one before.
    """

    head: Box | None
    cut: bool = False


@dataclass
class Track:
    """A stretch of frames with one head.

    Attributes:
        first: Number of its first frame in the video.
        boxes: The head's box in each frame.
    """

    first: int
    boxes: list[Box] = field(default_factory=list)

    @property
    def union(self) -> Box:
        """The smallest box with all boxes in it."""
        left, top, right, bottom = zip(*self.boxes, strict=True)
        return Box(min(left), min(top), max(right), max(bottom))


def overlap(one: Box, other: Box) -> float:
    """Return intersection over union, 0 to 1."""
    shared = Box(
        max(one.left, other.left), max(one.top, other.top), min(one.right, other.right), min(one.bottom, other.bottom)
    ).area
    whole = one.area + other.area - shared
    return shared / whole if whole else 0.0


def split(sights: Iterable[Sight], longest: int) -> Iterator[Track]:
    """Cut where the face leaves, the scene changes, the head is far from where it began, or a stretch is long enough.

    Args:
        sights: Of every frame of a video, in order.
        longest: Frames a stretch may have.
    """
    track: Track | None = None
    for number, (head, cut) in enumerate(sights):
        if track is not None and (head is None or cut or len(track.boxes) == longest or not _goes_on(track, head)):
            yield track
            track = None
        if head is not None:
            track = track or Track(number)
            track.boxes.append(head)
    if track is not None:
        yield track


def fixed_crop(track: Track, picture: Size) -> CropBox:
    """Return the one square that shows a stretch: all its boxes and a margin, as far as the picture goes."""
    return around(track.union, picture, MARGIN)


def around(box: Box, picture: Size, margin: float = 0.0) -> CropBox:
    """Return the square with a whole box and a margin (a share of its side) in it, as far as the picture goes."""
    side = max(box.right - box.left, box.bottom - box.top) * (1 + 2 * margin)
    side = min(side, picture.width, picture.height)
    x = _inside((box.left + box.right) / 2, side, picture.width)
    y = _inside((box.top + box.bottom) / 2, side, picture.height)
    return CropBox(x, y, side)


def _goes_on(track: Track, head: Box) -> bool:
    near = overlap(track.boxes[-1], head) >= LEAST_OVERLAP_STEP
    return near and overlap(track.boxes[0], head) >= LEAST_OVERLAP


def _inside(middle: float, side: float, length: int) -> float:
    return min(max(middle, side / 2), length - side / 2)
