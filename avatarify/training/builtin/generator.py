"""Train the dense motion and generator of the built-in model on pairs of rendered frames with exact flow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from avatarify.face.face import PORTRAIT_CROP_FRACTION
from avatarify.networks.builtin.generator import DRAWN_SIZE, BuiltinGenerator
from avatarify.networks.builtin.keypoints import jacobian_operator
from avatarify.networks.builtin.layers import double
from avatarify.networks.builtin.local_motion import MOTION_SIZE
from avatarify.training.data import augment
from avatarify.training.data.rendered import Rendered
from avatarify.training.loop import Loop, Losses, Weights

BATCH = 16
_EXPRESSIVE = [2, 3, 5, 6]  # regions of eyes and lips
_EYES, _INNER_LIPS = slice(2, 4), 6


@dataclass
class Batch:
    """B pairs of frames, seen through the portrait crop.

    Attributes:
        source: (B, 3, 128, 128) in [0, 1].
        driving: (B, 3, 128, 128) in [0, 1].
        source_points: (B, 81, 2).
        driving_points: (B, 81, 2).
        source_matte: (B, 1, 128, 128) alpha of the person, as imprecise as a segmenter's.
        driving_matte: (B, 1, 128, 128), exact.
        flow: (B, 64, 64, 2) exact backward flow of the person, driving to source, in [-1, 1].
        visible: (B, 64, 64) 1 where the source shows what the driving frame shows.
        inside: (B, 64, 64) 1 where the crop lies inside the rendered frame.
        person: (B, 64, 64) 1 on the person.
    """

    source: Tensor
    driving: Tensor
    source_points: Tensor
    driving_points: Tensor
    source_matte: Tensor
    driving_matte: Tensor
    flow: Tensor
    visible: Tensor
    inside: Tensor
    person: Tensor


def portrait_crops(points: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Frame portraits as at run time, with some variation.

    Args:
        points: (B, 81, 2) key points in [-1, 1].

    Returns:
        The affine map from crop to frame coordinates, linear (B, 2, 2) and shift (B, 2); mirrored (B,) bool.
    """
    batch = len(points)
    brows = points[:, [19, 24]].mean(1)
    height = (brows - points[:, 8]).norm(dim=-1).clamp(min=0.25)
    scale = height / (2 * PORTRAIT_CROP_FRACTION) * torch.exp((torch.rand(batch) - 0.5) * 0.5)
    angle = torch.randn(batch) * 0.08
    mirrored = torch.rand(batch) < 0.5
    side = torch.where(mirrored, -1.0, 1.0)
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    linear = torch.stack([torch.stack([cos * side, -sin], 1), torch.stack([sin * side, cos], 1)], 1)
    center = (brows + points[:, 8]) / 2 - torch.tensor([0.0, 0.05]) * height[:, None]
    return linear, center + (torch.rand(batch, 2) - 0.5) * 0.2 * scale[:, None], mirrored


def same_colors(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """Apply the same random color change to both images of each pair, (B, 3, H, W) in [0, 1]."""
    batch = len(first)
    cast, lift = torch.rand(batch, 3, 1, 1) * 0.5 + 0.75, augment.uniform(batch, -0.15, 0.15)
    gamma = torch.exp(torch.randn(batch, 1, 1, 1) * 0.2)
    gray = (torch.rand(batch, 1, 1, 1) < 0.15).float()

    def change(x: Tensor) -> Tensor:
        x = (x * cast + lift).clamp(1e-3, 1) ** gamma
        return x * (1 - gray) + gray * x.mean(1, keepdim=True)

    return change(first), change(second)


def _nearest(grid_values: Tensor, grid: Tensor) -> Tensor:
    return F.grid_sample(grid_values, grid, mode="nearest", padding_mode="border", align_corners=False)


def segmented(matte: Tensor) -> Tensor:
    """Make exact mattes (B, 1, H, H) as imprecise as a segmenter's: grown or shrunk, soft, lumpy."""
    batch, size = len(matte), matte.shape[-1]
    lumps = F.interpolate(torch.randn(batch, 1, 9, 9), (size, size), mode="bicubic", align_corners=False)
    soft = F.avg_pool2d(F.pad(matte, (2, 2, 2, 2), mode="replicate"), 5, 1)
    edge = 0.5 + (lumps * 0.12 + torch.randn(batch, 1, 1, 1) * 0.12).clamp(-0.4, 0.4)
    steepness = augment.uniform(batch, 1.0, 4.0) / (2 * torch.minimum(edge, 1 - edge))  # 0 and 1 stay 0 and 1
    return ((soft - edge) * steepness + 0.5).clamp(0, 1)


def pairs(data: Rendered, who: Tensor, when: Tensor, same: Tensor) -> Batch:
    """Cut the pairs of frames ``when`` (driving) and ``when ^ 1`` (source) of identities ``who``.

    Args:
        data: Rendered people.
        who: (B,) identities.
        when: (B,) frames.
        same: (B,) bool: drive the source with itself, so that nothing moves.
    """
    partner = torch.where(same, when, when ^ 1)
    source_points, driving_points = data.points[who, partner], data.points[who, when]
    linear, shift, mirrored = portrait_crops(source_points)
    theta = torch.cat([linear, shift[..., None]], 2)
    grid = F.affine_grid(theta, [len(who), 1, MOTION_SIZE, MOTION_SIZE], align_corners=False)
    still = same.view(-1, 1, 1, 1)
    there = _nearest(data.flow[who, when].float().permute(0, 3, 1, 2), grid).permute(0, 2, 3, 1)
    there = torch.where(still, grid, there)
    person = _nearest((data.part[who, when] > 0).float()[:, None], grid)[:, 0]
    shown = _nearest(data.visible[who, when].float()[:, None], grid)[:, 0]
    shown = torch.where(same.view(-1, 1, 1), 1.0, shown) * (there.abs() < 1).all(-1)
    inside = (grid.abs() < 1).all(-1).float()
    flat = (there.flatten(1, 2) - shift[:, None]).transpose(1, 2)
    flow = torch.linalg.solve(linear, flat).transpose(1, 2).reshape(there.shape)

    def picture(index: Tensor) -> Tensor:
        frames = data.rgb[who, index].permute(0, 3, 1, 2).float() / 255
        return augment.crop(frames, linear, shift, DRAWN_SIZE)

    def matte(index: Tensor) -> Tensor:
        return augment.crop((data.part[who, index] > 0).float()[:, None], linear, shift, DRAWN_SIZE)

    source, driving = same_colors(picture(partner), picture(when))
    return Batch(
        source,
        driving,
        augment.points_in_crop(source_points, linear, shift, mirrored),
        augment.points_in_crop(driving_points, linear, shift, mirrored),
        segmented(matte(partner)),
        matte(when),
        flow,
        shown,
        inside,
        person,
    )


def hard_pairs(data: Rendered, share: float = 0.22) -> tuple[Tensor, Tensor]:
    """Return identities and frames whose mouth is much wider, or eyes further closed, than in the partner frame."""
    points = data.points
    width = (points[:, :, 36] - points[:, :, 45]).norm(dim=-1) + 0.05
    mouth = (points[:, :, [61, 62, 63]] - points[:, :, [67, 66, 65]]).norm(dim=-1).mean(-1) / width
    eyes = (points[:, :, [41, 40, 47, 46], 1] - points[:, :, [37, 38, 43, 44], 1]).mean(-1) / width

    def partner(x: Tensor) -> Tensor:
        return x.view(len(x), -1, 2).flip(2).reshape(len(x), -1)

    inside = (points[:, :, 17:68].abs() < 0.95).all(-1).float().mean(-1) > 0.9
    score = (torch.relu(mouth - partner(mouth)) + 2 * torch.relu(partner(eyes) - eyes)) * inside
    chosen = score.flatten().topk(max(1, int(score.numel() * share))).indices
    return chosen // data.frames, chosen % data.frames


class Sampler:
    """Samples batches: half of each are hard pairs, about a tenth do not move at all."""

    def __init__(self, data: Rendered) -> None:
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


def _bending(motion: Tensor, where: Tensor) -> Tensor:
    """Return the second differences of a motion (B, 64, 64, 2) where no other loss constrains it, to keep it smooth."""
    down = (motion[:, 2:] - 2 * motion[:, 1:-1] + motion[:, :-2]).abs().sum(-1) * where[:, 1:-1]
    across = (motion[:, :, 2:] - 2 * motion[:, :, 1:-1] + motion[:, :, :-2]).abs().sum(-1) * where[:, :, 1:-1]
    return down.mean() + across.mean()


def losses(net: BuiltinGenerator, operator: Tensor, batch: Batch) -> Losses:
    """Return the losses of a batch: flow, visibility, and L1 of the image, its edges, its warped and its drawn part.

    Only pixels of the person count.
    """

    def keypoints(points: Tensor) -> tuple[Tensor, Tensor]:
        noisy = points + torch.randn_like(points) * 0.003 + torch.randn(len(points), 1, 2) * 0.003
        return noisy, torch.einsum("kjc,bji->bkic", operator, noisy)

    source, driving = keypoints(batch.source_points), keypoints(batch.driving_points)
    with torch.no_grad():
        encoded = net.encode(batch.source, batch.source_matte, source[0])
    out = net(encoded, source, driving)
    maps, visible, inside, person = out["maps"], batch.visible, batch.inside, batch.person
    hidden = person * (1 - visible) * inside
    weight = 1 + 4 * maps[:, _EXPRESSIVE].amax(1) + 10 * maps[:, _INNER_LIPS] * hidden
    eyes = F.max_pool2d(maps[:, _EYES].amax(1, keepdim=True), 7, 1, 3)[:, 0]
    error = (out["motion"] - batch.flow).abs().sum(-1)
    error = torch.where(error < 0.3, error, 0.3 + 0.2 * (error - 0.3))
    flow_weight = inside * person * (visible * weight + 0.1 * (1 - visible)) * (1 - eyes).clamp(min=0)
    flow = (error * flow_weight).sum() / flow_weight.sum()
    bends = _bending(out["motion"], 1 - person)
    shown = F.binary_cross_entropy_with_logits(out["occlusion"][:, 0], visible, reduction="none")
    truth = batch.driving * batch.driving_matte + 0.5 * (1 - batch.driving_matte)
    drawn = out["image"] * out["matte"] + 0.5 * (1 - out["matte"])
    image = out["visible"] * out["warped"][:, :3] + (1 - out["visible"]) * drawn
    large = double((weight * inside * (0.15 + 0.85 * person))[:, None])
    picture = ((image - truth).abs() * large).mean()
    edges = sum(
        ((a - b).abs() * w).mean()
        for a, b, w in zip(_edges(image), _edges(truth), (large[..., 1:], large[..., 1:, :]), strict=True)
    )
    coarse = (F.avg_pool2d(image * large, 4) - F.avg_pool2d(truth * large, 4)).abs().mean()
    warped = ((out["warped"][:, :3] - truth).abs() * large * double((visible * person)[:, None])).mean()
    painted = ((out["image"] - batch.driving).abs() * large * double((person + 4 * hidden)[:, None])).mean()
    outline = (
        F.binary_cross_entropy(out["matte"], batch.driving_matte, reduction="none") * double(inside[:, None])
    ).mean()
    trust = ((1 - out["visible"]) * double(((1 - person * (1 - visible)) * inside)[:, None])).mean()
    mouth = double((maps[:, _INNER_LIPS] * hidden)[:, None])
    stale = (out["visible"] * mouth).sum() / (mouth.sum() + 50)
    occlusion = (shown * inside * person).mean()
    total = 5 * flow + 0.2 * occlusion + 2 * picture + edges + coarse + warped + 0.7 * painted + 0.2 * outline
    total = total + 0.2 * trust + 0.15 * stale + 0.5 * bends
    with torch.no_grad():
        local = ((out["local"] - batch.flow).abs().sum(-1) * flow_weight).sum() / flow_weight.sum()
        still = ((batch.source - batch.driving).abs() * double((inside * person)[:, None])).mean()
        plain = ((image - truth).abs() * double((inside * person)[:, None])).mean()
    return {
        "total": total,
        "flow": flow,
        "flow_local": local,
        "l1": plain,
        "l1_still": still,
        "occlusion": occlusion,
        "outline": outline,
    }


def train(
    data: Rendered, reference: Tensor, out: Path, minutes: float, first: Weights | None = None
) -> BuiltinGenerator:
    """Train for ``minutes`` in total; a second call resumes. Arguments as in ``keypoints.train``."""
    net = BuiltinGenerator(reference)
    operator = jacobian_operator(reference)
    for module in (net.dense_motion, net.painter):
        # Only the convolutions are safe in bfloat16; coordinates need the full float32 mantissa.
        module.forward = torch.autocast("cpu", torch.bfloat16)(module.forward)  # type: ignore[method-assign]
    sampler = Sampler(data)
    Loop(net, out, minutes, rate=1.5e-3, first=first).run(lambda: losses(net, operator, sampler()))
    return net
