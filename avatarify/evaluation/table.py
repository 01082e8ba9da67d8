"""Markdown table of a suite's figures."""

from __future__ import annotations

import math
from typing import Any

_COLUMNS = ("AKD", "still", "ratio", "L1", "still", "mouth r / gain", "blink r / gain", "yaw r", "pitch r", "roll r")


def markdown(clips: list[dict[str, Any]], mean: dict[str, Any]) -> str:
    """Return one row a clip and one of the means; a dash where the driver does not move that way."""
    head = f"| clip | {' | '.join(_COLUMNS)} |\n|---|{'---|' * len(_COLUMNS)}"
    rows = [_row(str(clip["clip"]), clip) for clip in clips]
    return "\n".join([head, *rows, _row("**mean**", mean)])


def _row(name: str, figures: dict[str, Any]) -> str:
    cells = [
        f"{figures['akd']:.2f}",
        f"{figures['akd_still']:.2f}",
        f"{figures['akd_ratio']:.3f}",
        f"{figures['l1']:.4f}",
        f"{figures['l1_still']:.4f}",
        _pair(figures["mouth"]),
        _pair(figures["eyes"]),
        *(_number(figures[angle]["r"]) for angle in ("yaw", "pitch", "roll")),
    ]
    return f"| {name} | {' | '.join(cells)} |"


def _pair(series: dict[str, float]) -> str:
    return "–" if math.isnan(series["r"]) else f"{series['r']:.2f} / {series['gain']:.2f}"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"
