"""Finds which pixels of a portrait are the person: head, hair, neck and shoulders, with soft edges. Once a portrait."""

from __future__ import annotations

import functools
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify import paths
from avatarify.face.face import Face
from avatarify.frames import F32, U8

MODEL = "selfie_segmentation.tflite"
_SIZE = 256  # of the network's input and output
_CLOSE = 1.5  # side of the closer look, in portrait crops: it shows hair larger than a look at a wide picture
_BLEND = 0.08  # share of the closer look in which it fades into the other
_SURE = 0.3, 0.8  # below the network's first word for a pixel it is background, above the second all person
_INSIDE, _OUTSIDE = 0.8, 0.2  # likelihoods that bound the band in which colours decide
_BAND = 0.012, 0.02  # how far that band reaches further in and out, in face heights
_REACH = 0.05  # from how far around a pixel of the band colours are compared, in face heights
_FAINT = 0.12  # contrast (0 to 1) at which colours and network count alike
_FACE_COVERED = 0.9  # less of the face than this found to be person: not trusted
_LEAST_BACKGROUND = 0.03  # share of the picture
_MOST_DOUBT = 0.25  # mean doubt (0 sure, 1 even) of the pixels that may be the person
_ASKING = threading.Lock()  # OpenCV's networks keep their input and their buffers: two threads would mix pictures


def find_matte(image: U8, face: Face) -> U8 | None:
    """Find the person in a portrait.

    Args:
        image: (H, W, 3) uint8 RGB.
        face: The person's.

    Returns:
        (H, W) uint8, the person's share of each pixel, 255 all of it; None where the network is not sure enough.
    """
    likely = _of_this_face(_likely(image, face), face)
    if not _trusted(likely, face):
        return None
    return np.asarray(np.rint(_sharpened(image, likely, face) * 255), np.uint8)


def _likely(image: U8, face: Face) -> F32:
    """Return how likely each pixel is person, (H, W) in [0, 1]: a look at all of it, mixed with one at the head."""
    import cv2

    height, width = image.shape[:2]
    wide = cv2.resize(_look(image), (width, height))
    box = face.portrait_box()
    half = _CLOSE * box.size / 2
    left, right = (int(np.clip(box.x + side * half, 0, width)) for side in (-1, 1))
    top, bottom = (int(np.clip(box.y + side * half, 0, height)) for side in (-1, 1))
    near = cv2.resize(_look(image[top:bottom, left:right]), (right - left, bottom - top))
    share = np.zeros_like(wide)
    sides = left > 0, right < width, top > 0, bottom < height
    share[top:bottom, left:right] = 0.5 * _inner(near.shape, sides, max(2.0, _BLEND * 2 * half))
    wide[top:bottom, left:right] += share[top:bottom, left:right] * (near - wide[top:bottom, left:right])
    return np.asarray(wide, np.float32)


def _inner(shape: tuple[int, ...], sides: tuple[bool, bool, bool, bool], ramp: float) -> F32:
    """Return weights of ``shape`` that rise from 0 to 1 within ``ramp`` pixels of the named sides."""
    y, x = (np.minimum((np.arange(count) + 0.5) / ramp, 1) for count in shape)
    left, right, top, bottom = sides
    across = np.minimum(x if left else 1, x[::-1] if right else 1) * np.ones(shape[1])
    down = np.minimum(y if top else 1, y[::-1] if bottom else 1) * np.ones(shape[0])
    return np.asarray(np.outer(down, across), np.float32)


def _look(image: U8) -> F32:
    """Ask the network about a picture and its mirror image; (256, 256) mean in [0, 1]."""
    import cv2

    blobs = [
        cv2.dnn.blobFromImage(np.ascontiguousarray(view), 1 / 255, (_SIZE, _SIZE)) for view in (image, image[:, ::-1])
    ]
    with _ASKING:
        straight, mirrored = (_answer(blob).reshape(_SIZE, _SIZE) for blob in blobs)
    return np.asarray((straight + mirrored[:, ::-1]) / 2, np.float32)


def _answer(blob: NDArray[np.float32]) -> F32:
    """Run the network on one blob; the answer is a copy, for the network writes the next one to the same place."""
    _network().setInput(blob)
    return np.array(_network().forward(), np.float32)


@functools.cache
def _network() -> Any:
    import cv2

    return cv2.dnn.readNetFromTFLite(str(paths.assets() / "models" / MODEL))


def _of_this_face(likely: F32, face: Face) -> F32:
    """Leave out people and things that do not hang together with the face."""
    import cv2

    _, parts = cv2.connectedComponents((likely > 0.5).astype(np.uint8))
    x, y = np.clip(face.center, 0, np.array(likely.shape[::-1]) - 1).astype(int)
    own = (parts == parts[y, x]).astype(np.uint8) if parts[y, x] else (parts > 0).astype(np.uint8)
    reach = 2 * round(0.05 * face.height) + 1
    return np.asarray(likely * cv2.dilate(own, np.ones((reach, reach), np.uint8)), np.float32)


def _trusted(likely: F32, face: Face) -> bool:
    """Tell whether the face was found to be a person, something else not, and most without doubt."""
    import cv2

    oval = np.zeros(likely.shape, np.uint8)
    cv2.fillConvexPoly(oval, cv2.convexHull(np.rint(face.landmarks).astype(np.int32)), 1)
    doubt = 1 - np.abs(2 * likely - 1)
    return bool(
        oval.any()
        and likely[oval > 0].mean() > _FACE_COVERED
        and (likely < 0.1).mean() > _LEAST_BACKGROUND
        and doubt.sum() < _MOST_DOUBT * (likely > 0.1).sum()
    )


def _sharpened(image: U8, likely: F32, face: Face) -> F32:
    """Return the matte (H, W) in [0, 1]: along the outline, what the colours say as far as they tell anything.

    A pixel there is taken for a mixture of what stands inside and outside of the outline nearby.
    """
    decided = _smooth(likely, *_SURE)
    inside = _shrunk(likely > _INSIDE, _BAND[0] * face.height)
    outside = _shrunk(likely < _OUTSIDE, _BAND[1] * face.height)
    colours = np.asarray(image, np.float32) / np.float32(255)
    reach = 2 * round(_REACH * face.height) + 1
    (within, known_within), (beyond, known_beyond) = (_mean(colours, part, reach) for part in (inside, outside))
    apart = within - beyond
    contrast = (apart * apart).sum(2)
    share = np.clip(((colours - beyond) * apart).sum(2) / np.maximum(contrast, 1e-4), 0, 1)
    told = contrast / (contrast + _FAINT**2) * known_within * known_beyond
    mixed = decided + told * (share - decided)
    return np.asarray(np.where(inside > 0, 1, np.where(outside > 0, 0, mixed)), np.float32)


def _shrunk(part: NDArray[np.bool_], by: float) -> F32:
    """Return 1 in what is left of a part (H, W) after taking ``by`` pixels from its edge, 0 elsewhere."""
    import cv2

    side = 2 * max(1, round(by)) + 1
    shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.erode(part.astype(np.uint8), shape, borderType=cv2.BORDER_REPLICATE), np.float32)


def _mean(colours: F32, part: F32, side: int) -> tuple[F32, F32]:
    """Return the mean colour (H, W, 3) of what belongs to a part within a square, and (H, W) 1 where there is any."""
    import cv2

    amount = cv2.blur(part, (side, side))
    total = cv2.blur(colours * part[..., None], (side, side))
    return np.asarray(total / np.maximum(amount, 1e-4)[..., None], np.float32), np.asarray(amount > 1e-3, np.float32)


def _smooth(values: F32, low: float, high: float) -> F32:
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)
