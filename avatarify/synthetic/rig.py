"""The rig of a body: expressions, lids that meet, lips that touch, a head on a neck on a torso."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from avatarify.motion.arrays import smoothstep
from avatarify.synthetic import anatomy
from avatarify.synthetic.lids import LidField
from avatarify.synthetic.lips import LipField
from avatarify.synthetic.mesh import BaseMesh, Floats, Ints, Target
from avatarify.synthetic.turn import rotation, rotation_vector, turn_partly

_LOWEST = 3.0  # nothing below this height is ever in the image
_WIDEST = 3.5
_ARMS_DOWN_DEG = 36.0
_NECK_SHARES = {"neck01": 0.25, "neck02": 0.5, "neck03": 0.75}
_TRUNK = (
    "spine",
    "clavicle",
    "shoulder",
    "upperarm",
    "breast",
    "lowerarm",
    "wrist",
    "finger",
    "metacarpal",
    "root",
    "neck",
)
_CLOSING = ("eyeBlinkRight", "eyeBlinkLeft")


@dataclass(frozen=True)
class Pose:
    """The pose of a body in one frame.

    Attributes:
        expression: (52,) weights of the face units.
        head: Yaw, pitch and roll of the head in the world, degrees; positive turns to the subject's left, up, and
            toward the subject's left shoulder.
        torso: The same for the torso.
        gaze: (2,) gaze relative to the head: to the subject's left and up, degrees.
        head_shift: (3,) shift of the head relative to the torso, in head sizes.
        torso_shift: (3,) shift of the torso, in head sizes.
        shrug: (2,) lift of the right and the left shoulder, in head sizes.
    """

    expression: Floats
    head: tuple[float, float, float] = (0.0, 0.0, 0.0)
    torso: tuple[float, float, float] = (0.0, 0.0, 0.0)
    gaze: tuple[float, float] = (0.0, 0.0)
    head_shift: Floats = field(default_factory=lambda: np.zeros(3, np.float32))
    torso_shift: Floats = field(default_factory=lambda: np.zeros(3, np.float32))
    shrug: tuple[float, float] = (0.0, 0.0)


class Rig:
    """The movements of the base mesh, the same for everybody; ``bind`` fits them to a person.

    Attributes:
        mesh: The base mesh.
        kept: (n,) vertices of the base mesh that are posed.
        names: The 52 face units.
        points: Key point: the two vertices (of the base mesh) it is the middle of.
        eyes: The right and the left eye's lids.
        lips: (11, 38) rings around the mouth.
    """

    def __init__(self, mesh: BaseMesh, units: Mapping[str, Target], bones: Mapping[str, Floats]) -> None:
        self.mesh = mesh
        self.names = tuple(units)
        self.lips = anatomy.lip_rings(mesh)
        self.eyes = anatomy.lids(mesh)
        self.points = anatomy.landmarks(mesh, self.eyes, self.lips)
        self.kept = _kept(mesh)
        self.slot = np.full(len(mesh.vertices), -1)
        self.slot[self.kept] = np.arange(len(self.kept))
        fields = {name: anatomy.target_field(target, len(mesh.vertices)) for name, target in units.items()}
        still = np.stack([f[self.kept] * (name not in _CLOSING) for name, f in fields.items()])
        self._moved = np.flatnonzero(np.abs(still).max((0, 2)) > 1e-5)
        self._units = still[:, self._moved].reshape(len(fields), -1)
        self.head_weight = head_weights(bones)
        self.arms = tuple(
            sum(w for name, w in bones.items() if _is_arm(name) and name.endswith(s)) for s in (".R", ".L")
        )
        self.lid_fields = tuple(
            LidField(mesh, eye, fields[name], self.slot) for eye, name in zip(self.eyes, _CLOSING, strict=True)
        )
        self.lip_field = LipField(self.slot[self.lips])

    def express(self, rest: Floats, expression: Floats) -> Floats:
        """(n, 3) vertices at rest with all face units but the blinks added."""
        vertices = rest.copy()
        vertices[self._moved] += (expression @ self._units).reshape(-1, 3)
        return vertices


class RiggedBody:
    """A person's body, ready to be posed.

    Attributes:
        rest: (n, 3) the rig's kept vertices, arms down, lips touching.
        head_size: A factor: 1 for the template's head.
        neck: (3,) about which the head turns.
    """

    def __init__(self, rig: Rig, vertices: Floats) -> None:
        """``vertices``: (19158, 3) the base mesh in the person's shape."""
        self.rig = rig
        self.shape = vertices.copy()
        mesh = rig.mesh
        joints = {name: mesh.joint(name, vertices) for name in ("neck", "jaw", "l-eye", "r-eye", "spine-1")}
        self.eye_centers = (joints["r-eye"], joints["l-eye"])
        middle = (joints["r-eye"] + joints["l-eye"]) / 2
        self.eyes_middle = middle
        self.head_size = float(middle[1] - joints["jaw"][1]) / 1.093
        self.neck = joints["neck"] + np.array([0, 0.25 * self.head_size, 0], np.float32)
        self._waist = joints["neck"] - np.array([0, 2.2 * self.head_size, 0], np.float32)
        for arm, side, sign in zip(rig.arms, ("r", "l"), (-1, 1), strict=True):
            pivot = mesh.joint(f"{side}-shoulder", vertices)
            turn = rotation_vector(rotation(0, 0, sign * _ARMS_DOWN_DEG))
            self.shape = turn_partly(self.shape, turn, np.clip(arm, 0, 1), pivot)
        self.rest = self.shape[rig.kept]
        self.eye_radius = tuple(
            f.ball_radius(self.rest, c) for f, c in zip(rig.lid_fields, self.eye_centers, strict=True)
        )
        rig.lip_field.seal(self.rest)
        self.weight = rig.head_weight[rig.kept]
        self._shoulders = _shoulder_weights(mesh.vertices[rig.kept], self.weight)

    def face(self, pose: Pose) -> Floats:
        """(n, 3) vertices with the expression, before head and torso turn."""
        rig = self.rig
        vertices = rig.express(self.rest, pose.expression)
        for eye, lid, name in zip((0, 1), rig.lid_fields, _CLOSING, strict=True):
            closed = float(pose.expression[rig.names.index(name)])
            lid.close(vertices, self.eye_centers[eye], self.eye_radius[eye], closed, pose.gaze[1])
        rig.lip_field.round_off(vertices)
        rig.lip_field.part(vertices)
        return vertices

    def place(self, vertices: Floats, weight: Floats, pose: Pose, normals: bool = False) -> Floats:
        """Transform anything on the body to world space.

        Args:
            vertices: (m, 3) positions, or directions if ``normals``.
            weight: (m,) 1 for what moves with the head, 0 for what moves with the torso.
            pose: The frame's pose.
            normals: Only rotate.
        """
        torso = rotation(*pose.torso)
        relative = rotation_vector(torso.T @ rotation(*pose.head))
        origin = np.zeros(3, np.float32)
        turned = turn_partly(vertices, relative, weight, origin if normals else self.neck)
        if normals:
            return turned @ torso.T
        turned += weight[:, None] * (pose.head_shift * self.head_size).astype(np.float32)
        return (turned - self._waist) @ torso.T + self._waist + (pose.torso_shift * self.head_size).astype(np.float32)

    def shrugged(self, vertices: Floats, pose: Pose) -> Floats:
        """(n, 3) the kept vertices with raised shoulders."""
        lift = self._shoulders @ np.array(pose.shrug, np.float32) * self.head_size
        raised = vertices.copy()
        raised[:, 1] += lift
        return raised


def head_weights(bones: Mapping[str, Floats]) -> Floats:
    """Return the weight (19158,) with which each vertex moves with the head; the rest moves with the torso."""
    trunk = sum(w for name, w in bones.items() if name.startswith(_TRUNK))
    necks = sum(bones[name] * share for name, share in _NECK_SHARES.items())
    return np.clip(1 - trunk + necks, 0, 1).astype(np.float32)


def _is_arm(name: str) -> bool:
    return name.startswith(("upperarm", "lowerarm", "wrist", "finger", "metacarpal"))


def _kept(mesh: BaseMesh) -> Ints:
    groups = ("body", "helper-tongue", "helper-lower-teeth", "helper-upper-teeth", "helper-tights", "helper-hair")
    wanted = np.isin(mesh.groups, groups) & (mesh.vertices[mesh.quads][:, :, 1].min(1) > _LOWEST)
    wanted &= np.abs(mesh.vertices[mesh.quads][:, :, 0]).max(1) < _WIDEST
    return np.unique(mesh.quads[wanted])


def _shoulder_weights(template: Floats, head: Floats) -> Floats:
    """Return how much each vertex is lifted with the right and the left shoulder, (n, 2)."""
    outward = (np.abs(template[:, 0]) - 0.25) / 0.7
    smooth = smoothstep(outward) * (1 - head)
    return np.stack([smooth * (template[:, 0] < 0), smooth * (template[:, 0] >= 0)], 1)
