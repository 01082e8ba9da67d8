"""Cross-reenactment: every clip drives every portrait with relative motion, and is compared with the results."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avatarify.animate.model import AnimationModel
from avatarify.animate.neutral import best_neutral
from avatarify.animate.options import MotionOptions
from avatarify.animate.portrait import Portrait, list_portraits, load_portrait
from avatarify.errors import InputError
from avatarify.evaluation import bars, metrics
from avatarify.evaluation.animated_portrait import AnimatedPortrait
from avatarify.evaluation.driver import Driver
from avatarify.evaluation.identity import Descriptor, Likeness
from avatarify.evaluation.series import compare, compare_shapes, mean_series, mean_shapes
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.files import IMAGE_SUFFIXES
from avatarify.frames import F32, U8, Frame

_SHOWN = 256
_LOOKS = 8  # frames per pair whose identity is measured


@dataclass
class Pair:
    """One portrait driven by one clip.

    Attributes:
        portrait: Its name.
        clip: Its name.
        frames: Number of driving frames with a face.
        lost: Number of these in which no motion could be computed or no face was found in the result.
        driven: The driving faces in the frames that were not lost.
        made: The faces found in the results.
        stretch: Largest stretch of a local map in any frame.
        likeness: Identity descriptors of some frames; None if not measured.
    """

    portrait: str
    clip: str
    frames: int
    lost: int = 0
    driven: list[Face] = field(default_factory=list)
    made: list[Face] = field(default_factory=list)
    stretch: float = 1.0
    likeness: Likeness | None = None

    def figures(self) -> dict[str, Any]:
        """Return the pair's row of the report."""
        head = {"portrait": self.portrait, "clip": self.clip, "frames": self.frames, "lost": self.lost}
        identity = {"identity": self.likeness.distances()} if self.likeness else {}
        held = {"lids_agree": bars.lids_agree(self.made, self.driven), "stretch": self.stretch}
        shapes = {"shapes": compare_shapes(self.made, self.driven)}
        return head | compare(self.made, self.driven) | held | shapes | identity


class Cross:
    """Animates portraits with clips and compares the results.

    Args:
        model: The model on its runtime.
        options: How motion is transferred.
        portraits: All portraits, to find out which one a result resembles most.
        descriptor: Measures identity; None skips it.
        neutral: ``best`` picks the most neutral driving frame, ``first`` the first usable one.
    """

    def __init__(
        self,
        model: AnimationModel,
        options: MotionOptions,
        portraits: Sequence[Portrait] = (),
        descriptor: Descriptor | None = None,
        *,
        neutral: str = "first",
    ) -> None:
        self._model, self._options, self._descriptor, self._neutral = model, options, descriptor, neutral
        self._gallery = {one.name: descriptor.of(one.image, one.face) for one in portraits} if descriptor else {}
        self._drivers: dict[tuple[str, int], F32] = {}  # descriptors of driving frames are the same for all portraits

    def drive(self, portrait: Portrait, driver: Driver, keep: Callable[[int, U8, U8], None] | None = None) -> Pair:
        """Animate one portrait with one clip and compare.

        Args:
            portrait: The portrait.
            driver: The clip.
            keep: Called with (number, driving crop, result's animated crop) of each frame, for contact sheets.
        """
        pair = Pair(portrait.name, driver.name, len(driver.frames), likeness=self._likeness(portrait))
        animated, around = self._open(portrait, driver), driver.faces[0].portrait_box()
        with FaceLandmarker() as eye:
            for number, (frame, face) in enumerate(zip(driver.frames, driver.faces, strict=True)):
                result = animated.render(frame, face)
                if result is not None:
                    pair.stretch = max(pair.stretch, animated.stretch())
                found = None if result is None else eye.find(_as(frame, result))
                if result is None or found is None:
                    pair.lost += 1
                    continue
                pair.driven.append(face)
                pair.made.append(found)
                if keep is not None:
                    keep(number, around.cut(frame.image, _SHOWN), animated.square(result, _SHOWN))
                if pair.likeness is not None and number % max(1, len(driver.frames) // _LOOKS) == 0:
                    pair.likeness.add(self._of(result, found), self._of_driver(driver, number))
        return pair

    def unmoved(self, portrait: Portrait) -> dict[str, float]:
        """Drive a portrait with itself; return how much its eyes and lips change (see ``bars.changed``)."""
        animated = AnimatedPortrait(portrait, self._model, self._options)
        result = animated.render(Frame(portrait.image, 0, 0.0, 0.0), portrait.face)
        return {} if result is None else bars.changed(portrait.image, result, portrait.face)

    def _open(self, portrait: Portrait, driver: Driver) -> AnimatedPortrait:
        animated = AnimatedPortrait(portrait, self._model, self._options)
        if self._neutral == "best":
            number = best_neutral(dict(enumerate(driver.faces)), portrait.face)
            animated.animator.set_neutral(driver.frames[number], driver.faces[number])
        return animated

    def _likeness(self, portrait: Portrait) -> Likeness | None:
        if self._descriptor is None:
            return None
        others = [one for name, one in self._gallery.items() if name != portrait.name]
        return Likeness(self._of(portrait.image, portrait.face), others)

    def _of(self, image: U8, face: Face) -> F32:
        assert self._descriptor is not None  # for the type checker
        return self._descriptor.of(image, face)

    def _of_driver(self, driver: Driver, number: int) -> F32:
        key = driver.name, number
        if key not in self._drivers:
            self._drivers[key] = self._of(driver.frames[number].image, driver.faces[number])
        return self._drivers[key]


def open_portraits(text: str) -> list[Portrait]:
    """Load portraits.

    Args:
        text: ``bundled``, a folder of images, or one portrait's name or file.

    Raises:
        InputError: none were found, or one cannot be used.
    """
    if text == "bundled":
        names = [info.name for info in list_portraits()]
    elif Path(text).is_dir():
        names = sorted(str(file) for file in Path(text).iterdir() if file.suffix.lower() in IMAGE_SUFFIXES)
    else:
        names = [text]
    if not names:
        raise InputError("There are no images in {text}.", "Give a folder of portraits, or 'bundled'.", text=text)
    return [load_portrait(name) for name in names]


def summarize(pairs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the means over pairs; correlations only over pairs whose driving clip moves that way."""
    counts = {key: sum(pair[key] for pair in pairs) for key in ("frames", "lost")}
    measured = [pair["identity"] for pair in pairs if "identity" in pair]
    identity = {key: metrics.mean([one[key] for one in measured]) for key in measured[0]} if measured else {}
    held = {
        "lids_agree": bars.mean_of_known(pair["lids_agree"] for pair in pairs),
        "stretch": max((pair["stretch"] for pair in pairs), default=math.nan),
        "shapes": mean_shapes(pairs),
    }
    return counts | mean_series(pairs) | held | ({"identity": identity} if identity else {})


def by_portrait(pairs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return ``summarize`` for each portrait's pairs, in order."""
    names = list(dict.fromkeys(pair["portrait"] for pair in pairs))
    return [{"portrait": name} | summarize([p for p in pairs if p["portrait"] == name]) for name in names]


def _as(frame: Frame, image: U8) -> Frame:
    return Frame(image, frame.index, frame.captured_at, frame.media_time)
