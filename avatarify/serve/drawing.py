"""Rows of many users on one device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from avatarify.animate.model import Encoded
from avatarify.engines.batches import Batches
from avatarify.frames import Generated, Keypoints
from avatarify.graphs.spec import EncodeInputs, GenerateInputs, GenerateOutputs
from avatarify.remote.portrait import SentPortrait
from avatarify.runtimes.base import Arrays


@dataclass(frozen=True)
class Encode:
    """A portrait to encode."""

    portrait: SentPortrait


@dataclass(frozen=True)
class Draw:
    """A pose to draw."""

    encoded: Encoded
    moved: Keypoints


class HostDrawing:
    """Encodes and draws, on one thread.

    Args:
        batches: The model.
    """

    def __init__(self, batches: Batches) -> None:
        self._batches = batches
        self.largest = batches.largest

    def work(self, rows: Sequence[Encode | Draw]) -> list[Encoded | Generated]:
        """Return an encoded portrait or a drawn picture for each row.

        Raises:
            EngineError: The device failed.
        """
        drawn = iter(self._draw([row for row in rows if isinstance(row, Draw)]))
        return [self._encode(row.portrait) if isinstance(row, Encode) else next(drawn) for row in rows]

    def _encode(self, portrait: SentPortrait) -> Encoded:
        keypoints = portrait.keypoints
        inputs: EncodeInputs[NDArray[Any]] = EncodeInputs(
            portrait.crop, portrait.matte, keypoints.points, keypoints.jacobians
        )
        features = self._batches.encode(inputs.arrays())
        for array in features.values():
            array.flags.writeable = False  # a GPU then uploads it only once
        return Encoded(features, portrait.keypoints)

    def _draw(self, rows: Sequence[Draw]) -> list[Generated]:
        if not rows:
            return []
        outputs = [GenerateOutputs.from_arrays(found) for found in self._batches.generate(list(map(_inputs, rows)))]
        return [Generated(out.image, out.deformation, out.visible, out.matte) for out in outputs]


def _inputs(row: Draw) -> Arrays:
    source = row.encoded.keypoints
    inputs: GenerateInputs[NDArray[Any]] = GenerateInputs(
        row.encoded.features, source.points, source.jacobians, row.moved.points, row.moved.jacobians
    )
    return inputs.arrays()
