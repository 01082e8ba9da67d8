"""Kernels in the place of small operations compute what torch computes; their C is compiled for the processor."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from helpers.host_kernels import COMPILER, compile_on_host
from torch import Tensor, nn
from torch.fx import GraphModule

from avatarify.graphs.frame import frame_graph
from avatarify.graphs.graph import Graph
from avatarify.graphs.inference import for_inference
from avatarify.runtimes.fusion.build import microseconds
from avatarify.runtimes.fusion.convolutions import prepare
from avatarify.runtimes.fusion.partition import fuse, kernels_of
from avatarify.runtimes.fx_flatten import flatten
from avatarify.runtimes.half_precision import convolve, narrow
from avatarify.runtimes.recording import plan
from avatarify.zoo.load import load_networks
from avatarify.zoo.random_model import RANDOM, open_model

pytestmark = pytest.mark.skipif(COMPILER is None, reason="there is no g++")


class Of(nn.Module):
    """A function as a network."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__()
        self.function = function

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        found = self.function(*inputs)
        return found if isinstance(found, tuple) else (found,)


def arithmetic(x: Tensor, y: Tensor) -> tuple[Tensor, ...]:
    shown = torch.where(x > y, x.exp() - 2 * y, (1 - x).clamp(-0.5, 0.5))
    return shown / (1 + y.square()), torch.sigmoid(x).log() + x.abs().sqrt(), F.logsigmoid(y) * torch.minimum(x, y)


def moving(x: Tensor, y: Tensor) -> tuple[Tensor, ...]:
    first, second = x.unbind(0)
    left, right = y.split([1, 3], 1)
    top, rest = y.split([1, 3])
    joined = torch.cat([first.flip(0) + 1, y[:2, 1:].T @ y[:2, ::2]], 1)
    return (
        joined,
        left * right[:, 1:] + top[:, 2:] * rest[0, 0],
        torch.stack([first, second * 2], 2)[:, [2, 0, -1]].permute(2, 0, 1).reshape(-1, 3),
    )


def reducing(x: Tensor, y: Tensor) -> tuple[Tensor, ...]:
    parts = (x * 2).sum((0, 2)), x.mean(1, keepdim=True), x.amin(-1), (y + 1).amax(), x.norm(dim=-1)
    return (*parts, F.softmax(x, 1), (x - 1) @ y.T[None].expand(2, 4, 4))


def sampling(x: Tensor, y: Tensor) -> tuple[Tensor, ...]:
    picture = x[None] * 3
    larger = F.interpolate(picture, scale_factor=4, mode="bilinear"), F.interpolate(picture, (6, 8), mode="nearest")
    grid = torch.stack([y[:3].tanh() * 1.4, y[1:].tanh()], -1)[None]
    bent = (
        F.grid_sample(picture.abs(), grid, align_corners=False),
        F.grid_sample(picture, grid, align_corners=True, padding_mode="border"),
    )
    pools = F.max_pool2d(larger[0] + 1, 5, 1, 2), F.avg_pool2d(larger[0], 2), F.pixel_shuffle(larger[1].mT[:, :1], 1)
    return (*larger, *bent, *pools, F.pad(picture, [1, 0, 2, 1], value=2) * 2)


def compiled(flat: GraphModule, inputs: list[Tensor], folder: Path) -> GraphModule:
    """With kernels for the processor."""
    module = fuse(flat, inputs, convolve)
    with torch.inference_mode():
        module(*inputs)
    compile_on_host(kernels_of(module), folder)
    return module


@pytest.mark.parametrize("function", [arithmetic, moving, reducing, sampling])
def test_operations_in_c_give_the_same_numbers(function: Callable[..., Any], tmp_path: Path) -> None:
    torch.manual_seed(0)
    x, y = (
        (torch.randn(2, 3, 4), torch.randn(3, 4))
        if function is arithmetic
        else (torch.randn(2, 3, 4), torch.randn(4, 4))
    )
    flat = flatten(Graph(Of(function), {"x": x, "y": y}, ()))
    wanted = flat(x, y)
    module = compiled(flat, [x, y], tmp_path)
    assert kernels_of(module)
    with torch.inference_mode():
        for value, found in zip(wanted, module(x, y), strict=True):
            torch.testing.assert_close(found, value, rtol=1e-5, atol=1e-6)


class Network(nn.Module):
    """Convolutions with odd numbers of channels, siblings, groups, and one without ReLU."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.grouped = nn.Conv2d(3, 10, 3, padding=1), nn.Conv2d(10, 10, 3, groups=10)
        self.left, self.right = nn.Conv2d(10, 5, 1), nn.Conv2d(10, 6, 1)
        self.up = nn.ConvTranspose2d(11, 7, 4, stride=2, padding=1)

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        x = self.grouped(self.first(x).relu())
        return self.up(torch.cat([self.left(x), self.right(x)], 1)).relu(), self.left(x).sigmoid()


def test_convolutions_are_filled_up_and_joined(tmp_path: Path) -> None:
    torch.manual_seed(0)
    x = torch.randn(1, 3, 9, 9)
    flat = narrow(flatten(Graph(Network().eval().requires_grad_(False), {"x": x}, ("up", "left"))), torch.float32)
    wanted = flat(x)
    prepared = prepare(flat)
    shapes = [prepared.get_buffer(str(node.args[1])).shape for node in prepared.graph.nodes if node.target is convolve]
    assert len(shapes) == 4
    assert all(size % 8 == 0 for shape in shapes for size in shape[:2])
    module = compiled(prepared, [x], tmp_path)
    with torch.inference_mode():
        for value, found in zip(wanted, module(x), strict=True):
            torch.testing.assert_close(found, value)


def test_streams_wait_for_what_they_use() -> None:
    flat = flatten(Graph(Of(lambda x: ((x + 1) @ (x * 2), (x - 3) @ x)), {"x": torch.ones(2, 2)}, ()))
    steps = plan(flat, lambda node: float(node.op == "call_function"), 2)
    assert {step.stream for step in steps} == {0, 1}
    done: dict[int, list[Any]] = {0: [], 1: []}
    for step in steps:
        known = [node for other in step.waits for node in (other,)]
        for one in step.node.all_input_nodes:
            assert one.op == "placeholder" or one in known or one in done[step.stream]
        done[step.stream] += [step.node, *known]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["built-in", RANDOM])
def test_a_whole_frame_in_few_kernels(name: str, tmp_path: Path) -> None:
    graphs = {key: for_inference(graph) for key, graph in load_networks(open_model(name)).items()}
    graph = frame_graph(graphs)
    noise = torch.Generator().manual_seed(0)
    inputs = dict(graph.inputs)
    inputs["crop"] = torch.randint(0, 256, inputs["crop"].shape, generator=noise, dtype=torch.uint8)
    given = list(inputs.values())
    flat = narrow(flatten(graph))
    with torch.inference_mode():
        wanted = flat(*given)
        module = compiled(prepare(flat), given, tmp_path)
        found = module(*given)
    assert len(kernels_of(module)) < 90
    assert sum(microseconds(node) > 0 for node in module.graph.nodes) < 180
    for value, result in zip(wanted, found, strict=True):
        assert (value.double() - result).abs().mean() < (0.3 if value.dtype == torch.uint8 else 0.001)
