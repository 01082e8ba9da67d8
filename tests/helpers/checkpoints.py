"""Files as the public First Order Motion Model checkpoints are: names and shapes written down from their layout.

Nothing here asks our networks: the numbers are those of the public configuration for faces at 256x256.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray


@dataclass(frozen=True)
class Sizes:
    points: int = 10
    reduction: int = 4
    detector: tuple[int, int, int] = (32, 1024, 5)  # width, most, blocks
    motion: tuple[int, int, int] = (64, 1024, 5)
    generator: tuple[int, int, int, int] = (64, 512, 2, 6)  # width, most, steps, residual blocks


PUBLIC = Sizes()
SMALL = Sizes(4, 2, (4, 8, 2), (4, 8, 2), (4, 8, 2, 1))  # the same as networks.fomm.config.TINY


def layout(sizes: Sizes = PUBLIC) -> dict[str, dict[str, tuple[int, ...]]]:
    """Shapes by part and name."""
    return {"kp_detector": _detector(sizes), "generator": _generator(sizes)}


def states(sizes: Sizes = PUBLIC) -> dict[str, dict[str, torch.Tensor]]:
    """Both parts filled with numbers that every machine makes alike."""
    return {
        part: {name: _fill(name, shape, index) for index, (name, shape) in enumerate(shapes.items())}
        for part, shapes in layout(sizes).items()
    }


def write_checkpoint(
    file: Path, sizes: Sizes = PUBLIC, change: Callable[..., Any] | None = None, old_format: bool = True
) -> Path:
    """Write a checkpoint with everything a training run leaves in it; ``change`` may edit the dict before."""
    content = {"epoch": 99, "optimizer_generator": {"state": {}, "param_groups": [{"lr": 2e-4}]}, **states(sizes)}
    if change is not None:
        change(content)
    torch.save(content, file, _use_new_zipfile_serialization=not old_format)
    return file


def _detector(sizes: Sizes) -> dict[str, tuple[int, ...]]:
    width, _, _ = sizes.detector
    out = width + 3
    shapes = {"down.weight": _blur(sizes.reduction), **_hourglass("predictor", 3, sizes.detector)}
    shapes |= _conv("kp", out, sizes.points, 7)
    return shapes | _conv("jacobian", out, 4 * sizes.points, 7)


def _generator(sizes: Sizes) -> dict[str, tuple[int, ...]]:
    width, most, steps, residuals = sizes.generator
    motions = sizes.points + 1
    out = sizes.motion[0] + 4 * motions
    dense = {"down.weight": _blur(sizes.reduction), **_hourglass("hourglass", 4 * motions, sizes.motion)}
    dense |= _conv("mask", out, motions, 7) | _conv("occlusion", out, 1, 7)
    shapes = {f"dense_motion_network.{name}": shape for name, shape in dense.items()}
    shapes |= _block("first", 3, width, 7)
    channels = [min(most, width << step) for step in range(steps + 1)]
    for step in range(steps):
        shapes |= _block(f"down_blocks.{step}", channels[step], channels[step + 1])
        shapes |= _block(f"up_blocks.{step}", channels[steps - step], channels[steps - step - 1])
    for number in range(residuals):
        for half in (1, 2):
            shapes |= _conv(f"bottleneck.r{number}.conv{half}", channels[-1], channels[-1], 3)
            shapes |= _norm(f"bottleneck.r{number}.norm{half}", channels[-1])
    return shapes | _conv("final", width, 3, 7)


def _hourglass(name: str, channels: int, sizes: tuple[int, int, int]) -> dict[str, tuple[int, ...]]:
    width, most, blocks = sizes
    shapes: dict[Any, Any] = {}
    for i in range(blocks):
        shapes |= _block(f"{name}.encoder.down_blocks.{i}", channels, min(most, width << (i + 1)))
        channels = min(most, width << (i + 1))
    for i in reversed(range(blocks)):
        out = min(most, width << i)
        shapes |= _block(f"{name}.decoder.up_blocks.{blocks - 1 - i}", channels, out)
        channels = 2 * out
    return shapes


def _block(name: str, channels_in: int, channels_out: int, kernel: int = 3) -> dict[str, tuple[int, ...]]:
    return _conv(f"{name}.conv", channels_in, channels_out, kernel) | _norm(f"{name}.norm", channels_out)


def _conv(name: str, channels_in: int, channels_out: int, kernel: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (channels_out, channels_in, kernel, kernel), f"{name}.bias": (channels_out,)}


def _norm(name: str, channels: int) -> dict[str, tuple[int, ...]]:
    kinds = ("weight", "bias", "running_mean", "running_var")
    return {**{f"{name}.{kind}": (channels,) for kind in kinds}, f"{name}.num_batches_tracked": ()}


def _blur(reduction: int) -> tuple[int, int, int, int]:
    side = 2 * round(4 * (reduction - 1) / 2) + 1
    return (3, 1, side, side)


def _fill(name: str, shape: tuple[int, ...], index: int) -> torch.Tensor:
    if name.endswith("num_batches_tracked"):
        return torch.tensor(1000 + index)
    count = min(math.prod(shape), 1 << 16)
    wave: NDArray[Any] = np.resize(np.sin(np.arange(count) ** 2 * 0.7 + index), tuple(shape))
    if name == "down.weight" or name.endswith(".down.weight"):
        wave = (2 + wave) / (2 + wave).sum(axis=(1, 2, 3), keepdims=True)
    elif len(shape) == 4:
        wave = wave * np.sqrt(4 / np.prod(shape[1:]))
    elif name.endswith(("running_var", "norm.weight", "norm1.weight", "norm2.weight")):
        wave = 1 + 0.4 * wave
    elif name == "jacobian.bias":
        wave = np.tile([1.0, 0.0, 0.0, 1.0], shape[0] // 4) + 0.2 * wave
    else:
        wave = 0.1 * wave
    return torch.from_numpy(wave.astype(np.float32))
