"""Which models exist: the carried ones and the user's."""

from __future__ import annotations

from pathlib import Path

from avatarify import paths
from avatarify.errors import ModelError, UsageError
from avatarify.log import logger
from avatarify.zoo.manifest import FILE_NAME, Manifest, ModelEntry

DEFAULT_MODEL = "built-in"


def user_models() -> Path:
    """Folder of the user's own models; it need not exist yet."""
    return paths.data() / "models"


def model_names() -> list[str]:
    """Names of all models, the default one first, the carried before the user's."""
    names = [folder.name for folder, _ in _folders()]
    return sorted(dict.fromkeys(names), key=lambda name: name != DEFAULT_MODEL)


def list_models() -> list[ModelEntry]:
    """Return all models in the order of ``model_names``; one whose manifest is damaged is left out with a warning."""
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
        UsageError: there is none.
        ModelError: its manifest is damaged.
    """
    for folder, carried in _folders():
        if folder.name == name:
            return ModelEntry(Manifest.read(folder), folder, carried)
    names = model_names()
    hint = f"There are: {', '.join(names)}." if names else "There is none at all: install avatarify again."
    raise UsageError(f"There is no model '{name}'.", hint)


def _folders() -> list[tuple[Path, bool]]:
    """Folders with a manifest, by name, each with whether it is carried; the carried first."""
    roots = ((paths.assets() / "models", True), (user_models(), False))
    return [
        (manifest.parent, carried)
        for root, carried in roots
        for manifest in sorted(root.glob(f"*/{FILE_NAME}"))
        if not manifest.parent.name.startswith(".")
    ]
