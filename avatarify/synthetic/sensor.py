"""The imperfections of a webcam: blur, noise, vignette, compression. The ground truth stays exact."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.surface import Pixels


@dataclass(frozen=True)
class Sensor:
    """The imperfections of one camera, the same for a whole clip.

    Attributes:
        blur: Spread in pixels (of 256).
        coarse: Images are shrunk by this factor and enlarged again; 1 leaves them unchanged.
        noise: Spread in gray levels.
        quality: JPEG quality of what the camera sends; 0 leaves it uncompressed.
        vignette: Darkening of the corners.
    """

    blur: float = 0.0
    coarse: float = 1.0
    noise: float = 0.0
    quality: int = 0
    vignette: float = 0.0


def draw_sensor(rng: np.random.Generator) -> Sensor:
    """Return a random camera: half of them are good, half are webcams."""
    vignette = float(rng.uniform(0, 0.35) * (rng.random() < 0.4))
    if rng.random() < 0.5:
        return Sensor(noise=float(rng.uniform(0, 1.2)), vignette=vignette)
    return Sensor(
        float(rng.uniform(0.2, 0.9)),
        float(rng.choice([1.0, 1.0, 1.5, 2.0])),
        float(rng.uniform(0.5, 5)),
        int(rng.integers(35, 92)),
        vignette,
    )


def film(picture: Pixels, sensor: Sensor, rng: np.random.Generator) -> Pixels:
    """Return an image (H, W, 3) RGB as the camera delivers it."""
    size = picture.shape[0]
    if sensor.coarse > 1:
        small = cv2.resize(picture, None, fx=1 / sensor.coarse, fy=1 / sensor.coarse, interpolation=cv2.INTER_AREA)
        picture = cv2.resize(small, (size, size), interpolation=cv2.INTER_LINEAR)
    if sensor.blur > 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), sensor.blur * size / 256)
    if sensor.noise > 0.2 or sensor.vignette:
        exact = picture.astype(np.float32)
        if sensor.vignette:
            exact *= _corners(size, sensor.vignette)
        exact += rng.standard_normal(picture.shape, dtype=np.float32) * np.float32(sensor.noise)
        picture = cv2.convertScaleAbs(np.maximum(exact, 0))
    if sensor.quality:
        _, packed = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, sensor.quality])
        picture = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR))[..., ::-1]
    return picture


def _corners(size: int, strength: float) -> Floats:
    axis = np.linspace(-1, 1, size, dtype=np.float32)
    return (1 - strength * (axis[:, None] ** 2 + axis[None] ** 2) / 2)[..., None]
