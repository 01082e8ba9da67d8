"""Turns a public checkpoint, or the result of a training, into one of the user's models."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.errors import ModelError, UsageError
from avatarify.files import atomic_folder, sha256_of
from avatarify.messages import Message
from avatarify.zoo.manifest import Manifest, ModelEntry
from avatarify.zoo.registry import find_model, model_names, user_models

if TYPE_CHECKING:
    from avatarify.networks.fomm.checkpoint import Weights

# Called with the current step and the fraction of it that is done, 0 to 1.
Progress = Callable[[Message, float], None]

WEIGHTS = "model.safetensors"
UNKNOWN_TERMS = "Unknown to Avatarify: the terms of the checkpoint's publisher apply."
TRAINED = ".safetensors"
_ENDINGS = re.compile(r"(\.(pth|pt|tar|ckpt|zip|gz|safetensors))+$", re.IGNORECASE)


def no_progress(step: Message, fraction: float) -> None:
    """Show no progress."""


def import_checkpoint(
    path: Path,
    name: str | None = None,
    progress: Progress = no_progress,
    *,
    sizes: str | None = None,
    licence: str = UNKNOWN_TERMS,
    origin: str = "",
) -> ModelEntry:
    """Make a public checkpoint (``vox-cpk.pth.tar``) or a training's ``model.safetensors`` one of the user's models.

    The model appears complete or not at all.

    Args:
        path: The file; only its tensors are read, no code in it is executed.
        name: Name of the model; derived from the file's name if None.
        progress: Called with each step.
        sizes: Name of the sizes that the checkpoint must have (see ``networks.fomm.config.PRESETS``); read from the
            file if None.
        licence: License for the manifest.
        origin: Where the file comes from; if empty, what the file says, or else its name.

    Returns:
        The new model.

    Raises:
        UsageError: The name is not allowed or taken.
        ModelError: The file is not a checkpoint of this model, or the models' folder cannot be written.
    """
    name = free_name(_ENDINGS.sub("", path.name) if name is None else name)
    progress(Message("Reading {file}", file=path.name), 0)
    from avatarify.networks.fomm.checkpoint import save_weights  # imports numpy

    state, config, said = _read(path, sizes)
    progress(Message("Writing the weights"), 0.5)
    try:
        with atomic_folder(user_models() / name, private=True) as folder:
            save_weights(state, folder / WEIGHTS)
            _describe(folder, name, config, licence, origin or said or f"imported from {path.name}")
    except FileExistsError as error:
        raise _taken(name) from error
    except OSError as error:
        raise _not_written(name, error) from error
    progress(Message("Imported {name}", name=name), 1)
    return find_model(name)


def free_name(name: str) -> str:
    """Return the name if a new model can have it.

    Raises:
        UsageError: It is not allowed or taken.
    """
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name) is None:
        raise UsageError(
            "A model cannot be named '{name}'.", "Use letters, digits, '.', '_' and '-'; see --name.", name=name
        )
    if name in model_names() or (user_models() / name).exists():
        raise _taken(name)
    return name


def _taken(name: str) -> UsageError:
    return UsageError("There is a model '{name}' already.", "Choose another name with --name.", name=name)


def _not_written(name: str, error: OSError) -> ModelError:
    return ModelError(
        "The model {name} cannot be written to {folder}: {reason}.",
        "Make the folder writable, free some space, or set AVATARIFY_DATA to another folder.",
        name=name,
        folder=user_models(),
        reason=error.strerror or error,
    )


def _read(path: Path, sizes: str | None) -> tuple[Weights, dict[str, object], str]:
    """Return the weights, what the manifest says of their sizes, and what the file says about its origin."""
    from avatarify.networks.fomm.checkpoint import read_checkpoint, read_weights
    from avatarify.networks.fomm.config import described, preset

    if path.suffix == TRAINED:
        state, about = read_weights(path)
        return state, {"preset": about["preset"]}, about.get("origin", "")
    state, config = read_checkpoint(path, None if sizes is None else preset(sizes))
    return state, described(config), ""


def _describe(folder: Path, name: str, config: dict[str, object], licence: str, origin: str) -> None:
    Manifest(
        name=name,
        kind="fomm",
        config=config,
        file=WEIGHTS,
        sha256=sha256_of(folder / WEIGHTS),
        licence=licence,
        origin=origin,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    ).write(folder)
