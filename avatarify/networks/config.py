"""Sizes of the First Order Motion Model and of the two methods it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from avatarify.errors import ModelError

Sizes = TypeVar("Sizes")


@dataclass(frozen=True, slots=True)
class HourglassConfig:
    """A U-Net.

    Attributes:
        width: Channels before the first block; each block down doubles them.
        max_width: They never become more than this.
        blocks: Blocks down, and as many up; the input's side must be divisible by ``2 ** blocks``.
    """

    width: int
    max_width: int
    blocks: int


@dataclass(frozen=True, slots=True)
class GeneratorConfig:
    """The encoder and decoder after Johnson et al.

    Attributes:
        width: Channels at full size; each step down doubles them.
        max_width: They never become more than this.
        steps: Steps down, and as many up.
        residuals: Residual blocks between them.
    """

    width: int
    max_width: int
    steps: int
    residuals: int


@dataclass(frozen=True, slots=True)
class FommConfig:
    """The whole model; the defaults are those of the public checkpoints for faces.

    Attributes:
        size: Side of the pictures, pixels.
        points: Number of key points.
        reduction: Key points and motion are found in a picture this many times smaller.
        temperature: Divides the key-point scores before their softmax.
        variance: Of the Gaussian drawn around a key point, in squared units of [-1, 1].
        detector: U-Net of the key-point detector.
        motion: U-Net of the dense motion network.
        generator: Encoder and decoder.
        jacobians: Find a local affine frame for each key point; without it a key point only moves what is around it.
        occlusion: See what must be made up; without it everything is taken from the source.
    """

    size: int = 256
    points: int = 10
    reduction: int = 4
    temperature: float = 0.1
    variance: float = 0.01
    detector: HourglassConfig = field(default=HourglassConfig(width=32, max_width=1024, blocks=5))
    motion: HourglassConfig = field(default=HourglassConfig(width=64, max_width=1024, blocks=5))
    generator: GeneratorConfig = field(default=GeneratorConfig(width=64, max_width=512, steps=2, residuals=6))
    jacobians: bool = True
    occlusion: bool = True

    @property
    def motion_side(self) -> int:
        """Side of the picture in which key points and motion are found."""
        return self.size // self.reduction

    @property
    def heatmap_side(self) -> int:
        """Side of a key point's heat map: a 7x7 head without padding loses three positions at each border."""
        return self.motion_side - 6

    @property
    def feature_side(self) -> int:
        """Side of the generator's features."""
        return self.size >> self.generator.steps


@dataclass(frozen=True, slots=True)
class MonkeyNetConfig:
    """Monkey-Net; the defaults are for pictures of 256 pixels.

    Attributes:
        size: Side of the pictures, pixels.
        points: Number of key points.
        reduction: Key points and motion are found in a picture this many times smaller.
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
        """Side of the picture in which key points and motion are found."""
        return self.size // self.reduction


@dataclass(frozen=True, slots=True)
class X2FaceConfig:
    """X2Face; the defaults are for pictures of 256 pixels.

    Attributes:
        size: Side of the pictures, pixels.
        code: Numbers in which the driving network tells pose and expression.
        embedding: U-Net of the embedding network.
        driving: Encoder and decoder of the driving network, which has no way around the code.
    """

    size: int = 256
    code: int = 128
    embedding: HourglassConfig = field(default=HourglassConfig(width=32, max_width=512, blocks=7))
    driving: HourglassConfig = field(default=HourglassConfig(width=32, max_width=512, blocks=7))

    @property
    def code_side(self) -> int:
        """Side of the driving network's smallest map."""
        return self.size >> self.driving.blocks


FULL = FommConfig()
MINI = FommConfig(
    size=64,
    reduction=2,
    detector=HourglassConfig(width=16, max_width=64, blocks=3),
    motion=HourglassConfig(width=16, max_width=64, blocks=3),
    generator=GeneratorConfig(width=16, max_width=64, steps=2, residuals=3),
)
TINY = FommConfig(
    size=64,
    points=4,
    reduction=2,
    detector=HourglassConfig(width=4, max_width=8, blocks=2),
    motion=HourglassConfig(width=4, max_width=8, blocks=2),
    generator=GeneratorConfig(width=4, max_width=8, steps=2, residuals=1),
)
PRESETS = {"full": FULL, "mini": MINI, "tiny": TINY}
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


def preset(name: object) -> FommConfig:
    """Return the sizes of the First Order Motion Model with this name.

    Raises:
        ModelError: there are none.
    """
    return named(PRESETS, name)


def named(presets: Mapping[str, Sizes], name: object) -> Sizes:
    """Return the sizes with this name.

    Raises:
        ModelError: there are none.
    """
    config = presets.get(name) if isinstance(name, str) else None
    if config is None:
        raise ModelError(f"The sizes '{name}' are unknown.", f"Known are: {', '.join(presets)}.")
    return config
