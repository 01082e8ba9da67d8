"""The second stage of the built-in model's key-point detector: eyes and mouth in close-up.

The first stage locates eyes and mouth in the whole face. Lids, pupils, and lips are then detected again in patches of
the sharper crop, upright and of one size; the left eye is mirrored to look like a right one.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.motion import layout
from avatarify.networks.builtin import point_weights
from avatarify.networks.builtin.geometry import cell_centers, head_frame
from avatarify.networks.builtin.layers import conv, double

PATCH_SIZE = 64
_HEAT_MAP = 32
_REACH = 1.1
RIGHT_EYE = (*range(36, 42), 79)
LEFT_EYE = (45, 44, 43, 42, 47, 46, 80)  # as the right eye's mirror image
MOUTH = layout.MOUTH
_MARGINS = (0.9, 0.9, 0.8)  # half sides of the patches, in widths of the mean shape's eye and mouth


class PatchDetector(nn.Module):
    """Detects K points in an upright patch of one feature."""

    grid: Tensor

    def __init__(self, count: int) -> None:
        super().__init__()
        self.stem = conv(3, 16, 5, 2)
        self.down1 = nn.Sequential(conv(16, 32, 3, 2), conv(32, 32))
        self.down2 = nn.Sequential(conv(32, 64, 3, 2), conv(64, 64))
        self.down3 = nn.Sequential(conv(64, 96, 3, 2), conv(96, 96))
        self.up2 = nn.Sequential(conv(96 + 64, 64, 1), conv(64, 64))
        self.up1 = nn.Sequential(conv(64 + 32, 32, 1), conv(32, 32))
        self.up0 = conv(32 + 16, 24)
        self.kp = nn.Conv2d(24, count, 1)
        self.register_buffer("grid", cell_centers(_HEAT_MAP).reshape(-1, 2) * _REACH, persistent=False)

    def forward(self, patch: Tensor) -> Tensor:
        """Return points (B, K, 2), -1 and 1 at the patch's edges, of patches (B, 3, 64, 64), RGB in [0, 1]."""
        x0 = self.stem(patch - 0.5)
        x1 = self.down1(x0)
        x2 = self.down2(x1)
        x = self.up2(torch.cat([double(self.down3(x2)), x2], 1))
        x = self.up1(torch.cat([double(x), x1], 1))
        x = self.up0(torch.cat([double(x), x0], 1))
        points: Tensor = self.kp(x).flatten(2).float().softmax(-1) @ self.grid
        return points


class DetailDetector(nn.Module):
    """Detects eyes, pupils, and mouth again in close-up.

    Args:
        reference: (81, 2) shape R of the key-point detector.
    """

    head_operator: Tensor
    halves: Tensor

    def __init__(self, reference: Tensor) -> None:
        super().__init__()
        self.eye = PatchDetector(len(RIGHT_EYE))
        self.mouth = PatchDetector(len(MOUTH))
        widths = [(reference[a] - reference[b]).norm() for a, b in ((36, 39), (42, 45), (48, 54))]
        halves = torch.stack([width * margin for width, margin in zip(widths, _MARGINS, strict=True)])
        self.register_buffer("head_operator", point_weights.head_operator(reference), persistent=False)
        self.register_buffer("halves", halves, persistent=False)

    def frames(self, points: Tensor) -> tuple[Tensor, Tensor]:
        """Return where the patches of right eye, left eye, and mouth lie.

        Size and rotation are the head's, not the feature's: a shut eye or an open mouth does not change them.

        Args:
            points: (B, 81, 2).

        Returns:
            Axes (B, 3, 2, 2) as columns, half a patch long, the left eye's first one reversed; and centers (B, 3, 2).
            Both in the crop's coordinates.
        """
        axes = head_frame(points, self.head_operator)[:, None] * self.halves[None, :, None, None]
        flip = torch.ones(3, 1, 2)
        flip[1, :, 0] = -1
        centers = [points[:, [36, 39]].mean(1), points[:, [42, 45]].mean(1), points[:, list(MOUTH)].mean(1)]
        return axes * flip.to(axes), torch.stack(centers, 1)

    def forward(self, image: Tensor, points: Tensor) -> Tensor:
        """Return the points (B, 81, 2) with eyes, pupils, and mouth detected again.

        Args:
            image: (B, 3, H, H) RGB in [0, 1], the crop in whose coordinates the points are.
            points: (B, 81, 2) from the first stage.
        """
        axes, centers = self.frames(points)
        patches = cut_patches(image, axes, centers)
        batch = len(points)
        eyes = self.eye(patches[:, :2].flatten(0, 1)).reshape(batch, 2, -1, 2)
        found = [to_crop(eyes[:, i], axes[:, i], centers[:, i]) for i in range(2)]
        mouth = to_crop(self.mouth(patches[:, 2]), axes[:, 2], centers[:, 2])
        right, left = found
        parts = [points[:, :36], right[:, :6], left[:, [3, 2, 1, 0, 5, 4]], mouth, points[:, 68:79]]
        return torch.cat([*parts, right[:, 6:], left[:, 6:]], 1)


def cut_patches(image: Tensor, axes: Tensor, centers: Tensor) -> Tensor:
    """Sample patches of an image.

    Args:
        image: (B, 3, H, H).
        axes: (B, P, 2, 2) as columns, half a patch long.
        centers: (B, P, 2).

    Returns:
        (B, P, 3, 64, 64).
    """
    batch, count = axes.shape[:2]
    cells = (torch.arange(PATCH_SIZE) * 2 + 1) / PATCH_SIZE - 1
    x, y = cells[None, :, None].to(axes), cells[:, None, None].to(axes)
    along, down = (axes[..., i][:, :, None, None] for i in range(2))
    grid = centers[:, :, None, None] + along * x + down * y
    rows = grid.reshape(batch, count * PATCH_SIZE, PATCH_SIZE, 2)
    patches = F.grid_sample(image, rows, padding_mode="border", align_corners=False)
    return patches.reshape(batch, 3, count, PATCH_SIZE, PATCH_SIZE).transpose(1, 2)


def to_crop(points: Tensor, axes: Tensor, centers: Tensor) -> Tensor:
    """Map points (B, K, 2) from a patch to the crop; ``axes`` (B, 2, 2), ``centers`` (B, 2)."""
    return (axes[:, None] * points[:, :, None, :]).sum(-1) + centers[:, None]


def to_patch(points: Tensor, axes: Tensor, centers: Tensor) -> Tensor:
    """Map points (B, K, 2) from the crop to a patch; the inverse of ``to_crop``."""
    inside: Tensor = torch.linalg.solve(axes, (points - centers[:, None]).transpose(1, 2)).transpose(1, 2)
    return inside
