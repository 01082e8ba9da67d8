"""The kernel for convolutions of small pictures, executed on the processor, computes what torch computes."""

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from helpers.host_blocks import compile_blocks_on_host
from helpers.host_kernels import COMPILER
from torch import nn

from avatarify.graphs.graph import Graph
from avatarify.runtimes.fusion.convolutions import prepare
from avatarify.runtimes.fusion.partition import fuse
from avatarify.runtimes.fusion.tiled_convolution import Shape, Tile, TiledConvolution
from avatarify.runtimes.fusion.tiles import kinds_of, tiles_for
from avatarify.runtimes.fx_flatten import flatten
from avatarify.runtimes.half_precision import convolve, narrow

pytestmark = pytest.mark.skipif(COMPILER is None, reason="there is no g++")


@pytest.mark.parametrize(
    ("shape", "tile", "relu", "has_bias"),
    [
        (Shape((1, 24, 5, 7), (24, 24, 3, 3), (1, 1), (1, 1)), Tile(1, 2, 2), True, True),
        (Shape((2, 8, 9, 6), (16, 8, 5, 5), (2, 2), (2, 2)), Tile(2, 1, 1), False, True),
        (Shape((2, 40, 4, 4), (8, 40, 1, 1), (1, 1), (0, 0)), Tile(1, 1, 4), True, False),
        (Shape((1, 16, 8, 8), (40, 16, 4, 2), (2, 1), (1, 0)), Tile(1, 4, 2), False, False),
    ],
)
def test_it_computes_a_convolution(shape: Shape, tile: Tile, relu: bool, has_bias: bool, tmp_path: Path) -> None:
    torch.manual_seed(0)
    layer = TiledConvolution(shape, tile, relu=relu, has_bias=has_bias, name="convolution")
    x, weight = (
        torch.randn(size).half().contiguous(memory_format=torch.channels_last) for size in (shape.x, shape.weight)
    )
    bias = torch.randn(shape.weight[0]).half()
    given = (x, weight, bias) if has_bias else (x, weight)
    exact = bias.double() if has_bias else None
    wanted = F.conv2d(x.double(), weight.double(), exact, stride=shape.stride, padding=shape.padding)
    wanted = wanted.relu() if relu else wanted
    assert wanted.shape == shape.result
    torch.testing.assert_close(layer(*given).double(), wanted, rtol=2e-3, atol=2e-2)
    compile_blocks_on_host(layer, tmp_path)
    found = layer(*given)
    torch.testing.assert_close(found.double(), wanted, rtol=1e-3, atol=2e-3)
    assert found.is_contiguous(memory_format=torch.channels_last)


def test_partial_sums_fit_into_shared_memory() -> None:
    assert Tile(1, 4, 8).fits()
    assert not Tile(4, 8, 8).fits()


def test_small_pictures_get_small_tiles_and_all_of_them_fit() -> None:
    small = Shape((1, 96, 8, 8), (96, 96, 3, 3), (1, 1), (1, 1))
    large = Shape((1, 512, 32, 32), (128, 512, 3, 3), (1, 1), (1, 1))
    assert tiles_for(small)[0] == Tile(1, 1, 8)
    assert tiles_for(large)[0].columns > 1
    assert all(tile.fits() for shape in (small, large) for tile in tiles_for(shape))


def test_convolutions_of_a_module_are_found_by_kind() -> None:
    layers = nn.Sequential(nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 16, 3), nn.Conv2d(16, 16, 3))
    x = torch.randn(1, 8, 12, 12)
    flat = narrow(flatten(Graph(layers.eval().requires_grad_(False), {"x": x}, ("y",))), torch.float32)
    kinds = kinds_of(fuse(prepare(flat), [x], convolve), [x])
    shapes = {kind.shape.x: (kind.relu, kind.has_bias, len(nodes)) for kind, nodes in kinds.items()}
    assert shapes == {
        (1, 8, 12, 12): (True, True, 1),
        (1, 16, 12, 12): (False, False, 1),
        (1, 16, 10, 10): (False, False, 1),
    }
