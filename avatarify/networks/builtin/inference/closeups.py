"""Painted eyes and mouth: each patch is painted in its own frame and laid into a box of pixels of the picture."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.motion import layout
from avatarify.networks.builtin import closeups
from avatarify.networks.builtin.generator import PORTRAIT_SIZE
from avatarify.networks.builtin.geometry import lid_curve
from avatarify.networks.builtin.inference.grids import AffineGrid, PixelBox, basis, line
from avatarify.networks.builtin.inference.lids import Eyes
from avatarify.networks.builtin.inference.measures import Algebra, Measures, mean, pick
from avatarify.networks.builtin.inference.motion import edges
from avatarify.networks.builtin.layers import sample
from avatarify.networks.builtin.light import never_blue
from avatarify.networks.builtin.patches import PatchPainter, frame_coordinates

EYE_BOX, MOUTH_BOX = 96, 128  # pixels; as large as the patches with room for a face twice as large
_CORNERS = len(layout.OUTER_LIPS)
_SOFT = 0.006
# Inputs of the painters in training's order: warped and own colors, maps of both shapes (and places in the mouth).
_EYE_ORDER = (0, 1, 2, 6, 7, 8, 9, 3, 4, 5, 10, 11, 12, 13)
_MOUTH_ORDER = (0, 1, 2, 6, 7, 10, 11, 12, 13, 3, 4, 5, 8, 9)


def _reordered(painter: PatchPainter, order: Sequence[int]) -> PatchPainter:
    """Return a painter that takes what depends on the frame first, and then what depends on the portrait."""
    made = copy.deepcopy(painter)
    first = made.enter[0]
    with torch.no_grad():
        first.weight.copy_(first.weight[:, list(order)])  # type: ignore[operator, index]
    return made


class EyePatches(nn.Module):
    """Paints both eyes; the left one is mirrored to look like a right one.

    Args:
        trained: The painter.
    """

    frames: Tensor
    maps: Tensor
    level: Tensor
    picked: Tensor
    scale: Tensor
    shift: Tensor
    fade: Tensor

    def __init__(self, trained: closeups.EyePainter) -> None:
        super().__init__()
        self.algebra = Algebra()
        self.painter = _reordered(trained.painter, _EYE_ORDER)
        first, last = trained.corners
        u, v = frame_coordinates(closeups.EYE_PATCH, first, last)
        self.positions = AffineGrid(v, u)
        # Rows (start, along, down) of the own frame times these: the frame of a right eye, and of a mirrored left one.
        mirrored = torch.tensor([[1.0, 1, 0], [0, -1, 0], [0, 0, 1]])
        curve = lid_curve(u).expand(len(v), -1).flatten()[None]
        # Lids are curves of a height, pupils shift; a pupil's place along a mirrored eye is counted from its other end.
        level = torch.tensor([[0.0, 0, 1, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
        turned = level + torch.tensor([[0.0] * 4, [0.0] * 4, [-1.0, 0, 0, 0], [0.0] * 4])
        picked = torch.tensor([[0.0, 0, 0, -1], [0, 0, 0, -1], [-1, 0, 0, 0], [-1, 0, 0, 0]])
        away = picked * torch.tensor([1.0, 1, -1, 1])[:, None]
        size = last - first
        scale = torch.stack([2 / size, 2 / size * torch.tensor([-1.0, 1])])[:, None]
        shift = torch.stack(
            [-first / size * 2 - 1, (torch.tensor([1.0, 0]) - first * torch.tensor([1.0, 1])) / size * 2 - 1]
        )
        for name, value in (
            ("frames", torch.stack([torch.eye(3), mirrored])),
            ("maps", torch.cat([basis(v, u), curve])),
            ("level", torch.stack([level, turned])),
            ("picked", torch.stack([picked, away])),
            ("scale", scale),
            ("shift", torch.cat([shift[:, None], torch.zeros(2, 2, 2)], 1)),
            ("fade", trained.fade.clone()),
        ):
            self.register_buffer(name, value, persistent=False)

    def forward(
        self, even: Tensor, deformation: Tensor, eyes: Eyes, into: Tensor, own: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Paint both eyes.

        Args:
            even: (1, 3, 256, 256) the portrait in white light, in [-0.5, 0.5].
            deformation: (1, 2, 256, 256) positions in the portrait.
            eyes: Of the pose to draw.
            into: (2, 2, 2) from vectors into the eyes' frames.
            own: (2, 7, 40, 56) colors and shapes of the portrait's own eyes.

        Returns:
            RGB (2, 3, 40, 56) in white light and opacity (2, 1, 40, 56), in [0, 1]; and (2, 3, 2) from vectors
            (1, x, y) into the patches, -1 and 1 at their edges.
        """
        axes = self.algebra.similarities(eyes.along)
        rows, columns = self.positions.shape
        at = self.positions(self.frames @ torch.cat([eyes.start[:, None], axes], 1)).reshape(1, 2 * rows, columns, 2)
        bent = sample(even, sample(deformation, at).permute(0, 2, 3, 1))
        warped = bent.reshape(3, 2, rows, columns).transpose(0, 1)
        shapes = (self.picked * eyes.lids[:, :, None] + self.level) @ self.maps
        colors, opacity = self.painter(torch.cat([warped, shapes.reshape(2, 4, rows, columns), own], 1))
        back = torch.cat([-eyes.start[:, None] @ into, into], 1) * self.scale + self.shift
        return colors, opacity * self.fade, back


class MouthPatch(nn.Module):
    """Paints the inside of the mouth and its edges.

    Args:
        trained: The painter.
    """

    frame: Tensor
    cells: Tensor
    fade: Tensor
    planes: Tensor
    constant: Tensor

    def __init__(self, trained: closeups.MouthPainter) -> None:
        super().__init__()
        self.algebra = Algebra()
        self.painter = _reordered(trained.painter, _MOUTH_ORDER)
        outlines = [edges(outline, _CORNERS) for outline in (layout.OUTER_LIPS, layout.INNER_LIPS)]
        self.measures = Measures(
            {
                "middle": mean(layout.MOUTH),
                "head": trained.head_operator.T.clone(),
                "anchors": pick((layout.NOSE_BASE, layout.CHIN)),
                "directions": torch.cat([one for one, _ in outlines]),
                "corners": torch.cat([one for _, one in outlines]),
            }
        )
        height, width = closeups.MOUTH_PATCH
        v, u = line(height, -1, 1), line(width, -1, 1)
        self.positions = AffineGrid(v, u)
        # The head's Jacobian, columns first, times this: the x axis of the nearest similarity.
        frame = torch.tensor([[1.0, 0], [0, 1], [0, -1], [1, 0]]) / 2 * trained.reach
        for name, value in (
            ("frame", frame),
            ("cells", basis(v, u)),
            ("planes", basis(v, u)[1:].repeat(2, 1).reshape(1, 4, height, width)),
            ("constant", torch.tensor([[1.0, 0, 0]]).T.clone()),
            ("fade", trained.fade.clone()),
        ):
            self.register_buffer(name, value, persistent=False)

    def forward(
        self, even: Tensor, deformation: Tensor, points: Tensor, own: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Paint the mouth.

        Args:
            even: (1, 3, 256, 256) the portrait in white light, in [-0.5, 0.5].
            deformation: (1, 2, 256, 256) positions in the portrait.
            points: (81, 2) of the pose to draw.
            own: (1, 5, 64, 64) colors and shapes of the portrait's own mouth.

        Returns:
            RGB (1, 3, 64, 64) in white light and opacity (1, 1, 64, 64), in [0, 1]; (1, 3, 2) from vectors (1, x, y)
            into the patch, -1 and 1 at its edges; and its middle (1, 2).
        """
        found = self.measures(points)
        middle = found["middle"]
        axis = found["head"].reshape(1, 4) @ self.frame
        axes = self.algebra.similarities(axis)[0]
        into = axes.T / (axis * axis).sum()
        at = self.positions(torch.cat([middle, axes])[None])
        warped = sample(even, sample(deformation, at).permute(0, 2, 3, 1))
        shapes = self.shapes(found, torch.cat([middle, axes]))
        places = self.planes + ((middle - found["anchors"]) @ into).reshape(1, 4, 1, 1)
        colors, opacity = self.painter(torch.cat([warped, shapes, places, own], 1))
        # Opaque only on the lips and a little around them; the largest of 9 x 9 is that of 9 rows of 9.
        near = F.max_pool2d(F.max_pool2d(shapes[:, :1], (9, 1), 1, (4, 0)), (1, 9), 1, (0, 4))
        back = torch.cat([-middle @ into, into])[None]
        return colors, opacity * self.fade * near, back, middle

    def shapes(self, found: dict[str, Tensor], frame: Tensor) -> Tensor:
        """Return maps of the inside of the outer and of the inner lips, (1, 2, 64, 64) in [0, 1].

        Args:
            found: The measures.
            frame: (3, 2) middle and axes of the patch.
        """
        lines = self.algebra.lines(found["directions"], found["corners"])
        rows = (lines @ torch.cat([self.constant, frame], 1).T - _SOFT * self.constant.T) / _SOFT
        height, width = self.positions.shape
        depth = (rows @ self.cells).reshape(1, 2, _CORNERS, height * width).amin(2)
        return torch.sigmoid(depth).reshape(1, 2, height, width)


class CloseupLayers(nn.Module):
    """Paints eyes and mouth and blends the patches over a generated image.

    Args:
        trained: The painters.
    """

    blank: Tensor

    def __init__(self, trained: closeups.Closeups) -> None:
        super().__init__()
        self.eyes, self.mouth = EyePatches(trained.eyes), MouthPatch(trained.mouth)
        self.eye_box, self.mouth_box = (PixelBox(side, PORTRAIT_SIZE, 4) for side in (EYE_BOX, MOUTH_BOX))
        self.eye_cells, self.mouth_cells = (AffineGrid(*_steps(side)) for side in (EYE_BOX, MOUTH_BOX))
        chunks = 4 * PORTRAIT_SIZE * PORTRAIT_SIZE // self.eye_box.chunk
        self.register_buffer("blank", torch.zeros(chunks, self.eye_box.chunk), persistent=False)

    def forward(
        self,
        portrait: tuple[Tensor, Tensor, Tensor, Tensor],
        deformation: Tensor,
        eyes: tuple[Eyes, Tensor, Tensor, Tensor],
        points: Tensor,
        drawn: tuple[Tensor, Tensor],
    ) -> tuple[Tensor, Tensor]:
        """Paint eyes and mouth of one portrait.

        Args:
            portrait: In white light (1, 3, 256, 256) in [-0.5, 0.5]; the matrix (3, 3) that brings colors to its own
                light; colors and shapes of its own eyes (2, 7, 40, 56) and mouth (1, 5, 64, 64).
            deformation: (1, 2, 256, 256) with lids, positions in the portrait.
            eyes: Of the pose to draw; (2, 2, 2) from vectors into their frames; where the boxes around them start
                (2, 2); and the positions of their first pixels (2, 1, 2).
            points: (81, 2) of the pose to draw.
            drawn: Generated image (1, 3, 128, 128) and its weight against the warped portrait (1, 1, 128, 128), both
                in [0, 1].

        Returns:
            Image (1, 3, 256, 256) and weight of the warped portrait (1, 1, 256, 256), in [0, 1].
        """
        even, light, own_eyes, own_mouth = portrait
        frames, into, starts, first = eyes
        colors, opacity, back = self.eyes(even, deformation, frames, into, own_eyes)
        both = self.laid(_lit(colors, light), opacity, back, first, self.eye_cells)
        colors, opacity, back, middle = self.mouth(even, deformation, points, own_mouth)
        start, first = self.mouth_box.start(middle)
        mouth = self.laid(_lit(never_blue(colors), light), opacity, back, first, self.mouth_cells)
        over = self.blank
        for i in range(2):
            over = self.eye_box.add(over, starts[i], both[i])
        over = self.mouth_box.add(over, start[0], mouth)
        size = (PORTRAIT_SIZE, PORTRAIT_SIZE)
        image, hidden = (F.interpolate(one, size, mode="bilinear", align_corners=False) for one in drawn)
        return _blended(image, hidden, over.reshape(1, 4, *size))

    @staticmethod
    def laid(colors: Tensor, opacity: Tensor, back: Tensor, first: Tensor, cells: AffineGrid) -> Tensor:
        """Resample patches into boxes of the picture.

        Args:
            colors: (n, 3, h, w).
            opacity: (n, 1, h, w).
            back: (n, 3, 2) from vectors (1, x, y) into the patches.
            first: (n, 1, 2) positions of the boxes' first pixels.
            cells: Of the boxes.

        Returns:
            (n, 4, side, side) RGB times opacity, and opacity; 0 outside of the patches.
        """
        constant, axes = back.split([1, 2], 1)
        grid = cells(torch.cat([constant + first @ axes, axes], 1))
        patch = torch.cat([colors * opacity, opacity], 1)
        return F.grid_sample(patch, grid, padding_mode="zeros", align_corners=False)


def _steps(side: int) -> tuple[Tensor, Tensor]:
    steps = torch.arange(side) * 2 / PORTRAIT_SIZE
    return steps, steps


def _lit(colors: Tensor, light: Tensor) -> Tensor:
    """Bring colors (n, 3, h, w) in white light to the portrait's."""
    return (light @ colors.flatten(2)).reshape(colors.shape)


def _blended(image: Tensor, hidden: Tensor, over: Tensor) -> tuple[Tensor, Tensor]:
    """Lay patches over both: what they leave is divided between the generated image and the warped portrait.

    The generated image's weight, not the portrait's, is what is small and divided by: 16 bits do not suffice for
    the difference of the latter and 1.
    """
    colors, opacity = over.split([3, 1], 1)
    left = (1 - opacity).clamp(min=0)
    own = hidden * left
    image = (image * own + colors) / (own + opacity.clamp(max=1)).clamp(min=1e-3)
    return image.clamp(max=1), (1 - hidden) * left
