"""Trained weights in the form that ``avatarify models import RUN/model.safetensors`` reads."""

from __future__ import annotations

from pathlib import Path

from avatarify.errors import ModelError
from avatarify.files import atomic_path
from avatarify.networks.motion_model import MotionModel
from avatarify.networks.registry import WEIGHTS, metadata_of


def release(folder: Path, model: MotionModel, sizes: str, origin: str) -> Path:
    """Write the networks with the metadata that the importer needs, atomically.

    Args:
        folder: Where ``model.safetensors`` is written.
        model: The trained model.
        sizes: Name of its sizes (``networks.fomm.config.PRESETS``).
        origin: Where the weights come from, in a few words.

    Raises:
        ModelError: the folder cannot be written.
    """
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    state = {name: tensor.detach().cpu().contiguous() for name, tensor in model.state_dict().items()}
    try:
        with atomic_path(folder / WEIGHTS) as part:
            save_file(state, part, metadata_of(model, sizes, origin))
    except (OSError, SafetensorError) as error:
        raise ModelError(
            "The weights in {folder} cannot be written: {reason}.", "Free some space.", folder=folder, reason=error
        ) from error
    return folder / WEIGHTS
