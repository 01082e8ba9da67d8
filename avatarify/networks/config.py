"""Sizes that several networks share, and the look-up of presets by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from avatarify.errors import ModelError

Sizes = TypeVar("Sizes")


@dataclass(frozen=True, slots=True)
class HourglassConfig:
    """A U-Net.

    Attributes:
        width: Channels before the first block; each block down doubles them.
        max_width: Upper limit of the channels.
        blocks: Blocks down, and as many up; the input's side must be divisible by ``2 ** blocks``.
    """

    width: int
    max_width: int
    blocks: int


def widths(width: int, max_width: int, steps: int) -> list[int]:
    """Return the channels before each of ``steps`` doublings and after the last, none above the maximum."""
    return [min(max_width, width << step) for step in range(steps + 1)]


def named(presets: Mapping[str, Sizes], name: object) -> Sizes:
    """Return the sizes with this name.

    Args:
        presets: Sizes by name.
        name: From a file or an option; anything but a known name is refused.

    Raises:
        ModelError: There are none.
    """
    config = presets.get(name) if isinstance(name, str) else None
    if config is None:
        raise ModelError("The sizes '{name}' are unknown.", "Known sizes: {known}.", name=name, known=list(presets))
    return config
