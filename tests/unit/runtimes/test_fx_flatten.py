"""What the recorder of GPU work is given computes what the networks compute."""

from pathlib import Path
from typing import Any

import cv2
import pytest
import torch
from helpers.values import not_none
from torch import nn

from avatarify.graphs.frame import frame_graph
from avatarify.graphs.graph import Graph
from avatarify.runtimes.fx_flatten import flatten
from avatarify.runtimes.half_precision import convolve, narrow
from avatarify.zoo.load import load_networks
from avatarify.zoo.random_model import RANDOM, open_model

PORTRAITS = Path(__file__).parents[3] / "assets" / "portraits"
PICTURES = ("crop", "image", "portrait")


class Small(nn.Module):
    """Has one of each that is changed on the way, a table, a change in place, and convolutions that must be left."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.Conv2d(8, 8, 3, stride=2, groups=8)
        self.wider, self.spread = nn.ConvTranspose2d(8, 8, 4, stride=2, padding=1), nn.Conv2d(8, 8, 3, dilation=2)
        self.norm, self.alone, self.after = nn.BatchNorm2d(8), nn.BatchNorm2d(8), nn.BatchNorm2d(8)
        for norm in (self.norm, self.alone, self.after):
            for number, value in enumerate((norm.weight, norm.bias, norm.running_mean, norm.running_var)):
                nn.init.uniform_(not_none(value), 0.5, 1.5, generator=torch.Generator().manual_seed(number))

    def forward(self, x: Any) -> Any:
        first = self.norm(self.first(x))
        twice = self.second(self.alone(first).relu_())
        chosen = twice[:, [3, 1, 2]] + torch.linspace(0, 1, 3, device=x.device)[:, None, None]
        chosen[:, 0] = 0
        return chosen, first.relu(), self.after(self.wider(self.spread(first))), x.new_zeros(2)


def small_graph() -> Any:
    torch.manual_seed(0)
    return Graph(
        Small().eval().requires_grad_(False), {"x": torch.rand(1, 3, 9, 9)}, ("chosen", "first", "wider", "zeros")
    )


def fomm_graphs(name: Any) -> Any:
    graphs = load_networks(open_model(name))
    return {**graphs, "frame": frame_graph(graphs)}


@pytest.fixture(scope="module", params=("built-in", RANDOM))
def graphs(request: pytest.FixtureRequest) -> Any:
    return fomm_graphs(request.param)


def varied(graph: Any) -> Any:
    """Example inputs with a face in the place of one color."""
    inputs = []
    for name, value in graph.inputs.items():
        face = cv2.imread(str(PORTRAITS / ("mei.jpg" if name == "portrait" else "kofi.jpg")))
        side = value.shape[0]
        inputs.append(torch.from_numpy(cv2.resize(face, (side, side))) if name in PICTURES else value)
    return inputs


def both(graph: Any, module: Any) -> Any:
    inputs = varied(graph)
    with torch.inference_mode():
        return list(zip(graph.module(*inputs), module(*inputs), strict=True))


def test_flat_graphs_give_the_same_numbers(graphs: Any) -> None:
    for name, graph in graphs.items():
        assert all(torch.equal(wanted, found) for wanted, found in both(graph, flatten(graph))), name


def test_norms_are_folded_and_nothing_is_made_on_the_processor(graphs: Any) -> None:
    """A recorder cannot follow a copy from the processor: on "meta", as on a GPU, everything must be there before."""
    for name, graph in graphs.items():
        narrowed = narrow(flatten(graph), torch.float32)
        for wanted, found in both(graph, narrowed):
            assert found.dtype == wanted.dtype
            assert (wanted.double() - found).abs().max() <= (1 if wanted.dtype == torch.uint8 else 2e-5), name
        outputs = narrowed.to("meta")(*(value.to("meta") for value in graph.inputs.values()))
        assert all(value.device.type == "meta" for value in outputs), name


def test_half_as_many_bits_stay_within_the_limit(graphs: Any) -> None:
    for wanted, found in both(graphs["frame"], narrow(flatten(graphs["frame"]))):
        assert found.dtype == wanted.dtype
        assert (wanted.double() - found).abs().mean() < (2 if wanted.dtype == torch.uint8 else 0.01)


class Difference(nn.Module):
    """Tells its two inputs apart."""

    def forward(self, first: torch.Tensor, second: torch.Tensor) -> tuple[torch.Tensor]:
        return (first - second,)


def test_one_tensor_as_two_examples_stays_two_inputs() -> None:
    example = torch.ones(2)
    flat = flatten(Graph(Difference(), {"first": example, "second": example}, ("difference",)))
    assert flat(torch.full((2,), 3.0), torch.ones(2))[0].tolist() == [2, 2]


def test_small_network_flat() -> None:
    graph = small_graph()
    flat = flatten(graph)
    assert all(torch.equal(wanted, found) for wanted, found in both(graph, flat))
    assert not any(str(node.target).endswith("_.default") for node in flat.graph.nodes)


def test_small_network_narrow() -> None:
    graph = small_graph()
    narrowed = narrow(flatten(graph), torch.float32)
    assert sum(node.target is convolve for node in narrowed.graph.nodes) == 3
    assert not any("batch_norm" in str(node.target) for node in narrowed.graph.nodes)
    for wanted, found in both(graph, narrowed):
        torch.testing.assert_close(found, wanted)
