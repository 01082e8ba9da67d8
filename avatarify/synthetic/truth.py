"""Convert the rendered truth of a pair of frames to the ground truth of a data set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatarify.synthetic.mesh import Floats

FLOW_SIZE, PART_SIZE = 64, 128
_SLACK = 0.03  # decimeters behind the nearest surface that still count as that surface


@dataclass(frozen=True)
class Seen:
    """The rendered truth of one frame, from ``Raster.truth``.

    Attributes:
        where: (N, N, 4) place in the other frame (x, y in [-1, 1]) and mesh uv.
        what: (N, N, 4) part, depth here, depth in the other frame, 1 where a surface is.
    """

    where: Floats
    what: Floats


def part_map(seen: Seen) -> npt.NDArray[np.uint8]:
    """Return the part labels at the cell centers, (128, 128)."""
    size = seen.what.shape[0]
    cells = ((np.arange(PART_SIZE) + 0.5) * size / PART_SIZE).astype(int)
    return seen.what[np.ix_(cells, cells)][..., 0].round().astype(np.uint8)


def uv_map(seen: Seen) -> npt.NDArray[np.float16]:
    """Return the mesh's texture coordinates at the cell centers, (64, 64, 2); 0 on the background."""
    return _cells(seen.where)[..., 2:].astype(np.float16)


def flow_and_visible(here: Seen, there: Seen) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.uint8]]:
    """Return the flow to the other frame and its visibility.

    The background does not move; it is visible where the other frame shows background, too.

    Returns:
        Positions (64, 64, 2) in [-1, 1] (beyond that outside the image), and visibility (64, 64), 0 or 1.
    """
    where, what = _cells(here.where), _cells(here.what)
    middles = (np.arange(FLOW_SIZE) + 0.5) / FLOW_SIZE * 2 - 1
    own = np.stack(np.meshgrid(middles, middles), -1)
    surface = what[..., 3] > 0.5
    front = what[..., 2] > 0  # not behind the camera
    flow = np.where(surface[..., None], where[..., :2], own)
    inside = (np.abs(flow) < 1).all(-1)
    nearest = _depth_at(there.what, flow)
    visible = inside & front & (what[..., 2] <= nearest + _SLACK)
    empty = _cells(there.what)[..., 3] < 0.5
    return np.clip(flow, -8, 8).astype(np.float16), np.where(surface, visible, empty).astype(np.uint8)


def _cells(table: Floats) -> Floats:
    """Return the pixels at the centers of 64 x 64 cells."""
    step = table.shape[0] // FLOW_SIZE
    return table[step // 2 :: step, step // 2 :: step]


def _depth_at(what: Floats, places: Floats) -> Floats:
    """Return the farthest of the four depths around each position, (H, W), since edges are no sharper than pixels."""
    depth = np.where(what[..., 3] > 0.5, what[..., 1], np.inf)
    size = depth.shape[0]
    corner = (places * 0.5 + 0.5) * size - 0.5
    low = np.clip(np.floor(corner), 0, size - 2).astype(int)
    x, y = low[..., 0], low[..., 1]
    result: Floats = np.maximum.reduce([depth[y, x], depth[y, x + 1], depth[y + 1, x], depth[y + 1, x + 1]])
    return result
