"""Sizes of the two methods that the First Order Motion Model is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field

from avatarify.networks.config import HourglassConfig


@dataclass(frozen=True, slots=True)
class MonkeyNetConfig:
    """Monkey-Net; the defaults are for images of 256 pixels.

    Attributes:
        size: Side of the images, pixels.
        points: Number of key points.
        reduction: Factor by which images are made smaller to find key points and motion.
        temperature: Divides the key-point scores before their softmax.
        least_variance: Added to a key point's own covariance, in squared units of [-1, 1], so that it can be inverted.
        detector: U-Net of the key-point detector.
        motion: U-Net of the dense motion network.
        generator: U-Net that draws.
    """

    size: int = 256
    points: int = 10
    reduction: int = 4
    temperature: float = 0.1
    least_variance: float = 0.001
    detector: HourglassConfig = field(default=HourglassConfig(width=32, max_width=1024, blocks=5))
    motion: HourglassConfig = field(default=HourglassConfig(width=32, max_width=1024, blocks=5))
    generator: HourglassConfig = field(default=HourglassConfig(width=32, max_width=512, blocks=7))

    @property
    def motion_side(self) -> int:
        """Side of the image in which key points and motion are found, pixels."""
        return self.size // self.reduction


@dataclass(frozen=True, slots=True)
class X2FaceConfig:
    """X2Face; the defaults are for images of 256 pixels.

    Attributes:
        size: Side of the images, pixels.
        code: Numbers in which the driving network encodes pose and expression.
        embedding: U-Net of the embedding network.
        driving: Encoder and decoder of the driving network, which has no skip connections around the code.
    """

    size: int = 256
    code: int = 128
    embedding: HourglassConfig = field(default=HourglassConfig(width=32, max_width=512, blocks=7))
    driving: HourglassConfig = field(default=HourglassConfig(width=32, max_width=512, blocks=7))

    @property
    def code_side(self) -> int:
        """Side of the driving network's smallest feature map."""
        return self.size >> self.driving.blocks


MONKEY_NET_PRESETS = {
    "full": MonkeyNetConfig(),
    "mini": MonkeyNetConfig(
        size=64,
        reduction=2,
        detector=HourglassConfig(width=16, max_width=64, blocks=3),
        motion=HourglassConfig(width=16, max_width=64, blocks=3),
        generator=HourglassConfig(width=16, max_width=128, blocks=4),
    ),
    "tiny": MonkeyNetConfig(
        size=64,
        points=4,
        reduction=2,
        detector=HourglassConfig(width=4, max_width=8, blocks=2),
        motion=HourglassConfig(width=4, max_width=8, blocks=2),
        generator=HourglassConfig(width=4, max_width=8, blocks=3),
    ),
}
X2FACE_PRESETS = {
    "full": X2FaceConfig(),
    "mini": X2FaceConfig(
        size=64,
        code=64,
        embedding=HourglassConfig(width=12, max_width=96, blocks=5),
        driving=HourglassConfig(width=12, max_width=96, blocks=5),
    ),
    "tiny": X2FaceConfig(
        size=64,
        code=8,
        embedding=HourglassConfig(width=4, max_width=8, blocks=4),
        driving=HourglassConfig(width=4, max_width=8, blocks=4),
    ),
}
