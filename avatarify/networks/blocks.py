"""The building blocks. Attribute names are part of the layout of public checkpoints and must not change."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.config import HourglassConfig, widths


class SameBlock(nn.Module):
    """Convolution, batch norm, ReLU; (B, in, H, W) -> (B, out, H, W)."""

    def __init__(self, channels_in: int, channels_out: int, kernel: int = 3) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels_in, channels_out, kernel, padding=kernel // 2)
        self.norm = nn.BatchNorm2d(channels_out)

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, out, H, W) for x (B, in, H, W)."""
        return F.relu(self.norm(self.conv(x)))


class DownBlock(SameBlock):
    """A 3x3 ``SameBlock`` and 2x2 average pooling; halves height and width."""

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, out, H / 2, W / 2) for x (B, in, H, W)."""
        return F.avg_pool2d(super().forward(x), 2)


class UpBlock(SameBlock):
    """Nearest-neighbor upsampling and a 3x3 ``SameBlock``; doubles height and width."""

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, out, 2 H, 2 W) for x (B, in, H, W)."""
        return super().forward(F.interpolate(x, scale_factor=2))


class ResidualBlock(nn.Module):
    """Twice batch norm, ReLU and convolution (in this order), added to the input; keeps the shape."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm1 = nn.BatchNorm2d(channels)
        self.norm2 = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, C, H, W) for x of the same shape."""
        out: Tensor = self.conv1(F.relu(self.norm1(x)))
        out = self.conv2(F.relu(self.norm2(out)))
        return x + out


class Encoder(nn.Module):
    """The contracting path of a U-Net."""

    def __init__(self, channels_in: int, config: HourglassConfig) -> None:
        super().__init__()
        _, *outs = widths(config.width, config.max_width, config.blocks)
        ins = [channels_in, *outs[:-1]]
        self.down_blocks = nn.ModuleList(DownBlock(i, o) for i, o in zip(ins, outs, strict=True))

    def forward(self, x: Tensor) -> list[Tensor]:
        """Return the input (B, C, H, W) and the output of each block, largest first."""
        levels = [x]
        for block in self.down_blocks:
            levels.append(block(levels[-1]))
        return levels


class Decoder(nn.Module):
    """The expanding path of a U-Net, with skip connections from the encoder."""

    def __init__(self, config: HourglassConfig) -> None:
        super().__init__()
        first, *rest = widths(config.width, config.max_width, config.blocks)[::-1]
        ins = [first, *(2 * width for width in rest[:-1])]
        self.up_blocks = nn.ModuleList(UpBlock(i, o) for i, o in zip(ins, rest, strict=True))

    def forward(self, levels: list[Tensor]) -> Tensor:
        """Decode an encoder's levels, largest first, to (B, width + C, H, W) of the largest level's size."""
        *skips, out = levels
        for block, skip in zip(self.up_blocks, reversed(skips), strict=True):
            out = torch.cat([block(out), skip], dim=1)
        return out


class Hourglass(nn.Module):
    """U-Net; (B, in, H, W) -> (B, channels_out, H, W), the input itself being the last channels.

    Attributes:
        channels_out: The configured width plus the channels of the input.
    """

    def __init__(self, channels_in: int, config: HourglassConfig) -> None:
        super().__init__()
        self.encoder = Encoder(channels_in, config)
        self.decoder = Decoder(config)
        self.channels_out = config.width + channels_in

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, channels_out, H, W) for x (B, in, H, W); H and W must be divisible by ``2 ** blocks``."""
        out: Tensor = self.decoder(self.encoder(x))
        return out


class Downsample(nn.Module):
    """Gaussian blur, then every n-th pixel from the first: (B, C, H, W) -> (B, C, H / n, W / n).

    Convention: sigma is ``(n - 1) / 2``, the kernel is ``2 round(4 sigma) + 1`` wide and sums to 1, and the border is
    zero. Output pixel i is centered on input pixel ``n i``, not in the middle of n pixels.
    """

    weight: Tensor

    def __init__(self, channels: int, factor: int) -> None:
        super().__init__()
        self.factor = factor
        sigma = (factor - 1) / 2
        radius = round(4 * sigma)
        line = torch.exp(-(torch.arange(-radius, radius + 1, dtype=torch.float32) ** 2) / (2 * sigma**2))
        kernel = line[:, None] * line[None, :]
        self.register_buffer("weight", (kernel / kernel.sum()).repeat(channels, 1, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Blur and take every n-th pixel in one strided convolution."""
        channels, _, side, _ = self.weight.shape
        return F.conv2d(x, self.weight, stride=self.factor, padding=side // 2, groups=channels)


def downsample(channels: int, factor: int) -> nn.Module:
    """Return a ``Downsample``, or what changes nothing for a factor of 1."""
    return Downsample(channels, factor) if factor > 1 else nn.Identity()
