"""Convolutions with 8 bits: which ones, what is rounded how, and what happens to a model that they do not suit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from avatarify.engines import compare, openvino_target
from avatarify.engines.choose import choose_runtime
from avatarify.engines.load import find_target
from avatarify.engines.openvino_int8 import calibration_cases, quantizable, quantize_convolutions
from avatarify.engines.openvino_model import fold_constants
from avatarify.engines.openvino_target import OpenVinoTarget
from avatarify.engines.plans import default_store
from avatarify.engines.recipes import read_recipe
from avatarify.graphs.graph import Graph
from avatarify.graphs.onnx_export import export
from avatarify.runtimes.openvino_runtime import instruction_set, load_openvino
from avatarify.zoo.random_model import open_model

INT8 = instruction_set().startswith(("Intel AVX2", "Intel AVX-512", "Intel AVX10"))
needs_int8 = pytest.mark.skipif(not INT8, reason="this processor has no fast kernels for 8-bit integers")


class Network(nn.Module):
    """Features of a picture, drawn again; a heat map of them, and a motion of the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.deep, self.up = (
            nn.Conv2d(3, 16, 3, 2, 1),
            nn.Conv2d(16, 16, 3, 1, 1),
            nn.Conv2d(32, 3, 3, 1, 1),
        )
        self.turn = nn.Conv2d(3, 16, 3, 2, 1)
        self.mixed, self.heat, self.move = nn.Conv2d(17, 3, 1), nn.Conv2d(16, 5, 1), nn.Conv2d(16, 2, 1)
        self.register_buffer("grid", torch.rand(64, 2))

    def forward(self, picture: Tensor) -> tuple[Tensor, ...]:
        inside = self.first(picture).relu()
        deep = self.deep(inside).relu()
        big = [F.interpolate(one, scale_factor=2, mode="bilinear", align_corners=False) for one in (inside, deep)]
        places = self.heat(deep).flatten(2).softmax(-1) @ self.grid
        field = F.interpolate(
            self.move(self.turn(picture).relu()).tanh(), scale_factor=2, mode="bilinear", align_corners=False
        )
        warped = F.grid_sample(picture, field.permute(0, 2, 3, 1), align_corners=False)
        drawn = self.up(torch.cat(big, 1)) + self.mixed(torch.cat([big[0], picture[:, :1]], 1))
        return drawn, places, warped


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(0)
    return Network().eval().requires_grad_(False)


@pytest.fixture(scope="module")
def file(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("onnx") / "network.onnx"
    export(Graph(network, {"picture": torch.rand(1, 3, 16, 16)}, ("drawn", "places", "warped")), file)
    return file


def pictures(count: int) -> list[dict[str, NDArray[Any]]]:
    draw = np.random.default_rng(5)
    return [{"picture": draw.random((1, 3, 16, 16), np.float32)} for _ in range(count)]


def read(file: Path) -> Any:
    model = load_openvino().Core().read_model(str(file))
    fold_constants(model)
    return model


def compiled(model: Any) -> Any:
    """Compile a model, export it, and load it again."""
    core, settings = load_openvino().Core(), {"INFERENCE_PRECISION_HINT": "f32"}
    return core.import_model(core.compile_model(model, "CPU", settings).export_model().getvalue(), "CPU", settings)


def shapes(nodes: list[Any]) -> list[tuple[int, ...]]:
    return sorted(tuple(node.get_input_shape(1)) for node in nodes)


def rounded(values: Tensor, low: Tensor | float, high: Tensor | float, levels: int) -> Tensor:
    """Round to equally distant numbers from ``low`` to ``high``, as OpenVINO's specification of FakeQuantize says."""
    step = (torch.as_tensor(high) - low) / (levels - 1)
    return ((values.clamp(torch.as_tensor(low), torch.as_tensor(high)) - low) / step).round() * step + low


def test_only_convolutions_of_features_that_are_no_places_are_chosen(file: Path, network: Network) -> None:
    assert shapes(quantizable(read(file))) == sorted(tuple(one.weight.shape) for one in (network.deep, network.up))


def test_inputs_have_8_bits_and_weights_7(file: Path, network: Network) -> None:
    """The formula, in torch: inputs from 0 to a quarter more than seen, weights to twice their channel's largest."""
    cases = pictures(3)
    model = quantize_convolutions(read(file), cases)
    inside, deep = [], []
    for case in cases:
        x = torch.from_numpy(case["picture"])
        inside.append(network.first(x).relu())
        deep.append(network.deep(inside[-1]).relu())
    most = 1.25 * float(torch.cat(inside).max())
    weights = network.deep.weight
    most_of_each = 2 * weights.abs().amax((1, 2, 3), keepdim=True)
    for number, case in enumerate(cases):
        given = rounded(inside[number], 0.0, most, 256)
        exact = F.conv2d(given, rounded(weights, -most_of_each, most_of_each, 255), network.deep.bias, 1, 1).relu()
        places = network.heat(exact).flatten(2).softmax(-1) @ network.grid
        found = compiled(model)(case)["places"]
        np.testing.assert_allclose(found, places.numpy(), atol=2e-4)
        assert np.abs(found - (network.heat(deep[number]).flatten(2).softmax(-1) @ network.grid).numpy()).max() > 1e-6


@needs_int8
def test_the_chosen_convolutions_become_integer_kernels(file: Path) -> None:
    model = compiled(quantize_convolutions(read(file), pictures(2)))
    kinds = [
        node.get_rt_info()["runtimePrecision"].astype(str)
        for node in model.get_runtime_model().get_ordered_ops()
        if node.get_rt_info()["layerType"].astype(str) == "Convolution"
    ]
    assert sorted(kind in ("i8", "u8") for kind in kinds) == [False] * 5 + [True] * 2


def test_results_are_close_and_outputs_stay(file: Path) -> None:
    model, plain, (case,) = quantize_convolutions(read(file), pictures(3)), compiled(read(file)), pictures(1)
    assert [port.any_name for port in model.outputs] == ["drawn", "places", "warped"]
    for found, expected in zip(compiled(model)(case).values(), plain(case).values(), strict=True):
        np.testing.assert_allclose(found, expected, atol=0.03)


@pytest.mark.parametrize(
    ("half", "instructions", "kind", "precision"),
    [
        ("bf16", "Intel AVX-512 with Intel DL Boost and bfloat16 support", "mobile", "fp16"),
        ("", "Intel AVX2", "mobile", "int8"),
        ("", "Intel AVX2 with Intel DL Boost", "mobile", "int8"),
        ("", "Intel AVX", "mobile", "fp32"),
        ("", "FP32 INT8", "mobile", "fp32"),
        ("", "Intel AVX2", "fomm", "fp32"),
    ],
)
def test_the_processor_decides(
    monkeypatch: pytest.MonkeyPatch, half: str, instructions: str, kind: str, precision: str
) -> None:
    monkeypatch.setattr(openvino_target, "half_type", lambda: half)
    monkeypatch.setattr(openvino_target, "instruction_set", lambda: instructions)
    assert find_target("openvino").precision(read_recipe(kind)) == precision


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_CACHE", str(tmp_path))


def precisions() -> set[str]:
    return {file.parent.name for file in default_store().folder.glob("built-in/*/*.plan")}


@pytest.mark.slow
@pytest.mark.usefixtures("own_cache")
def test_a_model_that_integers_do_not_suit_gets_float32_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenVinoTarget, "precision", lambda self, recipe: "int8")
    monkeypatch.setitem(compare.LIMITS, "int8", compare.Limits(keypoints=1e-7, image=2.0, motion=0.01))
    entry = open_model("built-in")
    chosen = choose_runtime(entry, "openvino")
    assert "int8" not in chosen.runtime.device
    chosen.runtime.close()
    assert precisions() == {"openvino-fp32"}
    monkeypatch.setattr(OpenVinoTarget, "build", None)  # the second start builds nothing
    choose_runtime(entry, "openvino").runtime.close()


@needs_int8
@pytest.mark.slow
@pytest.mark.usefixtures("own_cache")
def test_the_built_in_model_is_within_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenVinoTarget, "precision", lambda self, recipe: "int8")
    chosen = choose_runtime(open_model("built-in"), "openvino")
    chosen.runtime.close()
    assert "convolutions in int8" in chosen.runtime.device
    assert precisions() == {"openvino-int8"}


def test_inputs_come_from_the_reference() -> None:
    from avatarify.engines.cache import onnx_files

    folder = onnx_files(open_model("built-in"))["generate"].parent
    faces, poses = (calibration_cases(graph, folder) for graph in ("keypoints", "generate"))
    assert len(faces) == len(poses) == 5
    assert {"even", "source_points", "driving_points"} <= set(poses[0])
    assert faces[0]["image"].shape == (256, 256, 3)
