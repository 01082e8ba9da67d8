"""Builds the First Order Motion Model with weights from a file; imports torch."""

from __future__ import annotations

from pathlib import Path

import torch

from avatarify.networks.fomm.checkpoint import read_model
from avatarify.networks.fomm.config import FommConfig
from avatarify.networks.fomm.model import Fomm


def load_fomm(path: Path, config: FommConfig) -> Fomm:
    """Build the model with the weights of a safetensors file.

    Returns:
        The model in evaluation mode, on the CPU, in float32.

    Raises:
        ModelError: The file is missing, damaged, or of another model; the message names it.
    """
    state = {name: torch.from_numpy(numbers) for name, numbers in read_model(path, config).items()}
    with torch.device("meta"):  # no memory for weights that are replaced at once
        model = Fomm(config)
    model.load_state_dict(state, assign=True)
    return model.eval().requires_grad_(False)
