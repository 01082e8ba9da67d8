"""The ONNX files that come with the app: up to date, intact or not used, and enough for a first start without torch."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import bundle_onnx
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from avatarify.engines.bundled import FOLDER, ORIGIN, bundled_folder, unpack, unpacked, with_whole_weights
from avatarify.engines.cache import MODEL_GRAPHS
from avatarify.engines.checksums import is_intact
from avatarify.engines.target import Watch
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.registry import find_model

FIRST_START = """
import sys
from avatarify.engines.choose import choose_runtime
from avatarify.engines.target import Watch
from avatarify.zoo.registry import find_model
runtime = choose_runtime(find_model("built-in"), watch=Watch(lambda step, fraction: print(step))).runtime
print(runtime.name, "torch" in sys.modules)
"""


@pytest.fixture(autouse=True)
def use_cache(own_folders: Path) -> None:
    """Start with an empty cache, not with the one that the other tests of this folder share."""


@pytest.fixture
def copied(tmp_path: Path) -> ModelEntry:
    """A copy of the built-in model that may be damaged."""
    entry = find_model("built-in")
    shutil.copytree(entry.folder, tmp_path / "built-in")
    return replace(entry, folder=tmp_path / "built-in")


def test_the_bundle_belongs_to_these_weights_and_this_code() -> None:
    assert bundled_folder(find_model("built-in")), "run python tools/bundle_onnx.py and commit what it writes"


@pytest.mark.slow
def test_an_export_now_gives_what_is_bundled(tmp_path: Path) -> None:
    entry = find_model("built-in")
    made = bundle_onnx.make(entry, tmp_path)
    assert bundle_onnx.differing(made, entry.folder / FOLDER) == [], "run python tools/bundle_onnx.py"
    model = onnx.load(made / "keypoints.onnx")
    model.graph.node[-1].input[0] += "x"
    onnx.save(model, made / "keypoints.onnx")
    assert bundle_onnx.differing(made, entry.folder / FOLDER) == ["keypoints.onnx"]


def test_a_damaged_or_outdated_bundle_is_not_used(copied: ModelEntry) -> None:
    folder = copied.folder / FOLDER
    assert bundled_folder(copied) == folder
    origin = json.loads((folder / ORIGIN).read_text())
    (folder / ORIGIN).write_text(json.dumps(origin | {"code_sha256": "00" * 32}))
    assert bundled_folder(copied) is None
    (folder / ORIGIN).write_text(json.dumps(origin))
    assert bundled_folder(copied) == folder
    content = bytearray((folder / "encode.onnx").read_bytes())
    content[1000] ^= 1
    (folder / "encode.onnx").write_bytes(content)
    assert bundled_folder(copied) is None
    shutil.rmtree(folder)
    assert bundled_folder(copied) is None


def test_unpacked_files_are_valid_float32_onnx(copied: ModelEntry, tmp_path: Path) -> None:
    target = tmp_path / "unpacked" / "built-in"
    target.parent.mkdir()
    unpack(copied.folder / FOLDER, target, Watch())
    names = [f"{graph}.onnx" for graph in MODEL_GRAPHS]
    assert is_intact(target, [*names, "reference.npz"])
    for name in names:
        model = onnx.load(target / name)
        onnx.checker.check_model(model, full_check=True)
        assert all(weights.data_type != TensorProto.FLOAT16 for weights in model.graph.initializer)


def test_packing_rounds_weights_and_motion_a_little(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    weights, motion = rng.normal(size=(64, 32, 3, 3)).astype(np.float32), rng.uniform(-1, 1, (32, 32, 2))
    ports = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in "xy"]
    node = helper.make_node("Conv", ["x", "w"], ["y"], "conv")
    graph = helper.make_graph([node], "g", ports[:1], ports[1:], [numpy_helper.from_array(weights, "w")])
    model = bundle_onnx.with_half_weights(helper.make_model(graph))
    assert [one.data_type for one in model.graph.initializer] == [TensorProto.FLOAT16]
    (again,) = with_whole_weights(model).graph.initializer
    assert [node.op_type for node in model.graph.node] == ["Conv"]
    np.testing.assert_allclose(numpy_helper.to_array(again), weights, rtol=1e-3, atol=1e-6)
    name = "0/expected/generate/deformation"
    file = tmp_path / "reference.npz"
    np.savez(file, **{name: bundle_onnx.packed(name, motion.astype(np.float32))})  # type: ignore[arg-type]
    with np.load(file) as content:
        np.testing.assert_allclose(unpacked(content)[name], motion, atol=1 / 8000)


def test_the_first_start_needs_no_torch() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_START], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    steps = done.stdout.splitlines()
    assert steps[0] == "unpacking the graphs"
    assert steps[-1] == "openvino False"
