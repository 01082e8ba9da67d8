"""The full First Order Motion Model with random weights: for benchmarks and engines, where no weights are needed."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify import paths
from avatarify.files import code_digest, private_folder, sha256_of, write_atomic
from avatarify.locks import locked
from avatarify.zoo.manifest import Manifest, ModelEntry
from avatarify.zoo.registry import find_model

if TYPE_CHECKING:
    from torch import nn

    from avatarify.networks.fomm.model import Fomm

RANDOM = "fomm-random"
_FILE = "model.safetensors"
_SUM = "sha256"
_OF_JACOBIANS = 0.3  # driving Jacobians then have singular values from 0.3 to 2


def open_model(name: str, preset: str = "full") -> ModelEntry:
    """Return a model; the one with random weights is made at the first call and kept in the cache folder.

    Args:
        name: A name of the zoo, or ``fomm-random``.
        preset: Sizes of the random one (see ``networks.fomm.config.PRESETS``).

    Raises:
        UsageError: There is no such model.
        EngineError: The cache folder cannot be written.
    """
    if name != RANDOM:
        return find_model(name)
    folder = _folder(preset)
    with locked(folder.with_suffix(".lock")):
        if not _is_intact(folder):
            _write_weights(folder, preset)
    manifest = Manifest(
        name=RANDOM,
        kind="fomm",
        config={"preset": preset},
        file=_FILE,
        sha256=(folder / _SUM).read_text(encoding="ascii"),
        licence="MIT",
        origin="random numbers",
        created="",
    )
    return ModelEntry(manifest, folder, bundled=False)


def _folder(preset: str) -> Path:
    """Return a folder named after what the numbers depend on: torch's generator and the layout of the networks."""
    key = hashlib.sha256(metadata.version("torch").encode())
    key.update(code_digest("networks", "zoo/random_model.py"))
    return paths.cache() / "random" / f"{preset}-{key.hexdigest()[:16]}"


def _is_intact(folder: Path) -> bool:
    try:
        return sha256_of(folder / _FILE) == (folder / _SUM).read_text(encoding="ascii")
    except OSError:
        return False


def _write_weights(folder: Path, preset: str) -> None:
    """Write weights that are the same on every machine; their images are noise, at the speed of a trained model."""
    import torch

    from avatarify.networks.fomm.checkpoint import save_weights
    from avatarify.networks.fomm.config import preset as sizes
    from avatarify.networks.fomm.model import Fomm

    private_folder(folder)
    (folder / _SUM).unlink(missing_ok=True)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = Fomm(sizes(preset))
        _let_each_layer_matter(model)
        _keep_jacobians_regular(model)
        save_weights({name: tensor.numpy() for name, tensor in model.state_dict().items()}, folder / _FILE)
    write_atomic(folder / _SUM, sha256_of(folder / _FILE).encode())


def _let_each_layer_matter(model: nn.Module) -> None:
    """Draw weights that keep the size of signals (He et al. 2015).

    torch's own shrink it layer by layer, so that a wrong operator in an exported graph would change no pixel.
    """
    import torch
    from torch import nn

    for layer in model.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            if layer.bias is not None:
                layer.bias.data += 0.1 * torch.randn_like(layer.bias)  # of the Jacobians: still about the identity
        elif isinstance(layer, nn.BatchNorm2d):
            nn.init.uniform_(layer.weight, 0.8, 1.2)
            nn.init.normal_(layer.bias, std=0.1)


def _keep_jacobians_regular(model: Fomm) -> None:
    """Draw smaller weights for the Jacobians: Eq. 13 inverts them, and a nearly singular one multiplies rounding."""
    if model.kp_detector.jacobian is not None:
        model.kp_detector.jacobian.weight.data *= _OF_JACOBIANS
