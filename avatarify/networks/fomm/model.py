"""The First Order Motion Model (Siarohin et al., NeurIPS 2019) as a whole."""

from __future__ import annotations

from torch import Tensor, nn

from avatarify.networks.fomm.config import FommConfig
from avatarify.networks.fomm.generator import Generator
from avatarify.networks.fomm.keypoint_detector import KeypointDetector
from avatarify.networks.grid import KeypointTensors, relative, sparse_motions
from avatarify.networks.kinds import FOMM
from avatarify.networks.motion_model import MotionModel, Prediction

_RGB, _LUMINANCE = 3, (0.2125, 0.7154, 0.0721)  # ITU-R BT.709


class Fomm(MotionModel):
    """Key-point detector and generator; their attribute names are prefixes in the files of weights.

    Attributes:
        config: The sizes it was built with.
    """

    kind = FOMM

    def __init__(self, config: FommConfig) -> None:
        super().__init__()
        self.config, self.size, self.points = config, config.size, config.points
        self.kp_detector = KeypointDetector(config)
        self.generator = Generator(config)

    def find(self, image: Tensor) -> KeypointTensors:
        """Detect the key points of images (B, 3, S, S), RGB in [0, 1]."""
        found: KeypointTensors = self.kp_detector(self.seen(image))
        return found

    def seen(self, image: Tensor) -> Tensor:
        """Return RGB images as the networks take them: (B, 1, S, S) luminance for a model of gray pictures."""
        if self.config.channels == image.shape[1]:
            return image
        return (image * image.new_tensor(_LUMINANCE)[:, None, None]).sum(1, keepdim=True)

    def shown(self, image: Tensor) -> Tensor:
        """Return what the networks draw as RGB (B, 3, S, S)."""
        return image if image.shape[1] == _RGB else image.expand(-1, _RGB, -1, -1)

    def edges(self, deformation: Tensor) -> Tensor:
        """Return positions with -1 and 1 on the outer edges of the outer feature pixels, whatever the networks use."""
        side = self.config.feature_side
        return deformation * ((side - 1) / side) if self.config.align_corners else deformation

    def animate(self, source: Tensor, driving: Tensor, first_driving: Tensor | None = None) -> Prediction:
        """Animate sources with driving frames (see ``MotionModel``)."""
        here, there = self.find(source), self.find(driving)
        if first_driving is not None:
            there = relative(here, there, self.find(first_driving))
        generator, source = self.generator, self.seen(source)
        motion = generator.dense_motion_network(generator.dense_motion_network.down(source).float(), here, there)
        image = self.shown(generator.decode(generator.encode(source), motion.deformation, motion.occlusion))
        sparse = sparse_motions(here, there, self.config.motion_side)
        occlusion = motion.occlusion if self.config.occlusion else None
        return Prediction(image, self.edges(motion.deformation), here, there, occlusion, motion.mask, sparse)

    def exact_heads(self) -> list[nn.Module]:
        """Return the heads of points, Jacobians, masks, occlusion, and colors."""
        dense = self.generator.dense_motion_network
        heads = (self.kp_detector.kp, self.kp_detector.jacobian, dense.mask, dense.occlusion, self.generator.final)
        return [head for head in heads if head is not None]
