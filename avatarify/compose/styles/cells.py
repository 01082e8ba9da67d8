"""Pictures made of flat pieces: triangles and panes of glass."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from avatarify.compose.styles.marks import blurred, light
from avatarify.frames import F32

_EDGE_POINTS, _OTHER_POINTS = 1500, 120


def facets(picture: F32, landmarks: F32, unit: float) -> F32:
    """Fill the Delaunay triangles of landmarks, edges, and a few other places with their mean colors.

    Args:
        picture: (H, W, 3) float32 RGB.
        landmarks: (N, 2) float32, pixels: corners on the face.
        unit: A hundredth of the face's height, pixels.
    """
    import cv2

    height, width = picture.shape[:2]
    places = np.concatenate([_spaced(landmarks, 3.0 * unit), _spaced(_corners(picture, unit), 9 * unit)])
    plan = cv2.Subdiv2D((0, 0, width, height))
    plan.insert([tuple(map(float, place)) for place in np.clip(places, 0, [width - 1, height - 1])])
    result = picture.copy()
    for triangle in np.asarray(plan.getTriangleList(), np.float32).reshape(-1, 3, 2):
        if triangle.min() >= 0 and (triangle < [width, height]).all():
            middle = triangle.mean(0)
            around = np.array([middle, *(0.6 * triangle + 0.4 * middle)]).astype(int)
            color = picture[around[:, 1], around[:, 0]].mean(0)
            cv2.fillConvexPoly(result, np.rint(triangle * 8).astype(np.int32), color.tolist(), cv2.LINE_AA, 3)
    return result


def leaded(picture: F32, features: F32, unit: float) -> tuple[F32, F32]:
    """Divide a picture into panes.

    Args:
        picture: (H, W, 3) float32 RGB.
        features: (H, W) float32, 1 where no lead may be.
        unit: A hundredth of the face's height, pixels.

    Returns:
        The panes, (H, W, 3), and the lead, (H, W): 0 lead, 1 glass.
    """
    import cv2

    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    cells = cv2.ximgproc.createSuperpixelSLIC(lab, cv2.ximgproc.SLICO, max(8, round(15 * unit)), 14.0)
    cells.iterate(8)
    cells.enforceLabelConnectivity(40)
    labels, count = cells.getLabels(), cells.getNumberOfSuperpixels()
    total = np.bincount(labels.ravel(), minlength=count).astype(np.float32)
    means = np.stack([np.bincount(labels.ravel(), picture[..., c].ravel(), count) / total for c in range(3)], -1)
    border = np.asarray(cells.getLabelContourMask(True) > 0, np.float32)
    wide = cv2.dilate(border, np.ones((3, 3), np.uint8))
    lead = 1 - np.clip(blurred(np.asarray(wide, np.float32), 0.45 * unit) * 1.8, 0, 1)
    lead = lead + features * (1 - lead)
    return np.asarray(means[labels], np.float32), np.asarray(lead, np.float32)


def _corners(picture: F32, unit: float) -> F32:
    """Return points along edges and, fewer, elsewhere, (N, 2)."""
    rng = np.random.default_rng(3)
    height, width = picture.shape[:2]
    tone = blurred(light(picture), 0.8 * unit)
    down, across = np.gradient(tone)
    strength = np.hypot(down, across).ravel()
    chosen = rng.choice(strength.size, _EDGE_POINTS, replace=False, p=strength / strength.sum())
    edges = np.stack([chosen % width, chosen // width], -1)
    others = rng.random((_OTHER_POINTS, 2)) * [width, height]
    frame = [(x * (width - 1) / 4, y * (height - 1) / 5) for x in range(5) for y in range(6)]
    return np.asarray(np.concatenate([edges, others, frame]), np.float32)


def _spaced(places: F32, distance: float) -> NDArray[np.float32]:
    """Keep the first of points that are too close to each other."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for x, y in places:
        cell = int(x / distance), int(y / distance)
        if cell not in seen:
            seen.add(cell)
            kept.append((x, y))
    return np.asarray(kept, np.float32)
