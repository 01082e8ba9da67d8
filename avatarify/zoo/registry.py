"""The models that can be used: the bundled ones and the user's."""

from __future__ import annotations

from pathlib import Path

from avatarify import paths
from avatarify.errors import ModelError, UsageError
from avatarify.log import logger
from avatarify.zoo.manifest import FILE_NAME, Manifest, ModelEntry

DEFAULT_MODEL = "built-in"


def user_models() -> Path:
    """Return the folder of the user's own models; it may not exist yet."""
    return paths.data() / "models"


def model_names() -> list[str]:
    """Return the names of all models: the default one, then the bundled ones, then the user's."""
    names = [folder.name for folder, _ in _folders()]
    return sorted(dict.fromkeys(names), key=lambda name: name != DEFAULT_MODEL)


def list_models() -> list[ModelEntry]:
    """Return all models in the order of ``model_names``; one whose manifest is damaged is logged and left out."""
    entries = []
    for name in model_names():
        try:
            entries.append(find_model(name))
        except ModelError as error:
            logger("zoo").warning("%s", error)
    return entries


def find_model(name: str) -> ModelEntry:
    """Return the model with this name.

    Raises:
        UsageError: There is none.
        ModelError: Its manifest is damaged.
    """
    for folder, bundled in _folders():
        if folder.name == name:
            return ModelEntry(Manifest.read(folder), folder, bundled)
    if names := model_names():
        raise UsageError("There is no model '{name}'.", "Choose one of: {names}.", name=name, names=names)
    raise UsageError("There is no model '{name}'.", "No models are installed: reinstall Avatarify.", name=name)


def _folders() -> list[tuple[Path, bool]]:
    """Return the folders with a manifest, each with whether it is bundled; the bundled ones first, by name."""
    roots = ((paths.assets() / "models", True), (user_models(), False))
    return [
        (manifest.parent, bundled)
        for root, bundled in roots
        for manifest in sorted(root.glob(f"*/{FILE_NAME}"))
        if not manifest.parent.name.startswith(".")
    ]
