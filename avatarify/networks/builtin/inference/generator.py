"""Encoding and drawing as they are executed; ``BuiltinGenerator`` and ``closeups`` are what is trained."""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.builtin.closeups import Closeups
from avatarify.networks.builtin.generator import DRAWN_SIZE, BuiltinGenerator, lip_zone
from avatarify.networks.builtin.inference.closeups import CloseupLayers
from avatarify.networks.builtin.inference.lids import BoxedLids, EyeFrames, Eyes
from avatarify.networks.builtin.inference.motion import Candidates, DenseMotion, SourceMotion
from avatarify.networks.builtin.layers import double, sample
from avatarify.networks.builtin.local_motion import MOTION_SIZE


class PortraitFeatures(NamedTuple):
    """What drawing needs of a portrait.

    Attributes:
        even: (1, 3, 256, 256) the portrait in white light, RGB in [-0.5, 0.5].
        light: (3, 3) from RGB in white light, as a column, to the portrait's own light and saturation.
        drawn: (1, 4, 128, 128) the person before gray and its matte, in [-0.5, 0.5].
        maps: (1, 8, 64, 64) maps of the face's regions and the matte, in [0, 1].
        eyes: (2, 8) both eyes (see ``Eyes``).
        eye_patches: (2, 7, 40, 56) colors in [-0.5, 0.5] and shapes of the eyes.
        mouth_patch: (1, 5, 64, 64) colors in [-0.5, 0.5] and shapes of the mouth.
    """

    even: Tensor
    light: Tensor
    drawn: Tensor
    maps: Tensor
    eyes: Tensor
    eye_patches: Tensor
    mouth_patch: Tensor


class Drawing(NamedTuple):
    """One drawn frame; all but the deformation in [0, 1].

    Attributes:
        image: (1, 3, 256, 256) RGB.
        deformation: (1, 2, 256, 256) positions in the portrait.
        visible: (1, 1, 256, 256) weight of the warped portrait.
        matte: (1, 1, 128, 128).
    """

    image: Tensor
    deformation: Tensor
    visible: Tensor
    matte: Tensor


class PortraitEncoder(nn.Module):
    """Computes once what all frames need of a portrait.

    Args:
        generator: Of the model.
        closeups: Of the model.
    """

    def __init__(self, generator: BuiltinGenerator, closeups: Closeups) -> None:
        super().__init__()
        self.generator, self.closeups, self.eyes = generator, closeups, EyeFrames()

    def forward(self, portrait: Tensor, matte: Tensor, points: Tensor) -> PortraitFeatures:
        """Encode a portrait.

        Args:
            portrait: (1, 3, 256, 256) RGB in [0, 1].
            matte: (1, 1, 256, 256) opacity of the person, in [0, 1].
            points: (81, 2).
        """
        batch = points[None]
        light = self.closeups.light(portrait, batch)
        even = light.removed_from(portrait) - 0.5
        drawn, maps = self.generator.encode(portrait, matte, batch)
        small = F.avg_pool2d(drawn[:, 3:], DRAWN_SIZE // MOTION_SIZE)
        eyes, mouth = self.closeups.eyes, self.closeups.mouth
        there = mouth.positions(batch)
        return PortraitFeatures(
            even=even,
            light=light.matrix(),
            drawn=drawn - 0.5,
            maps=torch.cat([maps, small], 1),
            eyes=self.eyes(points)[0].packed(),
            eye_patches=torch.cat([sample(torch.cat([even, even]), eyes.positions(batch)), eyes.shapes(batch)], 1),
            mouth_patch=torch.cat([sample(even, there), mouth.shapes(batch, there)], 1),
        )


class Drawer(nn.Module):
    """Draws an encoded portrait in another pose.

    Args:
        generator: Of the model.
        closeups: Of the model.
    """

    def __init__(self, generator: BuiltinGenerator, closeups: Closeups) -> None:
        super().__init__()
        self.refiner, self.painter = generator.dense_motion, generator.painter
        self.source, self.motion = SourceMotion(generator.local), DenseMotion(generator.local)
        self.eyes, self.lids, self.closeups = EyeFrames(), BoxedLids(), CloseupLayers(closeups)

    def forward(
        self, encoded: PortraitFeatures, source: tuple[Tensor, Tensor], driving: tuple[Tensor, Tensor]
    ) -> Drawing:
        """Draw one frame.

        Args:
            encoded: The portrait.
            source: Points (81, 2) and Jacobians (81, 2, 2) of the portrait.
            driving: The same of the pose to draw.
        """
        found = self.motion(self.source(source[0]), driving[0], (source[1], driving[1]))
        motion, occlusion = self.refined(found, encoded.maps)
        frames, into = self.eyes(driving[0])
        fine, coarse, eyes, starts, first = self.lids(motion, Eyes.unpacked(encoded.eyes), frames, into)
        maps = found.maps.reshape(1, -1, MOTION_SIZE, MOTION_SIZE)
        kept = torch.maximum(eyes, double(lip_zone(maps)))
        warped = sample(encoded.drawn, coarse.permute(0, 2, 3, 1))
        there = sample(encoded.maps[:, :-1], motion.permute(0, 2, 3, 1))
        out = self.painter.network(warped, occlusion, torch.cat([maps, there], 1))
        image, shown, matte = out.split([3, 1, 1], 1)
        hidden = torch.sigmoid(-shown - double(occlusion)) * (1 - kept)
        portrait = encoded.even, encoded.light, encoded.eye_patches, encoded.mouth_patch
        result = self.closeups(
            portrait, fine, (frames, into, starts, first), driving[0], (torch.sigmoid(image), hidden)
        )
        return Drawing(result[0], fine, result[1], torch.sigmoid(matte + 6 * warped[:, 3:]))

    def refined(self, found: Candidates, portrait: Tensor) -> tuple[Tensor, Tensor]:
        """Blend the candidates and correct the result.

        Args:
            found: The candidates.
            portrait: (1, 8, 64, 64) maps of the portrait and its matte.

        Returns:
            Motion (1, 2, 64, 64), positions in the portrait, and occlusion logits (1, 1, 64, 64).
        """
        cells = MOTION_SIZE * MOTION_SIZE
        still = self.motion.cells[1:]
        local = found.moves[:2] + still
        positions = local.reshape(1, 2, MOTION_SIZE, MOTION_SIZE).permute(0, 2, 3, 1)
        planes = torch.cat([found.moves, found.maps]).reshape(1, -1, MOTION_SIZE, MOTION_SIZE)
        out = self.refiner.network(torch.cat([planes, sample(portrait, positions), portrait[:, -1:]], 1))
        logits, correction, occlusion = out.split([3, 2, 1], 1)
        weights = logits.reshape(3, 1, cells).softmax(0)
        moved = (weights * found.moves.reshape(3, 2, cells)).sum(0) + torch.tanh(correction.reshape(2, cells)) * 0.1
        motion = still + moved + found.zone * (found.moves[:2] - moved)
        return motion.reshape(1, 2, MOTION_SIZE, MOTION_SIZE), occlusion
