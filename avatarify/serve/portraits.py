"""Encoded portraits of the sessions, in memory only."""

from __future__ import annotations

from collections import OrderedDict

from avatarify.animate.model import Encoded

_MOST = 64


class PortraitCache:
    """Keeps the portraits that were used last.

    Args:
        most: How many.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, Encoded] = OrderedDict()

    def get(self, name: str) -> Encoded | None:
        """Return a portrait by its id; None if it has to be sent."""
        if name in self._kept:
            self._kept.move_to_end(name)
        return self._kept.get(name)

    def put(self, name: str, portrait: Encoded) -> None:
        """Keep a portrait, in place of the one that was not used for the longest time."""
        self._kept[name] = portrait
        self._kept.move_to_end(name)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
