"""Engines for the window: which models and builders exist, and what has been built."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from avatarify.messages import Message


@dataclass(frozen=True)
class EngineRow:
    """The engines of one model for one builder.

    Attributes:
        model: Name of the model.
        target: Name of the builder.
        obstacle: Why nothing can be built on this computer; None if it can.
        built: Precisions on disk, each with its size in MB.
    """

    model: str
    target: str
    obstacle: Message | None
    built: tuple[tuple[str, float], ...] = ()


def list_engines() -> list[EngineRow]:
    """List the engines of every model for every builder."""
    from avatarify.engines.load import find_target
    from avatarify.engines.target import TARGETS
    from avatarify.zoo.registry import list_models

    obstacles = {name: find_target(name).obstacle() for name in TARGETS}
    models = [entry.manifest.name for entry in list_models()]
    return [EngineRow(model, name, obstacles[name], _built(model, name)) for model in models for name in TARGETS]


def build_engines(
    model: str, target: str, progress: Callable[[Message, float], None], cancelled: Callable[[], bool]
) -> dict[str, Any]:
    """Build what is missing and compare it with the reference.

    Args:
        model: Name of the model.
        target: Name of the builder.
        progress: Called with the current step and its completed fraction, 0 to 1.
        cancelled: Polled during the build; returns True to stop it.

    Returns:
        The report of ``engines.build.build_engines``; empty if it was cancelled.

    Raises:
        AvatarifyError: it cannot be built, or the result is rejected.
    """
    from avatarify.engines import build
    from avatarify.engines.target import Watch
    from avatarify.locks import Cancelled
    from avatarify.zoo.registry import find_model

    try:
        return build.build_engines(find_model(model), build.Request((target,)), Watch(progress, cancelled))
    except Cancelled:
        return {}


def delete_engines(model: str, target: str) -> None:
    """Delete the engines of a model for a builder; they can be built again."""
    from avatarify.engines.plans import default_store

    for folder in (default_store().folder / model).glob(f"{target}-fp*"):
        shutil.rmtree(folder, ignore_errors=True)


def _built(model: str, target: str) -> tuple[tuple[str, float], ...]:
    from avatarify.engines.plans import default_store

    found = []
    for folder in sorted((default_store().folder / model).glob(f"{target}-fp*")):
        size = sum(plan.stat().st_size for plan in folder.glob("*.plan"))
        if size:
            found.append((folder.name.removeprefix(f"{target}-"), size / 1e6))
    return tuple(found)
