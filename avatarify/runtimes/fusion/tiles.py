"""Chooses for each convolution between cuDNN and kernels of our own, by timing them on the GPU."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.fx import GraphModule, Node

from avatarify.runtimes.fusion.body import shape_of
from avatarify.runtimes.fusion.compiler import OLDEST_WITH_PRODUCT, compile_kernels
from avatarify.runtimes.fusion.partition import note_shapes
from avatarify.runtimes.fusion.tiled_convolution import CHANNELS, Shape, Tile, TiledConvolution
from avatarify.runtimes.fx_flatten import value_of
from avatarify.runtimes.half_precision import convolve

_cuda: Any = torch.cuda  # its graphs and events have no types
_LAUNCHES, _ROUNDS = 10, 3
_WARPS = (8, 16, 4)  # the likely best first
_BLOCKS = 256  # two for each processor of a large GPU
_GAIN = 0.95  # of cuDNN's time; what gains less than that is not worth another kernel


@dataclass(frozen=True)
class Kind:
    """What equal convolutions have in common."""

    shape: Shape
    relu: bool
    has_bias: bool

    def kernels(self, tiles: Sequence[Tile], number: int) -> list[TiledConvolution]:
        """Kernels that compute it, not compiled."""
        return [
            TiledConvolution(self.shape, tile, relu=self.relu, has_bias=self.has_bias, name=f"tiled_{number}_{place}")
            for place, tile in enumerate(tiles)
        ]

    def example(self) -> list[Tensor]:
        """Input, weight, and bias on the GPU."""
        sizes: list[tuple[int, ...]] = [self.shape.x, self.shape.weight]
        pictures = [torch.randn(size, device="cuda").half() for size in sizes]
        given = [picture.contiguous(memory_format=torch.channels_last) for picture in pictures]
        return [*given, torch.randn(self.shape.weight[0], device="cuda").half()][: 2 + self.has_bias]

    def by_cudnn(self, given: Sequence[Tensor]) -> Tensor:
        """The convolution as torch does it."""
        x, weight, *rest = given
        bias = rest[0] if rest else None
        return convolve(x, weight, bias, [*self.shape.stride], [*self.shape.padding], 1, self.relu)


def kinds_of(module: GraphModule, inputs: list[Tensor]) -> dict[Kind, list[Node]]:
    """The convolutions of a fused module that kernels of our own can compute.

    Args:
        module: From ``partition.fuse``.
        inputs: An example of each input.
    """
    note_shapes(module, inputs)
    found: dict[Kind, list[Node]] = defaultdict(list)
    for node in module.graph.nodes:
        if node.target is convolve and (kind := _kind(module, node)) is not None:
            found[kind].append(node)
    return dict(found)


def _kind(module: GraphModule, node: Node) -> Kind | None:
    args: Any = node.args
    x, weight, bias, stride, padding, groups, relu, transposed = args
    picture: Any = shape_of(x)
    taps: Any = tuple(_held(module, weight).shape)
    if groups != 1 or transposed or picture[1] % CHANNELS or taps[0] % CHANNELS:
        return None
    return Kind(Shape(picture, taps, tuple(stride), tuple(padding)), relu, bias is not None)


def _held(module: GraphModule, node: Node) -> Tensor:
    value = value_of(module, node)
    assert value is not None, node
    return value


def tiles_for(shape: Shape) -> list[Tile]:
    """Return all tiles that can compute a convolution, those first that are likely to be fast.

    The order is that of the measurements in docs/lab/engines.md: many warps, and enough blocks for a large GPU.
    """
    tiles = [Tile(*sizes) for sizes in itertools.product((1, 2, 4), (1, 2, 4), _WARPS)]
    fitting = [tile for tile in tiles if tile.fits() and 8 * tile.columns <= shape.weight[0] + 7]
    return sorted(fitting, key=lambda tile: (_WARPS.index(tile.warps), abs(math.log(_blocks(shape, tile) / _BLOCKS))))


def _tried(shape: Shape) -> list[Tile]:
    """The likely best two of eight warps, and the best of sixteen."""
    tiles = tiles_for(shape)
    return tiles[:2] + [tile for tile in tiles if tile.warps == _WARPS[1]][:1]


def _blocks(shape: Shape, tile: Tile) -> int:
    return math.ceil(shape.pixels / (16 * tile.rows)) * math.ceil(shape.weight[0] / (8 * tile.columns))


def place_tiles(module: GraphModule, inputs: list[Tensor]) -> GraphModule:
    """Change a fused module in place: where a kernel of our own is faster than cuDNN, it computes the convolution.

    Args:
        module: From ``partition.fuse``, on the GPU.
        inputs: An example of each input.
    """
    if torch.cuda.get_device_capability()[0] < OLDEST_WITH_PRODUCT:
        return module
    kinds = kinds_of(module, inputs)
    tried = {kind: kind.kernels(_tried(kind.shape), number) for number, kind in enumerate(kinds)}
    compile_kernels(list(itertools.chain.from_iterable(tried.values())))
    for number, (kind, nodes) in enumerate(kinds.items()):
        times = time_all(kind, tried[kind])
        best = min(tried[kind], key=lambda kernel: times[kernel.tile])
        gains = times[best.tile] < _GAIN * times[None]
        for node in nodes:
            node.meta["microseconds"] = times[best.tile if gains else None]
        if gains:
            module.add_module(f"tiled_{number}", best)
            _replace(module, nodes, f"tiled_{number}")
    module.recompile()
    return module


def _replace(module: GraphModule, nodes: Sequence[Node], name: str) -> None:
    for node in nodes:
        given = [value for value in node.args[:3] if value is not None]
        with module.graph.inserting_before(node):
            placed = module.graph.call_module(name, tuple(given))
        placed.meta = dict(node.meta)
        node.replace_all_uses_with(placed)
        module.graph.erase_node(node)


def time_all(kind: Kind, kernels: Sequence[TiledConvolution]) -> dict[Tile | None, float]:
    """Microseconds of each kernel by its tile, and of cuDNN under None."""
    given = kind.example()
    with torch.inference_mode(), torch.backends.cudnn.flags(enabled=True, benchmark=True):
        found: dict[Tile | None, float] = {None: microseconds(lambda: kind.by_cudnn(given))}
        for kernel in kernels:
            found[kernel.tile] = microseconds(lambda kernel=kernel: kernel(*given))  # type: ignore[misc]
    return found


def microseconds(work: Callable[[], object]) -> float:
    """Time some GPU work, recorded several times in one CUDA graph; the fastest of a few rounds."""
    stream, graph = _cuda.Stream(), _cuda.CUDAGraph()
    stream.wait_stream(_cuda.current_stream())
    with _cuda.stream(stream):
        work()
    _cuda.current_stream().wait_stream(stream)
    with _cuda.graph(graph):
        for _ in range(_LAUNCHES):
            work()
    graph.replay()
    return min(_replayed(graph) for _ in range(_ROUNDS))


def _replayed(graph: Any) -> float:
    begin, end = (_cuda.Event(enable_timing=True) for _ in range(2))
    begin.record()
    graph.replay()
    end.record()
    end.synchronize()
    took: float = begin.elapsed_time(end) * 1000 / _LAUNCHES
    return took
