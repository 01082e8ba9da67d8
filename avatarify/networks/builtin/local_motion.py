"""The analytic part of the built-in model's motion: local affine maps around the key points, and maps of the face.

All motion maps backward: from a position in the image to draw to the position in the source portrait to sample, in crop
coordinates (see ``geometry``).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.motion import layout
from avatarify.networks.builtin import point_weights
from avatarify.networks.builtin.geometry import affine, apply, cell_centers, eye_frames
from avatarify.networks.grid import inverse, product

MOTION_SIZE = 64


class LocalMotion(nn.Module):
    """Blends the affine motions around all key points into one dense motion; it has no learned weights.

    Args:
        reference: (81, 2) shape R of the key-point detector.
    """

    reference: Tensor
    head_operator: Tensor
    grid: Tensor
    spread: Tensor
    level: Tensor

    def __init__(self, reference: Tensor) -> None:
        super().__init__()
        self.register_buffer("reference", reference.float())
        every = point_weights.with_between(reference)
        nearest = torch.cdist(every, every).sort(dim=1).values.float() * 0.6  # in units of the portrait crop
        self.register_buffer("head_weights", point_weights.head_weights(), persistent=False)
        self.register_buffer("head_operator", point_weights.head_operator(reference), persistent=False)
        self.register_buffer("grid", cell_centers(MOTION_SIZE).reshape(-1, 2), persistent=False)
        self.register_buffer("spread", (nearest[:, 1:4].mean(1) * 0.5) ** 2, persistent=False)
        level = torch.log(nearest[:, 1] ** 2 + 1e-4) * 0.75
        level[list(layout.PUPILS)] = -30.0  # pupils move by gaze, the skin around them does not
        self.register_buffer("level", level, persistent=False)

    def head(self, points: Tensor) -> tuple[Tensor, Tensor]:
        """Return the head as one key point: center (B, 2), and Jacobian (B, 2, 2) of the map from R, for (B, 81, 2)."""
        weights: Tensor = self.head_weights  # type: ignore[assignment]
        jacobian = (points[:, :, :, None] * self.head_operator[None, :, None, :]).sum(1)
        return (points * weights[None, :, None]).sum(1), jacobian

    def sparse(self, source: tuple[Tensor, Tensor], driving: tuple[Tensor, Tensor]) -> Tensor:
        """Return the affine motion around each key point and between lip points, from driving to source (Eq. 4).

        The lid points follow their eye's frame instead: ``Lids`` adds opening and closing.

        Args:
            source: Points (B, 81, 2) and Jacobians (B, 81, 2, 2) of the portrait.
            driving: The same of the pose to draw.

        Returns:
            (B, 101, 6), as ``geometry.apply`` takes it.
        """
        linear = product(source[1], inverse(driving[1]))
        at, to, flat = (point_weights.with_between(x) for x in (driving[0], source[0], linear.flatten(2)))
        motion = affine(at, to, flat.reshape(*flat.shape[:2], 2, 2))
        start_s, axes_s = eye_frames(source[0])
        start_d, axes_d = eye_frames(driving[0])
        eyes = affine(start_d, start_s, product(axes_s, inverse(axes_d)))
        parts = [motion[:, :37], *[eyes[:, :1]] * 2, motion[:, 39:40], *[eyes[:, :1]] * 2, motion[:, 42:43]]
        parts += [*[eyes[:, 1:]] * 2, motion[:, 45:46], *[eyes[:, 1:]] * 2, motion[:, 48:]]
        return torch.cat(parts, 1)

    def distances(self, points: Tensor) -> Tensor:
        """Return the squared distances of the grid's cells and points (B, K, 2): (B, 4096, K)."""
        cells = self.grid
        cross = points[:, None, :, 0] * cells[None, :, None, 0] + points[:, None, :, 1] * cells[None, :, None, 1]
        squares = (cells * cells).sum(-1)[None, :, None] + (points * points).sum(-1)[:, None]
        return (squares - 2 * cross).clamp(min=0)

    def one_sided(self, points: Tensor) -> Tensor:
        """Return log-weights that keep each lip on its own side of the mouth's line: (B, 4096, 101), for (B, 81, 2)."""
        which, anchor, before, after = torch.tensor(point_weights.SIDED).unbind(1)
        along = points[:, after] - points[:, before]
        normal = torch.stack([along[..., 1], -along[..., 0]], -1)
        normal = normal / (normal.norm(dim=-1, keepdim=True) + 1e-4)
        offset = (points[:, anchor] * normal).sum(-1)[:, None]
        cells = self.grid
        side = (
            normal[:, None, :, 0] * cells[None, :, None, 0] + normal[:, None, :, 1] * cells[None, :, None, 1] - offset
        )
        weights = F.logsigmoid(side / 0.012 + 1.0).clamp(min=-12)
        places = torch.zeros(len(which), len(self.level))
        places[torch.arange(len(which)), which] = 1
        return weights @ places.to(weights)

    def forward(
        self, source: tuple[Tensor, Tensor], driving: tuple[Tensor, Tensor], distances: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Compute three candidates for the motion of each cell.

        Args:
            source: Points (B, 81, 2) and Jacobians (B, 81, 2, 2) of the portrait.
            driving: The same of the pose to draw.
            distances: ``self.distances`` of the driving points.

        Returns:
            Local motion, the head's affine motion, and the torso's shift, each (B, 64, 64, 2): positions in the source.
        """
        batch = driving[0].shape[0]
        first, second = torch.tensor(point_weights.BETWEEN).unbind(1)
        between = self.distances((driving[0][:, first] + driving[0][:, second]) / 2)
        # A Student-t like falloff: far points still count a little where no other is near.
        score = (
            -1.5 * torch.log(torch.cat([distances, between], 2) + self.spread) + self.level + self.one_sided(driving[0])
        )
        local = apply(score.softmax(-1) @ self.sparse(source, driving), self.grid[None])
        center_s, jacobian_s = self.head(source[0])
        center_d, jacobian_d = self.head(driving[0])
        head = apply(affine(center_d, center_s, product(jacobian_s, inverse(jacobian_d)))[:, None], self.grid[None])
        torso_points = list(layout.TORSO)
        shift = (source[0][:, torso_points] - driving[0][:, torso_points]).mean(1)
        torso = self.grid[None] + shift[:, None]
        shape = (batch, MOTION_SIZE, MOTION_SIZE, 2)
        return local.reshape(shape), head.reshape(shape), torso.reshape(shape)


class Regions(nn.Module):
    """Draws soft maps of jaw, brows, both eyes, nose, outer and inner lips; it has no learned weights."""

    grid: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("grid", cell_centers(MOTION_SIZE).reshape(-1, 2), persistent=False)

    def inside(self, points: Tensor, outline: tuple[int, ...]) -> Tensor:
        """Return 1 inside and 0 outside of a convex outline, clockwise on screen, with a soft edge: (B, 4096)."""
        corner = points[:, list(outline)]
        edge = torch.cat([corner[:, 1:], corner[:, :1]], 1) - corner
        edge = edge / (edge.norm(dim=-1, keepdim=True) + 1e-4)
        x = self.grid[None, :, None, 0] - corner[:, None, :, 0]
        y = self.grid[None, :, None, 1] - corner[:, None, :, 1]
        depth = (edge[:, None, :, 0] * y - edge[:, None, :, 1] * x).amin(-1)
        return torch.sigmoid((depth - 0.010) / 0.007)

    def forward(self, points: Tensor, distances: Tensor) -> Tensor:
        """Draw the maps.

        Args:
            points: (B, 81, 2).
            distances: ``LocalMotion.distances`` of them.

        Returns:
            (B, 7, 64, 64) in [0, 1].
        """
        maps = []
        for number, (region, radius) in enumerate(zip(point_weights.REGIONS, point_weights.REGION_RADIUS, strict=True)):
            near = torch.exp(-distances[:, :, region.start : region.stop].amin(-1) / (2 * radius**2))
            if number in point_weights.OUTLINES:
                near = torch.maximum(near * 0.5, self.inside(points, point_weights.OUTLINES[number]))
            maps.append(near)
        return torch.stack(maps, 1).reshape(-1, len(maps), MOTION_SIZE, MOTION_SIZE)
