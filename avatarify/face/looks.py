"""Looks for the face in every second frame of a video while the head is calm; the frames between get a face, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from avatarify.face.face import Face
from avatarify.frames import Frame

MOVED = (
    0.03  # RMS motion of the landmarks in two frames, in sides of the key-point crop; beyond it, no frame is left out
)
JUMP = 0.35  # the same; beyond it, a cut of the video or another person
_GRID = 16  # every 16th pixel tells which of two frames a third one resembles

Found = tuple[Frame, Face | None]


def looks(read: Callable[[], Frame | None], find: Callable[[Frame], Face | None]) -> Iterator[Found]:
    """Read frames and find the face in them.

    A frame that is left out gets the mean of the faces before and after it, which is closer to its own than either.

    Args:
        read: Returns the next frame; None at the end.
        find: Looks for the face in a frame; the frames that it gets are in order.

    Yields:
        Every frame with its face, in order.
    """
    calm, last = False, None
    while (frame := read()) is not None:
        if not calm or last is None or (after := read()) is None:
            seen: Found = frame, find(frame)
            calm = last is not None and _moved(last[1], seen[1]) < MOVED
            yield seen
        else:
            seen = after, find(after)
            yield frame, _between(last, frame, seen)
            calm = _moved(last[1], seen[1]) < MOVED
            yield seen
        last = seen


def _moved(a: Face | None, b: Face | None) -> float:
    """Return the RMS motion of the landmarks, in sides of the crop; infinite where a face is missing."""
    if a is None or b is None:
        return float("inf")
    return float(np.sqrt(np.square(a.landmarks - b.landmarks).sum(1).mean())) / a.keypoint_box().size


def _between(before: Found, frame: Frame, after: Found) -> Face | None:
    """Return the face of a frame between two others; None if one of them has none."""
    (first, a), (second, b) = before, after
    if a is None or b is None:
        return None
    if _moved(a, b) > JUMP:
        near = a if _unlike(frame, first) < _unlike(frame, second) else b
        return replace(near, frame_index=frame.index)
    return replace(
        b,
        landmarks=np.asarray((a.landmarks + b.landmarks) / 2, np.float32),
        expression={name: (a.expression.get(name, level) + level) / 2 for name, level in b.expression.items()},
        yaw=(a.yaw + b.yaw) / 2,
        pitch=(a.pitch + b.pitch) / 2,
        roll=(a.roll + b.roll) / 2,
        frame_index=frame.index,
    )


def _unlike(a: Frame, b: Frame) -> float:
    one, other = (frame.image[::_GRID, ::_GRID].astype(np.float32) for frame in (a, b))
    return float(np.abs(one - other).mean())
