"""Trains the built-in model: four parts, one after the other, on rendered humans."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from avatarify.errors import InputError
from avatarify.networks.mobile import PARTS, join
from avatarify.networks.mobile_details import DetailDetector
from avatarify.training import mobile_closeups, mobile_details, mobile_generator, mobile_keypoints
from avatarify.training.mobile_keypoints import mean_shape
from avatarify.training.rendered import Rendered, load_rendered

WEIGHTS = "model.safetensors"


def train(data: Path, out: Path, minutes: float, only: str | None = None) -> Path | None:
    """Train the parts of the built-in model.

    Args:
        data: Folder of rendered clips.
        out: Checkpoints go here, a folder for each part; a second call resumes.
        minutes: Training time of each part, in all calls together.
        only: One of ``PARTS``; None for all.

    Returns:
        The file of weights; None as long as a part is missing.

    Raises:
        InputError: the data cannot be used, or a part is wanted that needs another first.
        ModelError: a loss is not a number.
    """
    learnt, _ = load_rendered(data)
    reference = reference_shape(learnt, out)
    for part in PARTS if only is None else (only,):
        _train_part(part, learnt, reference, out, minutes)
    checkpoints = {part: out / part / "checkpoint.pt" for part in PARTS}
    if not all(file.exists() for file in checkpoints.values()):
        return None
    return join(checkpoints, out / WEIGHTS)


def reference_shape(data: Rendered, out: Path) -> Tensor:
    """(81, 2) shape R, the same for all parts and all calls of a run."""
    file = out / "reference.pt"
    if not file.exists():
        out.mkdir(parents=True, exist_ok=True)
        torch.save(mean_shape(data), file)
    shape: Tensor = torch.load(file, weights_only=True)
    return shape


def _train_part(part: str, data: Rendered, reference: Tensor, out: Path, minutes: float) -> None:
    folder = out / part
    if part == "keypoints":
        mobile_keypoints.train(data, reference, folder, minutes)
    elif part == "details":
        mobile_details.train(data, reference, folder, minutes)
    elif part == "generator":
        mobile_generator.train(data, reference, folder, minutes)
    else:
        mobile_closeups.train(data, reference, _judges(reference, out), folder, minutes)


def _judges(reference: Tensor, out: Path) -> DetailDetector:
    file = out / "details" / "checkpoint.pt"
    if not file.exists():
        raise InputError(f"The painters are judged by {file}, which is not there.", "Train --only details first.")
    details = DetailDetector(reference)
    details.load_state_dict(torch.load(file, weights_only=True)["net"])
    return details
