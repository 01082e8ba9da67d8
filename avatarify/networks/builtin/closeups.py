"""Painters of eyes and mouth: what bending a picture cannot give, close up.

A shut eye is more than squeezed skin, and an open mouth shows teeth and tongue that the portrait may never have shown.
Each is painted in a patch that lies fast on its feature, from the bent portrait, the portrait's own patch and maps of
the lids' or the lips' shapes; all other pixels stay the portrait's.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.motion import layout
from avatarify.networks.builtin import point_weights
from avatarify.networks.builtin.dense_motion import cell_centres, eye_frames, lid_heights, turned
from avatarify.networks.builtin.keypoints import conv, double
from avatarify.networks.builtin.light import PortraitLight, find_light, never_blue
from avatarify.networks.grid import inverse

EYE_PATCH = (40, 56)  # rows, columns
MOUTH_PATCH = (64, 64)
_EYE_FROM, _EYE_TO = (-0.35, -0.62), (1.35, 0.58)  # in eye widths: along and across
_MOUTH_HALF = 0.8  # in widths of the mean shape's mouth


class PatchPainter(nn.Module):
    """A small U-Net: maps and colours in, RGB and its share out."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.enter = conv(inputs, 24)
        self.down1 = nn.Sequential(conv(24, 40, 3, 2), conv(40, 40))
        self.down2 = nn.Sequential(conv(40, 64, 3, 2), conv(64, 64))
        self.down3 = nn.Sequential(conv(64, 96, 3, 2), conv(96, 96))
        self.up2 = conv(96 + 64, 64)
        self.up1 = conv(64 + 40, 40)
        self.up0 = conv(40 + 24, 24)
        self.head = nn.Conv2d(24, 4, 3, 1, 1)
        nn.init.constant_(self.head.bias, 0.0)  # type: ignore[arg-type]
        with torch.no_grad():
            self.head.bias[3] = -1.0  # type: ignore[index]

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(B, C, H, W) -> RGB (B, 3, H, W) and its share (B, 1, H, W), both in [0, 1]."""
        x0 = self.enter(x)
        x1 = self.down1(x0)
        x2 = self.down2(x1)
        x = self.up2(torch.cat([double(self.down3(x2)), x2], 1))
        x = self.up1(torch.cat([double(x), x1], 1))
        out = self.head(self.up0(torch.cat([double(x), x0], 1))).float()
        return torch.sigmoid(out[:, :3]), torch.sigmoid(out[:, 3:])


def patch_grid(start: Tensor, axes: Tensor, shape: tuple[int, int], first: Tensor, last: Tensor) -> Tensor:
    """Positions (B, H, W, 2) in the crop of a patch's pixels, and so of every patch that lies fast on a feature.

    Args:
        start: (B, 2) origin of the feature's frame.
        axes: (B, 2, 2) its axes, as columns.
        shape: Rows and columns.
        first: (2,) frame coordinates of the patch's upper left corner.
        last: (2,) of the lower right one.
    """
    rows, columns = shape
    u = ((torch.arange(columns) + 0.5) / columns).to(start) * (last[0] - first[0]) + first[0]
    v = ((torch.arange(rows) + 0.5) / rows).to(start) * (last[1] - first[1]) + first[1]
    return (
        start[:, None, None]
        + axes[:, None, None, :, 0] * u[None, None, :, None]
        + axes[:, None, None, :, 1] * v[None, :, None, None]
    )


def look(image: Tensor, positions: Tensor) -> Tensor:
    """Take (B, C, H, W) at (B, h, w, 2)."""
    return F.grid_sample(image, positions, padding_mode="border", align_corners=False)


def fade(shape: tuple[int, int]) -> Tensor:
    """(1, 1, H, W) 1 in the middle of a patch, 0 at its edge."""
    ramps = [torch.minimum(torch.arange(n) + 0.5, n - 0.5 - torch.arange(n)) / (0.18 * n) for n in shape]
    rows, columns = (ramp.clamp(max=1) for ramp in ramps)
    return (rows[:, None] * columns[None])[None, None]


class EyePainter(nn.Module):
    """Paints both eyes; the left one as its mirror image."""

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
        """First and last corner of the patches in the eyes' frames."""
        return self.first, self.last

    def frames(self, points: Tensor) -> tuple[Tensor, Tensor]:
        """Frames of both eyes as those of right eyes, origins (2 B, 2) and axes (2 B, 2, 2), all right eyes first."""
        start, axes = eye_frames(points)
        turned = torch.stack([-axes[:, 1, :, 0], axes[:, 1, :, 1]], -1)
        return (
            torch.cat([start[:, 0], start[:, 1] + axes[:, 1, :, 0]]),
            torch.cat([axes[:, 0], turned]),
        )

    def positions(self, points: Tensor) -> Tensor:
        """(2 B, 40, 56, 2) where the patches' pixels lie in the crop."""
        return patch_grid(*self.frames(points), EYE_PATCH, self.first, self.last)

    def shapes(self, points: Tensor) -> Tensor:
        """(2 B, 4, 40, 56): height above the upper and the lower lid, and offset from the pupil, in eye widths."""
        heights = [h.T.reshape(-1, 1, 1) for h in lid_heights(points)]
        start, axes = self.frames(points)
        pupils = torch.cat([points[:, layout.PUPILS[0]], points[:, layout.PUPILS[1]]])
        pupil = (inverse(axes) * (pupils - start)[:, None, :]).sum(-1)
        rows, columns = EYE_PATCH
        u = ((torch.arange(columns) + 0.5) / columns).to(points) * (self.last[0] - self.first[0]) + self.first[0]
        v = ((torch.arange(rows) + 0.5) / rows).to(points) * (self.last[1] - self.first[1]) + self.first[1]
        u, v = u[None, None].expand(len(start), rows, columns), v[None, :, None].expand(len(start), rows, columns)
        bump = (4 * u * (1 - u)).clamp(min=0, max=1) ** 0.8
        lids = [v - h * bump for h in heights]
        return torch.stack([*lids, u - pupil[:, 0, None, None], v - pupil[:, 1, None, None]], 1)

    def forward(self, portrait: Tensor, deformation: Tensor, source: Tensor, driving: Tensor) -> tuple[Tensor, Tensor]:
        """Return RGB (2 B, 3, 40, 56) and its share (2 B, 1, 40, 56).

        Args:
            portrait: (B, 3, H, H) in [0, 1].
            deformation: (B, h, h, 2) with lids.
            source: (B, 81, 2).
            driving: (B, 81, 2).
        """
        at = self.positions(driving)
        field = torch.cat([deformation, deformation]).permute(0, 3, 1, 2)
        both = torch.cat([portrait, portrait])
        bent = look(both, look(field, at).permute(0, 2, 3, 1))
        own = look(both, self.positions(source))
        inputs = torch.cat([bent - 0.5, own - 0.5, self.shapes(driving), self.shapes(source)], 1)
        colours, share = self.painter(inputs)
        return colours, share * self.fade


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
        """Middle of the lips (B, 2) and axes (B, 2, 2): the head's turn and size, whatever the mouth does."""
        jacobian = (points[:, :, :, None] * self.head_operator[None, :, None, :]).sum(1)
        a, b, c, d = jacobian.flatten(1).unbind(1)
        cos, sin = (a + d) / 2, (c - b) / 2
        axes = torch.stack([torch.stack([cos, -sin], -1), torch.stack([sin, cos], -1)], -2) * self.reach
        return points[:, list(layout.MOUTH)].mean(1), axes

    def positions(self, points: Tensor) -> Tensor:
        """(B, 64, 64, 2) where the patch's pixels lie in the crop."""
        corner = torch.ones(2).to(points)
        return patch_grid(*self.frames(points), MOUTH_PATCH, -corner, corner)

    @staticmethod
    def inside(points: Tensor, outline: tuple[int, ...], positions: Tensor, soft: float) -> Tensor:
        """(B, 64, 64) soft inside of an outline around the mouth's middle: depth below the nearest edge."""
        corner = points[:, list(outline)]
        edge = torch.cat([corner[:, 1:], corner[:, :1]], 1) - corner
        edge = edge / (edge.norm(dim=-1, keepdim=True) + 1e-4)
        offset = positions[:, :, :, None] - corner[:, None, None]
        depth = (edge[:, None, None, :, 0] * offset[..., 1] - edge[:, None, None, :, 1] * offset[..., 0]).amin(-1)
        return torch.sigmoid((depth - soft) / soft)

    def shapes(self, points: Tensor, positions: Tensor) -> Tensor:
        """(B, 2, 64, 64): inside the outer and the inner lips."""
        maps = [self.inside(points, outline, positions, 0.006) for outline in (layout.OUTER_LIPS, layout.INNER_LIPS)]
        return torch.stack(maps, 1)

    def forward(self, portrait: Tensor, deformation: Tensor, source: Tensor, driving: Tensor) -> tuple[Tensor, Tensor]:
        """Return RGB (B, 3, 64, 64) and its share (B, 1, 64, 64); arguments as of ``EyePainter``."""
        at, there = self.positions(driving), self.positions(source)
        bent = look(portrait, look(deformation.permute(0, 3, 1, 2), at).permute(0, 2, 3, 1))
        own = look(portrait, there)
        frame = inverse(self.frames(driving)[1])[:, None, None]
        skull = [at - driving[:, k, None, None] for k in (layout.NOSE_BASE, layout.CHIN)]
        places = torch.cat([(frame * offset[..., None, :]).sum(-1) for offset in skull], -1).permute(0, 3, 1, 2)
        maps = [self.shapes(driving, at), self.shapes(source, there)]
        colours, share = self.painter(torch.cat([bent - 0.5, own - 0.5, *maps, places], 1))
        near = F.max_pool2d(maps[0][:, :1], 9, 1, 4)
        return colours, share * self.fade * near


def lay(
    canvas: Tensor, patch: Tensor, share: Tensor, start: Tensor, axes: Tensor, first: Tensor, last: Tensor
) -> Tensor:
    """Bring a patch into the crop: (B, 4, S, S), its colours times their share, and the share.

    Args:
        canvas: (S, S, 2) positions of the crop's pixels.
        patch: (B, 3, h, w).
        share: (B, 1, h, w).
        start: (B, 2) origin of the feature's frame.
        axes: (B, 2, 2) its axes, as columns.
        first: (2,) frame coordinates of the patch's upper left corner.
        last: (2,) of the lower right one.
    """
    x, y = (canvas[None, None, ..., i] - start[:, None, i, None, None] for i in range(2))
    local = turned(inverse(axes)[:, None, :, :, None, None], x, y)
    parts = [(place[:, 0] - first[i]) / (last[i] - first[i]) * 2 - 1 for i, place in enumerate(local)]
    grid = torch.stack(parts, -1)
    return F.grid_sample(torch.cat([patch * share, share], 1), grid, padding_mode="zeros", align_corners=False)


class Closeups(nn.Module):
    """The painters of eyes and mouth, and the laying of their patches over a drawn picture.

    Args:
        reference: (81, 2) shape R of the key-point detector.
        size: Side of the picture.
    """

    canvas: Tensor
    corner: Tensor

    def __init__(self, reference: Tensor, size: int) -> None:
        super().__init__()
        self.eyes = EyePainter()
        self.mouth = MouthPainter(reference)
        self.register_buffer("canvas", cell_centres(size), persistent=False)
        self.register_buffer("corner", torch.ones(2), persistent=False)

    def light(self, portrait: Tensor, source: Tensor) -> PortraitLight:
        """Find the light of a portrait (1, 3, size, size) with points (1, 81, 2)."""
        eyes = look(torch.cat([portrait, portrait]), self.eyes.positions(source))
        return find_light(eyes, self.eyes.shapes(source))

    def forward(
        self,
        portrait: tuple[Tensor, PortraitLight],
        deformation: Tensor,
        source: Tensor,
        driving: Tensor,
        drawn: tuple[Tensor, Tensor],
    ) -> tuple[Tensor, Tensor]:
        """Paint eyes and mouth of one portrait.

        Args:
            portrait: (1, 3, size, size) in [0, 1], brought to white light, and its own light.
            deformation: (1, size, size, 2) with lids.
            source: (1, 81, 2).
            driving: (1, 81, 2).
            drawn: Drawn picture (1, 3, h, h) and share of the bent portrait (1, 1, h, h).

        Returns:
            Drawn picture (1, 3, size, size) and share of the bent portrait (1, 1, size, size).
        """
        even, light = portrait
        eyes, eye_share = self.eyes(even, deformation, source, driving)
        mouth, mouth_share = self.mouth(even, deformation, source, driving)
        eyes, mouth = light.given(eyes), light.given(never_blue(mouth))
        start, axes = self.eyes.frames(driving)
        first, last = self.eyes.corners
        layers = []
        for i in range(2):
            one = slice(i, i + 1)
            layers.append(lay(self.canvas, eyes[one], eye_share[one], start[one], axes[one], first, last))
        layers.append(lay(self.canvas, mouth, mouth_share, *self.mouth.frames(driving), -self.corner, self.corner))
        over = sum(layers[1:], layers[0])
        colours, share = over[:, :3], over[:, 3:].clamp(max=1)
        image, visible = (F.interpolate(x, self.canvas.shape[:2], mode="bilinear", align_corners=False) for x in drawn)
        hidden = (1 - visible) * (1 - share)
        image = (image * hidden + colours) / (hidden + share).clamp(min=1e-3)
        return image.clamp(max=1), visible * (1 - share)
