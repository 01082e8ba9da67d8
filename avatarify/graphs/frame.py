"""A whole frame as one graph: on a GPU nothing returns to the CPU between the user's crop and the generated image.

It does what ``animate.animator`` does with two graphs and numpy: color conversion, key points, the One-Euro filter,
Eq. 13-14 with the built-in model's eyes and lips, dense motion, decoder. Both use the same functions of ``motion``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import torch
from torch import Tensor, nn

from avatarify.frames import F32, Keypoints
from avatarify.graphs.graph import Graph
from avatarify.graphs.spec import (
    FRAME,
    GENERATE,
    KEYPOINTS,
    FrameInputs,
    FrameOutputs,
    GenerateInputs,
    GenerateOutputs,
    KeypointsInputs,
    KeypointsOutputs,
)
from avatarify.motion.first_order import stronger
from avatarify.motion.layout import COUNT
from avatarify.motion.one_euro import KEYPOINT_FILTER, Past, steadied
from avatarify.motion.strength import WHOLE, by_region
from avatarify.motion.transfer import transfer


class Motion(nn.Module):
    """From the user's key points in the crop they were detected in to the portrait's."""

    def forward(
        self, detected: KeypointsOutputs[Tensor], given: FrameInputs[Tensor]
    ) -> tuple[Keypoints, Past, Keypoints]:
        """Filter and transfer key points.

        Returns:
            The user's key points in the neutral frame's square, the new past with the filtered ones, and the
            portrait's key points for this frame. All hold torch tensors.
        """
        linear = given.to_reference[:, :2]
        found = _keypoints(detected.points @ linear.T + given.to_reference[:, 2], linear @ detected.jacobians)
        last = Past(
            _keypoints(given.past_points, given.past_jacobians),
            cast(F32, given.past_raw),
            cast(F32, given.past_speed),
        )
        now = steadied(last, found, given.seconds, given.past_counts, KEYPOINT_FILTER)
        neutral = _keypoints(given.neutral_points, given.neutral_jacobians)
        source = _keypoints(given.source_points, given.source_jacobians)
        driving = stronger(neutral, now.steadied, given.strength)
        if given.regions is not None:
            driving = by_region(neutral, driving, given.regions)
        # ``relative`` is 1 or 0: a traced graph cannot branch, so it blends.
        moved = stronger(
            driving, transfer(source, neutral, driving, given.scale, cast(F32, given.lids)), given.relative
        )
        return found, now, moved


class FrameGraph(nn.Module):
    """Joins a model's graphs ``keypoints`` and ``generate`` with the motion between them.

    A Jacobian without an inverse gives outputs that are not finite.
    """

    def __init__(self, keypoints: Graph, generate: Graph) -> None:
        super().__init__()
        self.keypoints, self.generate = keypoints.module, generate.module
        self.motion = Motion()  # the builders keep what is under this name in float32
        self._keypoints_inputs, self._generate_inputs = tuple(keypoints.inputs), tuple(generate.inputs)
        self._generate_outputs = generate.outputs
        self._inputs = tuple(frame_inputs(keypoints, generate).arrays())

    def forward(self, *tensors: Tensor) -> tuple[Tensor, ...]:
        """Take ``FrameInputs`` and return ``FrameOutputs``, both as positional tensors."""
        given = FrameInputs.from_arrays(dict(zip(self._inputs, tensors, strict=True)))
        detected = self._detect(given)
        found, past, moved = self.motion(detected, given)
        drawn = self._draw(given, moved)
        outputs = FrameOutputs(
            image=drawn.image,
            deformation=drawn.deformation,
            visible=drawn.visible,
            matte=drawn.matte,
            points=_tensor(found.points),
            jacobians=_tensor(found.jacobians),
            steadied_points=_tensor(past.steadied.points),
            steadied_jacobians=_tensor(past.steadied.jacobians),
            speed=_tensor(past.speed),
            moved_points=_tensor(moved.points),
            moved_jacobians=_tensor(moved.jacobians),
        )
        return outputs.tensors()

    def _detect(self, given: FrameInputs[Tensor]) -> KeypointsOutputs[Tensor]:
        face = KeypointsInputs(image=given.crop, mesh=given.mesh, mesh_share=given.mesh_share).arrays()
        points, jacobians = self.keypoints(*(face[name] for name in self._keypoints_inputs))
        return KeypointsOutputs(points, jacobians)

    def _draw(self, given: FrameInputs[Tensor], moved: Keypoints) -> GenerateOutputs[Tensor]:
        pose = GenerateInputs(
            features=given.features,
            source_points=given.source_points,
            source_jacobians=given.source_jacobians,
            driving_points=_tensor(moved.points),
            driving_jacobians=_tensor(moved.jacobians),
        ).arrays()
        drawn = self.generate(*(pose[name] for name in self._generate_inputs))
        return GenerateOutputs.from_arrays(dict(zip(self._generate_outputs, drawn, strict=True)))


def frame_graph(graphs: Mapping[str, Graph]) -> Graph:
    """Return the graph ``frame`` of a model, made of its graphs ``keypoints`` and ``generate``."""
    keypoints, generate = graphs[KEYPOINTS.name], graphs[GENERATE.name]
    lacking = frozenset(GENERATE.output_names()) - set(generate.outputs)
    return Graph(
        FrameGraph(keypoints, generate).eval(),
        frame_inputs(keypoints, generate).arrays(),
        FRAME.output_names(without=lacking),
    )


def frame_inputs(keypoints: Graph, generate: Graph) -> FrameInputs[Tensor]:
    """Return a valid example of the inputs of ``frame``."""
    face, portrait = KeypointsInputs.from_arrays(keypoints.inputs), GenerateInputs.from_arrays(generate.inputs)
    points, jacobians = portrait.source_points, portrait.source_jacobians
    return FrameInputs(
        features=portrait.features,
        crop=face.image,
        mesh=face.mesh,
        mesh_share=face.mesh_share,
        to_reference=torch.eye(2, 3),
        neutral_points=points,
        neutral_jacobians=jacobians,
        past_points=points,
        past_jacobians=jacobians,
        past_raw=points,
        past_speed=torch.zeros_like(points),
        seconds=torch.tensor([0.04]),
        past_counts=torch.ones(1),
        strength=torch.ones(1),
        regions=torch.tensor(WHOLE) if len(points) == COUNT else None,
        scale=torch.ones(1),
        relative=torch.ones(1),
        lids=torch.tensor([[0.3, 0.3], [0.06, 0.06]]),
        source_points=points,
        source_jacobians=jacobians,
    )


def _keypoints(points: Tensor, jacobians: Tensor) -> Keypoints:
    """Tell the type checker that tensors do what arrays do (see ``motion.arrays``)."""
    return Keypoints(cast(F32, points), cast(F32, jacobians))


def _tensor(array: F32) -> Tensor:
    return cast(Tensor, array)
