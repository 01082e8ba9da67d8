"""Markdown tables of metrics."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from avatarify.evaluation.targets import Verdict

_COLUMNS = (
    "AKD", "still", "ratio", "floor", "L1", "still", "mouth r / gain", "blink r / gain", "left eye", "right eye",
    "smile", "gaze across", "gaze up", "yaw r", "pitch r", "roll r", "lost",
)  # fmt: skip
_PAIRS = ("jawOpen", "eyeBlink", "eyeBlinkLeft", "eyeBlinkRight", "smile", "gaze_horizontal", "gaze_vertical")
_ANGLES = ("yaw", "pitch", "roll")


def markdown(clips: Sequence[dict[str, Any]], mean: dict[str, Any]) -> str:
    """Return one row per clip and one for the means; a dash where the clip does not move that way.

    ``floor`` is the AKD of a copy of the driving frame relative to the still portrait's: no ratio can be below it.
    """
    rows = [_row(str(clip["clip"]), clip) for clip in clips]
    return table(("clip", *_COLUMNS), [*rows, _row("**mean**", mean)])


def cross_markdown(rows: Sequence[dict[str, Any]], mean: dict[str, Any]) -> str:
    """Return one row per portrait and one for the means over all pairs of portrait and clip."""
    names: tuple[str, ...] = (
        "portrait",
        "mouth r / gain",
        "blink r / gain",
        "smile",
        "gaze across",
        "gaze up",
        *_ANGLES,
        "lost",
    )
    identity = "identity" in mean
    if identity:
        names = (*names, "result–portrait", "driver–portrait", "driver–driver", "nearest is own")
    cells = [_cross_row(str(row["portrait"]), row, identity) for row in [*rows, mean | {"portrait": "**mean**"}]]
    return table(names, cells)


def shapes_markdown(shapes: Mapping[str, dict[str, float]]) -> str:
    """Return one row per blend shape that any driver moves: mean r and gain, and the number of clips or pairs."""
    rows = [
        [name, _number(one["r"]), _number(one["gain"]), str(one["clips"])]
        for name, one in sorted(shapes.items())
        if one["clips"]
    ]
    return table(("blend shape", "r", "gain", "series"), rows)


def verdicts(judged: Sequence[Verdict]) -> str:
    """Return one row per target: the value, the floor, the limit, and by how much it was missed."""
    rows = []
    for one in judged:
        word = "pass" if one.met else f"missed by {one.missed_by:.3f}"
        name = f"{one.name} ({one.where})" if one.where else one.name
        rows.append((name, f"{one.value:.3f}", _number(one.floor), one.limit, word))
    return table(("target", "figure", "floor", "limit", "verdict"), rows)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out cells as a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).replace(" --- ", "---")


def _row(name: str, figures: dict[str, Any]) -> list[str]:
    return [
        name,
        f"{figures['akd']:.2f}",
        f"{figures['akd_still']:.2f}",
        f"{figures['akd_ratio']:.3f}",
        f"{figures['akd_floor_ratio']:.3f}",
        f"{figures['l1']:.4f}",
        f"{figures['l1_still']:.4f}",
        *(_pair(figures[name]) for name in _PAIRS),
        *(_number(figures[angle]["r"]) for angle in _ANGLES),
        str(figures.get("lost", "")),
    ]


def _cross_row(name: str, figures: dict[str, Any], identity: bool) -> list[str]:
    pairs = (_pair(figures[key]) for key in ("jawOpen", "eyeBlink", "smile", "gaze_horizontal", "gaze_vertical"))
    lost = f"{figures['lost']} of {figures['frames']}"
    cells = [name, *pairs, *(_number(figures[angle]["r"]) for angle in _ANGLES), lost]
    if identity:
        keys = ("result_to_portrait", "driver_to_portrait", "driver_to_itself", "nearest_is_own")
        cells += [_number(figures["identity"][key]) for key in keys]
    return cells


def _pair(series: dict[str, float]) -> str:
    return "–" if math.isnan(series["r"]) else f"{series['r']:.2f} / {series['gain']:.2f}"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"
