"""Fewer steps, the same pictures."""

import pytest
import torch
import torch.nn.functional as F
from helpers.checkpoints import SMALL, states
from helpers.values import not_none
from torch import nn
from torch.nn.modules.module import Module

from avatarify.graphs.fomm import fomm_graphs
from avatarify.graphs.graph import Graph
from avatarify.graphs.inference import Quarters, UpStep, for_inference
from avatarify.networks.blocks import UpBlock
from avatarify.networks.fomm.config import TINY
from avatarify.networks.fomm.model import Fomm


def kinds(module: nn.Module, kind: type[Module]) -> int:
    return sum(isinstance(part, kind) for part in module.modules())


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    model = Fomm(TINY)
    model.load_state_dict({f"{part}.{name}": t for part, all_ in states(SMALL).items() for name, t in all_.items()})
    return fomm_graphs(model)


def test_an_up_step_equals_upsampling_norm_and_relu() -> None:
    torch.manual_seed(0)
    block = UpBlock(5, 3).eval()
    for value in (block.norm.weight, block.norm.bias, block.norm.running_mean, block.norm.running_var):
        nn.init.uniform_(not_none(value), 0.5, 2)
    x = torch.randn(2, 5, 4, 7)
    doubled = x.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)
    drawn = F.conv2d(doubled, block.conv.weight, block.conv.bias, padding=1)
    centered = (drawn - not_none(block.norm.running_mean)[:, None, None]) / (
        not_none(block.norm.running_var)[:, None, None] + 1e-5
    ).sqrt()
    wanted = (centered * block.norm.weight[:, None, None] + block.norm.bias[:, None, None]).clamp_min(0)
    with torch.inference_mode():
        torch.testing.assert_close(UpStep(block).eval()(x), wanted, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize(("kernel", "bias"), [(7, True), (3, False)])
def test_quarters_equals_the_convolution(kernel: int, bias: bool) -> None:
    torch.manual_seed(0)
    conv, x = nn.Conv2d(4, 3, kernel, padding=kernel // 2, bias=bias), torch.randn(2, 4, 6, 10)
    torch.testing.assert_close(Quarters(conv)(x), conv(x), atol=1e-5, rtol=1e-5)


def test_graphs_agree_and_keep_their_weights(graphs: dict[str, Graph]) -> None:
    for name, graph in graphs.items():
        before = {key: value.clone() for key, value in graph.module.state_dict().items()}
        short = for_inference(graph)
        assert all(torch.equal(value, before[key]) for key, value in graph.module.state_dict().items())
        assert (short.outputs, list(short.inputs)) == (graph.outputs, list(graph.inputs))
        found = short.module(*graph.inputs.values())
        for one, other in zip(graph.module(*graph.inputs.values()), found, strict=True):
            assert (one.double() - other).abs().max() <= (1 if one.dtype == torch.uint8 else 1e-5), name


def test_each_upsampling_and_the_last_convolution_are_rewritten(graphs: dict[str, Graph]) -> None:
    short = for_inference(graphs["generate"]).module
    assert kinds(graphs["generate"].module, UpBlock) == kinds(short, UpStep) > 0
    assert (kinds(short, UpBlock), kinds(short, Quarters)) == (0, 1)


def test_wide_layers_are_not_rewritten() -> None:
    both = nn.Sequential(UpBlock(257, 2), UpBlock(256, 2)).eval()
    wide, slim = for_inference(Graph(both, {}, ())).module.children()
    assert isinstance(wide, UpBlock)
    assert isinstance(slim, UpStep)
