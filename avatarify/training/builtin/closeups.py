"""Train the eye and mouth painters on pairs of rendered frames.

No trained motion is needed: near the eyes and lips the motion is analytic. Besides L1, two losses drive the painters:
features of the close-up key-point detectors, which respond to lids, pupils, lips, and teeth and were trained without a
single photograph, and a patch discriminator that keeps teeth and lashes sharp.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.builtin.closeups import EyePainter, MouthPainter
from avatarify.networks.builtin.details import PATCH_SIZE, DetailDetector, PatchDetector
from avatarify.networks.builtin.generator import resize_flow
from avatarify.networks.builtin.keypoints import jacobian_operator
from avatarify.networks.builtin.layers import conv, sample
from avatarify.networks.builtin.lids import Lids
from avatarify.networks.builtin.local_motion import MOTION_SIZE, LocalMotion
from avatarify.training.builtin.pairs import hard_pairs, portrait_crops, same_colors
from avatarify.training.data import augment
from avatarify.training.data.rendered import Rendered
from avatarify.training.loop import Loop, Losses, Weights

BATCH = 12
CROP = 256
_GOOD_ENOUGH = 0.04  # error of the warped portrait below which nothing should be painted


class CloseupTraining(nn.Module):
    """Both painters and the analytic motion they receive as input.

    Args:
        reference: (81, 2) reference shape R of the key-point detector.
    """

    def __init__(self, reference: Tensor) -> None:
        super().__init__()
        self.eyes = EyePainter()
        self.mouth = MouthPainter(reference)
        self.local = LocalMotion(reference)
        self.lids = Lids(CROP)
        self.register_buffer("operator", jacobian_operator(reference), persistent=False)

    @torch.no_grad()
    def motion(self, source: Tensor, driving: Tensor) -> Tensor:
        """Return the analytic backward motion including the lids, (B, 256, 256, 2) in [-1, 1].

        Args:
            source: (B, 81, 2) key points of the source.
            driving: (B, 81, 2) key points of the driving frame.
        """
        jacobians = [torch.einsum("kjc,bji->bkic", self.operator, points) for points in (source, driving)]
        distances = self.local.distances(driving)
        local, _, _ = self.local((source, jacobians[0]), (driving, jacobians[1]), distances)
        local = local.reshape(-1, MOTION_SIZE, MOTION_SIZE, 2)
        motion: Tensor = self.lids(resize_flow(local, CROP), source, driving)[0]
        return motion


class Critic(nn.Module):
    """Patch discriminator: separates painted patches from rendered ones (hinge loss)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 24, 4, 2, 1),
            nn.LeakyReLU(0.2),
            conv(24, 48, 4, 2),
            conv(48, 96, 4, 2),
            nn.Conv2d(96, 1, 3, 1, 1),
        )

    def judge(self, x: Tensor) -> Tensor:
        """Score patches (B, 3, H, W): (B, 1, h, w), high for rendered ones."""
        with torch.autocast("cpu", torch.bfloat16):
            judged: Tensor = self.layers(x)
        return judged.float()


@dataclass
class Pairs:
    """Portrait crops (B, 3, 256, 256), RGB in [0, 1], and their key points (B, 81, 2) in [-1, 1]."""

    source: Tensor
    driving: Tensor
    source_points: Tensor
    driving_points: Tensor


def pairs(data: Rendered, who: Tensor, when: Tensor) -> Pairs:
    """Crop pairs like portraits, but tighter, because only the face matters here."""
    partner = when ^ 1
    source_points, driving_points = data.points[who, partner], data.points[who, when]
    linear, shift, mirrored = portrait_crops(source_points)

    def picture(index: Tensor) -> Tensor:
        frames = data.rgb[who, index].permute(0, 3, 1, 2).float() / 255
        return augment.crop(frames, linear, shift, CROP)

    source, driving = same_colors(picture(partner), picture(when))
    moved = [augment.points_in_crop(points, linear, shift, mirrored) for points in (source_points, driving_points)]
    return Pairs(source, driving, *moved)


def _detail(features: PatchDetector, painted: Tensor, wanted: Tensor) -> Tensor:
    """L1 between features of the first layers of a close-up detector."""
    loss = torch.zeros(())
    size = (PATCH_SIZE, PATCH_SIZE)
    a, b = (F.interpolate(x, size, mode="bilinear", align_corners=False) - 0.5 for x in (painted, wanted))
    with torch.autocast("cpu", torch.bfloat16):
        for layer in (features.stem, features.down1, features.down2):
            a, b = layer(a), layer(b)
            loss = loss + ((a - b).abs().mean() / (b.abs().mean() + 0.05)).float()
    return loss


def _differences(x: Tensor) -> tuple[Tensor, Tensor]:
    return x[..., 1:] - x[..., :-1], x[..., 1:, :] - x[..., :-1, :]


@dataclass
class _Patches:
    """All eye or all mouth patches of a batch; N patches.

    Attributes:
        bent: (N, 3, h, w) the source, warped by the motion alone.
        wanted: (N, 3, h, w) the driving frame.
        colors: (N, 3, h, w) painted colors.
        share: (N, 1, h, w) opacity of the paint, 0 to 1.
        weight: (N, 1, h, w) weight in the losses.
    """

    bent: Tensor
    wanted: Tensor
    colors: Tensor
    share: Tensor
    weight: Tensor

    @property
    def result(self) -> Tensor:
        """(N, 3, h, w) the paint blended over the warped portrait."""
        return self.share * self.colors + (1 - self.share) * self.bent


def _judged(name: str, patches: _Patches, features: PatchDetector, critic: Critic) -> Losses:
    result, wanted, weight = patches.result, patches.wanted, patches.weight
    near = ((result - wanted).abs() * weight).mean()
    painted = ((patches.colors - wanted).abs() * weight * (patches.share.detach() + 0.1)).mean()
    edges = sum(
        ((a - b).abs().mean() for a, b in zip(_differences(result), _differences(wanted), strict=True)), torch.zeros(())
    )
    already = (patches.bent - wanted).abs().mean(1, keepdim=True) < _GOOD_ENOUGH
    detail = _detail(features, result, wanted)
    fooled = -critic.judge(result).mean()
    total = 4 * near + painted + 1.5 * edges + 0.35 * detail + 0.1 * (patches.share * already).mean() + 0.02 * fooled
    unpainted = ((patches.bent - wanted).abs() * weight).mean()
    return {"total": total, f"{name} l1": near, f"{name} unpainted": unpainted, f"{name} detail": detail}


class Lesson:
    """Losses of one batch; the discriminators train alongside, each on the previous batch."""

    def __init__(self, net: CloseupTraining, judges: DetailDetector, data: Rendered) -> None:
        self.net, self.data = net, data
        judges.eval().requires_grad_(False)
        self.painters: dict[str, tuple[EyePainter | MouthPainter, PatchDetector, Critic]] = {
            "eyes": (net.eyes, judges.eye, Critic()),
            "mouth": (net.mouth, judges.mouth, Critic()),
        }
        critics = [p for _, _, critic in self.painters.values() for p in critic.parameters()]
        self.optimizer = torch.optim.Adam(critics, 4e-4, betas=(0.5, 0.99))
        self.hard = hard_pairs(data)
        self.last: dict[str, tuple[Tensor, Tensor]] = {}

    def __call__(self) -> Losses:
        """Sample a batch, half of it hard pairs, and return its losses."""
        if self.last:
            self._teach()
        who, when = torch.randint(self.data.identities, (BATCH,)), torch.randint(self.data.frames, (BATCH,))
        hard = torch.randint(len(self.hard[0]), (BATCH // 2,))
        who[: BATCH // 2], when[: BATCH // 2] = self.hard[0][hard], self.hard[1][hard]
        batch = pairs(self.data, who, when)
        source, driving = (p + torch.randn_like(p) * 0.002 for p in (batch.source_points, batch.driving_points))
        motion = self.net.motion(source, driving)
        out: Losses = {"total": torch.zeros(())}
        for name, (painter, judge, critic) in self.painters.items():
            patches = self._patches(painter, batch, motion, source, driving)
            found = _judged(name, patches, judge, critic)
            out = {**out, **found, "total": out["total"] + found["total"]}
            self.last[name] = patches.wanted, patches.result.detach()
        return out

    @staticmethod
    def _patches(
        painter: EyePainter | MouthPainter, batch: Pairs, motion: Tensor, source: Tensor, driving: Tensor
    ) -> _Patches:
        at = painter.positions(driving)
        copies = len(at) // BATCH
        with torch.no_grad():
            field = sample(motion.repeat(copies, 1, 1, 1).permute(0, 3, 1, 2), at).permute(0, 2, 3, 1)
            bent = sample(batch.source.repeat(copies, 1, 1, 1), field)
            wanted = sample(batch.driving.repeat(copies, 1, 1, 1), at)
            inside = (at.abs() < 1).all(-1)[:, None].float()
        colors, share = painter(batch.source, motion, source, driving)
        return _Patches(bent, wanted, colors, share, inside * (0.3 + painter.fade))

    def _teach(self) -> None:
        loss = torch.zeros(())
        for name, (real, painted) in self.last.items():
            critic = self.painters[name][2]
            loss = loss + F.relu(1 - critic.judge(real)).mean() + F.relu(1 + critic.judge(painted)).mean()
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()


def train(
    data: Rendered, reference: Tensor, judges: DetailDetector, out: Path, minutes: float, first: Weights | None = None
) -> CloseupTraining:
    """Train for ``minutes`` in total; a second call resumes.

    Args:
        data: Training data.
        reference: (81, 2) reference shape R.
        judges: Trained close-up detectors, whose features are a loss.
        out: Folder of the checkpoint.
        minutes: Total over all calls.
        first: Initial weights.
    """
    net = CloseupTraining(reference)
    for painter in (net.eyes.painter, net.mouth.painter):
        painter.forward = torch.autocast("cpu", torch.bfloat16)(painter.forward)  # type: ignore[method-assign]
    Loop(net, out, minutes, rate=1.5e-3, first=first).run(Lesson(net, judges, data), report_every=50)
    return net
