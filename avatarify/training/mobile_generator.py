"""Trains the built-in model's dense motion and generator on pairs of rendered frames with exact flow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from avatarify.networks.mobile_generator import DRAWN_SIZE, MobileGenerator
from avatarify.networks.mobile_keypoints import double, jacobian_operator
from avatarify.networks.mobile_motion import MOTION_SIZE
from avatarify.training import augment
from avatarify.training.loop import Loop, Losses
from avatarify.training.mobile_keypoints import mean_shape
from avatarify.training.shards import Shards, load_shards

BATCH = 16
FACE_SHARE = 0.36  # of the crop's side, brow to chin; face.face.PORTRAIT_CROP_SHARE at run time
_EXPRESSIVE = [2, 3, 5, 6]  # regions of eyes and lips
_EYES, _INNER_LIPS = slice(2, 4), 6


@dataclass
class Batch:
    """Pairs in the portrait's crop; B pairs.

    Attributes:
        source: (B, 3, 128, 128) in [0, 1].
        driving: (B, 3, 128, 128) in [0, 1].
        source_points: (B, 81, 2).
        driving_points: (B, 81, 2).
        flow: (B, 64, 64, 2) exact backward flow, driving -> source; still on the background.
        visible: (B, 64, 64) 1 where the source shows what the driving picture shows there.
        inside: (B, 64, 64) 1 where the crop lies inside the rendered frame.
        head: (B, 64, 64) 1 on the person.
    """

    source: Tensor
    driving: Tensor
    source_points: Tensor
    driving_points: Tensor
    flow: Tensor
    visible: Tensor
    inside: Tensor
    head: Tensor


def portrait_crops(points: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Frame portraits as at run time, with some variation: linear (B, 2, 2), shift (B, 2), mirrored (B,)."""
    batch = len(points)
    brows = points[:, [19, 24]].mean(1)
    height = (brows - points[:, 8]).norm(dim=-1).clamp(min=0.25)
    scale = height / (2 * FACE_SHARE) * torch.exp((torch.rand(batch) - 0.5) * 0.5)
    angle = torch.randn(batch) * 0.08
    mirrored = torch.rand(batch) < 0.5
    side = torch.where(mirrored, -1.0, 1.0)
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    linear = torch.stack([torch.stack([cos * side, -sin], 1), torch.stack([sin * side, cos], 1)], 1)
    centre = (brows + points[:, 8]) / 2 - torch.tensor([0.0, 0.05]) * height[:, None]
    return linear, centre + (torch.rand(batch, 2) - 0.5) * 0.2 * scale[:, None], mirrored


def same_colours(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """Change both pictures of each pair alike."""
    batch = len(first)
    cast, lift = torch.rand(batch, 3, 1, 1) * 0.5 + 0.75, augment.uniform(batch, -0.15, 0.15)
    gamma = torch.exp(torch.randn(batch, 1, 1, 1) * 0.2)
    grey = (torch.rand(batch, 1, 1, 1) < 0.15).float()

    def change(x: Tensor) -> Tensor:
        x = (x * cast + lift).clamp(1e-3, 1) ** gamma
        return x * (1 - grey) + grey * x.mean(1, keepdim=True)

    return change(first), change(second)


def _nearest(grid_values: Tensor, grid: Tensor) -> Tensor:
    return F.grid_sample(grid_values, grid, mode="nearest", padding_mode="border", align_corners=False)


def pairs(data: Shards, who: Tensor, when: Tensor, same: Tensor) -> Batch:
    """Cut the pairs of frames ``when`` (driving) and ``when ^ 1`` (source) of identities ``who``.

    Args:
        data: Rendered humans.
        who: (B,) identities.
        when: (B,) frames.
        same: (B,) bool: drive with the source itself, so that nothing moves.
    """
    batch, partner = len(who), torch.where(same, when, when ^ 1)
    source_points, driving_points = data.points[who, partner], data.points[who, when]
    linear, shift, mirrored = portrait_crops(source_points)
    theta = torch.cat([linear, shift[..., None]], 2)
    grid = F.affine_grid(theta, [batch, 1, MOTION_SIZE, MOTION_SIZE], align_corners=False)
    there = _nearest(data.flow[who, when].float().permute(0, 3, 1, 2), grid).permute(0, 2, 3, 1)
    there = torch.where(same.view(-1, 1, 1, 1), grid, there)
    part = _nearest(data.part[who, when].float()[:, None], grid)[:, 0]
    part_still = _nearest(data.part[who, partner].float()[:, None], grid)[:, 0]
    part_there = _nearest(data.part[who, partner].float()[:, None], there)[:, 0]
    back = _nearest(data.flow[who, partner].float().permute(0, 3, 1, 2), there).permute(0, 2, 3, 1)
    back = torch.where(same.view(-1, 1, 1, 1), grid, back)
    head = part > 0
    shown = ((back - grid).norm(dim=-1) < 0.07) & (part_there == part) & (there.abs() < 1).all(-1)
    visible = torch.where(head, shown, part_still == 0)
    inside = (grid.abs() < 1).all(-1)
    flat = (there.flatten(1, 2) - shift[:, None]).transpose(1, 2)
    flow = torch.linalg.solve(linear, flat).transpose(1, 2).reshape(batch, MOTION_SIZE, MOTION_SIZE, 2)
    still = F.affine_grid(
        torch.eye(2, 3).expand(batch, 2, 3), [batch, 1, MOTION_SIZE, MOTION_SIZE], align_corners=False
    )

    def picture(index: Tensor) -> Tensor:
        frames = data.rgb[who, index].permute(0, 3, 1, 2).float() / 255
        return augment.crop(frames, linear, shift, DRAWN_SIZE)

    source, driving = same_colours(picture(partner), picture(when))
    return Batch(
        source,
        driving,
        augment.points_in_crop(source_points, linear, shift, mirrored),
        augment.points_in_crop(driving_points, linear, shift, mirrored),
        torch.where(head[..., None], flow, still),
        (visible & inside).float(),
        inside.float(),
        head.float(),
    )


def hard_pairs(data: Shards, share: float = 0.22) -> tuple[Tensor, Tensor]:
    """Identities and frames whose mouth opens or whose eyes close most against their partner's."""
    points = data.points
    width = (points[:, :, 36] - points[:, :, 45]).norm(dim=-1) + 0.05
    mouth = (points[:, :, [61, 62, 63]] - points[:, :, [67, 66, 65]]).norm(dim=-1).mean(-1) / width
    eyes = (points[:, :, [41, 40, 47, 46], 1] - points[:, :, [37, 38, 43, 44], 1]).mean(-1) / width

    def partner(x: Tensor) -> Tensor:
        return x.view(len(x), -1, 2).flip(2).reshape(len(x), -1)

    inside = (points[:, :, 17:68].abs() < 0.95).all(-1).float().mean(-1) > 0.9
    score = (torch.relu(mouth - partner(mouth)) + 2 * torch.relu(partner(eyes) - eyes)) * inside
    chosen = score.flatten().topk(int(score.numel() * share)).indices
    return chosen // data.frames, chosen % data.frames


class Sampler:
    """Draws batches: half of them hard pairs, a tenth with nothing moving."""

    def __init__(self, data: Shards) -> None:
        self.data, self.hard = data, hard_pairs(data)

    def __call__(self, size: int = BATCH) -> Batch:
        """Return ``size`` pairs."""
        who, when = torch.randint(self.data.identities, (size,)), torch.randint(self.data.frames, (size,))
        hard = torch.randint(len(self.hard[0]), (size // 2,))
        who[: size // 2], when[: size // 2] = self.hard[0][hard], self.hard[1][hard]
        same = (torch.rand(size) < 0.2) & (torch.arange(size) >= size // 2)
        return pairs(self.data, who, when, same)


def _edges(x: Tensor) -> tuple[Tensor, Tensor]:
    return x[..., 1:] - x[..., :-1], x[..., 1:, :] - x[..., :-1, :]


def losses(net: MobileGenerator, operator: Tensor, batch: Batch) -> Losses:
    """Exact flow and visibility, and L1 of the picture, its edges, its warped part and its drawn part."""

    def keypoints(points: Tensor) -> tuple[Tensor, Tensor]:
        noisy = points + torch.randn_like(points) * 0.003 + torch.randn(len(points), 1, 2) * 0.003
        return noisy, torch.einsum("kjc,bji->bkic", operator, noisy)

    source, driving = keypoints(batch.source_points), keypoints(batch.driving_points)
    with torch.no_grad():
        encoded = net.encode(batch.source, source[0])
    out = net(encoded, source, driving)
    maps, visible, inside, head = out["maps"], batch.visible, batch.inside, batch.head
    hidden = head * (1 - visible) * inside
    weight = 1 + 4 * maps[:, _EXPRESSIVE].amax(1) + 10 * maps[:, _INNER_LIPS] * hidden
    eyes = F.max_pool2d(maps[:, _EYES].amax(1, keepdim=True), 7, 1, 3)[:, 0]
    error = (out["motion"] - batch.flow).abs().sum(-1)
    error = torch.where(error < 0.3, error, 0.3 + 0.2 * (error - 0.3))
    flow_weight = inside * (visible * weight * (0.3 + 0.7 * head) + 0.1 * hidden) * (1 - eyes).clamp(min=0)
    flow = (error * flow_weight).sum() / flow_weight.sum()
    shown = F.binary_cross_entropy_with_logits(out["occlusion"][:, 0], visible, reduction="none")
    large = double((weight * inside)[:, None])
    image = out["visible"] * out["warped"] + (1 - out["visible"]) * out["image"]
    picture = ((image - batch.driving).abs() * large).mean()
    edges = sum(
        ((a - b).abs() * w).mean()
        for a, b, w in zip(_edges(image), _edges(batch.driving), (large[..., 1:], large[..., 1:, :]), strict=True)
    )
    coarse = (F.avg_pool2d(image * large, 4) - F.avg_pool2d(batch.driving * large, 4)).abs().mean()
    warped = ((out["warped"] - batch.driving).abs() * large * double(visible[:, None])).mean()
    drawn = ((out["image"] - batch.driving).abs() * large * double((1 + 4 * hidden)[:, None])).mean()
    trust = ((1 - out["visible"]) * double((visible * inside)[:, None])).mean()
    mouth = double((maps[:, _INNER_LIPS] * hidden)[:, None])
    stale = (out["visible"] * mouth).sum() / (mouth.sum() + 50)
    occlusion = (shown * inside).mean()
    total = (
        5 * flow + 0.2 * occlusion + 2 * picture + edges + coarse + warped + 0.7 * drawn + 0.2 * trust + 0.15 * stale
    )
    with torch.no_grad():
        local = ((out["local"] - batch.flow).abs().sum(-1) * flow_weight).sum() / flow_weight.sum()
        still = ((batch.source - batch.driving).abs() * double(inside[:, None])).mean()
        plain = ((image - batch.driving).abs() * double(inside[:, None])).mean()
    return {"total": total, "flow": flow, "flow_local": local, "l1": plain, "l1_still": still, "occlusion": occlusion}


def train(data: Path, out: Path, minutes: float) -> MobileGenerator:
    """Train for ``minutes`` in all; a second call resumes."""
    shards, _ = load_shards(data).split()
    reference = mean_shape(shards)
    net = MobileGenerator(reference)
    operator = jacobian_operator(reference)
    for module in (net.dense_motion, net.painter):
        # Only the convolutions are safe in bfloat16: coordinates need all 24 bits.
        module.forward = torch.autocast("cpu", torch.bfloat16)(module.forward)  # type: ignore[method-assign]
    sampler = Sampler(shards)
    Loop(net, out, minutes, rate=1.5e-3).run(lambda: losses(net, operator, sampler()))
    return net
