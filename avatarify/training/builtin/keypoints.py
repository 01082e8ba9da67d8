"""Train the key-point detector of the built-in model on rendered people with exact key points."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from avatarify.face.face import KEYPOINT_CROP_FRACTION
from avatarify.networks.builtin.keypoints import INPUT_SIZE, BuiltinKeypointDetector
from avatarify.training.data import augment
from avatarify.training.data.rendered import Rendered
from avatarify.training.loop import Loop, Losses, Weights

BATCH = 40

# Distances that express something: lids, lips, mouth width, pupil in the eye, brow above the eye.
_PAIRS = torch.tensor(
    [
        *((37, 41), (38, 40), (43, 47), (44, 46), (61, 67), (62, 66), (63, 65), (48, 54), (51, 57)),
        *((79, 36), (79, 39), (80, 42), (80, 45), (79, 37), (80, 44), (19, 37), (24, 44)),
    ]
)
_PAIR_WEIGHTS = torch.tensor([4.0] * 4 + [3.0] * 3 + [2.0] * 2 + [1.0] * 8)
_POINT_WEIGHTS = torch.ones(81)
_POINT_WEIGHTS[71:77] = 0.2  # crown, ears, neck, shoulders: often hidden
_POINT_WEIGHTS[36:48] = 2.0
_POINT_WEIGHTS[60:68] = 1.5


def mean_shape(data: Rendered) -> Tensor:
    """Return the mean shape (81, 2), after aligning every face to an upright key-point crop."""
    points = data.points.flatten(0, 1)
    linear, shift, _ = tight_crops(points, jitter=0.0)
    return augment.points_in_crop(points, linear, shift, torch.zeros(len(points), dtype=torch.bool)).mean(0)


def tight_crops(points: Tensor, jitter: float = 1.0) -> tuple[Tensor, Tensor, Tensor]:
    """Frame faces as at run time, upright and tight, with the errors of a tracker.

    Args:
        points: (B, 81, 2).
        jitter: Magnitude of the errors; 0 for none (and no mirroring).

    Returns:
        The affine map from crop to frame coordinates, linear (B, 2, 2) and shift (B, 2); mirrored (B,) bool.
    """
    batch = len(points)
    brows = points[:, [19, 24]].mean(1)
    height = (brows - points[:, 8]).norm(dim=-1)
    scale = height / (2 * KEYPOINT_CROP_FRACTION) * torch.exp((torch.rand(batch) - 0.45) * 0.45 * jitter)
    across = points[:, 45] - points[:, 36]
    angle = torch.atan2(across[:, 1], across[:, 0]) + torch.randn(batch) * 0.12 * jitter
    mirrored = torch.rand(batch) < 0.5 * jitter
    side = torch.where(mirrored, -1.0, 1.0)
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    linear = torch.stack([torch.stack([cos * side, -sin], 1), torch.stack([sin * side, cos], 1)], 1)
    center = (brows + points[:, 8]) / 2 + (torch.rand(batch, 2) - 0.5) * 0.35 * scale[:, None] * jitter
    return linear, center, mirrored


def wide_open(data: Rendered, share: float = 0.1) -> Tensor:
    """Return the flat indices (N,) of the frames whose mouth is widest open relative to the face."""
    points = data.points.flatten(0, 1)
    height = (points[:, [19, 24]].mean(1) - points[:, 8]).norm(dim=-1) + 0.05
    opening = (points[:, 62] - points[:, 66]).norm(dim=-1) / height
    widest: Tensor = opening.topk(max(1, int(len(opening) * share))).indices
    return widest


def batch_of(data: Rendered, size: int, chosen: Tensor | None = None, jitter: float = 1.0) -> tuple[Tensor, Tensor]:
    """Return random crops (B, 3, 128, 128) and their key points (B, 81, 2); a quarter show the ``chosen`` frames."""
    number = torch.randint(data.identities * data.frames, (size,))
    if chosen is not None:
        number[: size // 4] = chosen[torch.randint(len(chosen), (size // 4,))]
    who, when = number // data.frames, number % data.frames
    images = data.rgb[who, when].permute(0, 3, 1, 2).float() / 255
    points = data.points[who, when]
    images = augment.backgrounds(images, data.part[who, when])
    linear, shift, mirrored = tight_crops(points, jitter)
    images = augment.crop(images, linear, shift, INPUT_SIZE)
    return augment.webcam(augment.strange(augment.colors(images))), augment.points_in_crop(
        points, linear, shift, mirrored
    )


def losses(net: BuiltinKeypointDetector, images: Tensor, truth: Tensor) -> Losses:
    """Return the key-point error (smooth L1) and the error of the expressive distances (L1)."""
    with torch.autocast("cpu", torch.bfloat16):
        found = net.find_points(images.contiguous(memory_format=torch.channels_last)).float()
    inside = (truth.abs() < 1.05).all(-1) * _POINT_WEIGHTS
    error = torch.nn.functional.smooth_l1_loss(found, truth, beta=0.02, reduction="none").sum(-1)
    point = (error * inside).sum() / inside.sum()
    left, right = _PAIRS.unbind(1)
    difference = (found[:, left] - found[:, right]) - (truth[:, left] - truth[:, right])
    pair = (difference.abs().sum(-1) * _PAIR_WEIGHTS).mean()
    return {"total": point + pair, "point": point, "pair": pair}


def mix_styles(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> Tensor:
    """Forward hook: swap feature statistics between images, half of the time (MixStyle, Zhou et al., 2021)."""
    if not module.training or torch.rand(()) < 0.5:
        return output
    x = output.float()
    mean, spread = x.mean((2, 3), keepdim=True), x.std((2, 3), keepdim=True) + 1e-4
    other = torch.randperm(len(x))
    own = torch.distributions.Beta(0.3, 0.3).sample((len(x), 1, 1, 1))
    mixed = (x - mean) / spread * (own * spread + (1 - own) * spread[other]) + own * mean + (1 - own) * mean[other]
    return mixed.to(output.dtype)


def train(
    data: Rendered, reference: Tensor, out: Path, minutes: float, first: Weights | None = None
) -> BuiltinKeypointDetector:
    """Train for ``minutes`` in total; a second call resumes.

    Args:
        data: Training data.
        reference: (81, 2) reference shape R.
        out: Folder of the checkpoint.
        minutes: Total over all calls.
        first: Initial weights.
    """
    net = BuiltinKeypointDetector(reference)
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    for early in (net.stem, net.down1):
        early.register_forward_hook(mix_styles)
    loop = Loop(net, out, minutes, rate=2e-3, first=first)
    chosen = wide_open(data)
    loop.run(lambda: losses(net, *batch_of(data, BATCH, chosen)))
    return net
