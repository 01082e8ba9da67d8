"""How people move: pairs of frames with expressions, gaze, head, and shoulders; most movements are small."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.rig import Pose

MAX_YAW, MAX_PITCH, MAX_ROLL = 35.0, 25.0, 20.0
MAX_GAZE = (30.0, 20.0)
_HEAD_HEIGHT = 2.35  # of the template's head, which measures 1 in Pose
_MAX_SHIFT = 0.2 * _HEAD_HEIGHT
_AT_REST = 0.75  # fraction of even frames with a nearly neutral face
_SIZES = ((0.5, 0.25), (0.25, 0.6), (0.25, 1.3))  # how often a pair moves, and by how much of the full range

Weights = dict[str, float]
_Draw = np.random.Generator


def draw_poses(rng: _Draw, names: tuple[str, ...], frames: int) -> list[Pose]:
    """Return an even number of poses; each even one and its successor form a pair.

    Args:
        rng: Random number generator.
        names: The 52 face units, in the order of their weights.
        frames: Number of poses.
    """
    poses = []
    for _ in range(frames // 2):
        size = float(rng.choice([s for _, s in _SIZES], p=[p for p, _ in _SIZES]))
        head = _limited(rng.normal(size=3) * (12, 8, 6))
        torso, shift = rng.normal(size=3) * (5, 2.5, 2.5), rng.uniform(-0.45, 0.45, 3) * _MAX_SHIFT
        calm = rng.random() < _AT_REST
        poses.append(_pose(rng, names, head, torso, shift, _calm(rng) if calm else _striking(rng)))
        moved = _limited(head + rng.uniform(-1, 1, 3) * (MAX_YAW, MAX_PITCH, MAX_ROLL) * size)
        leant = shift + rng.uniform(-1, 1, 3) * _MAX_SHIFT * size
        turned = torso + rng.uniform(-1, 1, 3) * (16, 7, 8) * size + 0.2 * (moved - head)
        poses.append(_pose(rng, names, moved, turned, leant, _any_face(rng)))
    return poses


def _limited(angles: Floats) -> Floats:
    limit = np.array([MAX_YAW, MAX_PITCH, MAX_ROLL])
    return np.clip(angles, -limit, limit)


def _pose(rng: _Draw, names: tuple[str, ...], head: Floats, torso: Floats, shift: Floats, weights: Weights) -> Pose:
    gaze = _gaze(rng)
    expression = np.zeros(len(names), np.float32)
    for name, weight in (weights | _look(gaze)).items():
        expression[names.index(name)] = np.clip(weight, 0, 1)
    shift = np.clip(shift, -_MAX_SHIFT, _MAX_SHIFT).astype(np.float32)
    own = np.float32(rng.uniform(0.15, 0.4))  # the head leans further than the torso
    shrug = rng.uniform(-0.04, 0.28, 2) * (rng.random() < 0.35) + rng.normal(size=2) * 0.015
    return Pose(
        expression,
        (float(head[0]), float(head[1]), float(head[2])),
        (float(torso[0]), float(torso[1]), float(torso[2])),
        gaze,
        shift * own,
        shift * (1 - own),
        (float(shrug[0]), float(shrug[1])),
    )


def _gaze(rng: _Draw) -> tuple[float, float]:
    if rng.random() < 0.4:
        return float(rng.normal() * 3), float(rng.normal() * 2)
    return float(rng.uniform(-1, 1) * MAX_GAZE[0]), float(rng.uniform(-1, 1) * MAX_GAZE[1])


def _look(gaze: tuple[float, float]) -> Weights:
    """The face units that ARKit gives for a gaze (degrees to the subject's left, and up)."""
    side, up = gaze[0] / MAX_GAZE[0], gaze[1] / MAX_GAZE[1]
    left = {"eyeLookOutLeft": side, "eyeLookInRight": side, "eyeLookInLeft": -side, "eyeLookOutRight": -side}
    both = {f"eyeLook{way}{s}": v for s in ("Left", "Right") for way, v in (("Up", up), ("Down", -up))}
    return {name: max(v, 0.0) for name, v in (left | both).items()}


def _calm(rng: _Draw) -> Weights:
    """Return a nearly neutral expression: a few percent of several units."""
    weights = {"jawOpen": max(0.0, rng.normal() * 0.03 - 0.02)}
    weights |= _sides(rng, "mouthSmile", rng.uniform(0, 0.2)) | _sides(rng, "eyeBlink", rng.uniform(0, 0.12))
    return weights | _brows(rng, 0.3)


def _striking(rng: _Draw) -> Weights:
    """Return the expression of a portrait that is not neutral: a smile, an open mouth, or shut eyes."""
    kind = rng.integers(3)
    if kind == 0:
        return _smile(rng) | _lids(rng, 0.1) | _brows(rng, 0.4)
    if kind == 1:
        return {"jawOpen": rng.uniform(0.25, 0.9)} | _lids(rng, 0.1) | _brows(rng, 0.5)
    return _calm(rng) | _sides(rng, "eyeBlink", rng.uniform(0.85, 1.0), 0.0)


def _any_face(rng: _Draw) -> Weights:
    mouth = _MOUTHS[int(rng.choice(len(_MOUTHS), p=_MOUTH_ODDS))](rng)
    return mouth | _lids(rng, 1.0) | _brows(rng, 0.9) | _seldom(rng)


def _sides(rng: _Draw, stem: str, weight: float, uneven: float = 0.12) -> Weights:
    tilt = rng.normal() * uneven
    return {f"{stem}Left": weight * (1 + tilt), f"{stem}Right": weight * (1 - tilt)}


def _talk(rng: _Draw) -> Weights:
    """Return a moment of speech: any vowel, lips spread or rounded."""
    weights = {"jawOpen": rng.beta(1.3, 2.2) * 0.75}
    if rng.random() < 0.4:
        weights |= {"mouthFunnel": rng.uniform(0, 0.8), "mouthPucker": rng.uniform(0, 0.5)}
    else:
        weights |= _sides(rng, "mouthStretch", rng.uniform(0, 0.5)) | _sides(rng, "mouthSmile", rng.uniform(0, 0.4))
    return (
        weights | _sides(rng, "mouthLowerDown", rng.uniform(0, 0.7)) | _sides(rng, "mouthUpperUp", rng.uniform(0, 0.4))
    )


def _wide(rng: _Draw) -> Weights:
    weights = {"jawOpen": rng.uniform(0.6, 1.0), "mouthFunnel": rng.uniform(0, 0.4)}
    return weights | _sides(rng, "mouthLowerDown", rng.uniform(0, 0.6)) | _sides(rng, "mouthSmile", rng.uniform(0, 0.4))


def _smile(rng: _Draw) -> Weights:
    """Return a smile, with teeth more often than without."""
    strength = rng.uniform(0.4, 1.0)
    weights = _sides(rng, "mouthSmile", strength) | _sides(rng, "cheekSquint", strength * 0.6)
    if rng.random() < 0.7:
        weights |= {"jawOpen": rng.uniform(0.02, 0.35)}
        weights |= _sides(rng, "mouthUpperUp", rng.uniform(0.2, 0.7)) | _sides(
            rng, "mouthLowerDown", rng.uniform(0.1, 0.7)
        )
    return weights


def _bare_teeth(rng: _Draw) -> Weights:
    weights = {"jawOpen": rng.uniform(0, 0.15)} | _sides(rng, "mouthStretch", rng.uniform(0.3, 0.9))
    return (
        weights | _sides(rng, "mouthUpperUp", rng.uniform(0.4, 1)) | _sides(rng, "mouthLowerDown", rng.uniform(0.4, 1))
    )


def _round(rng: _Draw) -> Weights:
    return {"mouthFunnel": rng.uniform(0.4, 1), "mouthPucker": rng.uniform(0, 0.6), "jawOpen": rng.uniform(0, 0.5)}


def _pucker(rng: _Draw) -> Weights:
    return {"mouthPucker": rng.uniform(0.5, 1), "jawOpen": rng.uniform(0, 0.1)}


def _rolled(rng: _Draw) -> Weights:
    weights = {"mouthRollLower": rng.uniform(0.3, 0.9), "mouthRollUpper": rng.uniform(0.2, 0.8)}
    return weights | {"jawOpen": rng.uniform(0, 0.12)} | _sides(rng, "mouthPress", rng.uniform(0, 0.6))


def _crooked(rng: _Draw) -> Weights:
    side, other = ("Left", "Right") if rng.random() < 0.5 else ("Right", "Left")
    weights = {f"mouthSmile{side}": rng.uniform(0.4, 1), f"mouthFrown{other}": rng.uniform(0, 0.5)}
    weights |= {f"mouth{side}": rng.uniform(0, 0.8), f"jaw{side}": rng.uniform(0, 0.7), "jawOpen": rng.uniform(0, 0.4)}
    return weights | {f"mouthUpperUp{side}": rng.uniform(0, 0.7), f"noseSneer{side}": rng.uniform(0, 0.6)}


def _sad(rng: _Draw) -> Weights:
    weights = {"mouthShrugLower": rng.uniform(0.2, 0.9), "jawOpen": rng.uniform(0, 0.2)}
    return weights | _sides(rng, "mouthFrown", rng.uniform(0.3, 1))


def _resting(rng: _Draw) -> Weights:
    return _calm(rng)


_MOUTHS: tuple[Callable[[_Draw], Weights], ...] = (
    *(_talk, _wide, _smile, _bare_teeth, _round),
    *(_pucker, _rolled, _crooked, _sad, _resting),
)
_MOUTH_ODDS = (0.28, 0.14, 0.16, 0.06, 0.07, 0.05, 0.05, 0.07, 0.04, 0.08)


def _lids(rng: _Draw, liveliness: float) -> Weights:
    """Return lids: shut, half shut, winking, squinting, or wide; mostly open."""
    kind = rng.random() / max(liveliness, 1e-3)
    if kind < 0.16:
        return _sides(rng, "eyeBlink", rng.uniform(0.9, 1.0), 0.0)
    if kind < 0.28:
        return _sides(rng, "eyeBlink", rng.uniform(0.3, 0.9), 0.05)
    if kind < 0.42:
        side = "Left" if rng.random() < 0.5 else "Right"
        return {f"eyeBlink{side}": rng.uniform(0.8, 1.0), f"cheekSquint{side}": rng.uniform(0, 0.6)}
    if kind < 0.52:
        return _sides(rng, "eyeSquint", rng.uniform(0.4, 1)) | _sides(rng, "eyeBlink", rng.uniform(0, 0.35))
    if kind < 0.60:
        return _sides(rng, "eyeWide", rng.uniform(0.4, 1))
    return _sides(rng, "eyeBlink", rng.uniform(0, 0.15))


def _brows(rng: _Draw, strength: float) -> Weights:
    kind = rng.random()
    if kind < 0.3:
        return _sides(rng, "browDown", rng.uniform(0, strength))
    if kind < 0.6:
        raised = rng.uniform(0, strength)
        return {"browInnerUp": raised} | _sides(rng, "browOuterUp", raised * rng.uniform(0.3, 1), 0.4)
    return {}


def _seldom(rng: _Draw) -> Weights:
    weights: Weights = {}
    for name, odds in (("cheekPuff", 0.05), ("tongueOut", 0.03), ("jawForward", 0.06), ("mouthShrugUpper", 0.06)):
        if rng.random() < odds:
            weights[name] = rng.uniform(0.3, 0.9)
    return weights | (_sides(rng, "noseSneer", rng.uniform(0, 0.8)) if rng.random() < 0.1 else {})
