"""Labeled images in rows and columns, as one image or a PDF page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from avatarify.compose.text import text_mask
from avatarify.errors import InputError
from avatarify.evaluation.performer import sized
from avatarify.files import atomic_path, write_atomic
from avatarify.frames import U8

PICTURES = (".png", ".jpg")
_GAP = 4
_TYPE = 15  # pixels
_PAPER, _INK, _NOTHING = 255, 40, 225
_INCHES = 1 / 96


@dataclass(frozen=True)
class Layout:
    """A table of square images.

    Attributes:
        cells: Rows of (s, s, 3) uint8 RGB of any size; None leaves a cell gray, "" white.
        columns: Labels at the top; may be empty.
        rows: Labels at the left; may be empty.
    """

    cells: Sequence[Sequence[U8 | str | None]]
    columns: Sequence[str] = field(default=())
    rows: Sequence[str] = field(default=())

    def picture(self, side: int) -> U8:
        """Render it with cells of ``side`` pixels as (H, W, 3) uint8 RGB, both sides even."""
        names = [_line(name) for name in self.rows]
        left = max((name.shape[1] for name in names), default=0)
        rows = [_beside([_cell(cell, side) for cell in row]) for row in self.cells]
        if names:
            rows = [_beside([_placed(name, side, left), row]) for name, row in zip(names, rows, strict=True)]
        if self.columns:
            head = _beside([_placed(_line(name), _TYPE + 4, side, centered=True) for name in self.columns])
            rows.insert(0, _beside([_blank(head.shape[0], left), head]) if names else head)
        return _framed(rows)

    def write(self, path: Path, side: int) -> None:
        """Write a PNG, JPEG, or PDF, depending on the suffix.

        Raises:
            InputError: the file cannot be written, or a PDF is requested without matplotlib.
        """
        try:
            if path.suffix.lower() == ".pdf":
                with atomic_path(path) as part:
                    self._write_pdf(part, side)
            else:
                write_atomic(path, _encoded(self.picture(side), path.suffix.lower()))
        except OSError as error:
            raise InputError(
                "{path} cannot be written: {reason}.", "Choose another file.", path=path, reason=error.strerror
            ) from error

    def _write_pdf(self, path: Path, side: int) -> None:
        try:
            from matplotlib.figure import Figure
        except ImportError as error:
            raise InputError(
                "Writing a PDF needs matplotlib.", "Run: pip install 'avatarify[lab]', or write a PNG."
            ) from error

        down, across = len(self.cells), max(len(row) for row in self.cells)
        page = Figure(figsize=(across * side * _INCHES + 1.2, down * side * _INCHES + 0.5))
        axes = page.subplots(down, across, squeeze=False, gridspec_kw={"wspace": 0.03, "hspace": 0.03})
        for r, row in enumerate(self.cells):
            for c in range(across):
                cell = row[c] if c < len(row) else ""
                axes[r, c].set(xticks=[], yticks=[])
                axes[r, c].set_frame_on(cell is None)
                if not isinstance(cell, str) and cell is not None:
                    axes[r, c].imshow(cell)
        for c, name in enumerate(self.columns):
            axes[0, c].set_title(name, fontsize=8)
        for r, name in enumerate(self.rows):
            axes[r, 0].set_ylabel(name, fontsize=8, rotation=0, ha="right", va="center")
        page.savefig(path, format="pdf", bbox_inches="tight", dpi=200)


def _encoded(image: U8, suffix: str) -> bytes:
    import cv2

    options = [cv2.IMWRITE_JPEG_QUALITY, 90] if suffix == ".jpg" else []
    _, data = cv2.imencode(suffix, image[..., ::-1], options)
    return bytes(data.tobytes())


def _line(text: str) -> U8:
    if not text.strip():
        return _blank(1, 1)
    mask = text_mask(text, _TYPE)[..., None].astype(np.float32) / 255
    return np.asarray(np.rint(_PAPER + mask * (_INK - _PAPER)), np.uint8).repeat(3, -1)


def _cell(cell: U8 | str | None, side: int) -> U8:
    if cell is None or isinstance(cell, str):
        return np.full((side, side, 3), _NOTHING if cell is None else _PAPER, np.uint8)
    return sized(cell, side)


def _placed(name: U8, height: int, width: int, *, centered: bool = False) -> U8:
    """Place a line of text in a white field, right-aligned or centered; long text is cut."""
    name = name[:height, :width]
    field_ = _blank(height, width)
    top, left = (height - name.shape[0]) // 2, (width - name.shape[1]) // (2 if centered else 1)
    field_[top : top + name.shape[0], left : left + name.shape[1]] = name
    return field_


def _blank(height: int, width: int) -> U8:
    return np.full((height, width, 3), _PAPER, np.uint8)


def _beside(parts: Sequence[U8]) -> U8:
    gap = _blank(parts[0].shape[0], _GAP)
    return np.hstack([piece for part in parts for piece in (part, gap)][:-1])


def _framed(rows: Sequence[U8]) -> U8:
    width = max(row.shape[1] for row in rows)
    width += width % 2
    even = [np.pad(row, ((0, _GAP), (0, width - row.shape[1]), (0, 0)), constant_values=_PAPER) for row in rows]
    whole = np.pad(np.vstack(even), ((_GAP, 0), (_GAP, _GAP), (0, 0)), constant_values=_PAPER)
    return np.pad(whole, ((0, whole.shape[0] % 2), (0, 0), (0, 0)), constant_values=_PAPER)
