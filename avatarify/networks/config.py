"""Sizes of the First Order Motion Model."""

from __future__ import annotations

from dataclasses import dataclass, field

from avatarify.errors import ModelError


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
    """

    size: int = 256
    points: int = 10
    reduction: int = 4
    temperature: float = 0.1
    variance: float = 0.01
    detector: HourglassConfig = field(default=HourglassConfig(width=32, max_width=1024, blocks=5))
    motion: HourglassConfig = field(default=HourglassConfig(width=64, max_width=1024, blocks=5))
    generator: GeneratorConfig = field(default=GeneratorConfig(width=64, max_width=512, steps=2, residuals=6))

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


FULL = FommConfig()
TINY = FommConfig(
    size=64,
    points=4,
    reduction=2,
    detector=HourglassConfig(width=4, max_width=8, blocks=2),
    motion=HourglassConfig(width=4, max_width=8, blocks=2),
    generator=GeneratorConfig(width=4, max_width=8, steps=2, residuals=1),
)
PRESETS = {"full": FULL, "tiny": TINY}


def preset(name: object) -> FommConfig:
    """Return the sizes with this name.

    Raises:
        ModelError: there are none.
    """
    config = PRESETS.get(name) if isinstance(name, str) else None
    if config is None:
        raise ModelError(f"The sizes '{name}' are unknown.", f"Known are: {', '.join(PRESETS)}.")
    return config
