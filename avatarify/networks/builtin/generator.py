"""Dense motion, occlusion, and generator of the built-in model: small, because most pixels come from the portrait.

Only the person moves: a matte of the portrait removes the background before, and a clean plate replaces it after.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.builtin.layers import conv, double, sample
from avatarify.networks.builtin.lids import Lids
from avatarify.networks.builtin.local_motion import MOTION_SIZE, LocalMotion, Regions

PORTRAIT_SIZE = 256
DRAWN_SIZE = 128
_REGIONS = 7
_LIPS, _INNER_LIPS = slice(5, 7), slice(6, 7)  # regions


def resize_flow(flow: Tensor, size: int) -> Tensor:
    """Resize positions (B, h, w, 2) to (B, size, size, 2), bilinearly."""
    return F.interpolate(flow.permute(0, 3, 1, 2), size=(size, size), mode="bilinear", align_corners=False).permute(
        0, 2, 3, 1
    )


def lip_zone(maps: Tensor) -> Tensor:
    """Return the lips without the opening between them, (B, 1, 64, 64) in [0, 1], for region maps (B, 7, 64, 64)."""
    lips = F.max_pool2d(maps[:, _LIPS].amax(1, keepdim=True), 5, 1, 2).clamp(max=0.5) * 2
    opening = F.max_pool2d(((maps[:, _INNER_LIPS] - 0.5) * 2.5).clamp(min=0, max=1), 3, 1, 1)
    return lips * (1 - opening)


def face_zone(points: Tensor, grid: Tensor) -> Tensor:
    """Return the inside of an ellipse around the face, where the key points determine the motion exactly.

    Args:
        points: (B, 81, 2).
        grid: (4096, 2) positions of cells.

    Returns:
        (B, 4096, 1) in [0, 1], with a soft edge.
    """
    face = points[:, :68]
    center = face.mean(1)
    offset = face - center[:, None]
    moment = (offset[..., None] * offset[:, :, None]).mean(1) + 1e-4 * torch.eye(2).to(face)
    x, y = (grid[None] - center[:, None]).unbind(-1)
    a, b, c = moment[:, 0, 0, None], moment[:, 0, 1, None], moment[:, 1, 1, None]
    # Squared Mahalanobis distance, with the 2 x 2 inverse written out.
    distance = (c * x * x - 2 * b * x * y + a * y * y) / (a * c - b * b)
    return torch.sigmoid((4.2 - distance) * 1.5)[..., None]


class MotionRefiner(nn.Module):
    """Corrects the motion of hair, neck, and shoulders, and predicts what the portrait does not show.

    Its inputs are shapes, not colors: key points, the matte, and the candidates' displacements. Colors of rendered
    people would teach it to distrust photographs and paintings.
    """

    def __init__(self) -> None:
        super().__init__()
        inputs = 3 * 2 + 2 * _REGIONS + 2
        self.down1 = conv(inputs, 32, 3, 2)
        self.down2 = nn.Sequential(conv(32, 56, 3, 2), conv(56, 56))
        self.down3 = nn.Sequential(conv(56, 80, 3, 2), conv(80, 80))
        self.up2 = conv(80 + 56, 56)
        self.up1 = conv(56 + 32, 32)
        self.up0 = conv(32 + inputs, 20)
        self.head = nn.Conv2d(20, 3 + 2 + 1, 3, 1, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)  # type: ignore[arg-type]
        with torch.no_grad():
            self.head.bias[0] = 1.0  # type: ignore[index]

    def forward(self, inputs: Tensor, candidates: tuple[Tensor, ...]) -> tuple[Tensor, Tensor]:
        """Blend the candidates and add a small correction.

        Args:
            inputs: (B, 22, 64, 64): displacements of the candidates, region maps, warped and own matte.
            candidates: Three motions (B, 64, 64, 2), positions in the source.

        Returns:
            Motion (B, 64, 64, 2), and occlusion logits (B, 1, 64, 64); high where the portrait shows what is needed.
        """
        out = self.network(inputs)
        weights = out[:, :3].float().softmax(1)[..., None]
        correction = torch.tanh(out[:, 3:5].float()).permute(0, 2, 3, 1) * 0.1
        motion = sum((weights[:, i] * flow for i, flow in enumerate(candidates)), torch.zeros(()).to(weights))
        return motion + correction, out[:, 5:].float()

    def network(self, inputs: Tensor) -> Tensor:
        """Return logits of the candidates' weights, of the correction, and of the occlusion: (B, 6, 64, 64)."""
        x1 = self.down1(inputs)
        x2 = self.down2(x1)
        x = self.up2(torch.cat([double(self.down3(x2)), x2], 1))
        x = self.up1(torch.cat([double(x), x1], 1))
        out: Tensor = self.head(self.up0(torch.cat([double(x), inputs], 1)))
        return out


class Painter(nn.Module):
    """Draws what the portrait does not show, at 128 pixels, and predicts where to use it and where the person is."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv(16, 20)
        self.enter = conv(20 + 1 + 2 * _REGIONS, 24)
        self.down1 = nn.Sequential(conv(24, 56, 3, 2), conv(56, 56))
        self.down2 = nn.Sequential(conv(56, 96, 3, 2), conv(96, 96))
        self.up1 = conv(96 + 56, 48)
        self.up0 = conv(48 + 24, 28)
        self.head = nn.Conv2d(28, 20, 3, 1, 1)

    def forward(self, warped: Tensor, occlusion: Tensor, maps: Tensor, zone: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Draw one batch.

        Args:
            warped: (B, 4, 128, 128) person (gray where there is none) and matte, both warped, in [0, 1].
            occlusion: (B, 1, 64, 64) logits.
            maps: (B, 14, 64, 64) region maps of the pose to draw, and those of the portrait, warped.
            zone: (B, 1, 128, 128) in [0, 1], around eyes and on lips: there the warped portrait is always used, since
                no drawn pixel is as good.

        Returns:
            Image (B, 3, 128, 128), weight of the warped portrait, and matte (both (B, 1, 128, 128)), all in [0, 1].
        """
        out = self.network(warped - 0.5, occlusion, maps)
        hidden = torch.sigmoid(-out[:, 3:4] - double(occlusion)) * (1 - zone)
        matte = torch.sigmoid(out[:, 4:] + 6 * (warped[:, 3:].float() - 0.5))
        return torch.sigmoid(out[:, :3]), 1 - hidden, matte

    def network(self, warped: Tensor, occlusion: Tensor, maps: Tensor) -> Tensor:
        """Return logits of the image, of the warped portrait's weight, and of the matte: (B, 5, 128, 128).

        Args:
            warped: As of ``forward``, in [-0.5, 0.5].
            occlusion: (B, 1, 64, 64) logits.
            maps: (B, 14, 64, 64).
        """
        x0 = self.stem(F.pixel_unshuffle(warped, 2))
        x0 = self.enter(torch.cat([x0, torch.sigmoid(occlusion), maps], 1))
        x1 = self.down1(x0)
        x = self.up1(torch.cat([double(self.down2(x1)), x1], 1))
        x = self.up0(torch.cat([double(x), x0], 1))
        return F.pixel_shuffle(self.head(x), 2).float()


class BuiltinGenerator(nn.Module):
    """From the portrait and two sets of key points to motion, drawn pixels, and their blend.

    Args:
        reference: (81, 2) shape R of the key-point detector.
        flow_size: Side of the returned motion: 128 in training, 256 at run time.
    """

    def __init__(self, reference: Tensor, flow_size: int = DRAWN_SIZE) -> None:
        super().__init__()
        self.flow_size = flow_size
        self.local = LocalMotion(reference)
        self.regions = Regions()
        self.lids = Lids(flow_size)
        self.dense_motion = MotionRefiner()
        self.painter = Painter()

    def encode(self, portrait: Tensor, matte: Tensor, points: Tensor) -> tuple[Tensor, Tensor]:
        """Compute once per portrait what all frames need.

        Args:
            portrait: (B, 3, H, H) RGB in [0, 1].
            matte: (B, 1, H, H) opacity of the person, in [0, 1].
            points: (B, 81, 2).

        Returns:
            The person before gray and its matte (B, 4, 128, 128), and its region maps (B, 7, 64, 64), in [0, 1].
        """
        person = torch.cat([portrait * matte + 0.5 * (1 - matte), matte], 1)
        drawn = F.adaptive_avg_pool2d(person, DRAWN_SIZE) if portrait.shape[-1] != DRAWN_SIZE else person
        return drawn, self.regions(points, self.local.distances(points))

    def forward(
        self, encoded: tuple[Tensor, Tensor], source: tuple[Tensor, Tensor], driving: tuple[Tensor, Tensor]
    ) -> dict[str, Tensor]:
        """Draw the portrait in another pose.

        Args:
            encoded: From ``encode``.
            source: Points (B, 81, 2) and Jacobians (B, 81, 2, 2) of the portrait.
            driving: The same of the pose to draw.

        Returns:
            ``image`` (B, 3, 128, 128), ``visible`` and ``matte`` (B, 1, 128, 128) in [0, 1], ``deformation``
            (B, flow_size, flow_size, 2), and for training ``warped`` (B, 4, 128, 128), ``motion`` (without lids),
            ``local`` (both (B, 64, 64, 2)), ``occlusion`` (B, 1, 64, 64) logits, ``maps`` (B, 7, 64, 64).
        """
        drawn, source_maps = encoded
        distances = self.local.distances(driving[0])
        maps = self.regions(driving[0], distances)
        local, head, torso = self.local(source, driving, distances)
        still = self.local.grid.reshape(1, MOTION_SIZE, MOTION_SIZE, 2)
        # Displacements, not positions: the network must not learn where in the crop faces are.
        moves = torch.cat([local - still, head - still, torso - still], -1).permute(0, 3, 1, 2)
        small = F.avg_pool2d(drawn[:, 3:], DRAWN_SIZE // MOTION_SIZE)
        inputs = torch.cat([moves, maps, sample(source_maps, local), sample(small, local), small], 1)
        motion, occlusion = self.dense_motion(inputs, (local, head, torso))
        zone = face_zone(driving[0], self.local.grid).reshape(-1, MOTION_SIZE, MOTION_SIZE, 1)
        motion = zone * local + (1 - zone) * motion
        deformation, kept = self.lids(resize_flow(motion, self.flow_size), source[0], driving[0])
        # Drawn pixels have their own, coarser size; training has only that one.
        coarse = deformation
        if self.flow_size != DRAWN_SIZE:
            coarse = F.avg_pool2d(deformation.permute(0, 3, 1, 2), self.flow_size // DRAWN_SIZE).permute(0, 2, 3, 1)
            kept = F.avg_pool2d(kept, self.flow_size // DRAWN_SIZE)
        kept = torch.maximum(kept, double(lip_zone(maps)))
        warped = sample(drawn, coarse)
        seen = torch.cat([maps, sample(source_maps, motion)], 1)
        image, visible, matte = self.painter(warped, occlusion, seen, kept)
        return {
            "image": image,
            "visible": visible,
            "matte": matte,
            "deformation": deformation,
            "warped": warped,
            "motion": motion,
            "local": local,
            "occlusion": occlusion,
            "maps": maps,
        }
