"""Decides whether the host or this computer draws the next frame."""

from __future__ import annotations

PATIENCE_S = 0.25  # for one picture
_MISSES = 3  # in a row, until this computer draws
_REST_S = 3.0  # until the host is tried again


class Health:
    """Counts pictures that came in time and that did not.

    Attributes:
        local: This computer draws, until a picture of the host comes in time.
    """

    def __init__(self) -> None:
        self.local = False
        self._misses, self._again_at = 0, 0.0

    def may_ask(self, now_s: float) -> bool:
        """Return whether the host is asked for a frame: always, or now and then while this computer draws."""
        return not self.local or now_s >= self._again_at

    def came(self) -> bool:
        """Count a picture that came in time; return whether the host draws again from now on."""
        changed, self.local, self._misses = self.local, False, 0
        return changed

    def missed(self, now_s: float) -> bool:
        """Count one that did not; return whether this computer draws from now on."""
        self._misses += 1
        self._again_at = now_s + _REST_S
        if self.local or self._misses < _MISSES:
            return False
        self.local = True
        return True
