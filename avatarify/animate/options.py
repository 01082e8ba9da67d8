"""How a portrait is animated: what is fixed at the start, and what a person adjusts while it runs.

Importing this is cheap (standard library only): the window needs it before the heavy libraries are loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Self

from avatarify.choices import (
    BACKGROUND_STYLES,
    CORNERS,
    GAZES,
    KEYPOINT_SOURCES,
    MOTIONS,
    Corner,
    Gaze,
    KeypointSource,
    Motion,
)
from avatarify.errors import UsageError
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.compose.layers import Background
    from avatarify.frames import Size

ZOOM = (1.0, 4.0)
STRENGTH = (0.0, 1.5)
PAN = (-1.0, 1.0)
REMOTE = "remote"  # the runtime on a host
ABSOLUTE_REMOTE = Message("Absolute motion would send the shape of your face to the host.")
RELATIVE_INSTEAD = Message("Use relative motion, or a runtime on this computer.")
_STRENGTHS = ("strength", "strength_head", "strength_eyes", "strength_mouth")
_RANGES = {"zoom": ZOOM, "pan_x": PAN, "pan_y": PAN, **dict.fromkeys(_STRENGTHS, STRENGTH)}
_CHOICES: dict[str, tuple[str, ...]] = {
    "motion": MOTIONS,
    "corner": CORNERS,
    "keypoints": KEYPOINT_SOURCES,
    "gaze": GAZES,
}
_PICTURE = ("mirror", "badge", "corner", "background", "zoom", "pan_x", "pan_y")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_LARGEST = 1e9  # of a saved number; limited to its range afterwards


@dataclass(frozen=True)
class MotionOptions:
    """How the user's motion is transferred to the portrait.

    Attributes:
        motion: See ``choices.Motion``.
        adapt_scale: Scale movements by the ratio of the two faces' sizes.
        smoothing: Filter the key points of a resting face (see ``motion.one_euro``).
        strength: Factor of the user's motion, 0 to 1.5; above 1 exaggerates.
        strength_head: The same of the head alone; 1 changes nothing, as for the next two. Only for a model whose key
            points have names (see ``motion.strength``).
        strength_eyes: Of eyes and brows.
        strength_mouth: Of mouth, jaw, and cheeks.
        gaze: See ``choices.Gaze``.
        follow: Let the reference crop follow the head slowly (see ``drift``), so that shifting on the chair does not
            move the portrait.
        keypoints: See ``choices.KeypointSource``. ``mixed`` needs the face found in each frame itself. Fixed for a
            session.

    Raises:
        UsageError: no such motion, gaze, or key-point source.
    """

    motion: Motion = "relative"
    adapt_scale: bool = True
    smoothing: bool = True
    strength: float = 1.0
    strength_head: float = 1.0
    strength_eyes: float = 1.0
    strength_mouth: float = 1.0
    gaze: Gaze = "follow"
    follow: bool = False
    keypoints: KeypointSource = "auto"

    def __post_init__(self) -> None:
        if self.motion not in MOTIONS:
            raise UsageError("There is no motion '{name}'.", "Choose one of: {names}.", name=self.motion, names=MOTIONS)
        if self.gaze not in GAZES:
            raise UsageError("There is no gaze '{name}'.", "Choose one of: {names}.", name=self.gaze, names=GAZES)
        if self.keypoints not in KEYPOINT_SOURCES:
            raise UsageError(
                "There are no '{name}' key points.",
                "Choose one of: {names}.",
                name=self.keypoints,
                names=KEYPOINT_SOURCES,
            )

    @property
    def regions(self) -> tuple[float, float, float, float]:
        """Factors of the regions, as ``motion.strength.by_region`` takes them."""
        return self.strength_head, self.strength_eyes, self.strength_mouth, float(self.gaze == "camera")


@dataclass(frozen=True)
class Controls(MotionOptions):
    """Everything a person adjusts, before a session and while it runs: motion, and how the portrait is shown.

    Attributes:
        mirror: Flip the output left to right.
        badge: Mark the output as an AI avatar.
        corner: Where the badge stands.
        background: One of ``choices.BackgroundStyle``, or a color ``#rrggbb``.
        zoom: 1 shows head and shoulders in a wide output, else the whole portrait; 4 a quarter of its sides.
        pan_x: Center of a zoomed picture: -1 the left edge of what zoom 1 shows, 1 the right one.
        pan_y: The same, -1 the top edge, 1 the bottom one.
    """

    mirror: bool = False
    badge: bool = True
    corner: Corner = "bottom-right"
    background: str = "own"
    zoom: float = 1.0
    pan_x: float = 0.0
    pan_y: float = 0.0

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Read saved values: unknown or unusable ones become the default, numbers are limited to their range."""
        known = {field.name: values[field.name] for field in fields(cls) if field.name in values}
        return cls().changed(**{name: value for name, value in known.items() if _usable(name, value)})

    def to_dict(self) -> dict[str, Any]:
        """Return the values for a file; ``from_dict`` reads them back."""
        return asdict(self)

    def changed(self, **values: Any) -> Self:
        """Return a copy with some values changed; numbers are limited to their range."""
        return replace(self, **{name: _limited(name, value) for name, value in values.items()})

    def same_picture(self, other: Controls) -> bool:
        """Return whether both make the same compositor: they differ in motion at most."""
        return all(getattr(self, name) == getattr(other, name) for name in _PICTURE)

    @property
    def fill(self) -> Background:
        """The background as the compositor takes it: a style, or (R, G, B) from 0 to 255."""
        if self.background in BACKGROUND_STYLES:
            return "own" if self.background == "own" else "blurred"
        red, green, blue = (int(self.background[at : at + 2], 16) for at in (1, 3, 5))
        return red, green, blue


@dataclass(frozen=True)
class AnimationOptions:
    """What is animated, and how; the same live and offline.

    Attributes:
        portrait: Name of a portrait, or an image file; empty takes the first bundled portrait.
        model: A name that ``avatarify models list`` prints.
        runtime: ``auto`` or the name of a runtime.
        size: Size of the output pictures; None takes the portrait's own.
        controls: Motion and picture at the start.
        neutral: Which frame shows the user at rest: ``first``, ``best``, or a frame number from 0.
        face: Where the portrait's face is, ``X,Y,HEIGHT`` in pixels (see ``placed_face``); empty to find it.
        driver: Which face drives it if several are in view: ``largest``, ``left``, ``right``, or ``X,Y`` in pixels of
            the driving frames (see ``face.chosen``).
        remote: Addresses of hosts for the runtime ``remote``, ``wss://NAME:PORT``, separated by commas.
        remote_token_file: File with the token for them.

    Raises:
        UsageError: Absolute motion on a host.
    """

    portrait: str = ""
    model: str = "built-in"
    runtime: str = "auto"
    size: Size | None = None
    controls: Controls = field(default_factory=Controls)
    neutral: str = "first"
    face: str = ""
    driver: str = "largest"
    remote: str = ""
    remote_token_file: str = ""

    def __post_init__(self) -> None:
        if self.runtime == REMOTE and self.controls.motion == "absolute":
            raise UsageError(ABSOLUTE_REMOTE, RELATIVE_INSTEAD)


def _limited(name: str, value: Any) -> Any:
    if name not in _RANGES:
        return value
    low, high = _RANGES[name]
    return min(high, max(low, float(value)))


def _usable(name: str, value: Any) -> bool:
    default = getattr(Controls(), name)
    if isinstance(default, float):  # true is an int, and NaN is not equal to itself
        return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _LARGEST
    if type(value) is not type(default):
        return False
    if name == "background":
        return value in BACKGROUND_STYLES or _COLOR.fullmatch(value) is not None
    return name not in _CHOICES or value in _CHOICES[name]
