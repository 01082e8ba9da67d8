"""What the portrait does while nobody is in view, if it is to speak: calm idle motion, and the mouth of a voice."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from avatarify.frames import Performance

_BLINK_S = 0.2
_BLINKS_S = (2.1, 6.8, 10.2, 15.9, 18.0, 23.4, 28.3)  # in each half minute; people blink at uneven intervals
_ROUND_S = 30.0
# Amplitude in degrees and period in seconds: slow, and never together.
_YAW, _PITCH, _ROLL = ((2.2, 7.3), (1.0, 3.1)), ((1.0, 5.9), (0.5, 2.7)), ((0.8, 8.9),)
_NODS = 2.5  # degrees down with an open jaw: heads move as people speak


class StandIn:
    """Moves an unseen head.

    Args:
        mouth: Returns weights of face units now; None for a mouth at rest.

    Attributes:
        muted: The mouth rests.
    """

    def __init__(self, mouth: Callable[[], Mapping[str, float]] | None = None) -> None:
        self._mouth = mouth
        self.muted = False

    def __call__(self, at_s: float) -> Performance:
        """Return what the face does at a time in seconds."""
        units = {} if self._mouth is None or self.muted else dict(self._mouth())
        lids = blink(at_s)
        units |= {"eyeBlinkLeft": lids, "eyeBlinkRight": lids}
        nod = _NODS * units.get("jawOpen", 0.0)
        return Performance(units, _sway(_YAW, at_s), _sway(_PITCH, at_s) + nod, _sway(_ROLL, at_s))


def blink(at_s: float) -> float:
    """Return how far the eyes are shut by a blink at a time in seconds, 0 to 1."""
    since = [(at_s - start) % _ROUND_S for start in _BLINKS_S]
    share = min(since) / _BLINK_S
    return math.sin(math.pi * share) if share < 1 else 0.0


def _sway(waves: tuple[tuple[float, float], ...], at_s: float) -> float:
    return sum(degrees * math.sin(math.tau * at_s / seconds) for degrees, seconds in waves)
