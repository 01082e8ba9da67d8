"""Shimmer: how much the result changes although the driving face does not move."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from avatarify.animate.model import AnimationModel
from avatarify.animate.options import MotionOptions
from avatarify.animate.portrait import Portrait
from avatarify.capture.demo import DemoSource
from avatarify.errors import InputError
from avatarify.evaluation import metrics
from avatarify.evaluation.animated_portrait import AnimatedPortrait
from avatarify.face.follow import FaceFollower
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame

NOISE = {"still": 0.0, "still with noise": 2.0}  # sigma of the camera noise in 1/255, by name
FPS = 25.0


def still_frames(image: U8, count: int, sigma: float) -> Iterator[Frame]:
    """Repeat one image as a camera would deliver it.

    Args:
        image: (H, W, 3) uint8 RGB.
        count: Number of frames.
        sigma: Standard deviation of the noise added to each frame, in 1/255.
    """
    noise = np.random.default_rng(0)
    for index in range(count):
        shown = image.astype(np.float32) + noise.normal(0, sigma, image.shape) if sigma else image
        picture = np.clip(np.rint(shown), 0, 255).astype(np.uint8)
        yield Frame(np.ascontiguousarray(picture), index, index / FPS, index / FPS)


def demo_frame() -> U8:
    """Return the first frame of the bundled clip, (H, W, 3) uint8 RGB."""
    with DemoSource(pace=False) as source:
        frame = source.read()
    if frame is None:
        raise InputError("The demo clip has no frame.", "Reinstall Avatarify.")
    return frame.image


def shimmer(
    model: AnimationModel,
    portrait: Portrait,
    frames: Iterator[Frame],
    options: MotionOptions | None = None,
    keep: Callable[[int, U8], None] | None = None,
) -> dict[str, float]:
    """Animate a portrait with frames that do not move.

    Args:
        model: The model on its runtime.
        portrait: The portrait at its native size.
        frames: The driving frames.
        options: How motion is transferred.
        keep: Called with (number, result) of each frame.

    Returns:
        Mean absolute change between consecutive results inside the animated crop, in 1/255: ``mean``, ``p95``, and
        ``most`` over frames; ``drift``, the same between the second and the last; ``frames``.

    Raises:
        InputError: fewer than two frames show a face.
    """
    animated = AnimatedPortrait(portrait, model, options)
    follower, changes = FaceFollower(), list[float]()
    first: U8 | None = None
    last: U8 | None = None
    with FaceLandmarker() as eye:
        for frame in frames:
            face = follower.follow(eye.find(frame), frame.media_time)
            image = None if face is None else animated.render(frame, face)
            if image is None:
                continue
            result = animated.square(image)
            if last is not None:
                changes.append(metrics.l1(result, last) * 255)
                first = result if first is None else first
            last = result
            if keep is not None:
                keep(frame.index, result)
    if first is None or last is None:
        raise InputError("The still driver shows no face.", "Use the bundled demo clip.")
    return {
        "mean": metrics.mean(changes),
        "p95": float(np.percentile(changes, 95)),
        "most": max(changes),
        "drift": metrics.l1(last, first) * 255,
        "frames": len(changes) + 1,
    }
