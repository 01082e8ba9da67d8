"""What the messages of the VMC protocol say about a face; pure arithmetic.

The protocol has Unity's axes: x to the person's right, y up, z forward, left-handed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from avatarify.frames import F32, Performance

SILENT_S = 1.0  # after which the sender counts as lost
BLEND, APPLY, BONE = "/VMC/Ext/Blend/Val", "/VMC/Ext/Blend/Apply", "/VMC/Ext/Bone/Pos"
_SIDES = ("Left", "Right")
_PAIRED = (
    *("browDown", "browOuterUp", "cheekSquint", "eyeBlink", "eyeLookDown", "eyeLookIn", "eyeLookOut", "eyeLookUp"),
    *("eyeSquint", "eyeWide", "mouthDimple", "mouthFrown", "mouthLowerDown", "mouthPress", "mouthSmile"),
    *("mouthStretch", "mouthUpperUp", "noseSneer"),
)
_SINGLE = (
    *("browInnerUp", "cheekPuff", "jawForward", "jawLeft", "jawOpen", "jawRight", "mouthClose", "mouthFunnel"),
    *("mouthLeft", "mouthPucker", "mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower"),
    *("mouthShrugUpper", "tongueOut"),
)
ARKIT = (*_SINGLE, *(unit + side for unit in _PAIRED for side in _SIDES))
# The presets of VRM 0 and 1 as ARKit's units.
_OPEN, _WIDE, _NARROW = {"jawOpen": 0.7}, {"jawOpen": 0.15}, {"jawOpen": 0.1, "mouthPucker": 0.9}
_HALF, _ROUND = {"jawOpen": 0.35}, {"jawOpen": 0.4, "mouthFunnel": 0.8}
_STRETCHED = {"mouthStretchLeft": 0.5, "mouthStretchRight": 0.5}
_BLINK_LEFT, _BLINK_RIGHT = {"eyeBlinkLeft": 1.0}, {"eyeBlinkRight": 1.0}
_SMILE = {"mouthSmileLeft": 0.9, "mouthSmileRight": 0.9}
_VRM: dict[str, dict[str, float]] = {
    "a": _OPEN,
    "i": {**_WIDE, **_STRETCHED},
    "u": _NARROW,
    "e": {**_HALF, **_STRETCHED},
    "o": _ROUND,
    "aa": _OPEN,
    "ih": {**_WIDE, **_STRETCHED},
    "ou": _NARROW,
    "ee": {**_HALF, **_STRETCHED},
    "oh": _ROUND,
    "blink": {**_BLINK_LEFT, **_BLINK_RIGHT},
    "joy": _SMILE,
    "happy": _SMILE,
    "blink_l": _BLINK_LEFT,
    "blinkleft": _BLINK_LEFT,
    "blink_r": _BLINK_RIGHT,
    "blinkright": _BLINK_RIGHT,
}
_MEANS: dict[str, dict[str, float]] = {**_VRM, **{name.casefold(): {name: 1.0} for name in ARKIT}}
_FLIP = np.array([-1, -1, 1])  # from Unity's axes to right, down, toward the viewer


class VmcFace:
    """Collects messages into performances."""

    def __init__(self) -> None:
        self._coming: dict[str, float] = {}
        self._units: dict[str, float] = {}
        self._turns: dict[str, F32] = {}
        self._heard_at = -math.inf

    def take(self, address: str, values: Sequence[object], now: float) -> bool:
        """Take a message; what is malformed is ignored.

        Args:
            address: Such as ``/VMC/Ext/Blend/Val``.
            values: Its arguments.
            now: Seconds.

        Returns:
            Whether it completes the face of a moment.
        """
        if address == APPLY:
            self._units, self._coming, self._heard_at = self._coming, {}, now
            return True
        name, *numbers = values or [""]
        if not isinstance(name, str) or not all(isinstance(n, int | float) and math.isfinite(n) for n in numbers):
            return False
        if address == BLEND and len(numbers) == 1:
            self._coming[name.casefold()] = float(str(numbers[0]))
        elif address == BONE and name.casefold() in ("head", "neck") and len(numbers) == 7:
            self._turns[name.casefold()] = turn_of([float(str(n)) for n in numbers[3:]])
            self._heard_at = now
        return False

    def performance(self, now: float) -> Performance | None:
        """Return the newest face; None while the sender is lost."""
        if now - self._heard_at > SILENT_S:
            return None
        still = np.eye(3, dtype=np.float32)
        head = self._turns.get("neck", still) @ self._turns.get("head", still)
        yaw, pitch, roll = angles_of(head)
        return Performance(units_of(self._units), yaw, pitch, roll)


def units_of(values: Mapping[str, float]) -> dict[str, float]:
    """Return ARKit's units, 0 to 1, for names in any case; unknown names are ignored, the larger of two counts."""
    units: dict[str, float] = {}
    for name, value in values.items():
        for unit, share in _MEANS.get(name.casefold(), {}).items():
            units[unit] = max(units.get(unit, 0.0), share * min(1.0, max(0.0, value)))
    return units


def turn_of(quaternion: Sequence[float]) -> F32:
    """Return the (3, 3) rotation in the axes of ``motion.expression`` for Unity's x, y, z, w."""
    x, y, z, w = np.array(quaternion, np.float64) / max(float(np.linalg.norm(quaternion)), 1e-9)
    unity = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    return np.asarray(_FLIP[:, None] * unity * _FLIP, np.float32)


def angles_of(turn: F32) -> tuple[float, float, float]:
    """Split a rotation into yaw, pitch, and roll in degrees, as ``motion.expression.rotation`` takes them."""
    yaw = math.atan2(float(turn[0, 2]), float(turn[2, 2]))
    pitch = math.asin(min(1.0, max(-1.0, float(turn[1, 2]))))
    roll = math.atan2(float(turn[1, 0]), float(turn[1, 1]))
    return math.degrees(yaw), math.degrees(pitch), math.degrees(roll)


def quaternion_of(yaw: float, pitch: float, roll: float) -> tuple[float, float, float, float]:
    """Return Unity's x, y, z, w for a head's angles in degrees: the reverse of ``turn_of`` and ``angles_of``."""
    y, p, r = (math.radians(angle) / 2 for angle in (-yaw, pitch, roll))
    (cy, cp, cr), (sy, sp, sr) = map(math.cos, (y, p, r)), map(math.sin, (y, p, r))
    # The product of the quaternions about y, x, and z.
    x = cy * sp * cr + sy * cp * sr
    up = sy * cp * cr - cy * sp * sr
    z = cy * cp * sr - sy * sp * cr
    return x, up, z, cy * cp * cr + sy * sp * sr
