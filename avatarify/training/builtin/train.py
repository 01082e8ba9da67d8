"""Train the built-in model: four parts, one after the other, on rendered people."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from avatarify.errors import InputError
from avatarify.files import open_atomic
from avatarify.networks.builtin.details import DetailDetector
from avatarify.networks.builtin.model import PARTS, join
from avatarify.training.builtin import closeups, details, generator, keypoints
from avatarify.training.builtin.keypoints import mean_shape
from avatarify.training.data.rendered import Rendered, load_rendered
from avatarify.training.loop import Weights

WEIGHTS = "model.safetensors"


def train(
    data: Path, out: Path, minutes: float, only: str | None = None, begin_from: Path | None = None
) -> Path | None:
    """Train the parts of the built-in model.

    Args:
        data: Folder of rendered clips.
        out: Where checkpoints are written, one folder per part; a second call resumes.
        minutes: Training time of each part, in total over all calls.
        only: One of ``PARTS``; None for all.
        begin_from: Weights of a model to start from; its reference shape R is kept. None starts from random weights.

    Returns:
        The file of weights; None while a part is missing.

    Raises:
        InputError: the data or ``begin_from`` cannot be used, or the requested part needs another one first.
        ModelError: a loss is not finite.
    """
    first = None if begin_from is None else _weights(begin_from)
    rendered, _ = load_rendered(data)
    reference = reference_shape(rendered, out, first)
    for part in PARTS if only is None else (only,):
        _train_part(part, rendered, reference, out, minutes, first and _of_part(first, part))
    checkpoints = {part: out / part / "checkpoint.pt" for part in PARTS}
    if not all(file.exists() for file in checkpoints.values()):
        return None
    return join(checkpoints, out / WEIGHTS)


def reference_shape(data: Rendered, out: Path, first: Weights | None = None) -> Tensor:
    """Return the reference shape R (81, 2): of the ``first`` weights if given, and the same for all parts of a run."""
    file = out / "reference.pt"
    if not file.exists():
        out.mkdir(parents=True, exist_ok=True)
        with open_atomic(file) as stream:
            torch.save(mean_shape(data) if first is None else first["keypoints.reference"], stream)
    shape: Tensor = torch.load(file, weights_only=True)
    return shape


def _weights(file: Path) -> Weights:
    from safetensors.torch import load_file

    try:
        tensors = {name: tensor.float() for name, tensor in load_file(file).items()}
        tensors["keypoints.reference"]
    except Exception as error:
        raise InputError(
            "Cannot start from {file}: {reason}",
            "Give a model.safetensors of mobile-256.",
            file=file,
            reason=f"{type(error).__name__}: {error}",
        ) from error
    return tensors


def _of_part(weights: Weights, part: str) -> Weights:
    start = f"{part}."
    return {name.removeprefix(start): tensor for name, tensor in weights.items() if name.startswith(start)}


def _train_part(part: str, data: Rendered, reference: Tensor, out: Path, minutes: float, first: Weights | None) -> None:
    folder = out / part
    if part == "keypoints":
        keypoints.train(data, reference, folder, minutes, first)
    elif part == "details":
        details.train(data, reference, folder, minutes, first)
    elif part == "generator":
        generator.train(data, reference, folder, minutes, first)
    else:
        closeups.train(data, reference, _judges(reference, out), folder, minutes, first)


def _judges(reference: Tensor, out: Path) -> DetailDetector:
    file = out / "details" / "checkpoint.pt"
    if not file.exists():
        raise InputError(
            "Training the close-ups needs {file}, which does not exist.", "Run with --only details first.", file=file
        )
    judges = DetailDetector(reference)
    judges.load_state_dict(torch.load(file, weights_only=True)["net"])
    return judges
