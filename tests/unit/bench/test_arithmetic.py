"""Operations are counted as by an independent formula; the peak is measured with a given clock."""

import itertools
from typing import Any

import pytest
from torch import nn

from avatarify.bench import arithmetic
from avatarify.errors import UsageError
from avatarify.graphs.graph import Graph
from avatarify.zoo.load import load_networks
from avatarify.zoo.random_model import RANDOM, open_model


def by_hand(graph: Graph) -> float:
    """Millions of multiplications of all convolutions: kernel area × channels in × outputs."""
    total: list[float] = []

    def count(module: Any, given: Any, out: Any) -> None:
        area = module.kernel_size[0] * module.kernel_size[1]
        total.append(area * module.in_channels // module.groups * out.numel())

    hooks = [part.register_forward_hook(count) for part in graph.module.modules() if isinstance(part, nn.Conv2d)]
    graph.module(*graph.inputs.values())
    for hook in hooks:
        hook.remove()
    return sum(total) / 1e6


def test_operations_are_counted_for_each_graph() -> None:
    entry = open_model(RANDOM, "tiny")
    counted = arithmetic.count_macs(entry)
    graphs = load_networks(entry)
    assert set(counted) == {"keypoints", "encode", "generate"}
    for name, millions in counted.items():
        assert millions == pytest.approx(by_hand(graphs[name]), rel=0.02), name  # blurs and grids are not modules


def test_the_random_model_is_made_once_and_again_if_damaged() -> None:
    first = open_model(RANDOM, "tiny")
    first.verify()
    drawn = first.weights.stat().st_mtime_ns
    assert open_model(RANDOM, "tiny").weights.stat().st_mtime_ns == drawn
    first.weights.write_bytes(first.weights.read_bytes()[:-1])
    second = open_model(RANDOM, "tiny")
    second.verify()
    assert first.manifest.sha256 == second.manifest.sha256


def test_other_models_come_from_the_zoo() -> None:
    entry = open_model("built-in")
    assert entry.bundled
    with pytest.raises(UsageError, match="'nothing'"):
        open_model("nothing")


def test_the_peak_is_the_best_of_some_products(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.chain([0.5, 0.25, 0.125], itertools.repeat(1.0))
    monkeypatch.setattr(arithmetic, "_seconds", lambda work: next(seconds))
    assert arithmetic.measure_peak() == pytest.approx(1.024**3 / 0.125)


def test_the_peak_of_this_machine_is_positive() -> None:
    assert arithmetic.measure_peak() > 0.1
