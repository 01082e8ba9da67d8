"""A whole frame as one graph: on a GPU nothing returns to the processor between the user's crop and the picture.

It holds what ``animate.animator`` does with two graphs and numpy: colour conversion, key points, the One-Euro filter,
Eq. 13-14 with the built-in model's eyes and lips, dense motion, decoder. The functions are the very same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import torch
from torch import Tensor, nn

from avatarify.frames import F32, Keypoints
from avatarify.graphs.graph import Graph
from avatarify.motion.first_order import stronger
from avatarify.motion.one_euro import Filter, Past, steadied
from avatarify.motion.transfer import transfer

FRAME = "frame"
CROP = "crop"  # what ``keypoints`` calls ``image``, which is a result here
PAST = ("past_points", "past_jacobians", "past_raw", "past_speed")
FOUND = ("points", "jacobians", "steadied_points", "steadied_jacobians", "speed", "moved_points", "moved_jacobians")


class Motion(nn.Module):
    """From the user's key points in the crop they were found in to the portrait's."""

    def forward(
        self,
        points: Tensor,
        jacobians: Tensor,
        to_reference: Tensor,
        past: tuple[Tensor, Tensor, Tensor, Tensor],
        neutral: tuple[Tensor, Tensor],
        source: tuple[Tensor, Tensor],
        how: Tensor,
    ) -> tuple[Tensor, ...]:
        """Return ``FOUND``; the inputs are told in ``FrameGraph``."""
        seconds, known, strength, scale, relative = how.unbind(0)
        linear = to_reference[:, :2]
        found = _keypoints(points @ linear.T + to_reference[:, 2], linear @ jacobians)
        last = Past(_keypoints(*past[:2]), *cast(tuple[F32, F32], past[2:]))
        now = steadied(last, found, seconds, known, Filter())
        start, portrait = _keypoints(*neutral), _keypoints(*source)
        driving = stronger(start, now.steadied, strength)
        moved = stronger(driving, transfer(portrait, start, driving, scale), relative)
        return cast(tuple[Tensor, ...], (*_tensors(found), *_tensors(now.steadied), now.speed, *_tensors(moved)))


class FrameGraph(nn.Module):
    """Joins a model's graphs ``keypoints`` and ``generate``.

    Inputs, by name: those of ``keypoints``, with ``crop`` for ``image``; ``to_reference`` (2, 3), the map from the
    crop's coordinates to those of the neutral frame's square; ``neutral_points`` and ``neutral_jacobians``; ``PAST`` of
    the filter: steadied points and Jacobians, points as found, their speed, in the neutral frame's coordinates;
    ``how`` (5,): seconds since the frame before, 1 if the past counts, share of the motion, scale of movements, 1 for
    relative motion and 0 for absolute; what ``encode`` gave; ``source_points`` and ``source_jacobians``.

    Outputs: those of ``generate``; ``points`` and ``jacobians`` of the user, the steadied ones, the filter's ``speed``,
    and the portrait's, moved. A Jacobian without an inverse gives numbers that are not finite.
    """

    def __init__(self, keypoints: Graph, generate: Graph) -> None:
        super().__init__()
        self.keypoints, self.generate = keypoints.module, generate.module
        self.motion = Motion()  # its name tells the builders what stays float32
        self._face, self._pose = (CROP, *list(keypoints.inputs)[1:]), tuple(generate.inputs)
        self.names = tuple(frame_inputs(keypoints, generate))

    def forward(self, *given: Tensor) -> tuple[Tensor, ...]:
        """Take the inputs in the order of ``names``; give what ``frame_graph`` names."""
        of = dict(zip(self.names, given, strict=True))
        points, jacobians = self.keypoints(*(of[name] for name in self._face))
        past = tuple(of[name] for name in PAST)
        both = ((of[f"{who}_points"], of[f"{who}_jacobians"]) for who in ("neutral", "source"))
        found = self.motion(points, jacobians, of["to_reference"], past, *both, of["how"])
        of |= dict(zip(("driving_points", "driving_jacobians"), found[-2:], strict=True))
        return (*self.generate(*(of[name] for name in self._pose)), *found)


def frame_graph(graphs: Mapping[str, Graph]) -> Graph:
    """Return the graph ``frame`` of a model's other graphs."""
    keypoints, generate = graphs["keypoints"], graphs["generate"]
    module = FrameGraph(keypoints, generate).eval()
    return Graph(module, frame_inputs(keypoints, generate), (*generate.outputs, *FOUND))


def frame_inputs(keypoints: Graph, generate: Graph) -> dict[str, Tensor]:
    """Return a valid example of each input of the graph ``frame``, in order."""
    points, jacobians = generate.inputs["source_points"], generate.inputs["source_jacobians"]
    face = {CROP if name == "image" else name: value for name, value in keypoints.inputs.items()}
    user = {"to_reference": torch.eye(2, 3), "neutral_points": points, "neutral_jacobians": jacobians}
    past = dict(zip(PAST, (points, jacobians, points, torch.zeros_like(points)), strict=True))
    portrait = {name: value for name, value in generate.inputs.items() if not name.startswith("driving_")}
    return {**face, **user, **past, "how": torch.tensor([0.04, 1.0, 1.0, 1.0, 1.0]), **portrait}


def _keypoints(points: Tensor, jacobians: Tensor) -> Keypoints:
    return Keypoints(cast(F32, points), cast(F32, jacobians))


def _tensors(keypoints: Keypoints) -> tuple[F32, F32]:
    return keypoints.points, keypoints.jacobians
