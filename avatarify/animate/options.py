"""What a person adjusts, before a session and while it runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from avatarify.animate.animator import MotionOptions
    from avatarify.compose.badge import Corner
    from avatarify.compose.layers import Background

CORNERS: tuple[Corner, ...] = ("top-left", "top-right", "bottom-left", "bottom-right")
ZOOM = (1.0, 4.0)
STRENGTH = (0.0, 1.5)
_RANGES = {"zoom": ZOOM, "pan_x": (-1.0, 1.0), "pan_y": (-1.0, 1.0), "strength": STRENGTH}
_WORDS = {"motion": ("relative", "absolute"), "corner": CORNERS}
_PICTURE = ("mirror", "badge", "corner", "background", "zoom", "pan_x", "pan_y")


@dataclass(frozen=True)
class Controls:
    """How the portrait moves and how it is shown.

    Attributes:
        mirror: Flip the output left to right.
        badge: Mark the output as an AI avatar.
        corner: Where the badge stands.
        background: ``own`` (the portrait's), ``blurred``, or a colour ``#rrggbb``.
        zoom: How much of the portrait fills the picture: 1 shows all of it, 4 a quarter of its sides.
        pan_x: Where a zoomed picture looks: -1 the portrait's left edge, 1 its right one.
        pan_y: The same, -1 the upper edge, 1 the lower one.
        motion: ``relative`` (Eq. 13-14) or ``absolute`` (the user's own shape).
        adapt_scale: Scale movements by the sizes of the two faces.
        smoothing: Steady the key points of a resting face.
        strength: Share of the user's motion that is transferred; 1 is all of it, more exaggerates.
        follow: Let the user's coordinates follow the head, so that moving on the chair moves nothing.
    """

    mirror: bool = False
    badge: bool = True
    corner: Corner = "bottom-right"
    background: str = "own"
    zoom: float = 1.0
    pan_x: float = 0.0
    pan_y: float = 0.0
    motion: str = "relative"
    adapt_scale: bool = True
    smoothing: bool = True
    strength: float = 1.0
    follow: bool = False

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """Take what can be used from kept values; the rest is the default, numbers are brought into their range."""
        known = {field.name: values[field.name] for field in fields(cls) if field.name in values}
        return cls().changed(**{name: value for name, value in known.items() if _usable(name, value)})

    def changed(self, **values: Any) -> Self:
        """Return other controls, numbers brought into their range."""
        limited = {name: _limited(name, value) for name, value in values.items()}
        return replace(self, **limited)

    def kept(self) -> dict[str, Any]:
        """Return the values for a file; ``read`` takes them back."""
        return asdict(self)

    def same_picture(self, other: Controls) -> bool:
        """Say whether output pictures are put together in the same way."""
        return all(getattr(self, name) == getattr(other, name) for name in _PICTURE)

    @property
    def behind(self) -> Background:
        """The background as the compositor takes it."""
        if self.background in ("own", "blurred"):
            return "own" if self.background == "own" else "blurred"
        red, green, blue = (int(self.background[at : at + 2], 16) for at in (1, 3, 5))
        return red, green, blue

    def motion_options(self, keypoints: str) -> MotionOptions:
        """The part that the animator takes.

        Raises:
            UsageError: there is no such motion or kind of key points.
        """
        from avatarify.animate.animator import MotionOptions

        return MotionOptions(
            motion=self.motion,
            adapt_scale=self.adapt_scale,
            smoothing=self.smoothing,
            keypoints=keypoints,
            strength=self.strength,
            follow=self.follow,
        )


def _limited(name: str, value: Any) -> Any:
    if name not in _RANGES:
        return value
    low, high = _RANGES[name]
    return min(high, max(low, float(value)))


def _usable(name: str, value: Any) -> bool:
    default = getattr(Controls(), name)
    if isinstance(default, float):
        return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
    if type(value) is not type(default):
        return False
    if name == "background":
        return value in ("own", "blurred") or re.fullmatch(r"#[0-9a-fA-F]{6}", value) is not None
    return name not in _WORDS or value in _WORDS[name]
