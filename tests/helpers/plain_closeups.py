"""Painted eyes and mouth laid over the whole picture, layer by layer: what the inference form is compared with."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from avatarify.networks.builtin.closeups import Closeups
from avatarify.networks.builtin.geometry import cell_centers, transformed
from avatarify.networks.builtin.light import PortraitLight, never_blue
from avatarify.networks.grid import inverse


def laid_over(
    closeups: Closeups,
    portrait: tuple[Tensor, PortraitLight],
    deformation: Tensor,
    points: tuple[Tensor, Tensor],
    drawn: tuple[Tensor, Tensor],
) -> tuple[Tensor, Tensor]:
    """Paint eyes and mouth of one portrait.

    Args:
        closeups: The painters.
        portrait: (1, 3, S, S) RGB in [0, 1], brought to white light, and its own light.
        deformation: (1, S, S, 2) with lids, positions in the portrait.
        points: Of the portrait and of the pose to draw, (1, 81, 2) each.
        drawn: Generated image (1, 3, h, h), and weight of the warped portrait (1, 1, h, h), in [0, 1].

    Returns:
        Image (1, 3, S, S) and weight of the warped portrait (1, 1, S, S), in [0, 1].
    """
    (even, light), driving = portrait, points[1]
    canvas, corner = cell_centers(even.shape[-1]), torch.ones(2)
    eyes, eye_opacity = closeups.eyes(even, deformation, *points)
    mouth, mouth_opacity = closeups.mouth(even, deformation, *points)
    eyes, mouth = light.applied_to(eyes), light.applied_to(never_blue(mouth))
    start, axes = closeups.eyes.frames(driving)
    layers = [
        place_patch(canvas, eyes[one], eye_opacity[one], start[one], axes[one], *closeups.eyes.corners)
        for one in (slice(1), slice(1, 2))
    ]
    layers.append(place_patch(canvas, mouth, mouth_opacity, *closeups.mouth.frames(driving), -corner, corner))
    over = sum(layers[1:], layers[0])
    colors, opacity = over[:, :3], over[:, 3:].clamp(max=1)
    image, visible = (F.interpolate(x, canvas.shape[:2], mode="bilinear", align_corners=False) for x in drawn)
    hidden = (1 - visible) * (1 - opacity)
    image = (image * hidden + colors) / (hidden + opacity).clamp(min=1e-3)
    return image.clamp(max=1), visible * (1 - opacity)


def place_patch(
    canvas: Tensor, patch: Tensor, opacity: Tensor, start: Tensor, axes: Tensor, first: Tensor, last: Tensor
) -> Tensor:
    """Resample a patch into the crop.

    Args:
        canvas: (S, S, 2) positions of the crop's pixels.
        patch: (B, 3, h, w) RGB.
        opacity: (B, 1, h, w).
        start: (B, 2) origin of the feature's frame, crop coordinates.
        axes: (B, 2, 2) its axes, as columns.
        first: (2,) the patch's upper left corner in the frame.
        last: (2,) the lower right one.

    Returns:
        (B, 4, S, S): RGB times opacity, and opacity; 0 outside the patch.
    """
    x, y = (canvas[None, None, ..., i] - start[:, None, i, None, None] for i in range(2))
    local = transformed(inverse(axes)[:, None, :, :, None, None], x, y)
    parts = [(place[:, 0] - first[i]) / (last[i] - first[i]) * 2 - 1 for i, place in enumerate(local)]
    grid = torch.stack(parts, -1)
    return F.grid_sample(torch.cat([patch * opacity, opacity], 1), grid, padding_mode="zeros", align_corners=False)
