"""Reads the sizes of a First Order Motion Model from the shapes of its tensors."""

from __future__ import annotations

import re
from collections.abc import Mapping

from avatarify.networks.config import HourglassConfig
from avatarify.networks.fomm.config import FULL, FommConfig, GeneratorConfig
from avatarify.networks.fomm.layout import Shape, blur_side, layout

_LARGEST_REDUCTION = 16


def sizes_of(shapes: Mapping[str, Shape]) -> FommConfig:
    """Return the sizes of a model; what its tensors do not tell is as in the public checkpoints.

    Args:
        shapes: Of the tensors by name, in the layout of ``layout``.

    Returns:
        Sizes that agree with the tensors they were read from; ``layout`` says whether all others fit, too.

    Raises:
        KeyError: A tensor that tells a size is missing.
        ValueError: A shape is impossible.
    """
    points, seen = shapes["kp_detector.kp.weight"][:2]
    width, channels = shapes["generator.first.conv.weight"][:2]
    dense = "generator.dense_motion_network"
    motions, planes = shapes[f"{dense}.mask.weight"][:2]
    jacobians = shapes.get("kp_detector.jacobian.weight")
    down = _outputs(shapes, "generator")
    residuals = {name.split(".")[2] for name in shapes if name.startswith("generator.bottleneck.r")}
    found = FommConfig(
        points=points,
        reduction=_reduction(shapes.get("kp_detector.down.weight")),
        detector=_hourglass(shapes, "kp_detector.predictor.encoder", seen - channels),
        motion=_hourglass(shapes, f"{dense}.hourglass.encoder", planes - (channels + 1) * motions),
        generator=GeneratorConfig(width, max(down, default=width), len(down), len(residuals)),
        jacobians=jacobians is not None,
        occlusion=f"{dense}.occlusion.weight" in shapes,
        one_jacobian=points > 1 and jacobians is not None and jacobians[0] == 4,
        channels=channels,
    )
    return FULL if layout(found) == layout(FULL) else found  # an upper limit that is never reached leaves no trace


def _hourglass(shapes: Mapping[str, Shape], name: str, width: int) -> HourglassConfig:
    outputs = _outputs(shapes, name)
    if width < 1 or not outputs:
        raise ValueError(name)
    return HourglassConfig(width, max(outputs), len(outputs))


def _outputs(shapes: Mapping[str, Shape], name: str) -> list[int]:
    """Return the output channels of the blocks down."""
    pattern = re.compile(re.escape(f"{name}.") + r"down_blocks\.(\d+)\.conv\.weight")
    found = {int(match[1]): shape[0] for key, shape in shapes.items() if (match := pattern.fullmatch(key))}
    return [found[number] for number in sorted(found)]


def _reduction(blur: Shape | None) -> int:
    if blur is None:
        return 1
    return next(factor for factor in range(2, _LARGEST_REDUCTION) if blur_side(factor) == blur[-1])
