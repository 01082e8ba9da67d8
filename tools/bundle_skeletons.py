"""Makes the graphs without weights that come with the app: ``python tools/bundle_skeletons.py``.

Run it after each change of the First Order Motion Model's networks or graphs; a test fails until then. Each graph is
exported twice, with other random weights. A weight's recipe is the one that gives its numbers in both; what has none
must be the same in both. With ``--check`` nothing is written: the exit code is 1 if the files are out of date.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from avatarify.engines.checksums import write_checksums
from avatarify.engines.derive import derive, recipes
from avatarify.engines.skeleton import ALIGNED, ORIGIN, code_of_graphs, skeletons
from avatarify.graphs.fomm import fomm_graphs
from avatarify.graphs.inference import for_inference
from avatarify.graphs.onnx_export import export
from avatarify.networks.fomm.config import FULL, PRESETS, FommConfig
from avatarify.networks.fomm.model import Fomm

Array = NDArray[Any]
SEEDS = (1, 2)
VARIANTS = PRESETS | {f"full{ALIGNED}": replace(FULL, align_corners=True)}


def main() -> int:
    """Make or check the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, list what is out of date")
    if parser.parse_args().check:
        return int(any(stale(name) for name in VARIANTS))
    for name, config in VARIANTS.items():
        if stale(name):
            install(make(config), skeletons() / name)
            print(f"{name} is new")
    return 0


def stale(preset: str) -> bool:
    """Return whether the skeletons of a size are missing or were made by other code."""
    try:
        origin = json.loads((skeletons() / preset / ORIGIN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    return bool(origin != {"code_sha256": code_of_graphs()})


def install(models: dict[str, Any], folder: Path) -> None:
    """Write skeletons into a folder, with their origin and checksums."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, model in models.items():
        onnx.save(model, folder / f"{name}.onnx")
    (folder / ORIGIN).write_text(json.dumps({"code_sha256": code_of_graphs()}, indent=2) + "\n", encoding="utf-8")
    write_checksums(folder)


def make(config: FommConfig) -> dict[str, Any]:
    """Return the skeletons of a size by graph."""
    with tempfile.TemporaryDirectory() as folder:
        one, other = (exported(config, seed, Path(folder) / str(seed)) for seed in SEEDS)
    return {name: emptied(one.models[name], one.weights, other.models[name], other.weights) for name in one.models}


@dataclass(frozen=True)
class Exported:
    """A model with random weights, as torch exports it: weights by name, and ``onnx.ModelProto`` by graph."""

    weights: dict[str, Array]
    models: dict[str, Any]


def exported(config: FommConfig, seed: int, folder: Path) -> Exported:
    """Export a model with random weights."""
    folder.mkdir()
    model = random_model(config, seed)
    models = {}
    for name, graph in fomm_graphs(model).items():
        export(for_inference(graph), folder / f"{name}.onnx", {"graph": name})
        models[name] = onnx.load(folder / f"{name}.onnx")
    return Exported({name: tensor.numpy() for name, tensor in model.state_dict().items()}, models)


def random_model(config: FommConfig, seed: int) -> Fomm:
    """Return a model in which no two tensors are alike; the counters of batch norms stay."""
    draw = torch.Generator().manual_seed(seed)
    model = Fomm(config).eval()
    for tensor in model.state_dict().values():
        if tensor.dtype.is_floating_point:
            tensor.copy_(torch.rand(tensor.shape, generator=draw) * 0.5 + 0.25)
    return model


def emptied(model: Any, weights: dict[str, Array], other: Any, other_weights: dict[str, Array]) -> Any:
    """Replace the numbers of weights by their recipes; changes and returns the model.

    Raises:
        ValueError: An array depends on the weights in a way that no recipe says, or on two of them alike.
    """
    candidates = {recipe: derive(recipe, weights) for recipe in recipes(weights)}
    elsewhere = {tensor.name: numpy_helper.to_array(tensor) for tensor in other.graph.initializer}
    for tensor in model.graph.initializer:
        numbers = numpy_helper.to_array(tensor)
        found = [recipe for recipe, value in candidates.items() if _same(value, numbers)]
        if not found and np.array_equal(numbers, elsewhere[tensor.name]):
            continue  # a constant, such as the grid of pixel positions
        if len(found) != 1 or not _same(derive(found[0], other_weights), elsewhere[tensor.name]):
            raise ValueError(f"{tensor.name} {numbers.shape}: {found or 'no recipe'}")
        tensor.doc_string = found[0]
        tensor.ClearField("raw_data")
    return model


def _same(value: Array, other: Array) -> bool:
    return value.shape == other.shape and np.allclose(value, other, rtol=1e-5, atol=1e-6)


if __name__ == "__main__":
    raise SystemExit(main())
