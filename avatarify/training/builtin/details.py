"""Train the close-up key-point detectors of the eyes and mouth on rendered people with exact key points."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from avatarify.networks.builtin import details
from avatarify.networks.builtin.details import DetailDetector
from avatarify.training.data import augment
from avatarify.training.data.rendered import Rendered
from avatarify.training.loop import Loop, Losses, Weights

BATCH = 32
# Distances that express something, as index pairs into the key points of a patch.
_EYE_PAIRS = torch.tensor([(1, 5), (2, 4), (6, 0), (6, 3), (6, 1), (6, 4)])
_MOUTH_PAIRS = torch.tensor([(13, 19), (14, 18), (15, 17), (0, 6), (3, 9), (12, 16), (2, 14), (8, 18)])
_MOUTH_MIRROR = [6, 5, 4, 3, 2, 1, 0, 11, 10, 9, 8, 7, 16, 15, 14, 13, 12, 19, 18, 17]


def jittered(net: DetailDetector, points: Tensor) -> tuple[Tensor, Tensor]:
    """Return patch frames with errors like those of the coarse detector; half of the mouths are mirrored.

    Args:
        net: Gives the exact frames.
        points: (B, 81, 2) key points.

    Returns:
        Axes (B, 3, 2, 2) and centers (B, 3, 2) of right eye, left eye, and mouth.
    """
    batch = len(points)
    axes, centers = net.frames(points)
    scale = torch.exp(torch.randn(batch, 3, 1, 1) * 0.13 + 0.03)
    angle = torch.randn(batch, 3) * 0.1
    cos, sin = torch.cos(angle), torch.sin(angle)
    turn = torch.stack([torch.stack([cos, -sin], -1), torch.stack([sin, cos], -1)], -2)
    centers = centers + (axes @ (torch.randn(batch, 3, 2, 1) * 0.14).clamp(-0.35, 0.35))[..., 0]
    flip = torch.ones(batch, 3, 1, 2)
    flip[:, 2, 0, 0] = torch.where(torch.rand(batch) < 0.5, -1.0, 1.0)
    return axes @ turn * scale * flip, centers


def batch_of(net: DetailDetector, data: Rendered, size: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return patches (B, 3, 3, 64, 64), eye points (B, 2, 7, 2) and mouth points (B, 20, 2)."""
    number = torch.randint(data.identities * data.frames, (size,))
    who, when = number // data.frames, number % data.frames
    points = data.points[who, when]
    images = data.rgb[who, when].permute(0, 3, 1, 2).float() / 255
    axes, centers = jittered(net, points)
    patches = details.cut_patches(images, axes, centers)
    patches = augment.webcam(augment.colors(augment.strange(patches.flatten(0, 1)))).reshape(patches.shape)
    places = (details.RIGHT_EYE, details.LEFT_EYE)
    eyes = [details.to_patch(points[:, list(k)], axes[:, i], centers[:, i]) for i, k in enumerate(places)]
    mouth = details.to_patch(points[:, list(details.MOUTH)], axes[:, 2], centers[:, 2])
    mirrored = (torch.linalg.det(axes[:, 2]) < 0)[:, None, None]
    return patches, torch.stack(eyes, 1), torch.where(mirrored, mouth[:, _MOUTH_MIRROR], mouth)


def _error(found: Tensor, truth: Tensor, pairs: Tensor) -> tuple[Tensor, Tensor]:
    inside = (truth.abs() < 1.05).all(-1).float()
    error = torch.nn.functional.smooth_l1_loss(found, truth, beta=0.03, reduction="none").sum(-1)
    left, right = pairs.unbind(1)
    seen = (inside[:, left] * inside[:, right])[..., None]
    difference = (found[:, left] - found[:, right]) - (truth[:, left] - truth[:, right])
    return (error * inside).sum() / inside.sum().clamp(min=1), (difference.abs() * seen).sum() / seen.sum().clamp(min=1)


def losses(net: DetailDetector, patches: Tensor, eyes: Tensor, mouth: Tensor) -> Losses:
    """Return the errors of the key points and of the expressive distances."""
    with torch.autocast("cpu", torch.bfloat16):
        found_eyes = net.eye(patches[:, :2].flatten(0, 1).contiguous(memory_format=torch.channels_last))
        found_mouth = net.mouth(patches[:, 2].contiguous(memory_format=torch.channels_last))
    eye, lid = _error(found_eyes, eyes.flatten(0, 1), _EYE_PAIRS)
    lip, opening = _error(found_mouth, mouth, _MOUTH_PAIRS)
    return {"total": eye + lid + lip + opening, "eye": eye, "lid": lid, "lip": lip, "opening": opening}


def train(data: Rendered, reference: Tensor, out: Path, minutes: float, first: Weights | None = None) -> DetailDetector:
    """Train for ``minutes`` in total; a second call resumes. Arguments as in ``keypoints.train``."""
    net = DetailDetector(reference)
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    Loop(net, out, minutes, rate=2e-3, first=first).run(lambda: losses(net, *batch_of(net, data, BATCH)))
    return net
