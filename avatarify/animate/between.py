"""A picture between two frames: the generator's motion, blend, and drawn pixels, halfway from one to the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from avatarify.frames import Frame, Generated

LONGEST_S = 0.25  # between two frames; after a longer pause nothing is known about the time between


def halfway(first: tuple[Frame, Generated], second: tuple[Frame, Generated]) -> tuple[Frame, Generated] | None:
    """Return what is halfway between two frames of one portrait; None if they are too far apart in time.

    Most pixels are the portrait's, moved: so they move halfway, and nothing fades.

    Args:
        first: A frame and what was generated for it.
        second: The same of a later one.

    Returns:
        The later frame with the time between both, and the mean of both results.
    """
    (before, a), (after, b) = first, second
    if not 0 < after.captured_at - before.captured_at < LONGEST_S:
        return None
    matte = None if a.matte is None or b.matte is None else _mean(a.matte, b.matte)
    head = None if a.head is None or b.head is None else np.asarray((a.head + b.head) / 2, np.float32)
    made = Generated(
        _mean(a.image, b.image), _mean(a.deformation, b.deformation), _mean(a.visible, b.visible), matte, head
    )
    return replace(after, captured_at=(before.captured_at + after.captured_at) / 2), made


def _mean(a: Any, b: Any) -> Any:
    """Return the mean of two arrays of the same shape and dtype."""
    import cv2

    return cv2.addWeighted(a, 0.5, b, 0.5, 0.0)
