"""Where a control gets its value from, and what may keep it from being used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

WhyNot = Callable[[], str]


def usable() -> str:
    """Return that nothing keeps a control from being used."""
    return ""


@dataclass(frozen=True)
class Binding:
    """Where controls get their values from, and where changes go.

    Attributes:
        source: Returns the object whose attributes are shown.
        change: Called with keyword arguments, new values by their names.
        default: Has the values that a reset restores.
    """

    source: Callable[[], object]
    change: Callable[..., None]
    default: object
