"""Makes the ONNX files and the reference of the built-in model that come with the app: ``python tools/bundle_onnx.py``.

Run it after each change of the networks, their graphs, or the weights; a test fails until then. What has not changed,
up to rounding, keeps its bytes, so that a new comment costs no new megabytes in the repository. With ``--check``
nothing is written: the exit code is 1 if the files differ from those that would be made now.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from avatarify.engines.bundled import (
    FOLDER,
    HALF,
    MOTION,
    MOTION_STEPS,
    ORIGIN,
    origin_of,
    unpacked,
    with_whole_weights,
)
from avatarify.engines.checksums import write_checksums
from avatarify.engines.export import export_model
from avatarify.engines.target import Watch
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.registry import DEFAULT_MODEL, find_model

_LARGE = 1000  # numbers in an array that is worth storing in 16 bits
_WEIGHTED = ("Conv", "ConvTranspose", "Gemm")  # matrix products multiply positions, too
_ROUNDING = 2e-3  # between two exports: weights to float16 and back, torch on another CPU


def main() -> int:
    """Make or check the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, list what is out of date")
    check, entry = parser.parse_args().check, find_model(DEFAULT_MODEL)
    with tempfile.TemporaryDirectory() as folder:
        made = make(entry, Path(folder))
        stale = differing(made, entry.folder / FOLDER)
        current = read_origin(entry.folder / FOLDER) == origin_of(entry)
        for name in stale:
            print(f"{name} is out of date" if check else f"{name} is new")
        if not check:
            install(made, entry, stale)
    return int(check and (bool(stale) or not current))


def make(entry: ModelEntry, folder: Path) -> Path:
    """Export a model and pack it; return the folder of the packed files, inside the given one."""
    exported, made = folder / "exported", folder / "packed"
    export_model(entry, exported, "reference.npz", Watch(lambda step, fraction: print(step, file=sys.stderr)))
    made.mkdir()
    for file in exported.glob("*.onnx"):
        onnx.save(with_half_weights(onnx.load(file)), made / file.name)
    with np.load(exported / "reference.npz", allow_pickle=False) as reference:
        arrays = {name: packed(name, reference[name]) for name in reference}
    np.savez_compressed(made / "reference.npz", **arrays)  # type: ignore[arg-type]  # names taken for options
    return made


def with_half_weights(model: Any) -> Any:
    """Store the weights of convolutions as float16, each followed by a cast; changes the model."""
    graph = model.graph
    users: dict[str, set[str]] = {}
    for node in graph.node:
        for place, name in enumerate(node.input):
            users.setdefault(name, set()).add(node.op_type if place == 1 else "")
    for weights in graph.initializer:
        array = numpy_helper.to_array(weights)
        if array.dtype == np.float32 and array.size > _LARGE and users.get(weights.name, {""}) <= set(_WEIGHTED):
            cast = helper.make_node("Cast", [weights.name + HALF], [weights.name], weights.name, to=TensorProto.FLOAT)
            weights.CopyFrom(numpy_helper.from_array(array.astype(np.float16), weights.name + HALF))
            graph.node.insert(0, cast)
    return model


def differing(made: Path, bundled: Path) -> list[str]:
    """Return the names of files that differ by more than rounding, or are only in one of two folders."""
    names = {file.name for folder in (made, bundled) for file in folder.glob("*.*") if file.suffix in (".onnx", ".npz")}
    return sorted(name for name in names if not _same(made / name, bundled / name))


def read_origin(folder: Path) -> object:
    """Return what is recorded about a bundle; None if there is none."""
    file = folder / ORIGIN
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def install(made: Path, entry: ModelEntry, stale: list[str]) -> None:
    """Replace stale files, and record what all depend on."""
    folder = entry.folder / FOLDER
    folder.mkdir(exist_ok=True)
    for name in stale:
        (folder / name).unlink(missing_ok=True)
        if (made / name).is_file():
            shutil.copyfile(made / name, folder / name)
    (folder / ORIGIN).write_text(json.dumps(origin_of(entry), indent=2) + "\n", encoding="utf-8")
    write_checksums(folder)


def packed(name: str, array: NDArray[Any]) -> NDArray[Any]:
    """Return an array of a reference as it is stored (see ``engines.bundled.unpacked``).

    Args:
        name: Of the array.
        array: Motion is (H, W, 2), in half crops.
    """
    if name.endswith(MOTION):
        planes = np.rint(array.transpose(2, 0, 1) * MOTION_STEPS).astype(np.int16)
        return np.diff(planes, axis=2, prepend=np.int16(0))
    return array.astype(np.float16) if array.dtype == np.float32 and array.size > 10 * _LARGE else array


def _same(a: Path, b: Path) -> bool:
    if not (a.is_file() and b.is_file()):
        return False
    return _same_graph(a, b) if a.suffix == ".onnx" else _same_arrays(_arrays_of(a), _arrays_of(b))


def _same_graph(a: Path, b: Path) -> bool:
    one, other = (with_whole_weights(onnx.load(file)) for file in (a, b))
    weights = [{w.name: numpy_helper.to_array(w) for w in model.graph.initializer} for model in (one, other)]
    for model in (one, other):
        del model.graph.initializer[:]
    return bool(one.graph == other.graph) and _same_arrays(*weights)


def _arrays_of(file: Path) -> dict[str, NDArray[Any]]:
    with np.load(file, allow_pickle=False) as content:
        return unpacked(content)


def _same_arrays(a: dict[str, NDArray[Any]], b: dict[str, NDArray[Any]]) -> bool:
    return a.keys() == b.keys() and all(_close(a[name], b[name]) for name in a)


def _close(a: NDArray[Any], b: NDArray[Any]) -> bool:
    if a.dtype != b.dtype or a.shape != b.shape:
        return False
    if a.dtype.kind not in "fu":
        return bool(np.array_equal(a, b))
    return bool(np.allclose(a, b, rtol=_ROUNDING, atol=_ROUNDING if a.dtype.kind == "f" else 1))


if __name__ == "__main__":
    sys.exit(main())
