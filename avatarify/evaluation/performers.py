"""Open a method by name: a model of the zoo, or the folder of a training run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify.errors import UsageError
from avatarify.evaluation.performer import FacePerformer, NetworkPerformer, Performer
from avatarify.files import path_of
from avatarify.zoo.registry import model_names

if TYPE_CHECKING:
    from avatarify.animate.options import MotionOptions
    from avatarify.engines.target import Watch
    from avatarify.networks.fomm.model import Fomm
    from avatarify.zoo.manifest import ModelEntry

RANDOM = "fomm-random"


def open_performer(
    text: str, *, runtime: str = "auto", options: MotionOptions | None = None, watch: Watch | None = None
) -> Performer:
    """Open a method.

    Args:
        text: A name printed by ``avatarify models list``; a folder written by ``avatarify train`` or its
            ``model.safetensors``; or ``fomm-random``, the untrained full model. ``LABEL=NAME`` gives it another name
            in tables.
        runtime: Runtime of a built-in model; all others run on torch, the reference.
        options: How a built-in model transfers motion.
        watch: Follows the opening of a built-in model (see ``choose_runtime``).

    Raises:
        UsageError: there is no such model or file.
        ModelError: its weights cannot be used.
    """
    label, _, name = ("", "", text) if path_of(text).exists() else text.rpartition("=")
    if name == RANDOM:
        return NetworkPerformer(_random(), label or name, {"model": name, "weights": "random numbers, seed 0"})
    if name not in model_names() and path_of(name).exists():
        return _trained(path_of(name), label)
    return _known(name, label, runtime, options, watch)


def _trained(path: Path, label: str) -> Performer:
    from avatarify.files import sha256_of
    from avatarify.networks.registry import WEIGHTS, load_trained

    file = path / WEIGHTS if path.is_dir() else path
    method = load_trained(path)
    return NetworkPerformer(method, label or file.parent.name, {"model": str(path), "sha256": sha256_of(file)})


def _known(name: str, label: str, runtime: str, options: MotionOptions | None, watch: Watch | None) -> Performer:
    from avatarify.zoo.registry import find_model

    try:
        entry = find_model(name)
    except UsageError as error:
        raise UsageError(
            error.message, "{hint} Or give a folder written by 'avatarify train'.", hint=error.hint
        ) from error
    about: dict[str, Any] = {"model": name, "sha256": entry.manifest.sha256}
    if entry.manifest.kind == "mobile":
        return _as_in_the_app(entry, label or name, about | {"kind": "mobile"}, runtime, options, watch)
    from avatarify.networks.fomm.config import config_of
    from avatarify.networks.fomm.load import load_fomm

    entry.verify()
    method = load_fomm(entry.weights, config_of(entry.manifest.config))
    return NetworkPerformer(method, label or name, about)


def _as_in_the_app(
    entry: ModelEntry,
    label: str,
    about: dict[str, Any],
    runtime: str,
    options: MotionOptions | None,
    watch: Watch | None,
) -> Performer:
    from avatarify.animate.model import AnimationModel
    from avatarify.engines.choose import choose_runtime

    model = AnimationModel(choose_runtime(entry, runtime, watch=watch).runtime)
    return FacePerformer(model, label, about, options)


def _random() -> Fomm:
    """Build the full model with random weights that are the same on every machine."""
    import torch

    from avatarify.networks.fomm.config import FULL
    from avatarify.networks.fomm.model import Fomm

    with torch.random.fork_rng():
        torch.manual_seed(0)
        return Fomm(FULL).eval().requires_grad_(False)
