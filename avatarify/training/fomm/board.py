"""Training curves and sample sheets: JPEG files always, TensorBoard where it is installed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from avatarify.frames import U8
from avatarify.training.fomm.sheet import save_sheet

MISSING = "TensorBoard is not installed, so no curves are written; install it with: pip install 'avatarify[train]'."


class Board:
    """Writes to the folders ``logs`` and ``samples`` of a training run.

    Args:
        folder: The folder of the training run.
        step: Entries that an earlier run wrote from this step on are replaced.

    Attributes:
        warnings: What is missing, one sentence each.
    """

    def __init__(self, folder: Path, step: int) -> None:
        self.warnings: list[str] = []
        self._folder = folder
        self._writer = self._open(folder / "logs", step)

    def scalars(self, values: Mapping[str, float], step: int) -> None:
        """Add one point to each curve."""
        if self._writer is not None:
            for name, value in values.items():
                self._writer.add_scalar(name, value, step)

    def sheet(self, sheet: U8, step: int) -> None:
        """Save a sheet (H, W, 3) uint8 RGB."""
        save_sheet(self._folder / "samples" / f"{step:07d}.jpg", sheet)
        if self._writer is not None:
            self._writer.add_image("samples", sheet, step, dataformats="HWC")

    def close(self) -> None:
        """Flush and close the files."""
        if self._writer is not None:
            self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _open(self, folder: Path, step: int) -> Any:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError:
            self.warnings.append(MISSING)
            return None
        return SummaryWriter(str(folder), purge_step=step or None)
