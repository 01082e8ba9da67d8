"""What every method of the laboratory offers, so that trainer, figures and tables need not know which it is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from torch import Tensor, nn

from avatarify.networks.grid import KeypointTensors, resize, warp


class Prediction(NamedTuple):
    """What a method made of a batch, and what it thought meanwhile; None for what the method does not have.

    Attributes:
        image: (B, 3, S, S) RGB in [0, 1], the prediction.
        deformation: (B, 2, h, w) position (x, y) in the source, in [-1, 1], for each position of the result.
        source: Key points of the source.
        driving: Key points the result should have (after relative transfer, if asked for).
        occlusion: (B, 1, h, w) in (0, 1); 1 where the source shows what is needed, 0 where it must be made up.
        mask: (B, K + 1, h, w) share of each local motion, the background first; sums to 1 over the motions.
        sparse: (B, K + 1, h, w, 2) the local motions themselves: positions (x, y) in the source, the background first.
    """

    image: Tensor
    deformation: Tensor
    source: KeypointTensors | None = None
    driving: KeypointTensors | None = None
    occlusion: Tensor | None = None
    mask: Tensor | None = None
    sparse: Tensor | None = None

    def deformed(self, source: Tensor) -> Tensor:
        """Return sources (B, 3, S, S) moved by the deformation, before anything is drawn."""
        flow = resize(self.deformation, source.shape[-1]).permute(0, 2, 3, 1)
        return warp(source, flow.to(source.dtype))


class MotionModel(nn.Module):
    """A way to animate a source by driving frames.

    Attributes:
        kind: What the method is called: ``fomm``, ``monkey-net`` or ``x2face``.
        size: Side S of its pictures, pixels.
        points: Number K of its key points; 0 if it has none.
    """

    kind: ClassVar[str]
    size: int
    points: int = 0

    @abstractmethod
    def animate(self, source: Tensor, driving: Tensor, first_driving: Tensor | None = None) -> Prediction:
        """Move sources as driving frames tell; gradients flow unless the caller forbids them.

        Args:
            source: (B, 3, S, S) RGB in [0, 1].
            driving: (B, 3, S, S) RGB in [0, 1].
            first_driving: (B, 3, S, S) the driving video's first frame: motion is taken relative to it. None moves the
                source to where the driving frame is, which is right within one clip. X2Face knows no relative motion
                and leaves it aside.
        """

    def find(self, image: Tensor) -> KeypointTensors:
        """Find the key points of pictures (B, 3, S, S), RGB in [0, 1].

        Raises:
            NotImplementedError: the method has none (``points`` is 0).
        """
        raise NotImplementedError(f"{self.kind} has no key points")

    @abstractmethod
    def exact_heads(self) -> Sequence[nn.Module]:
        """Return the layers whose output are coordinates, masks and colours: they are computed in float32 always."""
