"""Every runtime gives what torch gives, on the carried model and a real picture."""

import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from avatarify.animate.model import AnimationModel
from avatarify.animate.portrait import list_portraits, load_portrait
from avatarify.engines.cache import onnx_files, onnx_folder
from avatarify.errors import EngineError, ModelError
from avatarify.frames import Keypoints
from avatarify.runtimes.choose import choose_runtime
from avatarify.runtimes.openvino_runtime import OpenVinoRuntime
from avatarify.runtimes.torch_runtime import TorchRuntime
from avatarify.zoo.load import load_networks
from avatarify.zoo.registry import find_model

KEYPOINT_TOLERANCE = 0.01  # of [-1, 1]
IMAGE_TOLERANCE = 1.0  # of 255, on the mean, in float32


@pytest.fixture(scope="module")
def entry():
    return find_model("built-in")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The ONNX files are made once for this module, not for each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVATARIFY_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def runtimes(entry, folders):
    made = [TorchRuntime(load_networks(entry)), OpenVinoRuntime(onnx_files(entry))]
    yield made
    for runtime in made:
        runtime.close()


@pytest.fixture(scope="module")
def portrait():
    return load_portrait(list_portraits()[0].name)


def test_key_points_agree(runtimes, portrait):
    found = [AnimationModel(r).keypoints(portrait.image, portrait.face, portrait.box) for r in runtimes]
    assert np.abs(found[0].points - found[1].points).max() < KEYPOINT_TOLERANCE
    assert np.abs(found[0].jacobians - found[1].jacobians).max() < KEYPOINT_TOLERANCE


def test_generated_pictures_agree(runtimes, portrait):
    results = []
    for runtime in runtimes:
        model = AnimationModel(runtime)
        source = model.keypoints(portrait.image, portrait.face, portrait.box)
        encoded = model.encode(*portrait.crops(model.portrait_size), source)
        wave = 0.03 * np.sin(10 * source.points[:, ::-1])
        results.append(model.generate(encoded, Keypoints(source.points + wave, source.jacobians)))
    torch, other = results
    assert np.isfinite(other.deformation).all()
    assert np.abs(torch.image.astype(float) - other.image).mean() < IMAGE_TOLERANCE
    assert np.abs(torch.deformation - other.deformation).mean() < 1e-3
    assert np.abs(torch.visible - other.visible).mean() < 1 / 255


@pytest.mark.parametrize("which", [0, 1])
def test_an_unknown_graph_and_a_missing_input_are_told(runtimes, which):
    with pytest.raises(EngineError, match="no graph 'paint'"):
        runtimes[which].run("paint", {})
    with pytest.raises(EngineError, match="keypoints"):
        runtimes[which].run("keypoints", {})
    with pytest.raises(EngineError, match="keypoints"):
        runtimes[which].run("keypoints", {"image": np.zeros((3, 5, 3), np.uint8)})


def test_onnx_files_are_made_once(entry, runtimes):
    files = onnx_files(entry)
    before = {file: file.stat().st_mtime_ns for file in files.values()}
    assert {file: file.stat().st_mtime_ns for file in onnx_files(entry).values()} == before
    assert not list(onnx_folder(entry).parent.glob(".making-*"))


def test_damaged_weights_are_told_even_with_engines_made_before(entry, runtimes, tmp_path):
    folder = tmp_path / "built-in"
    shutil.copytree(entry.folder, folder)
    (folder / entry.manifest.file).write_bytes(entry.weights.read_bytes()[:-1])
    with pytest.raises(ModelError, match="damaged"):
        choose_runtime(replace(entry, folder=folder), "openvino")


def test_a_damaged_onnx_file_is_told(tmp_path):
    broken = tmp_path / "keypoints.onnx"
    broken.write_bytes(b"not a graph")
    with pytest.raises(EngineError, match="OpenVINO cannot"):
        OpenVinoRuntime({"keypoints": broken})


def test_openvino_is_imported_without_its_telemetry():
    """Nothing leaves the machine: the package that would send events is never loaded."""
    code = (
        "import sys; from avatarify.runtimes.openvino_runtime import load_openvino; load_openvino();"
        "print([name for name in sys.modules if name.startswith('openvino_telemetry.')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
