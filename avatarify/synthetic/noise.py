"""Random patterns."""

from __future__ import annotations

import cv2
import numpy as np

from avatarify.synthetic.mesh import Floats


def cloudy(rng: np.random.Generator, height: int, width: int, coarse: float) -> Floats:
    """(H, W) noise of mean 0 and spread 1; ``coarse``: 0.5 fine grain, 1.8 big clouds. It can be tiled."""
    spectrum = np.fft.rfft2(rng.standard_normal((height, width), dtype=np.float32))
    frequency = np.hypot(np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None] * width)
    frequency[0, 0] = np.inf
    noise = np.fft.irfft2(spectrum * frequency**-coarse, (height, width))
    result: Floats = (noise / noise.std()).astype(np.float32)
    return result


def streaks(rng: np.random.Generator, height: int, width: int, along: int, across: int) -> Floats:
    """(H, W) noise of spread about 1 stretched to ``along`` by ``across`` cells (vertically, horizontally)."""
    cells = rng.standard_normal((along, across), dtype=np.float32)
    result: Floats = cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC)
    return result


def shifted(noise: Floats, rng: np.random.Generator) -> Floats:
    """The same tiled noise from another place on."""
    return np.roll(noise, tuple(int(v) for v in rng.integers(0, noise.shape)), (0, 1))
