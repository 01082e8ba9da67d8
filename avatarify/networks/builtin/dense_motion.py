"""From key points with Jacobians to the analytic part of the built-in model's motion: local affine maps and lids.

Everything maps backwards, from a position in the driving (output) picture to the position in the source portrait to
take, in crop coordinates (-1 and 1 at the outer edges, cell centres at ``(2 i + 1) / n - 1``).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.motion import layout
from avatarify.networks.builtin import point_weights
from avatarify.networks.grid import inverse, product

MOTION_SIZE = 64
_IRIS_REACH = 0.36  # in eye widths: further out the eyeball stays


def cell_centres(size: int) -> Tensor:
    """(size, size, 2) x and y of the cells' centres."""
    cells = (torch.arange(size) * 2 + 1) / size - 1
    y, x = torch.meshgrid(cells, cells, indexing="ij")
    return torch.stack([x, y], -1)


def apply(motion: Tensor, positions: Tensor) -> Tensor:
    """Apply affine maps (..., 6), that is (shift x, shift y, a, b, c, d), to positions (..., 2)."""
    x, y = positions[..., 0], positions[..., 1]
    new_x = motion[..., 0] + motion[..., 2] * x + motion[..., 3] * y
    return torch.stack([new_x, motion[..., 1] + motion[..., 4] * x + motion[..., 5] * y], -1)


def affine(at: Tensor, to: Tensor, linear: Tensor) -> Tensor:
    """Coefficients (..., 6) of z -> to + linear (z - at); the paper's Eq. 4 for one key point."""
    shift = to - (linear * at[..., None, :]).sum(-1)
    return torch.cat([shift, linear.flatten(-2)], -1)


def turned(matrices: Tensor, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Both components of ``matrices @ (x, y)``, written out: sums over an axis of two are slow in runtimes.

    Args:
        matrices: (B, K, 2, 2, 1, 1).
        x: (B, K, h, w).
        y: (B, K, h, w).
    """
    first = matrices[:, :, 0, 0] * x + matrices[:, :, 0, 1] * y
    return first, matrices[:, :, 1, 0] * x + matrices[:, :, 1, 1] * y


def eye_frames(points: Tensor) -> tuple[Tensor, Tensor]:
    """Frames of both eyes: (B, 2, 2) outer-left corner, and (B, 2, 2, 2) whose columns are the axes along and down."""
    start = torch.stack([points[:, eye[0]] for eye in layout.EYES], 1)
    along = torch.stack([points[:, eye[1]] for eye in layout.EYES], 1) - start
    down = torch.stack([-along[..., 1], along[..., 0]], -1)
    return start, torch.stack([along, down], -1)


def lid_heights(points: Tensor) -> tuple[Tensor, Tensor]:
    """Heights of the upper and the lower lids in their eyes' frames, (B, 2) each, in eye widths, negative is up."""
    start, axes = eye_frames(points)
    frame = inverse(axes)

    def height(lids: list[tuple[int, int]]) -> Tensor:
        middle = torch.stack([(points[:, a] + points[:, b]) / 2 for a, b in lids], 1)
        return (frame[..., 1, :] * (middle - start)).sum(-1) / 0.9

    return height([eye[2] for eye in layout.EYES]), height([eye[3] for eye in layout.EYES])


def pupils(points: Tensor) -> Tensor:
    """(B, 2, 2) both pupils in their eyes' frames, in eye widths."""
    start, axes = eye_frames(points)
    offset = points[:, list(layout.PUPILS)] - start
    return (inverse(axes) * offset[:, :, None, :]).sum(-1)


class LocalMotion(nn.Module):
    """Blend the affine motions around all key points into one dense motion (no learned weights).

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
        self.register_buffer("grid", cell_centres(MOTION_SIZE).reshape(-1, 2), persistent=False)
        self.register_buffer("spread", (nearest[:, 1:4].mean(1) * 0.5) ** 2, persistent=False)
        level = torch.log(nearest[:, 1] ** 2 + 1e-4) * 0.75
        level[list(layout.PUPILS)] = -30.0  # pupils move by gaze, the skin around them does not
        self.register_buffer("level", level, persistent=False)

    def head(self, points: Tensor) -> tuple[Tensor, Tensor]:
        """The head as one key point: centre (B, 2) and Jacobian (B, 2, 2) of the map R -> picture."""
        weights: Tensor = self.head_weights  # type: ignore[assignment]
        jacobian = (points[:, :, :, None] * self.head_operator[None, :, None, :]).sum(1)
        return (points * weights[None, :, None]).sum(1), jacobian

    def sparse(self, source: tuple[Tensor, Tensor], driving: tuple[Tensor, Tensor]) -> Tensor:
        """(B, 101, 6) affine motion around each key point and between lip points, driving -> source (Eq. 4).

        The lid points follow their eye's frame instead: opening and closing is added by ``Lids``.
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
        """(B, 4096, K) squared distances of cells and K points (B, K, 2)."""
        cells = self.grid
        cross = points[:, None, :, 0] * cells[None, :, None, 0] + points[:, None, :, 1] * cells[None, :, None, 1]
        squares = (cells * cells).sum(-1)[None, :, None] + (points * points).sum(-1)[:, None]
        return (squares - 2 * cross).clamp(min=0)

    def one_sided(self, points: Tensor) -> Tensor:
        """(B, 4096, 101) log-weights that keep each lip on its own side of the mouth's line."""
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
        """Return (local, head, torso) motions, each (B, 64, 64, 2).

        Args:
            source: Points (B, 81, 2) and Jacobians (B, 81, 2, 2) of the portrait.
            driving: The same of the pose to take.
            distances: ``self.distances`` of the driving points.
        """
        batch = driving[0].shape[0]
        first, second = torch.tensor(point_weights.BETWEEN).unbind(1)
        between = self.distances((driving[0][:, first] + driving[0][:, second]) / 2)
        score = (
            -1.5 * torch.log(torch.cat([distances, between], 2) + self.spread) + self.level + self.one_sided(driving[0])
        )
        local = apply(score.softmax(-1) @ self.sparse(source, driving), self.grid[None])
        centre_s, jacobian_s = self.head(source[0])
        centre_d, jacobian_d = self.head(driving[0])
        head = apply(affine(centre_d, centre_s, product(jacobian_s, inverse(jacobian_d)))[:, None], self.grid[None])
        torso_points = list(layout.TORSO)
        shift = (source[0][:, torso_points] - driving[0][:, torso_points]).mean(1)
        torso = self.grid[None] + shift[:, None]
        shape = (batch, MOTION_SIZE, MOTION_SIZE, 2)
        return local.reshape(shape), head.reshape(shape), torso.reshape(shape)


class Regions(nn.Module):
    """Soft maps of jaw, brows, both eyes, nose, outer and inner lips: (B, 7, 64, 64) in [0, 1]."""

    grid: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("grid", cell_centres(MOTION_SIZE).reshape(-1, 2), persistent=False)

    def inside(self, points: Tensor, outline: tuple[int, ...]) -> Tensor:
        """(B, 4096) soft inside of a convex outline, clockwise on screen."""
        corner = points[:, list(outline)]
        edge = torch.cat([corner[:, 1:], corner[:, :1]], 1) - corner
        edge = edge / (edge.norm(dim=-1, keepdim=True) + 1e-4)
        x = self.grid[None, :, None, 0] - corner[:, None, :, 0]
        y = self.grid[None, :, None, 1] - corner[:, None, :, 1]
        depth = (edge[:, None, :, 0] * y - edge[:, None, :, 1] * x).amin(-1)
        return torch.sigmoid((depth - 0.010) / 0.007)

    def forward(self, points: Tensor, distances: Tensor) -> Tensor:
        """From (B, 81, 2) points and their ``LocalMotion.distances``."""
        maps = []
        for number, (region, radius) in enumerate(zip(point_weights.REGIONS, point_weights.REGION_RADIUS, strict=True)):
            near = torch.exp(-distances[:, :, region.start : region.stop].amin(-1) / (2 * radius**2))
            if number in point_weights.OUTLINES:
                near = torch.maximum(near * 0.5, self.inside(points, point_weights.OUTLINES[number]))
            maps.append(near)
        return torch.stack(maps, 1).reshape(-1, len(maps), MOTION_SIZE, MOTION_SIZE)


class Lids(nn.Module):
    """Opens and closes the eyes: slides skin over the eyeball.

    In each eye's frame (along the eye from corner to corner, across it downwards, in eye widths) the lids are curves
    ``height * bump(along)``. Above the driving picture's upper lid and below its lower lid the skin is stretched to the
    source's lids; between them the eyeball turns with the pupil.

    Args:
        size: Cells of the motion's grid.
    """

    grid: Tensor

    def __init__(self, size: int) -> None:
        super().__init__()
        self.register_buffer("grid", cell_centres(size)[None, None], persistent=False)

    def forward(self, motion: Tensor, source: Tensor, driving: Tensor) -> tuple[Tensor, Tensor]:
        """Put the eyes into a motion.

        Around an eye the motion becomes that of the eye's own frame: the lids must meet exactly where the skin is.

        Args:
            motion: (B, size, size, 2), eyes as open as in the source.
            source: (B, 81, 2) points of the portrait.
            driving: (B, 81, 2) points of the pose to take.

        Returns:
            The motion with lids, and the share of eye zone (B, 1, size, size) in [0, 1].
        """
        start, axes = eye_frames(driving)
        start = start[..., None, None]
        x, y = self.grid[..., 0] - start[:, :, 0], self.grid[..., 1] - start[:, :, 1]
        along, across = turned(inverse(axes)[..., None, None], x, y)
        shift, eyeball = self.slide(along, across, lid_heights(source), lid_heights(driving))
        look_along, look_across = self.look(along, across, pupils(source), pupils(driving), eyeball)
        shift = shift + look_across
        start, axes = (part[..., None, None] for part in eye_frames(source))
        own = turned(axes, along + look_along, across + shift)
        slid = turned(axes, look_along, shift)
        share = torch.exp(-(((along - 0.5) / 0.55) ** 4) - (across / 0.42) ** 4)
        parts = []
        for i in range(2):
            before = motion[:, None, :, :, i]
            change = share * (start[:, :, i] + own[i] - before) + (1 - share) * slid[i]
            parts.append(before[:, 0] + change[:, 0] + change[:, 1])
        return torch.stack(parts, -1), share.amax(1, keepdim=True)

    @staticmethod
    def look(along: Tensor, across: Tensor, source: Tensor, driving: Tensor, eyeball: Tensor) -> tuple[Tensor, Tensor]:
        """Displacement of the eyeball along and across, in eye widths: the iris moves whole, the white gives way.

        Args:
            along: (B, 2, size, size) positions in the eyes' frames.
            across: (B, 2, size, size).
            source: (B, 2, 2) pupils of the portrait in their eyes' frames.
            driving: (B, 2, 2) pupils to show.
            eyeball: (B, 2, size, size) 1 where it is seen.
        """
        away = [x - driving[..., i, None, None] for i, x in enumerate((along, across))]
        whole = torch.exp(-(((away[0] ** 2 + away[1] ** 2) / _IRIS_REACH**2) ** 2)) * eyeball
        by = (source - driving)[..., None, None]
        return whole * by[:, :, 0], whole * by[:, :, 1]

    @staticmethod
    def slide(
        along: Tensor, across: Tensor, source: tuple[Tensor, Tensor], driving: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Across-displacement in eye widths, and where the eyeball is seen; both (B, 2, size, size)."""
        bump = (4 * along * (1 - along)).clamp(min=0, max=1) ** 0.8
        up_s, low_s = source[0][..., None, None], source[1][..., None, None]
        up_d, low_d = driving[0][..., None, None], driving[1][..., None, None]
        up_s = torch.minimum(up_s, low_s - 0.12)
        # The lashes belong to the lid, and no white of the eye may show below it; a shut eye leaves no slit.
        ends = (4 * bump).clamp(max=1)
        open_share = ((low_d - up_d) / (low_s - up_s)).clamp(min=0, max=1)
        top, bottom = up_s.minimum(up_d) - 0.4, low_s.maximum(low_d) + 0.45
        upper_s, lower_s = up_s * bump - 0.03 * ends, low_s * bump + 0.06 * ends
        lower = low_d * bump + 0.06 * ends * open_share
        upper = torch.minimum(up_d * bump - 0.03 * ends * open_share, lower - 0.004)
        above = top + (across - top) * (upper_s - top) / (upper - top)
        below = bottom + (across - bottom) * (lower_s - bottom) / (lower - bottom)
        grown = ((lower_s - upper_s) / (lower - upper)).clamp(max=1.0)
        taken = torch.where(across < upper, above, torch.where(across > lower, below, across * grown))
        taken = torch.where((across < top) | (across > bottom), across, taken)
        eyeball = (across >= upper) & (across <= lower) & (bump > 0)
        return (taken - across) * (bump > 0), eyeball.to(across)
