"""The motion of the eyes, computed only in a box of pixels around each; what ``lids`` computes everywhere."""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.motion import layout
from avatarify.networks.builtin.generator import DRAWN_SIZE, PORTRAIT_SIZE
from avatarify.networks.builtin.inference.grids import AffineGrid, PixelBox, basis
from avatarify.networks.builtin.inference.measures import Algebra, Measures, mean, pick
from avatarify.networks.builtin.layers import sample
from avatarify.networks.builtin.lids import Lids

BOX = 96  # pixels: more than four times the width of an eye at the size at which portraits are cropped
_HALF = BOX // 2
_MIDDLE = (0.5, -0.1)  # of the box in the eye's frame: the skin of the upper lid moves further than that of the lower
_SOFT = 4  # pixels at the box's edge where the motion fades out, should an eye be too large for it
# 0 <= b <= 1: b^0.8 is q^6 times this polynomial of q = b^(1/8), within 5e-7. Runtimes have fast roots, but no powers.
_POWER = (0.2931084, 1.449959, -1.570957, 1.364204, -0.6810006, 0.1446876)


class Eyes(NamedTuple):
    """Both eyes of a face.

    Attributes:
        start: (2, 2) their left corners.
        along: (2, 2) from there to the right corners.
        lids: (2, 4) height of the upper and the lower lid, and the pupil along and across, in eye widths.
    """

    start: Tensor
    along: Tensor
    lids: Tensor

    def packed(self) -> Tensor:
        """Return (2, 8)."""
        return torch.cat(self, 1)

    @staticmethod
    def unpacked(packed: Tensor) -> Eyes:
        """Return the eyes that ``packed`` made (2, 8) of."""
        return Eyes(*packed.split([2, 2, 4], 1))


class EyeFrames(nn.Module):
    """Measures both eyes."""

    scale: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.algebra = Algebra()
        corners = pick([eye[0] for eye in layout.EYES])
        along = pick([eye[1] for eye in layout.EYES]) - corners
        lids = [eye[2] for eye in layout.EYES], [eye[3] for eye in layout.EYES]
        middles = [torch.cat([mean(pair) for pair in pairs]) for pairs in lids]
        offsets = torch.stack([*(middle - corners for middle in middles), pick(layout.PUPILS) - corners], 1)
        self.measures = Measures({"start": corners, "along": along, "offsets": offsets.flatten(0, 1)})
        # The two lid points are where ``lid_curve`` has 0.9 of its height.
        self.register_buffer("scale", torch.tensor([1 / 0.9, 1 / 0.9, 1, 1]), persistent=False)

    def forward(self, points: Tensor) -> tuple[Eyes, Tensor]:
        """Return both eyes for points (81, 2), and what takes a vector, as a row, into their frames: (2, 2, 2)."""
        found = self.measures(points)
        along = found["along"]
        squares = (along * along).sum(1)[:, None, None]
        into = self.algebra.similarities(along).transpose(1, 2) / squares
        inside = (found["offsets"].reshape(2, 3, 2) @ into).flatten(1)
        return Eyes(found["start"], along, inside[:, [1, 3, 4, 5]] * self.scale), into


class BoxedLids(nn.Module):
    """Adds the eyes to a motion."""

    cells: Tensor
    window: Tensor
    middle: Tensor
    unit: Tensor
    none: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.algebra = Algebra()
        self.fine, self.coarse = PixelBox(BOX, PORTRAIT_SIZE, 2), PixelBox(BOX // 2, DRAWN_SIZE, 3, 4, 1)
        steps = torch.arange(BOX) * 2 / PORTRAIT_SIZE
        self.positions = AffineGrid(steps, steps)
        ramp = ((torch.arange(BOX) + 1).minimum(BOX - torch.arange(BOX)) / _SOFT).clamp(max=1)
        self.register_buffer("cells", basis(steps, steps), persistent=False)
        self.register_buffer("window", (ramp[:, None] * ramp).flatten(), persistent=False)
        self.register_buffer("middle", torch.tensor([_MIDDLE])[None], persistent=False)
        self.register_buffer("unit", torch.eye(2).repeat(2, 1, 1), persistent=False)
        self.register_buffer("none", torch.zeros(1, 1, DRAWN_SIZE, DRAWN_SIZE), persistent=False)

    def center(self, eyes: Eyes) -> Tensor:
        """Return the middle of the boxes (2, 2)."""
        return eyes.start + (self.middle @ self.algebra.similarities(eyes.along))[:, 0]

    def change(self, before: Tensor, first: Tensor, source: Eyes, driving: Eyes, into: Tensor) -> tuple[Tensor, Tensor]:
        """Return how the motion changes in the boxes.

        Args:
            before: (2, 2, 96, 96) the motion there, positions in the source; eyes as open as in the source.
            first: (2, 1, 2) positions of the boxes' first pixels.
            source: Eyes of the portrait.
            driving: Eyes of the pose to draw.
            into: (2, 2, 2) from vectors into the frames of the driving eyes.

        Returns:
            Change of x and y (2, 2, 9216), and weight of the eyes' zones (2, 1, 9216) in [0, 1].
        """
        axes = self.algebra.similarities(source.along)
        inside = torch.cat([(first - driving.start[:, None]) @ into, into], 1)
        still = inside @ axes + torch.cat([source.start[:, None], torch.zeros(2, 2, 2)], 1)
        along, across, rest = (torch.cat([inside, still], 2).transpose(1, 2) @ self.cells).split([1, 1, 2], 1)
        heights, pupils = zip(*(_lids(eyes) for eyes in (source, driving)), strict=True)
        shift, eyeball = Lids.slide(lid_curve(along), across, *heights)
        iris = Lids.iris(along, across, pupils[1], eyeball)
        by = (pupils[0] - pupils[1])[:, :, None]
        slid = torch.cat([iris * by[:, :1], shift + iris * by[:, 1:]], 1)
        zone = Lids.zone(along, across) * self.window
        return zone * (rest - before.flatten(2)) + self.window * (axes.transpose(1, 2) @ slid), zone

    def forward(self, motion: Tensor, source: Eyes, driving: Eyes, into: Tensor) -> tuple[Tensor, ...]:
        """Add the eyes to a motion.

        Args:
            motion: (1, 2, 64, 64), positions in the source; eyes as open as in the source.
            source: Eyes of the portrait.
            driving: Eyes of the pose to draw.
            into: (2, 2, 2) from vectors into the frames of the driving eyes.

        Returns:
            The motion with lids (1, 2, 256, 256) and (1, 2, 128, 128), the weight of the eyes' zones (1, 1, 128, 128)
            in [0, 1]; where the boxes start (2, 2), and the positions of their first pixels (2, 1, 2).
        """
        starts, first = self.fine.start(self.center(driving))
        places = torch.cat([first, self.unit], 1)
        before = sample(motion.expand(2, -1, -1, -1), self.positions(places))
        change, zone = self.change(before, first, source, driving, into)
        both = torch.cat([change, zone], 1).reshape(2, 3, BOX, BOX)
        fine = _resized(motion, PORTRAIT_SIZE).reshape(-1, self.fine.chunk)
        coarse = torch.cat([_resized(motion, DRAWN_SIZE), self.none], 1).reshape(-1, self.coarse.chunk)
        small = F.avg_pool2d(both, 2)
        for i in range(2):
            fine = self.fine.add(fine, starts[i], change[i])
            coarse = self.coarse.add(coarse, starts[i], small[i])
        lidded = coarse.reshape(1, 3, DRAWN_SIZE, DRAWN_SIZE).split([2, 1], 1)
        return fine.reshape(1, 2, PORTRAIT_SIZE, PORTRAIT_SIZE), *lidded, starts, first


def _resized(motion: Tensor, size: int) -> Tensor:
    return F.interpolate(motion, (size, size), mode="bilinear", align_corners=False)


def _lids(eyes: Eyes) -> tuple[tuple[Tensor, Tensor], Tensor]:
    """Return the heights of upper and lower lids, (2,) each, and the pupils (2, 2)."""
    upper, lower, pupils = eyes.lids.split([1, 1, 2], 1)
    return (upper[:, 0], lower[:, 0]), pupils


def lid_curve(along: Tensor) -> Tensor:
    """Compute what ``geometry.lid_curve`` does, within 1e-6."""
    base = (4 * along * (1 - along)).clamp(min=0, max=1)
    half = base.sqrt()
    quarter = half.sqrt()
    eighth = quarter.sqrt()
    curve = eighth * _POWER[-1] + _POWER[-2]
    for factor in _POWER[-3::-1]:
        curve = curve * eighth + factor
    return curve * half * quarter
