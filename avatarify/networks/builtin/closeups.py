"""Small generators for eyes and mouth, for what warping the portrait cannot show.

A shut eye is more than squeezed skin, and an open mouth shows teeth and tongue that the portrait may not show. Each is
painted in a patch anchored to its feature, from the warped portrait, the portrait's own patch, and maps of the shapes
of lids or lips; all other pixels stay the portrait's.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.motion import layout
from avatarify.networks.builtin import point_weights
from avatarify.networks.builtin.geometry import eye_frames, head_frame, lid_curve, lid_heights
from avatarify.networks.builtin.layers import sample
from avatarify.networks.builtin.light import PortraitLight, find_light
from avatarify.networks.builtin.patches import PatchPainter, fade, frame_coordinates, patch_grid
from avatarify.networks.grid import inverse

EYE_PATCH = (40, 56)  # rows, columns
MOUTH_PATCH = (64, 64)
_EYE_FROM, _EYE_TO = (-0.35, -0.62), (1.35, 0.58)  # in eye widths: along and across
_MOUTH_HALF = 0.8  # in widths of the mean shape's mouth


class EyePainter(nn.Module):
    """Paints both eyes with one network; the left one is mirrored to look like a right one."""

    first: Tensor
    last: Tensor
    fade: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.painter = PatchPainter(6 + 8)
        self.register_buffer("first", torch.tensor(_EYE_FROM), persistent=False)
        self.register_buffer("last", torch.tensor(_EYE_TO), persistent=False)
        self.register_buffer("fade", fade(EYE_PATCH), persistent=False)

    @property
    def corners(self) -> tuple[Tensor, Tensor]:
        """Upper left and lower right corner of the patches in the eyes' frames, (2,) each."""
        return self.first, self.last

    def frames(self, points: Tensor) -> tuple[Tensor, Tensor]:
        """Return the frames of both eyes as those of right eyes.

        Args:
            points: (B, 81, 2).

        Returns:
            Origins (2 B, 2) and axes (2 B, 2, 2) as columns; all right eyes come first.
        """
        start, axes = eye_frames(points)
        mirrored = torch.stack([-axes[:, 1, :, 0], axes[:, 1, :, 1]], -1)
        return (
            torch.cat([start[:, 0], start[:, 1] + axes[:, 1, :, 0]]),
            torch.cat([axes[:, 0], mirrored]),
        )

    def positions(self, points: Tensor) -> Tensor:
        """Return where the patches' pixels lie in the crop, (2 B, 40, 56, 2), for points (B, 81, 2)."""
        return patch_grid(*self.frames(points), EYE_PATCH, self.first, self.last)

    def shapes(self, points: Tensor) -> Tensor:
        """Return maps of the eyes' shapes for points (B, 81, 2).

        Returns:
            (2 B, 4, 40, 56): distance below the upper and the lower lid, and offset from the pupil along and across the
            eye; all in eye widths.
        """
        heights = [h.T.reshape(-1, 1, 1) for h in lid_heights(points)]
        start, axes = self.frames(points)
        pupils = torch.cat([points[:, layout.PUPILS[0]], points[:, layout.PUPILS[1]]])
        pupil = (inverse(axes) * (pupils - start)[:, None, :]).sum(-1)
        rows, columns = EYE_PATCH
        u, v = frame_coordinates(EYE_PATCH, self.first, self.last)
        u, v = u[None, None].expand(len(start), rows, columns), v[None, :, None].expand(len(start), rows, columns)
        lids = [v - h * lid_curve(u) for h in heights]
        return torch.stack([*lids, u - pupil[:, 0, None, None], v - pupil[:, 1, None, None]], 1)

    def forward(self, portrait: Tensor, deformation: Tensor, source: Tensor, driving: Tensor) -> tuple[Tensor, Tensor]:
        """Paint the patches.

        Args:
            portrait: (B, 3, H, H) RGB in [0, 1].
            deformation: (B, h, h, 2) with lids, positions in the portrait.
            source: (B, 81, 2) points of the portrait.
            driving: (B, 81, 2) points of the pose to draw.

        Returns:
            RGB (2 B, 3, 40, 56) and opacity (2 B, 1, 40, 56), in [0, 1]; all right eyes come first.
        """
        at = self.positions(driving)
        field = torch.cat([deformation, deformation]).permute(0, 3, 1, 2)
        both = torch.cat([portrait, portrait])
        warped = sample(both, sample(field, at).permute(0, 2, 3, 1))
        own = sample(both, self.positions(source))
        inputs = torch.cat([warped - 0.5, own - 0.5, self.shapes(driving), self.shapes(source)], 1)
        colors, opacity = self.painter(inputs)
        return colors, opacity * self.fade


class MouthPainter(nn.Module):
    """Paints the inside of the mouth and its edges."""

    head_operator: Tensor
    reach: Tensor
    fade: Tensor

    def __init__(self, reference: Tensor) -> None:
        super().__init__()
        self.painter = PatchPainter(6 + 2 * 2 + 4)
        self.register_buffer("head_operator", point_weights.head_operator(reference), persistent=False)
        self.register_buffer("reach", (reference[48] - reference[54]).norm() * _MOUTH_HALF, persistent=False)
        self.register_buffer("fade", fade(MOUTH_PATCH), persistent=False)

    def frames(self, points: Tensor) -> tuple[Tensor, Tensor]:
        """Return the middle of the lips (B, 2) and axes (B, 2, 2) with the head's rotation and size, for (B, 81, 2)."""
        axes = head_frame(points, self.head_operator) * self.reach
        return points[:, list(layout.MOUTH)].mean(1), axes

    def positions(self, points: Tensor) -> Tensor:
        """Return where the patch's pixels lie in the crop, (B, 64, 64, 2), for points (B, 81, 2)."""
        corner = torch.ones(2).to(points)
        return patch_grid(*self.frames(points), MOUTH_PATCH, -corner, corner)

    @staticmethod
    def inside(points: Tensor, outline: tuple[int, ...], positions: Tensor, soft: float) -> Tensor:
        """Return 1 inside and 0 outside of an outline, with a soft edge.

        Args:
            points: (B, 81, 2).
            outline: Indices of its corners, clockwise on screen.
            positions: (B, 64, 64, 2) of the patch's pixels in the crop.
            soft: Width of the edge, crop units.

        Returns:
            (B, 64, 64) in [0, 1].
        """
        corner = points[:, list(outline)]
        edge = torch.cat([corner[:, 1:], corner[:, :1]], 1) - corner
        edge = edge / (edge.norm(dim=-1, keepdim=True) + 1e-4)
        offset = positions[:, :, :, None] - corner[:, None, None]
        depth = (edge[:, None, None, :, 0] * offset[..., 1] - edge[:, None, None, :, 1] * offset[..., 0]).amin(-1)
        return torch.sigmoid((depth - soft) / soft)

    def shapes(self, points: Tensor, positions: Tensor) -> Tensor:
        """Return maps of the inside of the outer and of the inner lips, (B, 2, 64, 64) in [0, 1].

        Args:
            points: (B, 81, 2).
            positions: (B, 64, 64, 2) of the patch's pixels in the crop.
        """
        maps = [self.inside(points, outline, positions, 0.006) for outline in (layout.OUTER_LIPS, layout.INNER_LIPS)]
        return torch.stack(maps, 1)

    def forward(self, portrait: Tensor, deformation: Tensor, source: Tensor, driving: Tensor) -> tuple[Tensor, Tensor]:
        """Return RGB (B, 3, 64, 64) and opacity (B, 1, 64, 64), in [0, 1]; arguments as of ``EyePainter``."""
        at, there = self.positions(driving), self.positions(source)
        warped = sample(portrait, sample(deformation.permute(0, 3, 1, 2), at).permute(0, 2, 3, 1))
        own = sample(portrait, there)
        frame = inverse(self.frames(driving)[1])[:, None, None]
        offsets = [at - driving[:, k, None, None] for k in (layout.NOSE_BASE, layout.CHIN)]
        places = torch.cat([(frame * offset[..., None, :]).sum(-1) for offset in offsets], -1).permute(0, 3, 1, 2)
        maps = [self.shapes(driving, at), self.shapes(source, there)]
        colors, opacity = self.painter(torch.cat([warped - 0.5, own - 0.5, *maps, places], 1))
        # Opaque only on the lips and a little around them.
        near = F.max_pool2d(maps[0][:, :1], 9, 1, 4)
        return colors, opacity * self.fade * near


class Closeups(nn.Module):
    """Both painters; ``inference.closeups`` lays their patches over a generated image.

    Args:
        reference: (81, 2) shape R of the key-point detector.
    """

    def __init__(self, reference: Tensor) -> None:
        super().__init__()
        self.eyes = EyePainter()
        self.mouth = MouthPainter(reference)

    def light(self, portrait: Tensor, source: Tensor) -> PortraitLight:
        """Estimate the light of a portrait (1, 3, size, size), RGB in [0, 1], with points (1, 81, 2)."""
        eyes = sample(torch.cat([portrait, portrait]), self.eyes.positions(source))
        return find_light(eyes, self.eyes.shapes(source))
