"""Which model is timed: one of the zoo, or the full First Order Motion Model with random weights."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from avatarify.zoo.manifest import Manifest, ModelEntry, sha256_of
from avatarify.zoo.registry import find_model

RANDOM = "fomm-random"
_FILE = "model.safetensors"


@contextlib.contextmanager
def open_model(name: str, preset: str = "full") -> Iterator[ModelEntry]:
    """Give a model; one with random weights is made for the time of the block.

    Args:
        name: A name of the zoo, or ``fomm-random``.
        preset: Sizes of the random one.

    Raises:
        UsageError: there is no such model.
    """
    if name != RANDOM:
        yield find_model(name)
        return
    with tempfile.TemporaryDirectory(prefix="avatarify-bench-") as folder:
        yield _random(Path(folder), preset)


def _random(folder: Path, preset: str) -> ModelEntry:
    """Write weights that every machine draws alike: they draw nothing sensible, in the same time."""
    import torch

    from avatarify.networks.checkpoint import save_weights
    from avatarify.networks.config import preset as sizes
    from avatarify.networks.fomm import Fomm

    with torch.random.fork_rng():
        torch.manual_seed(0)
        save_weights(Fomm(sizes(preset)).state_dict(), folder / _FILE)
    manifest = Manifest(
        name=RANDOM,
        kind="fomm",
        config={"preset": preset},
        file=_FILE,
        sha256=sha256_of(folder / _FILE),
        licence="MIT",
        origin="random numbers",
        created="",
    )
    return ModelEntry(manifest, folder, carried=False)
