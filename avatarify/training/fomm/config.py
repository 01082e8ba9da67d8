"""The paper's recipe as data: one frozen config per data set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from avatarify.errors import UsageError
from avatarify.networks.fomm.config import PRESETS

METHODS = ("fomm", "monkey-net", "x2face")
_LAYERS = 5  # of every feature network


@dataclass(frozen=True, slots=True)
class PaperConfig:
    """How to train a model; the defaults are the paper's for faces and Tai-Chi.

    Attributes:
        name: Its name on the command line.
        method: The model to train, one of ``METHODS``.
        sizes: Sizes of the networks, a name in ``networks.fomm.config.PRESETS``.
        jacobians: For ``fomm``: key points have Jacobians (local affine motion).
        occlusion: For ``fomm``: predict an occlusion map.
        steps: T, the total number of training steps.
        batch: Pairs of frames per step, over all processes.
        rate: Learning rate of Adam, for all networks.
        betas: Betas of Adam.
        milestones: Fractions of T at which the learning rate drops.
        drop: Factor of the learning rate at each milestone.
        pyramid: Downscaling factors at which the reconstruction is compared; levels below 32 pixels are left
            out.
        perceptual: Weight of each layer of the feature network.
        pixels: Weight of the L1 distance of the images themselves.
        equivariance_value: Weight of Eq. 11.
        equivariance_jacobian: Weight of Eq. 12.
        spline_side: Control points of the random thin-plate spline along each side.
        sigma_affine: Standard deviation of the spline's affine part.
        sigma_spline: Standard deviation of its control points' weights.
        adversarial: Weight of the least-squares GAN loss; 0 trains no discriminator.
        feature_matching: Weight of each layer of the discriminator.
        discriminator_scales: Downscaling factors; each has its own discriminator.
        flip: Mirror half of the pairs.
        reverse: Swap source and driving frame in half of the pairs.
        jitter: Maximum change of brightness, contrast, saturation, and hue, the same for both frames.
    """

    name: str
    method: str = "fomm"
    sizes: str = "full"
    jacobians: bool = True
    occlusion: bool = True
    steps: int = 100_000
    batch: int = 20
    rate: float = 2e-4
    betas: tuple[float, ...] = (0.5, 0.999)
    milestones: tuple[float, ...] = (0.5, 0.75)
    drop: float = 0.1
    pyramid: tuple[int, ...] = (1, 2, 4, 8)
    perceptual: tuple[float, ...] = (10.0, 10.0, 10.0, 10.0, 10.0)
    pixels: float = 0.0
    equivariance_value: float = 10.0
    equivariance_jacobian: float = 10.0
    spline_side: int = 5
    sigma_affine: float = 0.05
    sigma_spline: float = 0.005
    adversarial: float = 0.0
    feature_matching: float = 10.0
    discriminator_scales: tuple[int, ...] = (1,)
    flip: bool = True
    reverse: bool = True
    jitter: float = 0.1

    def learning_rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0."""
        passed = sum(step >= share * self.steps for share in self.milestones)
        return self.rate * self.drop**passed


_OFF = (0.0,) * _LAYERS
_FULL = PaperConfig("vox-256")
# Table 1 of the paper, row by row; its last row is the full model, that is, any of the recipes above it.
_BASELINE = replace(
    _FULL, name="ablation-baseline", jacobians=False, occlusion=False, pyramid=(1,), equivariance_jacobian=0.0
)
_PYRAMID = replace(_BASELINE, name="ablation-pyramid", pyramid=_FULL.pyramid)
_ABLATIONS = (
    _BASELINE,
    _PYRAMID,
    replace(_PYRAMID, name="ablation-occlusion", occlusion=True),
    replace(_FULL, name="ablation-no-jacobian-equivariance", equivariance_jacobian=0.0),
)
# The methods that the paper is compared with, each with the losses of its own paper. X2Face's second stage needs a
# face recognition network; generic features beside the pixels stand in for it.
_MONKEY_NET = PaperConfig(
    "monkey-net-256",
    method="monkey-net",
    perceptual=_OFF,
    pixels=10.0,
    equivariance_value=0.0,
    equivariance_jacobian=0.0,
    adversarial=1.0,
)
_X2FACE = PaperConfig(
    "x2face-256",
    method="x2face",
    pyramid=(1,),
    perceptual=(1.0,) * _LAYERS,
    pixels=10.0,
    equivariance_value=0.0,
    equivariance_jacobian=0.0,
)

CONFIGS = {
    config.name: config
    for config in (
        _FULL,
        PaperConfig("vox-adv-256", adversarial=1.0),
        PaperConfig("taichi-256"),
        PaperConfig("nemo-256", steps=40_000, jitter=0.0),
        PaperConfig("bair-256", steps=40_000),
        _MONKEY_NET,
        _X2FACE,
        *_ABLATIONS,
    )
}


def override(config: PaperConfig, words: Iterable[str]) -> PaperConfig:
    """Change a recipe by ``KEY=VALUE`` arguments of the command line; lists are written ``1,2,4``.

    Raises:
        UsageError: a key is unknown, or a value is of the wrong kind or out of range; the message names it.
    """
    kinds = {field.name: type(getattr(config, field.name)) for field in fields(config) if field.name != "name"}
    changes: dict[str, Any] = {}
    for word in words:
        key, _, value = word.partition("=")
        if key not in kinds:
            raise UsageError(
                "The recipe has no setting '{key}'.", "Its settings are: {kinds}.", key=key, kinds=list(kinds)
            )
        try:
            changes[key] = _parsed(value, getattr(config, key))
        except ValueError:
            raise UsageError(
                "'{value}' is not a valid value for {key}.",
                "The current value is {current}.",
                value=value,
                key=key,
                current=getattr(config, key),
            ) from None
    changed = replace(config, **changes)
    _check(changed)
    return changed


def _parsed(text: str, like: object) -> object:
    """Parse a value of the same type as ``like``."""
    if isinstance(like, bool):
        return {"true": True, "false": False}[text.lower()] if text.lower() in ("true", "false") else bool(int(text))
    if isinstance(like, tuple):
        return tuple(type(like[0])(part) for part in text.split(","))
    if not isinstance(like, int | float | str):
        raise TypeError(f"no value of {type(like)} can be read")
    return type(like)(text)


def _check(config: PaperConfig) -> None:
    weights = (*config.perceptual, config.equivariance_value, config.equivariance_jacobian, config.feature_matching)
    fine = {
        "method": config.method in METHODS,
        "sizes": config.sizes in PRESETS,
        "steps": config.steps >= 1,
        "batch": config.batch >= 1,
        "rate": 0 < config.rate < 1,
        "betas": len(config.betas) == 2 and all(0 <= beta < 1 for beta in config.betas),
        "milestones": all(0 <= share <= 1 for share in config.milestones),
        "drop": 0 < config.drop <= 1,
        "pyramid": min(config.pyramid) >= 1,
        "perceptual": len(config.perceptual) == _LAYERS,
        "discriminator_scales": min(config.discriminator_scales) >= 1,
        "spline_side": config.spline_side >= 2,
        "jitter": 0 <= config.jitter <= 0.5,
    }
    for key, good in fine.items():
        if not good:
            raise UsageError(
                "{value} is out of range for {key}.", "See docs/lab/training.md.", value=getattr(config, key), key=key
            )
    keypoints = config.equivariance_value + config.equivariance_jacobian + config.adversarial
    if config.method == "x2face" and keypoints:
        raise UsageError(
            "X2Face has no key points: equivariance_value, equivariance_jacobian and adversarial must be 0.",
            "Start from x2face-256.",
        )
    if min(*weights, config.pixels, config.adversarial, config.sigma_affine, config.sigma_spline) < 0:
        raise UsageError("Weights and sigmas cannot be negative.", "See docs/lab/training.md.")
