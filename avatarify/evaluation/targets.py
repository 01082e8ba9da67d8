"""Quality targets of a model, and whether they are met."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from avatarify.motion.first_order import MAX_STRETCH

WHOLE = 0.9  # a clip counts toward the per-clip limit if more than this fraction of its frames shows a face


@dataclass(frozen=True)
class Verdict:
    """One target and its result.

    Attributes:
        name: The metric.
        value: The measured value.
        least: Lower limit; None for none.
        most: Upper limit; None for none.
        where: The clip, if the target is about one.
        floor: The same metric for a copy of the driving frame itself; NaN if not measured.
    """

    name: str
    value: float
    least: float | None = None
    most: float | None = None
    where: str = ""
    floor: float = math.nan

    @property
    def missed_by(self) -> float:
        """Distance to the limit, 0 if the target is met; NaN without a value."""
        below = 0.0 if self.least is None else self.least - self.value
        above = 0.0 if self.most is None else self.value - self.most
        return math.nan if math.isnan(self.value) else max(0.0, below, above)

    @property
    def met(self) -> bool:
        """Whether the value is within the limits; NaN is not."""
        return self.missed_by == 0

    @property
    def limit(self) -> str:
        """The limits in words."""
        if self.least is not None and self.most is not None:
            return f"{self.least:g} to {self.most:g}"
        return f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"


def self_reenactment(clips: Sequence[dict[str, Any]], mean: dict[str, Any]) -> list[Verdict]:
    """Check the metrics of ``reenactment.evaluate_clip`` and ``mean_figures``."""

    def series(name: str, key: str, called: str, least: float, most: float | None = None) -> Verdict:
        return Verdict(f"{called} {key}", mean[name][key], least, most, floor=mean["floor"][name][key])

    return [
        Verdict("AKD / still, mean", mean["akd_ratio"], most=0.12, floor=mean["akd_floor_ratio"]),
        _worst_clip(clips),
        series("jawOpen", "r", "mouth", 0.9),
        series("jawOpen", "gain", "mouth", 0.75, 1.25),
        series("eyeBlink", "r", "blink", 0.85),
        series("eyeBlink", "gain", "blink", 0.75, 1.25),
        series("smile", "r", "smile", 0.8),
        *(series(angle, "r", angle, 0.95) for angle in ("yaw", "pitch", "roll")),
        series("gaze_horizontal", "r", "gaze across", 0.6),
        series("gaze_vertical", "r", "gaze up and down", 0.6),
        Verdict("L1 / still, mean", mean["l1_ratio"], most=0.75),
        *_held(mean),
    ]


def _worst_clip(clips: Sequence[dict[str, Any]]) -> Verdict:
    whole = [clip for clip in clips if clip["face_share"] > WHOLE]
    name = "AKD / still, worst clip"
    if not whole:
        return Verdict(name, math.nan, most=0.25)
    worst = max(whole, key=lambda clip: float(clip["akd_ratio"]))
    return Verdict(name, worst["akd_ratio"], most=0.25, where=worst["clip"], floor=worst["akd_floor_ratio"])


def cross_reenactment(mean: dict[str, Any]) -> list[Verdict]:
    """Check the means of ``cross.summarize``."""
    return [
        Verdict("mouth r", mean["jawOpen"]["r"], least=0.88),
        Verdict("mouth gain", mean["jawOpen"]["gain"], 0.8, 1.2),
        Verdict("blink r", mean["eyeBlink"]["r"], least=0.85),
        Verdict("blink gain", mean["eyeBlink"]["gain"], 0.8, 1.2),
        Verdict("smile r", mean["smile"]["r"], least=0.8),
        Verdict("smile gain", mean["smile"]["gain"], least=0.7),
        *(Verdict(f"{angle} r", mean[angle]["r"], least=0.9) for angle in ("yaw", "pitch", "roll")),
        Verdict("pitch gain", mean["pitch"]["gain"], least=0.9),
        Verdict("yaw gain", mean["yaw"]["gain"], least=0.95),
        *_held(mean),
    ]


def _held(mean: dict[str, Any]) -> list[Verdict]:
    """Check what must hold whoever drives (see ``bars``)."""
    return [
        Verdict("both eyes equally shut", mean["lids_agree"], least=0.95),
        Verdict("largest local stretch", mean["stretch"], most=MAX_STRETCH + 0.01),
        *(Verdict(f"driven by itself, {part}", value, most=2.0) for part, value in sorted(mean["unmoved"].items())),
    ]


def still_driver(changes: dict[str, float]) -> list[Verdict]:
    """Check the mean changes between output frames, in 1/255, by name of the driving frames."""
    return [Verdict(f"change, {name}", value, most=0.3) for name, value in changes.items()]


def as_report(verdicts: Sequence[Verdict]) -> dict[str, dict[str, Any]]:
    """Return the verdicts by name, for JSON."""
    return {one.name: asdict(one) | {"met": one.met, "missed_by": one.missed_by} for one in verdicts}
