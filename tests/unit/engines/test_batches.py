"""A batch draws each row as the single graph does, with another portrait in each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from avatarify.engines.batches import Batches, batch_graph, open_batches
from avatarify.engines.cache import onnx_files, reference_file
from avatarify.engines.reference.file import Reference, read_reference
from avatarify.runtimes.batched import batched, reshape_views
from avatarify.runtimes.fx_flatten import flatten
from avatarify.runtimes.torch_runtime import TorchRuntime
from avatarify.zoo.load import load_networks
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.random_model import RANDOM, open_model
from avatarify.zoo.registry import find_model


@pytest.fixture(scope="module")
def entry() -> ModelEntry:
    return find_model("built-in")


@pytest.fixture(scope="module")
def reference(entry: ModelEntry, cache: Path) -> Reference:
    onnx_files(entry)
    return read_reference(reference_file(entry), 3)


@pytest.fixture(scope="module")
def batches(entry: ModelEntry) -> Iterator[Batches]:
    graphs = load_networks(entry)
    graphs[batch_graph(4)] = batched(graphs["generate"], 4)
    opened = Batches(TorchRuntime(graphs), (1, 4))
    yield opened
    opened.close()


def rows_of(batches: Batches, reference: Reference) -> list[dict[str, Any]]:
    """Three poses, each of another portrait: the reference's, one with other colors, a dark one."""
    portrait = reference.encode["portrait"]
    looks = (portrait, np.ascontiguousarray(portrait[..., ::-1]), portrait // 2)
    return [
        {**batches.encode({**reference.encode, "portrait": look}), **reference.source, **case.generate}
        for look, case in zip(looks, reference.cases, strict=True)
    ]


def test_each_row_is_what_the_single_graph_draws(batches: Batches, reference: Reference) -> None:
    rows = rows_of(batches, reference)  # three: the batch of four is filled up
    together = batches.generate(rows)
    assert len(together) == len(rows)
    for row, drawn in zip(rows, together, strict=True):
        alone = batches.generate([row])[0]
        assert alone.keys() == drawn.keys()
        assert np.abs(alone["image"].astype(int) - drawn["image"]).max() <= 1
        for name in ("deformation", "visible", "matte"):
            assert np.abs(alone[name] - drawn[name]).max() < 1e-3
    assert np.abs(together[0]["image"].astype(int) - together[1]["image"]).mean() > 5


@pytest.mark.slow
@pytest.mark.parametrize("model", ["built-in", RANDOM])
def test_what_a_gpu_records_draws_each_row_the_same(model: str) -> None:
    """The flat graph that is recorded as a CUDA graph, here on the CPU and in float32."""
    graph = load_networks(open_model(model))["generate"]
    pair = batched(graph, 2)
    flat = reshape_views(flatten(pair))
    with torch.inference_mode():
        alone, both = graph.module(*graph.inputs.values()), flat(*pair.inputs.values())
    for one, rows in zip(alone, both, strict=True):
        for row in rows:
            assert float((row.float() - one.float()).abs().mean()) < (0.1 if one.dtype == torch.uint8 else 1e-3)


def test_a_cpu_draws_row_by_row(entry: ModelEntry, reference: Reference) -> None:
    opened = open_batches(entry, "torch")
    assert opened.largest == 1
    row = rows_of(opened, reference)[0]
    assert opened.generate([row])[0]["image"].shape == (256, 256, 3)
    opened.close()
