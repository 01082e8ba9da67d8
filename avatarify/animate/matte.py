"""Separates the person in a portrait, head, hair, neck, and shoulders, from the background, with soft edges."""

from __future__ import annotations

import functools
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify import paths
from avatarify.face.bundled_model import read_model
from avatarify.face.face import Face
from avatarify.frames import F32, U8
from avatarify.motion.arrays import smoothstep

MODEL = "selfie_segmentation.tflite"
MODEL_SHA256 = "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27"
_SIZE = 256  # side of the network's input and output, in pixels
_CLOSEUP = 1.5  # side of the close-up, in portrait crops: hair is larger in it than in a wide picture
_BLEND = 0.08  # fraction of the close-up's side over which it fades into the whole picture
_SURE = 0.3, 0.8  # probabilities below and above which the network alone decides: background, person
_INSIDE, _OUTSIDE = 0.8, 0.2  # probabilities that bound the band in which colors decide
_BAND = 0.012, 0.02  # how far that band extends further in and out, in face heights
_REACH = 0.05  # radius within which the colors around a pixel of the band are compared, in face heights
_FAINT = 0.12  # contrast (0 to 1) at which colors and network have equal weight
_FACE_COVERED = 0.9  # mean probability of the face below which the matte is not trusted
_LEAST_BACKGROUND = 0.03  # fraction of the picture
_MOST_DOUBT = 0.25  # mean doubt (0 sure, 1 undecided) of the pixels that may be the person
_NETWORK_LOCK = threading.Lock()  # OpenCV's networks keep their buffers: two threads would mix pictures


def find_matte(image: U8, face: Face) -> U8 | None:
    """Find the person in a portrait.

    Args:
        image: (H, W, 3) uint8 RGB.
        face: The person's face in it.

    Returns:
        (H, W) uint8, how much of each pixel is the person, 255 all of it; None if the network is not sure enough.
    """
    likely = _of_this_face(_likely(image, face), face)
    if not _trusted(likely, face):
        return None
    return np.asarray(np.rint(_sharpened(image, likely, face) * 255), np.uint8)


def _likely(image: U8, face: Face) -> F32:
    """Return each pixel's probability of person, (H, W) in [0, 1]: whole picture and close-up, blended."""
    import cv2

    height, width = image.shape[:2]
    wide = cv2.resize(_segment(image), (width, height))
    box = face.portrait_box()
    half = _CLOSEUP * box.size / 2
    left, right = (int(np.clip(box.x + side * half, 0, width)) for side in (-1, 1))
    top, bottom = (int(np.clip(box.y + side * half, 0, height)) for side in (-1, 1))
    near = cv2.resize(_segment(image[top:bottom, left:right]), (right - left, bottom - top))
    weight = np.zeros_like(wide)
    sides = left > 0, right < width, top > 0, bottom < height
    weight[top:bottom, left:right] = 0.5 * _inner(near.shape, sides, max(2.0, _BLEND * 2 * half))
    wide[top:bottom, left:right] += weight[top:bottom, left:right] * (near - wide[top:bottom, left:right])
    return np.asarray(wide, np.float32)


def _inner(shape: tuple[int, ...], sides: tuple[bool, bool, bool, bool], ramp: float) -> F32:
    """Return weights of ``shape`` that rise from 0 to 1 within ``ramp`` pixels of the named sides."""
    y, x = (np.minimum((np.arange(count) + 0.5) / ramp, 1) for count in shape)
    left, right, top, bottom = sides
    across = np.minimum(x if left else 1, x[::-1] if right else 1) * np.ones(shape[1])
    down = np.minimum(y if top else 1, y[::-1] if bottom else 1) * np.ones(shape[0])
    return np.asarray(np.outer(down, across), np.float32)


def _segment(image: U8) -> F32:
    """Run the network on a picture and its mirror image; return the mean, (256, 256) in [0, 1]."""
    import cv2

    blobs = [
        cv2.dnn.blobFromImage(np.ascontiguousarray(view), 1 / 255, (_SIZE, _SIZE)) for view in (image, image[:, ::-1])
    ]
    with _NETWORK_LOCK:
        straight, mirrored = (_run(blob).reshape(_SIZE, _SIZE) for blob in blobs)
    return np.asarray((straight + mirrored[:, ::-1]) / 2, np.float32)


def _run(blob: NDArray[np.float32]) -> F32:
    """Run the network on one blob; the result is a copy because the network reuses its output buffer."""
    _network().setInput(blob)
    return np.array(_network().forward(), np.float32)


@functools.cache
def _network() -> Any:
    import cv2

    model = read_model(paths.assets() / "models" / MODEL, MODEL_SHA256)
    return cv2.dnn.readNetFromTFLite(np.frombuffer(model, np.uint8))


def _of_this_face(likely: F32, face: Face) -> F32:
    """Remove people and things that are not connected to the face."""
    import cv2

    _, parts = cv2.connectedComponents((likely > 0.5).astype(np.uint8))
    x, y = np.clip(face.center, 0, np.array(likely.shape[::-1]) - 1).astype(int)
    own = (parts == parts[y, x]).astype(np.uint8) if parts[y, x] else (parts > 0).astype(np.uint8)
    reach = 2 * round(0.05 * face.height) + 1
    return np.asarray(likely * cv2.dilate(own, np.ones((reach, reach), np.uint8)), np.float32)


def _trusted(likely: F32, face: Face) -> bool:
    """Return whether the face is covered, some background is left, and most pixels are decided."""
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
    """Return the matte (H, W) in [0, 1], refined along the outline by colors where those differ.

    A pixel of the outline is treated as a mixture of the mean colors inside and outside of it nearby.
    """
    decided = smoothstep(likely, *_SURE)
    inside = _shrunk(likely > _INSIDE, _BAND[0] * face.height)
    outside = _shrunk(likely < _OUTSIDE, _BAND[1] * face.height)
    colors = np.asarray(image, np.float32) / np.float32(255)
    reach = 2 * round(_REACH * face.height) + 1
    (within, known_within), (beyond, known_beyond) = (_mean(colors, part, reach) for part in (inside, outside))
    apart = within - beyond
    contrast = (apart * apart).sum(2)
    person = np.clip(((colors - beyond) * apart).sum(2) / np.maximum(contrast, 1e-4), 0, 1)
    weight = contrast / (contrast + _FAINT**2) * known_within * known_beyond
    mixed = decided + weight * (person - decided)
    return np.asarray(np.where(inside > 0, 1, np.where(outside > 0, 0, mixed)), np.float32)


def _shrunk(part: NDArray[np.bool_], by: float) -> F32:
    """Erode a region (H, W) by some pixels; return 1 in what is left, 0 elsewhere."""
    import cv2

    side = 2 * max(1, round(by)) + 1
    shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.erode(part.astype(np.uint8), shape, borderType=cv2.BORDER_REPLICATE), np.float32)


def _mean(colors: F32, part: F32, side: int) -> tuple[F32, F32]:
    """Return the mean color (H, W, 3) of a region within a square around each pixel, and (H, W) 1 where it has any."""
    import cv2

    amount = cv2.blur(part, (side, side))
    total = cv2.blur(colors * part[..., None], (side, side))
    return np.asarray(total / np.maximum(amount, 1e-4)[..., None], np.float32), np.asarray(amount > 1e-3, np.float32)
