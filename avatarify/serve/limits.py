"""Who may connect, how many at once, and how fast."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable

FRAMES_PER_S = 70.0  # of one session; a camera has 60 at most
_BURST = 70.0
_BEARER = "Bearer "


class Tokens:
    """The tokens that a host accepts; compared in a time that does not depend on them.

    Args:
        tokens: Any number.
    """

    def __init__(self, tokens: Iterable[str]) -> None:
        self._known = [_digest(token) for token in tokens]

    def match(self, header: str | None) -> bytes | None:
        """Return a name for the token in an ``Authorization`` header; None if it is not known."""
        if header is None or not header.startswith(_BEARER):
            return None
        given = _digest(header.removeprefix(_BEARER))
        found = [known for known in self._known if hmac.compare_digest(known, given)]
        return found[0] if found else None


class Places:
    """Counts sessions.

    Args:
        most: At once.
        most_per_token: At once with one token.
    """

    def __init__(self, most: int, most_per_token: int) -> None:
        self._most, self._most_per_token = most, most_per_token
        self._taken: Counter[bytes] = Counter()

    @property
    def taken(self) -> int:
        """How many sessions there are."""
        return self._taken.total()

    def take(self, token: bytes) -> bool:
        """Take a place; False if there is none."""
        if self.taken >= self._most or self._taken[token] >= self._most_per_token:
            return False
        self._taken[token] += 1
        return True

    def leave(self, token: bytes) -> None:
        """Give a place back."""
        self._taken[token] -= 1


class Rate:
    """Limits how often something happens, with room for a burst.

    Args:
        per_s: In the long run.
        burst: At once.
    """

    def __init__(self, per_s: float = FRAMES_PER_S, burst: float = _BURST) -> None:
        self._per_s, self._burst, self._left, self._at = per_s, burst, burst, 0.0

    def allows(self, now_s: float) -> bool:
        """Count one at a time in seconds; False if it is too many."""
        self._left = min(self._burst, self._left + max(0.0, now_s - self._at) * self._per_s)
        self._at = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
