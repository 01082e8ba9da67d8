"""The contract of a model's graphs: every input and output with its dtype, shape, range, and meaning.

The networks, the export to ONNX, the reference, the runtimes, and ``animate`` all take the names from here: the fields
of a graph's two classes are its tensors. Imports no torch.

Shapes contain numbers and the symbols of ``SYMBOLS``. A symbol has one value in all graphs of a model.

Coordinates are (x, y), x to the right, y down, and -1 and 1 are the edges of the crop (see ``frames.Keypoints``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from avatarify.graphs.tensors import T, Tensors, TensorSpec, numbers, pixels

SYMBOLS = {
    "M": "side of the key-point detector's crop",
    "S": "side of the portrait's crop",
    "K": "number of key points",
    "h": "height of the deformation",
    "w": "width of the deformation",
    "v": "side of the visibility map",
    "m": "side of the matte",
}


def key_points(whose: str, *, optional: bool = False) -> TensorSpec:
    """Return the spec of key-point positions."""
    return numbers("K", 2, values="about -1 to 1", meaning=f"Key points of {whose}.", optional=optional)


def local_frames(whose: str, *, optional: bool = False) -> TensorSpec:
    """Return the spec of Jacobians."""
    return numbers("K", 2, 2, values="finite", meaning=f"Jacobians at the key points of {whose}.", optional=optional)


@dataclass(frozen=True)
class KeypointsInputs(Tensors[T]):
    """A face as the key-point detector sees it."""

    image: Annotated[T, pixels("M", "M", 3, meaning="RGB crop of the face.")]
    mesh: Annotated[
        T | None,
        numbers(478, 2, values="about -1 to 1", meaning="MediaPipe's face mesh in the crop.", optional=True),
    ]
    mesh_share: Annotated[
        T | None,
        numbers(
            2,
            values="0 to 1",
            meaning="Weight of the mesh against the network: for the whole face, and for eyes, lips, and pupils.",
            optional=True,
        ),
    ]


@dataclass(frozen=True)
class KeypointsOutputs(Tensors[T]):
    """Key points in the coordinates of the detector's crop."""

    points: Annotated[T, key_points("the face")]
    jacobians: Annotated[T, local_frames("the face")]


@dataclass(frozen=True)
class EncodeInputs(Tensors[T]):
    """The portrait; encoded once."""

    portrait: Annotated[T, pixels("S", "S", 3, meaning="RGB crop of the portrait.")]
    matte: Annotated[T | None, pixels("S", "S", meaning="Alpha of the person in the crop.", optional=True)]
    points: Annotated[T, key_points("the portrait", optional=True)]
    jacobians: Annotated[T, local_frames("the portrait", optional=True)]


@dataclass(frozen=True)
class EncodeOutputs(Tensors[T]):
    """What a model's drawing graph needs of the portrait; names, shapes, and meaning are the model's own.

    Attributes:
        features: By name. The same names are inputs of ``generate`` and ``frame``.
    """

    features: Mapping[str, T]


@dataclass(frozen=True)
class GenerateInputs(Tensors[T]):
    """An encoded portrait and the pose to draw, both in the coordinates of the portrait's crop.

    Attributes:
        features: From ``encode``.
    """

    features: Mapping[str, T]
    source_points: Annotated[T, key_points("the portrait")]
    source_jacobians: Annotated[T, local_frames("the portrait")]
    driving_points: Annotated[T, key_points("the frame to draw")]
    driving_jacobians: Annotated[T, local_frames("the frame to draw")]


@dataclass(frozen=True)
class GenerateOutputs(Tensors[T]):
    """One drawn frame (see ``frames.Generated``)."""

    image: Annotated[T, pixels("S", "S", 3, meaning="RGB, the generated image.")]
    deformation: Annotated[
        T,
        numbers("h", "w", 2, values="about -1 to 1", meaning="Backward flow: where in the portrait each pixel is."),
    ]
    visible: Annotated[
        T,
        numbers("v", "v", values="0 to 1", meaning="Weight of the warped portrait; the rest is the generated image."),
    ]
    matte: Annotated[
        T | None, numbers("m", "m", values="0 to 1", meaning="Alpha of the person in the image.", optional=True)
    ]


@dataclass(frozen=True)
class FrameInputs(Tensors[T]):
    """A user's frame, the state of the filter, and an encoded portrait.

    The neutral frame's square is the coordinate system of the user's motion; its key points and the past are in it.

    Attributes:
        features: From ``encode``.
    """

    features: Mapping[str, T]
    crop: Annotated[T, pixels("M", "M", 3, meaning="RGB crop of the user's face.")]
    mesh: Annotated[
        T | None,
        numbers(478, 2, values="about -1 to 1", meaning="MediaPipe's face mesh in the crop.", optional=True),
    ]
    mesh_share: Annotated[T | None, numbers(2, values="0 to 1", meaning="As for the graph keypoints.", optional=True)]
    to_reference: Annotated[
        T, numbers(2, 3, values="finite", meaning="Affine map from the crop to the neutral frame's square.")
    ]
    neutral_points: Annotated[T, key_points("the user's neutral frame")]
    neutral_jacobians: Annotated[T, local_frames("the user's neutral frame")]
    past_points: Annotated[T, key_points("the previous frame, filtered")]
    past_jacobians: Annotated[T, local_frames("the previous frame, filtered")]
    past_raw: Annotated[T, key_points("the previous frame, as detected")]
    past_speed: Annotated[
        T, numbers("K", 2, values="finite", meaning="Filtered speed of the key points, in half crops per second.")
    ]
    seconds: Annotated[T, numbers(1, values="above 0", meaning="Time since the previous frame, in seconds.")]
    past_counts: Annotated[T, numbers(1, values="0 or 1", meaning="1 uses the past; 0 starts the filter anew.")]
    strength: Annotated[T, numbers(1, values="0 or more", meaning="Factor on the user's motion; 1 changes nothing.")]
    regions: Annotated[
        T | None,
        numbers(
            4,
            values="0 or more",
            meaning="Factors on the motion of head, eyes, and mouth, and 1 for a gaze on the camera.",
            optional=True,
        ),
    ]
    scale: Annotated[T, numbers(1, values="above 0", meaning="Size of the portrait's face over the user's.")]
    relative: Annotated[
        T, numbers(1, values="0 or 1", meaning="1 adds the motion since the neutral frame; 0 takes the user's pose.")
    ]
    lids: Annotated[
        T,
        numbers(2, 2, values="finite", meaning="Openness of the user's eyes that counts as open, and as shut."),
    ]
    source_points: Annotated[T, key_points("the portrait")]
    source_jacobians: Annotated[T, local_frames("the portrait")]


@dataclass(frozen=True)
class FrameOutputs(GenerateOutputs[T]):
    """What ``generate`` returns, and the key points on the way; those of the user in the neutral frame's square."""

    points: Annotated[T, key_points("the user, as detected")]
    jacobians: Annotated[T, local_frames("the user, as detected")]
    steadied_points: Annotated[T, key_points("the user, filtered")]
    steadied_jacobians: Annotated[T, local_frames("the user, filtered")]
    speed: Annotated[
        T, numbers("K", 2, values="finite", meaning="Filtered speed of the key points, in half crops per second.")
    ]
    moved_points: Annotated[T, key_points("the portrait, moved")]
    moved_jacobians: Annotated[T, local_frames("the portrait, moved")]


In = TypeVar("In", bound=Tensors[Any])
Out = TypeVar("Out", bound=Tensors[Any])


@dataclass(frozen=True)
class GraphSpec(Generic[In, Out]):
    """One graph.

    Attributes:
        name: What runtimes, recipes, and ONNX files call it.
        meaning: One sentence.
        inputs: Class of its inputs.
        outputs: Class of its outputs.
    """

    name: str
    meaning: str
    inputs: type[In]
    outputs: type[Out]

    def output_names(self, *, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the names of the outputs in order, without optional ones that a model lacks."""
        return tuple(name for name in self.outputs.specs if name not in without)


KEYPOINTS = GraphSpec("keypoints", "Detects key points in a crop of a face.", KeypointsInputs, KeypointsOutputs)
ENCODE = GraphSpec("encode", "Computes once what all frames need of a portrait.", EncodeInputs, EncodeOutputs)
GENERATE = GraphSpec("generate", "Draws the portrait in a pose.", GenerateInputs, GenerateOutputs)
FRAME = GraphSpec(
    "frame",
    "Detects, filters, and transfers key points and draws the portrait; used on GPUs in place of generate.",
    FrameInputs,
    FrameOutputs,
)
GRAPHS: dict[str, GraphSpec[Any, Any]] = {graph.name: graph for graph in (KEYPOINTS, ENCODE, GENERATE, FRAME)}
