"""Teeth and gums as a texture: single teeth with rounded edges, gaps, and gums, seen from the front.

Widths and lengths of teeth follow the means in Wheeler's Dental Anatomy; a mouth is about 50 mm wide.
"""

from __future__ import annotations

import functools

import numpy as np

from avatarify.frames import F32
from avatarify.motion.arrays import smoothstep

HALF = 0.56  # of the texture's width, in widths of the mouth
TOP, BOTTOM = -0.42, 0.08  # of the texture, in widths of the mouth; biting edges are near 0
# From the middle outwards: where teeth end, how much shorter than the first they are, and how long.
_UPPER = (
    (0.165, 0.290, 0.395, 0.470, 0.530, 0.600),
    (0, 0.016, 0.004, 0.024, 0.036, 0.05),
    (0.22, 0.19, 0.21, 0.17, 0.15, 0.14),
)
_LOWER = (
    (0.104, 0.215, 0.330, 0.425, 0.500, 0.600),
    (0, 0.002, -0.004, 0.016, 0.03, 0.05),
    (0.17, 0.17, 0.20, 0.17, 0.15, 0.14),
)
_GAP = 0.009  # half width of the shadow between teeth
_ROUND = 0.030  # how far a tooth's corners are rounded


@functools.lru_cache(maxsize=8)
def teeth(pixels: int, *, lower: bool = False) -> tuple[F32, F32, F32]:
    """Return a row of teeth.

    Args:
        pixels: Of a mouth's width.
        lower: The lower teeth, upside down: their edges are at the bottom, too.

    Returns:
        Opacity of teeth and gums, share of teeth against gums, and brightness, (h, w) float32 in [0, 1] each; must not
        be written to.
    """
    ends, shorter, lengths = (np.array(row, np.float32) for row in (_LOWER if lower else _UPPER))
    x = np.abs((np.arange(round(2 * HALF * pixels)) + 0.5) / pixels - HALF).astype(np.float32)[None]
    y = ((np.arange(round((BOTTOM - TOP) * pixels)) + 0.5) / pixels + TOP).astype(np.float32)[:, None]
    starts = np.concatenate([[0], ends[:-1]]).astype(np.float32)
    tooth = np.minimum(np.searchsorted(ends, x[0]), len(ends) - 1)
    along = (2 * (x - starts[tooth]) / (ends - starts)[tooth] - 1)[0][None]
    soft = 0.8 / pixels
    edge = -shorter[tooth] - _ROUND * along**6 - 0.006 * along**2
    gum = -lengths[tooth] - shorter[tooth] + 0.045 * along**2
    there = smoothstep(edge - y, -soft, soft)
    enamel = smoothstep(y - gum, -2 * soft, 2 * soft)
    apart = np.minimum(x - starts[tooth] + (tooth == 0) * 0.0, ends[tooth] - x)
    shade = (1 - 0.13 * along**4) * (1 - 0.30 * np.exp(-((apart / _GAP) ** 2)) * enamel)
    shade = shade * (1 - 0.10 * smoothstep(y - edge, -0.07, 0.0)) * (1 - 0.55 * np.minimum(x / 0.5, 1) ** 2)
    maps = [np.broadcast_to(np.asarray(m, np.float32), (y.size, x.size)) for m in (there, enamel, shade)]
    return maps[0], maps[1], maps[2]
