"""From a model's files to its graphs; imports torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from avatarify.zoo.manifest import ModelEntry

if TYPE_CHECKING:
    from avatarify.graphs.graph import Graph


def load_networks(entry: ModelEntry) -> dict[str, Graph]:
    """Read and check a model's weights and build its graphs.

    Returns:
        ``keypoints``, ``encode`` and ``generate``, in evaluation mode, on the CPU, in float32.

    Raises:
        ModelError: The weights are missing, damaged, or do not fit the networks.
    """
    entry.verify()
    if entry.manifest.kind == "mobile":
        from avatarify.graphs.builtin import load_builtin

        return load_builtin(entry.weights)
    from avatarify.graphs.fomm import fomm_graphs
    from avatarify.networks.fomm.config import config_of
    from avatarify.networks.fomm.load import load_fomm

    return fomm_graphs(load_fomm(entry.weights, config_of(entry.manifest.config)))
