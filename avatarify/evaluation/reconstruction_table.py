"""Reconstruction metrics as CSV for programs and as Markdown for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from avatarify.evaluation import paper
from avatarify.evaluation.reconstruction import FIGURES
from avatarify.evaluation.table import table

_NAMES = {
    "l1": "L1", "akd": "AKD", "mkr": "MKR", "aed": "AED", "psnr": "PSNR", "ssim": "SSIM", "perceptual": "features",
    "unsteadiness": "unsteadiness",
}  # fmt: skip
_BETTER = {"psnr": "↑", "ssim": "↑"}

Method = Mapping[str, Any]


def markdown(methods: Sequence[Method], data: str) -> str:
    """Return one row per method with its means and 95 % intervals, then the paper's rows.

    Args:
        methods: As in the report: ``model``, ``mean``.
        data: The paper's data set to show, a key of ``paper.DATA_SETS``.
    """
    head = ["method", *(f"{name} {_BETTER.get(key, '↓')}" for key, name in _NAMES.items())]
    rows = [[method["model"], *(_with_interval(method["mean"], key) for key in FIGURES)] for method in methods]
    rows += [
        [f"*{name}, the paper on {paper.DATA_SETS[data]}*", *(paper.cell(data, name, key) for key in FIGURES)]
        for name in paper.ROWS[data]
    ]
    return table(head, rows)


def clips_markdown(methods: Sequence[Method]) -> str:
    """Return one row per clip and method."""
    head = ["clip", "method", *_NAMES.values()]
    return table(
        head,
        [
            [clip["clip"], method["model"], *(_number(clip[key], digits) for key, digits in FIGURES.items())]
            for method in methods
            for clip in method["clips"]
        ],
    )


def as_csv(methods: Sequence[Method]) -> str:
    """Return one line per method and clip and one per mean, with interval bounds; empty where not measured."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    ends = [f"{key}_{end}" for key in FIGURES for end in ("low", "high")]
    writer.writerow(["method", "clip", "frames", *FIGURES, *ends])
    for method in methods:
        for clip in [*method["clips"], {**method["mean"], "clip": "mean"}]:
            bounds = [bound for key in FIGURES for bound in clip["intervals"].get(key, ("", ""))]
            values = ["" if clip[key] is None else clip[key] for key in FIGURES]
            writer.writerow([method["model"], clip["clip"], clip.get("frames", ""), *values, *bounds])
    return text.getvalue()


def _with_interval(mean: Mapping[str, Any], key: str) -> str:
    text = _number(mean[key], FIGURES[key])
    if mean[key] is None:
        return text
    low, high = mean["intervals"][key]
    return f"{text} ({_number(low, FIGURES[key])}–{_number(high, FIGURES[key])})"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
