"""The graphs keep their contract with the runtimes, in torch and in OpenVINO."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from helpers.checkpoints import SMALL, states
from numpy.typing import NDArray

from avatarify.frames import U8
from avatarify.graphs.fomm import fomm_graphs
from avatarify.graphs.graph import Graph
from avatarify.graphs.onnx_export import export
from avatarify.networks.fomm.config import TINY
from avatarify.networks.fomm.model import Fomm
from avatarify.networks.grid import coordinate_grid
from avatarify.runtimes.openvino_runtime import OpenVinoRuntime
from avatarify.runtimes.torch_runtime import TorchRuntime

SIZE, COUNT, SMALL_SIDE = 64, 4, 32
SPECS = {
    "keypoints": {"image": (SIZE, SIZE, 3)},
    "encode": {"portrait": (SIZE, SIZE, 3), "points": (COUNT, 2), "jacobians": (COUNT, 2, 2)},
    "generate": {
        "features": (8, 16, 16),
        "small": (3, SMALL_SIDE, SMALL_SIDE),
        "source_points": (COUNT, 2),
        "source_jacobians": (COUNT, 2, 2),
        "driving_points": (COUNT, 2),
        "driving_jacobians": (COUNT, 2, 2),
    },
}


@pytest.fixture(scope="module")
def model() -> Fomm:
    made = Fomm(TINY)
    made.load_state_dict({f"{part}.{name}": t for part, all_ in states(SMALL).items() for name, t in all_.items()})
    return made


@pytest.fixture(scope="module")
def graphs(model: Fomm) -> dict[str, Graph]:
    return fomm_graphs(model)


@pytest.fixture(scope="module")
def reference(graphs: dict[str, Graph]) -> TorchRuntime:
    return TorchRuntime(graphs)


@pytest.fixture(scope="module")
def openvino(graphs: dict[str, Graph], tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVinoRuntime]:
    folder = tmp_path_factory.mktemp("openvino")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVATARIFY_CACHE", str(folder))
        files = {name: folder / f"{name}.onnx" for name in graphs}
        for name, file in files.items():
            export(graphs[name], file)
        runtime = OpenVinoRuntime(files)
    yield runtime
    runtime.close()


def picture(seed: int) -> U8:
    """Smooth noise (64, 64, 3) uint8."""
    coarse = np.random.default_rng(seed).uniform(0, 255, (8, 8, 3))
    return np.kron(coarse, np.ones((8, 8, 1))).astype(np.uint8)


def animate(runtime: OpenVinoRuntime | TorchRuntime, portrait: U8, driving: U8) -> dict[str, NDArray[Any]]:
    """Take a portrait and a driving picture the whole way; every output of every graph by name."""
    source = runtime.run("keypoints", {"image": portrait})
    moved = runtime.run("keypoints", {"image": driving})
    features = runtime.run("encode", {"portrait": portrait, **source})
    motion = {
        f"{who}_{what}": value for who, all_ in (("source", source), ("driving", moved)) for what, value in all_.items()
    }
    return {**moved, **features, **runtime.run("generate", {**features, **motion})}


def test_inputs_are_those_of_the_contract(graphs: dict[str, Graph]) -> None:
    assert {name: {k: tuple(v.shape) for k, v in graph.inputs.items()} for name, graph in graphs.items()} == SPECS
    pictures = {"image", "portrait"}
    for graph in graphs.values():
        for name, value in graph.inputs.items():
            assert value.dtype == (torch.uint8 if name in pictures else torch.float32), name


def test_outputs_are_those_of_the_contract(reference: TorchRuntime) -> None:
    out = animate(reference, picture(1), picture(2))
    assert {name: (value.shape, value.dtype.name) for name, value in out.items()} == {
        "points": ((COUNT, 2), "float32"),
        "jacobians": ((COUNT, 2, 2), "float32"),
        "features": ((8, 16, 16), "float32"),
        "small": ((3, SMALL_SIDE, SMALL_SIDE), "float32"),
        "image": ((SIZE, SIZE, 3), "uint8"),
        "deformation": ((SMALL_SIDE, SMALL_SIDE, 2), "float32"),
        "visible": ((SMALL_SIDE, SMALL_SIDE), "float32"),
    }
    assert not out["visible"].any()
    assert out["image"].std() > 5


def test_graphs_agree_with_the_model(model: Fomm, reference: TorchRuntime) -> None:
    portrait, driving = (torch.from_numpy(picture(seed)).permute(2, 0, 1)[None] / 255 for seed in (1, 2))
    generator, dense = model.generator, model.generator.dense_motion_network
    here, there = model.kp_detector(portrait), model.kp_detector(driving)
    motion = dense(dense.down(portrait), here, there)
    image = generator.decode(generator.encode(portrait), motion.deformation, motion.occlusion)
    out = animate(reference, picture(1), picture(2))
    np.testing.assert_allclose(out["points"], there.points[0], atol=1e-6)
    np.testing.assert_allclose(out["deformation"], motion.deformation[0].permute(1, 2, 0), atol=1e-6)
    np.testing.assert_allclose(out["image"], 255 * image[0].permute(1, 2, 0), atol=0.501)


def test_a_portrait_driven_by_itself_does_not_move(reference: TorchRuntime) -> None:
    out = animate(reference, picture(3), picture(3))
    np.testing.assert_allclose(out["deformation"], coordinate_grid(SMALL_SIDE, torch.zeros(1)), atol=1e-5)


def test_openvino_agrees_with_torch(reference: TorchRuntime, openvino: OpenVinoRuntime) -> None:
    expected, made = (animate(runtime, picture(1), picture(2)) for runtime in (reference, openvino))
    assert made.keys() == expected.keys()
    for name in expected.keys() - {"image"}:
        np.testing.assert_allclose(made[name], expected[name], atol=1e-3, err_msg=name)
    difference = np.abs(made["image"].astype(int) - expected["image"])
    assert difference.max() <= 1
    assert difference.mean() < 0.01


@pytest.mark.usefixtures("openvino")
def test_exporting_leaves_the_networks_in_evaluation_mode(graphs: dict[str, Graph]) -> None:
    for graph in graphs.values():
        assert not any(module.training for module in graph.module.modules())
