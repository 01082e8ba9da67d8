"""Decides how much a live session computes, so that it keeps up with the camera: a state machine without a clock.

It looks at one second after the other. Two seconds in a row with missed frames lead one rung down. A while in which the
next higher rung would fit leads one rung up; the while doubles each time that this turns out to be wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from avatarify.choices import Quality
from avatarify.live.rungs import LADDER, Rung

SECONDS_BETWEEN_CHANGES = 10.0
SMOOTH_FPS = 30.0  # with a faster camera, this many are enough
_BEHIND = 2  # seconds in a row
_MISSED = 0.06  # share of the frames; fewer are chance
_ROOM = 0.85  # share of the time that the slowest stage may work on the next higher rung
_FIRST_WAIT, _LONGEST_WAIT = 10.0, 320.0
_TOO_EARLY = 30.0  # a rung that does not last this long was not worth going up for


@dataclass(frozen=True)
class Second:
    """What happened in about a second.

    Attributes:
        at_s: When it ended, seconds.
        length_s: How long it was.
        shown: Frames that were animated.
        missed: Frames that could not be.
        busy: Share of the time that the slowest stage worked, 0 to 1.
    """

    at_s: float
    length_s: float
    shown: int
    missed: int
    busy: float

    @property
    def behind(self) -> bool:
        """Whether frames were missed that would have made the motion smoother."""
        wanted = min(self.shown + self.missed, SMOOTH_FPS * self.length_s)
        return self.shown < (1 - _MISSED) * wanted


class Governor:
    """Chooses a rung; at most one change in ``SECONDS_BETWEEN_CHANGES``.

    Args:
        quality: ``best`` never leaves the highest rung, ``fast`` stays below it.
        ladder: The rungs, best first.

    Attributes:
        changes: How often the rung changed.
    """

    def __init__(self, quality: Quality = "auto", ladder: Sequence[Rung] = LADDER) -> None:
        self._ladder = ladder
        self._best = 1 if quality == "fast" else 0
        self._worst = 0 if quality == "best" else len(ladder) - 1
        self._place = self._best
        self._behind, self._room_s = 0, 0.0
        self._changed_at: float | None = None
        self._went_up = False
        self._wait_s = _FIRST_WAIT
        self.changes = 0

    @property
    def rung(self) -> Rung:
        """The rung to work on."""
        return self._ladder[self._place]

    def see(self, second: Second) -> bool:
        """Take what happened in a second; return whether the rung changed."""
        self._behind = self._behind + 1 if second.behind else 0
        self._room_s = self._room_s + second.length_s if self._has_room(second) else 0.0
        since = second.at_s - self._changed_at if self._changed_at is not None else SECONDS_BETWEEN_CHANGES
        if self._went_up and since >= _TOO_EARLY:
            self._wait_s = _FIRST_WAIT
        if since < SECONDS_BETWEEN_CHANGES:
            return False
        if self._behind >= _BEHIND and self._place < self._worst:
            if self._went_up and since < _TOO_EARLY:
                self._wait_s = min(2 * self._wait_s, _LONGEST_WAIT)
            return self._change(+1, second.at_s)
        return self._room_s >= self._wait_s and self._change(-1, second.at_s)

    def _has_room(self, second: Second) -> bool:
        if self._place == self._best or second.behind:
            return False
        return second.busy * self._ladder[self._place - 1].cost / self.rung.cost <= _ROOM

    def _change(self, by: int, at_s: float) -> bool:
        self._place += by
        self._went_up = by < 0
        self._changed_at = at_s
        self._behind, self._room_s = 0, 0.0
        self.changes += 1
        return True
