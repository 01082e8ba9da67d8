"""Names and shapes of all tensors of the First Order Motion Model, computed from its sizes, without torch."""

from __future__ import annotations

from itertools import pairwise

from avatarify.networks.config import HourglassConfig, widths
from avatarify.networks.fomm.config import FommConfig

Shape = tuple[int, ...]
COUNTER = "num_batches_tracked"  # the only integers; all other tensors are float32


def layout(config: FommConfig) -> dict[str, Shape]:
    """Return the shape of each tensor by the name it has in ``Fomm``."""
    parts = {"kp_detector": _detector(config), "generator": _generator(config)}
    return {f"{part}.{name}": shape for part, shapes in parts.items() for name, shape in shapes.items()}


def _detector(config: FommConfig) -> dict[str, Shape]:
    out = config.detector.width + config.channels
    shapes = _blur(config) | _hourglass("predictor", config.channels, config.detector)
    shapes |= _conv("kp", out, config.points, 7)
    return shapes | (_conv("jacobian", out, 4 * config.jacobian_maps, 7) if config.jacobians else {})


def _generator(config: FommConfig) -> dict[str, Shape]:
    sizes = config.generator
    channels = widths(sizes.width, sizes.max_width, sizes.steps)
    shapes = {f"dense_motion_network.{name}": shape for name, shape in _dense_motion(config).items()}
    shapes |= _block("first", config.channels, sizes.width, 7)
    for number, (narrow, wide) in enumerate(pairwise(channels)):
        shapes |= _block(f"down_blocks.{number}", narrow, wide)
        shapes |= _block(f"up_blocks.{sizes.steps - 1 - number}", wide, narrow)
    for residual in range(sizes.residuals):
        for half in (1, 2):
            shapes |= _conv(f"bottleneck.r{residual}.conv{half}", channels[-1], channels[-1], 3)
            shapes |= _norm(f"bottleneck.r{residual}.norm{half}", channels[-1])
    return shapes | _conv("final", sizes.width, config.channels, 7)


def _dense_motion(config: FommConfig) -> dict[str, Shape]:
    motions = config.points + 1
    channels = (config.channels + 1) * motions  # a bell and a moved picture for each
    out = config.motion.width + channels
    shapes = _blur(config) | _hourglass("hourglass", channels, config.motion)
    shapes |= _conv("mask", out, motions, 7)
    return shapes | (_conv("occlusion", out, 1, 7) if config.occlusion else {})


def _hourglass(name: str, channels: int, config: HourglassConfig) -> dict[str, Shape]:
    levels = widths(config.width, config.max_width, config.blocks)
    shapes: dict[str, Shape] = {}
    for number, out in enumerate(levels[1:]):
        shapes |= _block(f"{name}.encoder.down_blocks.{number}", levels[number] if number else channels, out)
    for number, out in enumerate(levels[-2::-1]):
        wide = levels[-1 - number] * (2 if number else 1)  # joined with what the encoder saw
        shapes |= _block(f"{name}.decoder.up_blocks.{number}", wide, out)
    return shapes


def _block(name: str, channels: int, out: int, kernel: int = 3) -> dict[str, Shape]:
    return _conv(f"{name}.conv", channels, out, kernel) | _norm(f"{name}.norm", out)


def _conv(name: str, channels: int, out: int, kernel: int) -> dict[str, Shape]:
    return {f"{name}.weight": (out, channels, kernel, kernel), f"{name}.bias": (out,)}


def _norm(name: str, channels: int) -> dict[str, Shape]:
    values = ("weight", "bias", "running_mean", "running_var")
    return {**{f"{name}.{value}": (channels,) for value in values}, f"{name}.{COUNTER}": ()}


def _blur(config: FommConfig) -> dict[str, Shape]:
    side = blur_side(config.reduction)
    return {"down.weight": (config.channels, 1, side, side)} if config.reduction > 1 else {}


def blur_side(reduction: int) -> int:
    """Return the side of the kernel of ``Downsample``."""
    return 2 * round(4 * (reduction - 1) / 2) + 1
