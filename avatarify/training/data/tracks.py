"""Cut a video into tracks of one head each, seen through one fixed crop. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from avatarify.face.box import CropBox
from avatarify.frames import Size

LEAST_OVERLAP = 0.25  # with the track's first box: a head that moved further starts a new track
LEAST_OVERLAP_STEP = 0.5  # with the previous frame: nobody moves that fast, so it is somebody else
MARGIN = 0.1  # of the union's side, on every edge


class Box(NamedTuple):
    """An axis-aligned rectangle, pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """Area in square pixels; 0 for an empty rectangle."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


class Sight(NamedTuple):
    """The detection in one frame.

    Attributes:
        head: Box of the head; None without a face.
        cut: Whether a new scene starts at this frame.
    """

    head: Box | None
    cut: bool = False


@dataclass
class Track:
    """Consecutive frames that show one head.

    Attributes:
        first: Index of its first frame in the video.
        boxes: Box of the head in each frame.
    """

    first: int
    boxes: list[Box] = field(default_factory=list)

    @property
    def union(self) -> Box:
        """The smallest box that contains all boxes."""
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
    """Start a new track when the face leaves, the scene changes, the head has moved too far, or the track is too long.

    Args:
        sights: Detections of every frame of a video, in order.
        longest: Maximum number of frames of a track.
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
    """Return the square that contains all boxes of a track and a margin, limited to the frame."""
    return around(track.union, picture, MARGIN)


def around(box: Box, picture: Size, margin: float = 0.0) -> CropBox:
    """Return the square that contains a box and a margin (a fraction of its side), limited to the frame."""
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
