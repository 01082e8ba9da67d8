"""Named choices that options, widgets, and checks share. Each is listed here and nowhere else."""

from __future__ import annotations

from typing import Literal, get_args

Motion = Literal["relative", "absolute"]
"""``relative``: the portrait moves as the user moved since the neutral frame (Eq. 13-14). ``absolute``: it takes the
user's own pose and face shape."""

KeypointSource = Literal["auto", "learned", "mixed"]
"""``learned``: key points from the model's own detector. ``mixed``: the face mesh's landmarks where it has them.
``auto``: the detector's, but eyes, lips, and pupils from the face mesh if it is found in every frame anyway, as in a
video."""

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]
"""Where the badge stands in the output picture."""

BackgroundStyle = Literal["own", "blurred"]
"""The portrait's own background, as it is or blurred. A plain color is given as a number instead."""

Gaze = Literal["follow", "camera"]
"""Where the portrait looks: where the user looks, or always at the viewer as in the picture, whatever the user looks
at and however the head turns."""

Quality = Literal["auto", "best", "fast"]
"""How much a live session computes: less while the computer cannot keep up, always all, or never all."""

NeutralChoice = Literal["first", "best"]
"""Which frame shows the user at rest: the first with a face, or the most neutral one. A frame number is the third
way to say it."""

PortraitStyle = Literal[
    "charcoal",
    "clay",
    "comic",
    "engraving",
    "glass",
    "gouache",
    "ink",
    "lowpoly",
    "marble",
    "oil",
    "papercut",
    "pastel",
    "pencil",
    "pop",
    "poster",
    "watercolor",
]
"""How ``avatarify portraits make`` draws a photograph."""

MOTIONS: tuple[Motion, ...] = get_args(Motion)
KEYPOINT_SOURCES: tuple[KeypointSource, ...] = get_args(KeypointSource)
GAZES: tuple[Gaze, ...] = get_args(Gaze)
CORNERS: tuple[Corner, ...] = get_args(Corner)
BACKGROUND_STYLES: tuple[BackgroundStyle, ...] = get_args(BackgroundStyle)
QUALITIES: tuple[Quality, ...] = get_args(Quality)
NEUTRAL_CHOICES: tuple[NeutralChoice, ...] = get_args(NeutralChoice)
PORTRAIT_STYLES: tuple[PortraitStyle, ...] = get_args(PortraitStyle)
