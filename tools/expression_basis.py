"""Makes ``assets/models/expressions.npz``, which moves the built-in model's key points without a camera.

``python tools/expression_basis.py`` needs ``pip install 'avatarify[render,train]'``. Nothing is rendered: the key
points are places on the mesh, so how ARKit's face units move them is known exactly. It is averaged over synthetic
people.
"""

from __future__ import annotations

import hashlib

import numpy as np

from avatarify.face.face import PORTRAIT_CROP_FRACTION
from avatarify.files import open_atomic
from avatarify.frames import F32
from avatarify.motion import layout
from avatarify.motion.expression import FILE
from avatarify.paths import assets
from avatarify.synthetic import eyes
from avatarify.synthetic.mesh import load_base_mesh, load_bone_weights, load_face_units, load_shapes
from avatarify.synthetic.rig import Pose, Rig, RiggedBody
from avatarify.synthetic.shape import mix_person
from avatarify.zoo.registry import find_model

PEOPLE, SEED = 24, 5
GAZE_DEG = 28.0  # of a unit that looks aside or up at its full weight
_DOWN = np.array([1, -1, 1], np.float32)
_BROWS = (19, 24)


class Subject:
    """One synthetic person.

    Args:
        rig: The rig.
        body: The person's body.
    """

    def __init__(self, rig: Rig, body: RiggedBody) -> None:
        self._rig, self._body = rig, body
        self._numbers = list(rig.points)
        self._pairs = rig.slot[np.array(list(rig.points.values()))]
        neutral = self._points({}, (0.0, 0.0))
        brows = neutral[list(_BROWS)].mean(0)
        self._unit = 2 * PORTRAIT_CROP_FRACTION / float(np.linalg.norm((brows - neutral[layout.CHIN])[:2]))
        self._middle = (brows + neutral[layout.CHIN]) / 2
        self.neutral = self._scaled(neutral)
        self.neck = self._scaled(body.neck)

    def moved(self, unit: str) -> F32:
        """Return how far a unit moves the key points, (81, 3)."""
        moved = self._scaled(self._points({unit: 1.0}, (0.0, 0.0))) - self.neutral
        pupil = layout.PUPILS[unit.endswith("Left")]
        looking = self._scaled(self._points({}, gaze_of(unit))) - self.neutral
        moved[list(layout.PUPILS)] = 0
        moved[pupil] = looking[pupil]
        return moved

    def head_shares(self) -> F32:
        """Return how much each key point turns with the head, (81,)."""
        shares = np.ones(layout.COUNT, np.float32)
        shares[self._numbers] = self._body.weight[self._pairs].mean(1)
        return shares

    def _points(self, units: dict[str, float], gaze: tuple[float, float]) -> F32:
        expression = np.array([units.get(name, 0.0) for name in self._rig.names], np.float32)
        face = self._body.face(Pose(expression, gaze=gaze))
        points = np.zeros((layout.COUNT, 3), np.float32)
        points[self._numbers] = face[self._pairs].mean(1)
        points[list(layout.INNER_LIPS)] = self._rig.lip_field.points(face)
        balls = eyes.turned_balls(eyes.ball_points(), self._body.eye_centers, self._body.eye_radius, gaze)
        points[list(layout.PUPILS)] = eyes.pupils(balls)
        return points

    def _scaled(self, points: F32) -> F32:
        """From the mesh's decimeters to the portrait's crop: x right, y down, z toward the viewer."""
        offset = np.array([0, 0.05 * 2 * PORTRAIT_CROP_FRACTION, 0], np.float32)  # as in ``Face.portrait_box``
        return np.asarray((points - self._middle) * _DOWN * self._unit + offset, np.float32)


def gaze_of(unit: str) -> tuple[float, float]:
    """Return how far a unit turns the eyes to the subject's left and up, degrees."""
    outward = 1.0 if unit.endswith("Left") else -1.0
    kinds = {"Out": (outward, 0.0), "In": (-outward, 0.0), "Up": (0.0, 1.0), "Down": (0.0, -1.0)}
    kind = unit.removeprefix("eyeLook").removesuffix("Left").removesuffix("Right")
    aside, up = kinds.get(kind, (0.0, 0.0)) if unit.startswith("eyeLook") else (0.0, 0.0)
    return GAZE_DEG * aside, GAZE_DEG * up


def fit_of_jacobians() -> F32:
    """Return the built-in model's operator from points to Jacobians, (81, 81, 2)."""
    import torch
    from safetensors.numpy import load_file

    from avatarify.networks.builtin.keypoints import jacobian_operator

    reference = load_file(find_model("built-in").weights)["keypoints.reference"]
    return np.asarray(jacobian_operator(torch.from_numpy(reference)).numpy(), np.float32)


def main() -> None:
    """Measure and write."""
    mesh, rng = load_base_mesh(), np.random.default_rng(SEED)
    rig = Rig(mesh, load_face_units(), load_bone_weights(len(mesh.vertices)))
    shapes = load_shapes()
    people = [Subject(rig, RiggedBody(rig, mix_person(mesh, shapes, rng).vertices)) for _ in range(PEOPLE)]
    arrays = {
        "units": np.array(rig.names),
        "neutral": np.mean([one.neutral for one in people], 0),
        "neck": np.mean([one.neck for one in people], 0),
        "shares": np.mean([one.head_shares() for one in people], 0),
        "moves": np.stack([np.mean([one.moved(name) for one in people], 0) for name in rig.names]).round(4),
        "jacobians": fit_of_jacobians().round(4),
    }
    half = {name: array if array.dtype.kind == "U" else array.astype(np.float16) for name, array in arrays.items()}
    file = assets() / FILE
    with open_atomic(file) as stream:
        np.savez_compressed(stream, **half)
    print(f"{file}: {file.stat().st_size} bytes, SHA-256 {hashlib.sha256(file.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
