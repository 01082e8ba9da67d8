"""Check the rendered ground truth of a pair of frames against the vertices themselves."""

from __future__ import annotations

import numpy as np

from avatarify.errors import AvatarifyError
from avatarify.synthetic.camera import project
from avatarify.synthetic.mesh import Floats, Ints
from avatarify.synthetic.surface import Part
from avatarify.synthetic.truth import Seen

LIMITS = {"uv": 0.004, "flow": 0.012}
_NEAR = 0.02


def measure(
    seen: tuple[Seen, Seen], camera: Floats, vertices: tuple[Floats, Floats], mesh_uv: Floats, points: Floats
) -> dict[str, float]:
    """Return how far ground truth and vertices are apart.

    Args:
        seen: The rendered truth of both frames of a pair.
        camera: (4, 4).
        vertices: (n, 3) of the body, as drawn, in both frames.
        mesh_uv: (n, 2) their mesh uv.
        points: (2, 68, 2) key points of the face in [-1, 1].

    Returns:
        Medians over visible vertices: of the distance in uv, of the distance in [-1, 1] between flow and projected
        motion; and the fraction of face points outside the image.
    """
    errors = [_errors(seen[k], camera, vertices[k], vertices[1 - k], mesh_uv) for k in (0, 1)]
    uv, flow = (np.median(np.concatenate(e)) for e in zip(*errors, strict=True))
    return {"uv": float(uv), "flow": float(flow), "outside": float((np.abs(points) > 1).any(-1).mean())}


def judge(measured: dict[str, float]) -> None:
    """Reject frames that contradict their ground truth.

    Raises:
        AvatarifyError: a value of ``measure`` is above its limit.
    """
    for name, limit in LIMITS.items():
        if not measured[name] <= limit:
            raise AvatarifyError(
                "The {name} of a rendered frame is off by {measured:.4f}; the limit is {limit}.",
                "The OpenGL driver renders incorrectly; Mesa's llvmpipe is known to work (LIBGL_ALWAYS_SOFTWARE=1).",
                name=name,
                measured=measured[name],
                limit=limit,
            )


def _errors(seen: Seen, camera: Floats, here: Floats, there: Floats, mesh_uv: Floats) -> tuple[Floats, Floats]:
    places, depth = project(camera, here)
    moved = project(camera, there)[0] - places
    row, column, inside = _pixels(places, seen.what.shape[0])
    what, where = seen.what[row, column], seen.where[row, column]
    middle = (np.stack([column, row], 1) + 0.5) / seen.what.shape[0] * 2 - 1
    hit = inside & (what[:, 0] == Part.BODY) & (np.abs(what[:, 1] - depth) < _NEAR)
    uv = np.linalg.norm(where[hit, 2:] - mesh_uv[hit], axis=1)
    flow = np.linalg.norm(where[hit, :2] - middle[hit] - moved[hit], axis=1)
    return uv, flow


def _pixels(places: Floats, size: int) -> tuple[Ints, Ints, Floats]:
    cell = np.floor((places * 0.5 + 0.5) * size).astype(int)
    inside = ((cell >= 0) & (cell < size)).all(1)
    column, row = np.clip(cell, 0, size - 1).T
    return row, column, inside
