"""The common interface of the models in the laboratory; training, figures, and tables use nothing else."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from torch import Tensor, nn

from avatarify.networks.grid import KeypointTensors, resize, warp


class Prediction(NamedTuple):
    """The output of a model for a batch, with its intermediate results; None for what the model does not have.

    Attributes:
        image: (B, 3, S, S) RGB in [0, 1], the generated images.
        deformation: (B, 2, h, w) position (x, y) in the source, in [-1, 1], for each position of the result.
        source: Key points of the source.
        driving: Key points that the result should have; after relative transfer, if a first frame was given.
        occlusion: (B, 1, h, w) in (0, 1); 1 where the source shows what is needed, 0 where it must be inpainted.
        mask: (B, K + 1, h, w) weight of each local motion, the background first; sums to 1 over the motions.
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
        """Return sources (B, 3, S, S) warped by the deformation."""
        flow = resize(self.deformation, source.shape[-1]).permute(0, 2, 3, 1)
        return warp(source, flow.to(source.dtype))


class MotionModel(nn.Module):
    """A model that animates a source image with driving frames.

    Attributes:
        kind: Name of the method: ``fomm``, ``monkey-net``, or ``x2face``.
        size: Side S of its images, pixels.
        points: Number K of its key points; 0 if it has none.
    """

    kind: ClassVar[str]
    size: int
    points: int = 0

    @abstractmethod
    def animate(self, source: Tensor, driving: Tensor, first_driving: Tensor | None = None) -> Prediction:
        """Animate sources with driving frames; differentiable.

        Args:
            source: (B, 3, S, S) RGB in [0, 1].
            driving: (B, 3, S, S) RGB in [0, 1].
            first_driving: (B, 3, S, S) the first frame of the driving video; motion is transferred relative to it. None
                transfers the absolute pose, which is right within one clip. X2Face has no relative motion and ignores
                this.
        """

    def find(self, image: Tensor) -> KeypointTensors:
        """Detect the key points of images (B, 3, S, S), RGB in [0, 1].

        Raises:
            NotImplementedError: The model has none (``points`` is 0).
        """
        raise NotImplementedError(f"{self.kind} has no key points")

    @abstractmethod
    def exact_heads(self) -> Sequence[nn.Module]:
        """Return the layers that output coordinates, masks, and colors: training always computes them in float32."""
