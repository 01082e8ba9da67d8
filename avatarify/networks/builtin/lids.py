"""The analytic motion of the eyes: lids that open and close, and pupils that turn."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from avatarify.networks.builtin.geometry import cell_centers, eye_frames, lid_curve, lid_heights, pupils, transformed
from avatarify.networks.grid import inverse

_IRIS_REACH = 0.36  # in eye widths: further away from the pupil the eyeball does not move


class Lids(nn.Module):
    """Opens and closes the eyes by sliding skin over the eyeball; it has no learned weights.

    In each eye's frame the lids are curves ``height * lid_curve(along)``. Above the upper and below the lower lid of
    the image to draw, the skin is stretched to the source's lids; between them the eyeball turns with the pupil.

    Args:
        size: Cells of the motion's grid.
    """

    grid: Tensor

    def __init__(self, size: int) -> None:
        super().__init__()
        self.register_buffer("grid", cell_centers(size)[None, None], persistent=False)

    def forward(self, motion: Tensor, source: Tensor, driving: Tensor) -> tuple[Tensor, Tensor]:
        """Add the eyes to a motion.

        Around an eye the motion becomes that of the eye's own frame: the lids must meet exactly where the skin is.

        Args:
            motion: (B, size, size, 2), positions in the source; eyes as open as in the source.
            source: (B, 81, 2) points of the portrait.
            driving: (B, 81, 2) points of the pose to draw.

        Returns:
            The motion with lids (B, size, size, 2), and the weight of the eyes' zones (B, 1, size, size) in [0, 1].
        """
        start, axes = eye_frames(driving)
        start = start[..., None, None]
        x, y = self.grid[..., 0] - start[:, :, 0], self.grid[..., 1] - start[:, :, 1]
        along, across = transformed(inverse(axes)[..., None, None], x, y)
        shift, eyeball = self.slide(lid_curve(along), across, lid_heights(source), lid_heights(driving))
        seen, shown = pupils(source), pupils(driving)
        rigid = self.iris(along, across, shown, eyeball)
        by = (seen - shown)[..., None, None]
        look_along, shift = rigid * by[:, :, 0], shift + rigid * by[:, :, 1]
        start, axes = (part[..., None, None] for part in eye_frames(source))
        own = transformed(axes, along + look_along, across + shift)
        slid = transformed(axes, look_along, shift)
        zone = self.zone(along, across)
        parts = []
        for i in range(2):
            before = motion[:, None, :, :, i]
            change = zone * (start[:, :, i] + own[i] - before) + (1 - zone) * slid[i]
            parts.append(before[:, 0] + change[:, 0] + change[:, 1])
        return torch.stack(parts, -1), zone.amax(1, keepdim=True)

    @staticmethod
    def zone(along: Tensor, across: Tensor) -> Tensor:
        """Return the weight of the eyes' frames at positions in them: 1 at an eye, 0 an eye's width around it."""
        # Written as products: to some runtimes a power is a function call for each number.
        squares = [x * x for x in ((along - 0.5) / 0.55, across / 0.42)]
        return torch.exp(-squares[0] * squares[0] - squares[1] * squares[1])

    @staticmethod
    def iris(along: Tensor, across: Tensor, pupils: Tensor, eyeball: Tensor) -> Tensor:
        """Return the eyeball's share of the pupil's displacement: the iris moves as one piece, the white stretches.

        Args:
            along: (..., h, w) positions in the eyes' frames, in eye widths.
            across: As ``along``.
            pupils: (..., 2) pupils to show.
            eyeball: As ``along``, 1 where it is visible, else 0.

        Returns:
            As ``along``, in [0, 1].
        """
        away = [x - pupils[..., i, None, None] for i, x in enumerate((along, across))]
        distance = (away[0] * away[0] + away[1] * away[1]) / _IRIS_REACH**2
        return torch.exp(-distance * distance) * eyeball

    @staticmethod
    def slide(
        bump: Tensor, across: Tensor, source: tuple[Tensor, Tensor], driving: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Return how far the skin slides across each eye, and where the eyeball is visible.

        Args:
            bump: (..., h, w) ``lid_curve`` of the positions along the eyes.
            across: (..., h, w) positions across the eyes, in eye widths.
            source: Heights of the upper and the lower lids of the portrait, (...) each.
            driving: The same of the pose to draw.

        Returns:
            Displacement across, in eye widths, and 1 for the eyeball; both (..., h, w).
        """
        up_s, low_s = source[0][..., None, None], source[1][..., None, None]
        up_d, low_d = driving[0][..., None, None], driving[1][..., None, None]
        up_s = torch.minimum(up_s, low_s - 0.12)
        # The eyelashes belong to the lid, and no white of the eye may show below it; a shut eye leaves no slit.
        ends = (4 * bump).clamp(max=1)
        open_fraction = ((low_d - up_d) / (low_s - up_s)).clamp(min=0, max=1)
        # Beyond these two lines the skin does not move.
        top, bottom = up_s.minimum(up_d) - 0.4, low_s.maximum(low_d) + 0.45
        upper_s, lower_s = up_s * bump - 0.03 * ends, low_s * bump + 0.06 * ends
        lower = low_d * bump + 0.06 * ends * open_fraction
        upper = torch.minimum(up_d * bump - 0.03 * ends * open_fraction, lower - 0.004)
        above = top + (across - top) * (upper_s - top) / (upper - top)
        below = bottom + (across - bottom) * (lower_s - bottom) / (lower - bottom)
        grown = ((lower_s - upper_s) / (lower - upper)).clamp(max=1.0)
        source_across = torch.where(across < upper, above, torch.where(across > lower, below, across * grown))
        source_across = torch.where((across < top) | (across > bottom), across, source_across)
        eyeball = (across >= upper) & (across <= lower) & (bump > 0)
        return (source_across - across) * (bump > 0), eyeball.to(across)
