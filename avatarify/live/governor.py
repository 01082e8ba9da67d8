"""Decides how much a live session computes, so that it keeps up with the camera: a state machine without a clock.

It looks at one second after the other. Two seconds in a row with missed frames lead down, past rungs that would save
far too little: a computer that animates two thirds of the frames must not wait on them. A rung with half of the
pictures is only for a computer that misses more than a few. A while in which the next higher rung would fit leads one
rung up; the while doubles each time that this turns out to be wrong, and is shorter if the work became easier since:
then what disturbed it may have ended.
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
_NEARLY = 0.95  # share of the frames: a rung with so many, by its estimated cost, is worth trying
_ROOM = 0.85  # share of the time that the slowest stage may work on the next higher rung
_ROOM_FOR_MORE = 1.1  # the same if that shows twice as many pictures: then a few may be missed
_WORSE = 0.7  # share of the frames; a steady half of the pictures looks better than fewer than this
_EASIER = 0.8  # of the load when a rung turned out to be too high
_FIRST_WAIT, _LONGEST_WAIT = 10.0, 160.0
_SOONER = 4.0  # times, where the work became easier
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
    def kept(self) -> float:
        """Share of the frames that were animated, of those that make the motion smoother."""
        wanted = min(self.shown + self.missed, SMOOTH_FPS * self.length_s)
        return self.shown / wanted if wanted > 0 else 1.0

    @property
    def behind(self) -> bool:
        """Whether frames were missed that would have made the motion smoother."""
        return self.kept < 1 - _MISSED


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
        self._kept = self._kept_last = 1.0  # share of the frames in the better of the last two seconds, and in the last
        self._changed_at: float | None = None
        self._went_up = False
        self._load = 0.0  # share of the time that the slowest stage worked, in the first second after stepping down
        self._waits = [_FIRST_WAIT] * len(ladder)  # before the next step up to each
        self.changes = 0

    @property
    def rung(self) -> Rung:
        """The rung to work on."""
        return self._ladder[self._place]

    def see(self, second: Second) -> bool:
        """Take what happened in a second; return whether the rung changed."""
        self._behind = self._behind + 1 if second.behind else 0
        self._kept, self._kept_last = max(self._kept_last, second.kept), second.kept
        self._room_s = self._room_s + second.length_s if self._has_room(second) else 0.0
        since = second.at_s - self._changed_at if self._changed_at is not None else SECONDS_BETWEEN_CHANGES
        if self._went_up and since >= _TOO_EARLY:
            self._waits[self._place] = _FIRST_WAIT
        if self._load == 0.0 and not self._went_up:
            self._load = second.busy
        if since < SECONDS_BETWEEN_CHANGES:
            return False
        lower = self._lower() if self._behind >= _BEHIND else None
        if lower is not None:
            if self._went_up and since < _TOO_EARLY:
                self._waits[self._place] = min(2 * self._waits[self._place], _LONGEST_WAIT)
            return self._change(lower, second.at_s)
        return self._room_s >= self._wait_s(second) and self._change(self._place - 1, second.at_s)

    def _wait_s(self, second: Second) -> float:
        """Return how long there must be room before the next step up."""
        sooner = _SOONER if second.busy < _EASIER * self._load else 1.0
        return max(_FIRST_WAIT, self._waits[max(0, self._place - 1)] / sooner)

    def _has_room(self, second: Second) -> bool:
        if self._place == self._best or second.behind:
            return False
        higher = self._ladder[self._place - 1]
        room = _ROOM_FOR_MORE if higher.shows > self.rung.shows else _ROOM
        return second.busy * higher.cost / self.rung.cost <= room

    def _lower(self) -> int | None:
        """Return the first rung below that may save enough, or the last that is not worse; None if there is none."""
        below = [place for place in range(self._place + 1, self._worst + 1) if self._is_better(self._ladder[place])]
        return next((place for place in below if self._suffices(place)), below[-1] if below else None)

    def _suffices(self, place: int) -> bool:
        """Whether a rung would miss few frames; the last before half of the pictures may miss more."""
        share = self._kept * self.rung.cost / self._ladder[place].cost
        last = place == self._worst or self._ladder[place + 1].shows < self._ladder[place].shows
        return share >= (_WORSE if last else _NEARLY)

    def _is_better(self, lower: Rung) -> bool:
        """Whether what a rung shows looks better than what is shown now."""
        return lower.shows >= self.rung.shows or self._kept < _WORSE

    def _change(self, place: int, at_s: float) -> bool:
        self._went_up = place < self._place
        self._place = place
        self._changed_at = at_s
        self._behind, self._room_s, self._load = 0, 0.0, 0.0
        self.changes += 1
        return True
