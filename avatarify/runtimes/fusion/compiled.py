"""What modules have in common whose work a compiled function does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from torch import Tensor

Launch = Callable[[Sequence[Tensor], Sequence[Tensor], int], None]  # inputs, results, blocks


class Compiled(Protocol):
    """A function in C.

    Attributes:
        name: Of the function.
        threads: Of a block.
        launch: Starts it; None until it is compiled, and torch computes the same.
    """

    name: str
    threads: int
    launch: Launch | None

    def source(self) -> str:
        """The function in C."""
