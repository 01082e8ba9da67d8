"""Convolutions of small pictures as one kernel of tensor-core products, where cuDNN leaves most of a GPU idle.

cuDNN gives a block at least 64 rows of the product, so a picture of 8 x 8 pixels keeps one of a hundred processors busy
for as long as the sum over all channels and taps takes. Here a block has 16 rows or a few times that, and its warps
share that sum. Inputs are read straight into registers: the order in which a sum is taken is free, so each thread reads
eight neighboring channels at once and both factors use the same order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from string import Template
from typing import NamedTuple

import torch
from torch import Tensor, nn

from avatarify.runtimes.fusion.compiled import Launch
from avatarify.runtimes.half_precision import convolve

CHANNELS = 8  # read at once: 16 bytes
_ROWS, _COLUMNS, _WARP = 16, 8, 32  # of one tensor-core product; threads of a warp
_SHARED = 48 * 1024  # bytes a block may share without asking


class Tile(NamedTuple):
    """What a block computes.

    Attributes:
        rows: Pixels, in steps of 16.
        columns: Output channels, in steps of 8.
        warps: How many share the sum.
    """

    rows: int
    columns: int
    warps: int

    def fits(self) -> bool:
        """Whether a block's partial sums fit into its shared memory."""
        return self.warps * self.rows * _ROWS * self.columns * _COLUMNS * 4 <= _SHARED


@dataclass(frozen=True)
class Shape:
    """Sizes of a convolution.

    Attributes:
        x: (N, C, H, W) of the input.
        weight: (O, C, rows, columns).
        stride, padding: Rows and columns.
    """

    x: tuple[int, int, int, int]
    weight: tuple[int, int, int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]

    @property
    def result(self) -> tuple[int, int, int, int]:
        """(N, O, rows, columns) of the output."""
        sizes = zip(self.x[2:], self.weight[2:], self.stride, self.padding, strict=True)
        rows, columns = ((size + 2 * pad - taps) // step + 1 for size, taps, step, pad in sizes)
        return self.x[0], self.weight[0], rows, columns

    @property
    def pixels(self) -> int:
        """How many the output has."""
        batch, _, rows, columns = self.result
        return batch * rows * columns


class TiledConvolution(nn.Module):
    """One convolution of pictures laid out channels last, in float16 with sums in float32.

    Args:
        shape: Its sizes; channels are multiples of eight.
        tile: What a block computes.
        relu: Cut off what is negative.
        has_bias: Whether there is one.
        name: Of the function in C.
    """

    def __init__(self, shape: Shape, tile: Tile, *, relu: bool, has_bias: bool, name: str) -> None:
        super().__init__()
        self.shape, self.tile, self.relu, self.has_bias, self.name = shape, tile, relu, has_bias, name
        self.threads = tile.warps * _WARP
        self.launch: Launch | None = None

    def forward(self, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
        """Convolve (N, C, H, W) float16; by torch as long as there is no compiled kernel."""
        if self.launch is None:
            return convolve(x, weight, bias, [*self.shape.stride], [*self.shape.padding], 1, self.relu)
        x, weight = (value.contiguous(memory_format=torch.channels_last) for value in (x, weight))
        result = torch.empty(self.shape.result, dtype=x.dtype, device=x.device, memory_format=torch.channels_last)
        self.launch([x, weight, *([] if bias is None else [bias])], [result], self.blocks)
        return result

    @property
    def blocks(self) -> int:
        """How many blocks are launched."""
        return math.ceil(self.shape.pixels / (_ROWS * self.tile.rows)) * self._blocks_across

    @property
    def _blocks_across(self) -> int:
        return math.ceil(self.shape.weight[0] / (_COLUMNS * self.tile.columns))

    def source(self) -> str:
        """The function in C."""
        shape, tile = self.shape, self.tile
        units = shape.weight[2] * shape.weight[3] * shape.weight[1] // CHANNELS
        return _SOURCE.substitute(
            name=self.name,
            threads=self.threads,
            bias_parameter="const unsigned short* __restrict__ bias, " if self.has_bias else "",
            bias="from_half(bias[o])" if self.has_bias else "0.0f",
            next_bias="from_half(bias[o + 1])" if self.has_bias else "0.0f",
            finish="max(sum, 0.0f)" if self.relu else "sum",
            next_finish="max(next, 0.0f)" if self.relu else "next",
            warps=tile.warps,
            row_tiles=tile.rows,
            column_tiles=tile.columns,
            across=self._blocks_across,
            pixels=shape.pixels,
            channels=shape.weight[1] // CHANNELS,
            outputs=shape.weight[0],
            height=shape.x[2],
            width=shape.x[3],
            out_height=shape.result[2],
            out_width=shape.result[3],
            taps_across=shape.weight[3],
            stride_y=shape.stride[0],
            stride_x=shape.stride[1],
            padding_y=shape.padding[0],
            padding_x=shape.padding[1],
            units=units,
            steps=math.ceil(units / 4),
        )


# A unit is eight channels of one tap. In a step, the four threads of a quad read one unit each, of the same pixels and
# of the same output channels; two products of 16 x 8 x 16 then take up all four units.
_SOURCE = Template("""KERNEL($threads) $name(const uint4* __restrict__ x, const uint4* __restrict__ w, \
${bias_parameter}unsigned int* __restrict__ y) { PLACE
const int lane = thread & 31, warp = thread >> 5, row = lane >> 2, quad = lane & 3;
const int first_pixel = block / $across * ${row_tiles} * 16, first_output = block % $across * ${column_tiles} * 8;
SHARED float part[$warps][$row_tiles * 16][$column_tiles * 8];
int top[2 * $row_tiles], left[2 * $row_tiles], base[2 * $row_tiles];
UNROLL for (int i = 0; i < 2 * $row_tiles; ++i) {
  const int pixel = first_pixel + i * 8 + row, rest = pixel % ($out_height * $out_width);
  top[i] = rest / $out_width * $stride_y - $padding_y;
  left[i] = rest % $out_width * $stride_x - $padding_x;
  base[i] = ((pixel / ($out_height * $out_width) * $height + top[i]) * $width + left[i]) * $channels;
  if (pixel >= $pixels) top[i] = -(1 << 20);
}
float sums[$row_tiles][$column_tiles][4] = {};
#pragma unroll 4
for (int step = warp; step < $steps; step += $warps) {
  const int unit = step * 4 + quad, tap = unit / $channels;
  const int down = tap / $taps_across, right = tap % $taps_across;
  const int shift = (down * $width + right) * $channels + unit % $channels;
  uint4 a[2 * $row_tiles], b[$column_tiles];
  UNROLL for (int i = 0; i < 2 * $row_tiles; ++i) {
    const bool inside = unit < $units && (unsigned)(top[i] + down) < $height && (unsigned)(left[i] + right) < $width;
    a[i] = inside ? x[base[i] + shift] : NOTHING;
  }
  UNROLL for (int j = 0; j < $column_tiles; ++j) {
    const int output = first_output + j * 8 + row;
    b[j] = unit < $units && output < $outputs ? w[output * $units + unit] : NOTHING;
  }
  UNROLL for (int i = 0; i < $row_tiles; ++i) UNROLL for (int j = 0; j < $column_tiles; ++j) {
    multiply_add(sums[i][j], a[2 * i].x, a[2 * i + 1].x, a[2 * i].y, a[2 * i + 1].y, b[j].x, b[j].y);
    multiply_add(sums[i][j], a[2 * i].z, a[2 * i + 1].z, a[2 * i].w, a[2 * i + 1].w, b[j].z, b[j].w);
  }
}
UNROLL for (int i = 0; i < $row_tiles; ++i) UNROLL for (int j = 0; j < $column_tiles; ++j)
  UNROLL for (int k = 0; k < 4; ++k) part[warp][i * 16 + row + k / 2 * 8][j * 8 + quad * 2 + k % 2] = sums[i][j][k];
TOGETHER
for (int pair = thread; pair < $row_tiles * 16 * $column_tiles * 4; pair += $threads) {
  const int in_row = pair / ($column_tiles * 4), in_column = pair % ($column_tiles * 4) * 2;
  const int pixel = first_pixel + in_row, o = first_output + in_column;
  if (pixel >= $pixels || o >= $outputs) continue;
  float sum = $bias, next = $next_bias;
  UNROLL for (int i = 0; i < $warps; ++i) { sum += part[i][in_row][in_column]; next += part[i][in_row][in_column + 1]; }
  y[(pixel * $outputs + o) / 2] = to_half($finish) | (unsigned int)to_half($next_finish) << 16;
}
}
""")
