"""Affine grids as products of small matrices, and boxes of pixels around a feature that can be cut and put back."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def line(cells: int, first: float, last: float) -> Tensor:
    """Return the centers (n,) of n cells between two edges."""
    return (torch.arange(cells) + 0.5) / cells * (last - first) + first


def basis(rows: Tensor, columns: Tensor) -> Tensor:
    """Return (3, h w): 1, x and y of a grid's cells, for y of its rows (h,) and x of its columns (w,)."""
    y, x = torch.meshgrid(rows, columns, indexing="ij")
    return torch.stack([torch.ones_like(x), x, y]).flatten(1)


class AffineGrid(nn.Module):
    """Positions of a grid's cells under affine maps, x and y next to each other as ``grid_sample`` takes them.

    Stacking planes of x and y in the last axis costs more than all else about a warp. So each row of the grid is
    computed as a matrix product of (1, y) and the row's two constant parts.

    Args:
        rows: (h,) y of the cells before the map.
        columns: (w,) x of the cells.
    """

    down: Tensor
    across: Tensor

    def __init__(self, rows: Tensor, columns: Tensor) -> None:
        super().__init__()
        zero, one = torch.zeros_like(columns), torch.ones_like(columns)
        across = torch.cat([torch.stack([one, columns, zero], 1), torch.stack([zero, zero, one], 1)])
        self.shape = (len(rows), len(columns))
        self.register_buffer("down", torch.stack([torch.ones_like(rows), rows], 1), persistent=False)
        self.register_buffer("across", across, persistent=False)

    def forward(self, maps: Tensor) -> Tensor:
        """Return (n, h, w, 2) for maps (n, 3, 2), whose rows are the images of (0, 0), the x axis, and the y axis."""
        height, width = self.shape
        parts = (self.across @ maps).reshape(-1, 2, 2 * width)
        return (self.down @ parts).reshape(-1, height, width, 2)


class PixelBox(nn.Module):
    """A box of pixels at a place that depends on the frame, of a size that does not.

    Its columns start at a multiple of ``chunk`` pixels, so that a row of the box is a few pieces of memory.

    Args:
        side: Of the box, pixels; a multiple of ``chunk``.
        canvas: Side of the picture, pixels.
        channels: Of the pictures that are changed.
        chunk: Pixels of a row that stay together.
        step: The box's first row is a multiple of this.
    """

    pieces: Tensor
    unit: Tensor
    limit: Tensor
    strides: Tensor
    line: Tensor

    def __init__(self, side: int, canvas: int, channels: int, chunk: int = 8, step: int = 2) -> None:
        super().__init__()
        self.side, self.canvas, self.chunk = side, canvas, chunk
        wide = canvas // chunk
        rows = torch.arange(channels)[:, None, None] * canvas + torch.arange(side)[:, None]
        self.register_buffer("pieces", (rows * wide + torch.arange(side // chunk)).flatten(), persistent=False)
        self.register_buffer("unit", torch.tensor([chunk, step]).float(), persistent=False)
        self.register_buffer(
            "limit", torch.tensor([(canvas - side) // n for n in (chunk, step)]).float(), persistent=False
        )
        self.register_buffer("line", torch.arange(canvas), persistent=False)
        self.register_buffer("strides", torch.tensor([1, step * wide]), persistent=False)

    def start(self, middle: Tensor) -> tuple[Tensor, Tensor]:
        """Place boxes inside of the picture, around points if possible.

        Args:
            middle: (n, 2), crop coordinates.

        Returns:
            First column and row of each box, in chunks and steps, (n, 2) int64; and the position of its first pixel,
            (n, 1, 2).
        """
        wanted = ((middle + 1) * (self.canvas / 2) - self.side / 2) / self.unit
        start = wanted.round().clamp(min=0).minimum(self.limit)
        return start.long(), ((start * self.unit + 0.5) * (2 / self.canvas) - 1)[:, None]

    def add(self, picture: Tensor, start: Tensor, values: Tensor) -> Tensor:
        """Add to a picture inside of a box.

        Args:
            picture: (pieces, chunk), the picture (C, canvas, canvas) cut into chunks.
            start: (2,) from ``start``.
            values: (C, side, side).

        Returns:
            As ``picture``.
        """
        if torch.onnx.is_in_onnx_export():
            at = self.pieces + (start * self.strides).sum()
            return picture.index_put((at,), picture[at] + values.reshape(-1, self.chunk))
        # The same without writing to places: on a GPU it becomes a part of what is computed next.
        columns, rows = (self.line - offset for offset in (start * self.unit.long()).unbind(0))
        inside = ((rows >= 0) & (rows < self.side))[:, None] & ((columns >= 0) & (columns < self.side))
        spread = values.reshape(-1, self.side, self.side)
        spread = spread[:, rows.clamp(0, self.side - 1)][:, :, columns.clamp(0, self.side - 1)]
        return picture + (spread * inside).reshape(picture.shape)
