"""Checkpoints: everything a killed training run needs to resume, in one file that is never partly written."""

from __future__ import annotations

import pickle
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from avatarify.errors import ModelError, UsageError
from avatarify.files import open_atomic
from avatarify.training.fomm.config import PaperConfig

FILE_NAME = "checkpoint.pt"
_BROKEN = (OSError, RuntimeError, EOFError, ValueError, LookupError, TypeError, pickle.UnpicklingError)


def save_checkpoint(folder: Path, config: PaperConfig, state: dict[str, Any]) -> None:
    """Write the checkpoint; a kill or power loss at any moment leaves the previous one or this one.

    Args:
        folder: Where it lies.
        config: The recipe, saved to be compared when training resumes.
        state: Tensors, numbers, strings, and dicts and lists of these.

    Raises:
        ModelError: the folder cannot be written.
    """
    try:
        with open_atomic(folder / FILE_NAME) as stream:
            torch.save({**state, "config": _plain(config)}, stream)
    except (OSError, RuntimeError) as error:
        raise ModelError(
            "The checkpoint in {folder} cannot be written: {reason}.", "Free some space.", folder=folder, reason=error
        ) from error


def load_checkpoint(folder: Path, config: PaperConfig, device: torch.device) -> dict[str, Any] | None:
    """Read the checkpoint; None if training has not started.

    Raises:
        ModelError: the file is damaged or not a checkpoint.
        UsageError: it belongs to another recipe; the message names the differences.
    """
    file = folder / FILE_NAME
    if not file.exists():
        return None
    try:
        state = torch.load(file, map_location=device, weights_only=True)
        # A recipe saved before a field existed implies that field's default.
        kept = _plain(PaperConfig(config.name)) | state["config"]
    except _BROKEN as error:
        raise ModelError(
            "{file} is damaged or not a checkpoint.", "Choose another --output, or delete it.", file=file
        ) from error
    wanted = _plain(config)
    other = [f"{key} {kept.get(key)}, not {value}" for key, value in wanted.items() if kept.get(key) != value]
    if other:
        raise UsageError(
            "{file} was started with {other}.",
            "Use the same recipe, or another --output.",
            file=file,
            other=list(other),
        )
    return dict(state)


def _plain(config: PaperConfig) -> dict[str, object]:
    """Return the recipe with lists instead of tuples, as it is read back from the file."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(config).items()}
