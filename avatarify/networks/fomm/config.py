"""Sizes of the First Order Motion Model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from avatarify.errors import ModelError
from avatarify.networks.config import HourglassConfig, named


@dataclass(frozen=True, slots=True)
class GeneratorConfig:
    """Encoder and decoder after Johnson et al. (2016).

    Attributes:
        width: Channels at full size; each step down doubles them.
        max_width: Upper limit of the channels.
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
        size: Side of the images, pixels.
        points: Number of key points.
        reduction: Factor by which images are made smaller to find key points and motion.
        temperature: Divides the key-point scores before their softmax.
        variance: Of the Gaussian drawn around a key point, in squared units of [-1, 1].
        detector: U-Net of the key-point detector.
        motion: U-Net of the dense motion network.
        generator: Encoder and decoder.
        jacobians: Predict a Jacobian for each key point; without it a key point only shifts what is around it.
        occlusion: Predict an occlusion map; without it everything is taken from the source.
        one_jacobian: All key points share one map of Jacobians.
        channels: 3 for RGB, 1 for gray pictures.
        align_corners: Where positions -1 and 1 are when images are sampled: in the centers of the outer pixels, as in
            torch before 1.3, or on their outer edges.
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
    one_jacobian: bool = False
    channels: int = 3
    align_corners: bool = False

    @property
    def motion_side(self) -> int:
        """Side of the image in which key points and motion are found, pixels."""
        return self.size // self.reduction

    @property
    def jacobian_maps(self) -> int:
        """How many maps of Jacobians there are, if any."""
        return 1 if self.one_jacobian else self.points

    @property
    def heatmap_side(self) -> int:
        """Side of a key point's heat map: a 7x7 head without padding loses three positions at each border."""
        return self.motion_side - 6

    @property
    def feature_side(self) -> int:
        """Side of the generator's features."""
        return self.size >> self.generator.steps


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
_NESTED = {"detector": HourglassConfig, "motion": HourglassConfig, "generator": GeneratorConfig}
PRESETS = {"full": FULL, "mini": MINI, "tiny": TINY}


def described(config: FommConfig) -> dict[str, object]:
    """Return what a manifest says of sizes: the name of a preset, if they have one, and what differs from it."""
    for name, sizes in PRESETS.items():
        if replace(config, align_corners=False) == sizes:
            return {"preset": name, **({"align_corners": True} if config.align_corners else {})}
    return {"sizes": asdict(config)}


def config_of(about: Mapping[str, object]) -> FommConfig:
    """Return the sizes that ``described`` has written into a manifest.

    Raises:
        ModelError: They are unknown.
    """
    sizes = about.get("sizes")
    if not isinstance(sizes, Mapping):
        return replace(preset(about.get("preset")), align_corners=about.get("align_corners") is True)
    try:
        nested = {name: kind(**sizes[name]) for name, kind in _NESTED.items()}
        return FommConfig(**{**sizes, **nested})
    except (KeyError, TypeError) as error:
        raise ModelError("The sizes in the manifest are not valid.", "Import the model again.") from error


def preset(name: object) -> FommConfig:
    """Return the sizes with this name (see ``networks.config.named``).

    Raises:
        ModelError: There are none.
    """
    return named(PRESETS, name)
