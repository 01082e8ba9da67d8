"""Decides where an imported model puts the positions -1 and 1: the way that draws faces better from themselves.

torch has meant the centers of the outer pixels until 1.2, and their outer edges since. Public checkpoints do not say
with which one they were trained.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from avatarify.engines.check_export import open_onnx
from avatarify.engines.fill import write_graphs
from avatarify.engines.reference.inputs import read_inputs
from avatarify.engines.skeleton import skeleton_folder
from avatarify.engines.target import Watch
from avatarify.frames import U8
from avatarify.graphs.check import check_graphs
from avatarify.graphs.spec import (
    ENCODE,
    GENERATE,
    KEYPOINTS,
    EncodeInputs,
    GenerateInputs,
    KeypointsInputs,
)
from avatarify.networks.fomm.config import config_of, described
from avatarify.runtimes.base import run_graph
from avatarify.runtimes.probe import version
from avatarify.zoo.manifest import ModelEntry

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime

_FACES = 4


class Alignment(NamedTuple):
    """What was measured: mean absolute differences from the faces, of 255.

    Attributes:
        edges: With -1 and 1 on the outer edges of the outer pixels.
        centers: With -1 and 1 in their centers (``align_corners``).
    """

    edges: float
    centers: float


def settle_alignment(entry: ModelEntry, watch: Watch) -> tuple[ModelEntry, Alignment | None]:
    """Measure both ways, and write the better one into the model's manifest.

    Args:
        entry: A First Order Motion Model of the user's.
        watch: Cancellation.

    Returns:
        The model, and what was measured: None where this installation cannot run a model of these sizes.

    Raises:
        EngineError: The faces are missing, or the graphs cannot be executed.
        ModelError: The weights cannot be read.
        OSError: The manifest cannot be written.
        Cancelled: The user stopped it.
    """
    errors = []
    for aligned in (False, True):
        with _opened(_with(entry, aligned), watch) as runtime:
            if runtime is None:
                return entry, None
            errors.append(_error(runtime, watch))
    found = Alignment(*errors)
    chosen = _with(entry, found.centers < found.edges)
    if chosen.manifest != entry.manifest:
        chosen.manifest.write(chosen.folder)
    return chosen, found


def _with(entry: ModelEntry, aligned: bool) -> ModelEntry:
    config = replace(config_of(entry.manifest.config), align_corners=aligned)
    return replace(entry, manifest=replace(entry.manifest, config=described(config)))


@contextmanager
def _opened(entry: ModelEntry, watch: Watch) -> Iterator[Runtime | None]:
    if version("torch"):
        from avatarify.runtimes.torch_runtime import TorchRuntime
        from avatarify.zoo.load import load_networks

        with closing(TorchRuntime(load_networks(entry))) as runtime:
            yield runtime
        return
    folder = skeleton_folder(entry)
    if folder is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as place:
        files = write_graphs(entry, folder, Path(place), watch)
        with closing(open_onnx(files)) as opened:
            yield opened


def _error(runtime: Runtime, watch: Watch) -> float:
    """Return how far faces are from what the model draws of them with their own key points."""
    size = check_graphs(runtime.signatures).portrait_crop
    views = read_inputs(tight=False, keypoint_size=size, portrait_size=size).frames[:_FACES]
    errors = []
    for view in views:
        watch.check()
        errors.append(float(np.abs(_drawn(runtime, view.image).astype(np.float32) - view.image).mean()))
    return float(np.mean(errors))


def _drawn(runtime: Runtime, image: U8) -> U8:
    """Draw a face with its own key points."""
    found = run_graph(runtime, KEYPOINTS, KeypointsInputs(image=image, mesh=None, mesh_share=None))
    points, jacobians = found.points, found.jacobians
    portrait = EncodeInputs(portrait=image, matte=None, points=points, jacobians=jacobians)
    pose = GenerateInputs(
        features=run_graph(runtime, ENCODE, portrait).features,
        source_points=points,
        source_jacobians=jacobians,
        driving_points=points,
        driving_jacobians=jacobians,
    )
    return np.asarray(run_graph(runtime, GENERATE, pose).image)
