"""What is rewritten for OpenVINO computes the same: resized pictures exactly, convolutions with 16 bits nearly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from avatarify.engines.openvino_model import halve_convolutions, resize_by_products
from avatarify.graphs.graph import Graph
from avatarify.graphs.onnx_export import export
from avatarify.runtimes.openvino_runtime import half_type, load_openvino


class Network(nn.Module):
    """Two convolutions with a skip connection, a resized picture, and the mean place of a heat map."""

    def __init__(self) -> None:
        super().__init__()
        self.down, self.up = nn.Conv2d(3, 16, 3, 2, 1), nn.Conv2d(16 + 3, 3, 3, padding=1)
        self.heat = nn.Conv2d(16, 5, 1)
        self.register_buffer("grid", torch.rand(64, 2))

    def forward(self, picture: Tensor) -> tuple[Tensor, ...]:
        inside = self.down(picture).relu()
        joined = torch.cat([F.interpolate(inside, scale_factor=2, mode="bilinear", align_corners=False), picture], 1)
        drawn = F.interpolate(self.up(joined).tanh(), (48, 64), mode="bilinear", align_corners=False)
        return drawn, self.heat(inside).flatten(2).softmax(-1) @ self.grid


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tensor, list[NDArray[Any]]]:
    """The ONNX file, its input, and torch's results."""
    torch.manual_seed(0)
    network, picture = Network().eval().requires_grad_(False), torch.rand(1, 3, 16, 16)
    file = tmp_path_factory.mktemp("onnx") / "network.onnx"
    export(Graph(network, {"picture": picture}, ("drawn", "places")), file)
    return file, picture, [value.numpy() for value in network(picture)]


def run(model: Any, picture: Tensor) -> list[NDArray[Any]]:
    core = load_openvino().Core()
    compiled = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    loaded = core.import_model(compiled.export_model().getvalue(), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return list(loaded(picture.numpy()).values())


def kinds(model: Any) -> list[str]:
    return [node.get_type_name() for node in model.get_ordered_ops()]


def test_few_channels_are_resized_by_products(files: tuple[Path, Tensor, list[NDArray[Any]]]) -> None:
    file, picture, wanted = files
    model = load_openvino().Core().read_model(str(file))
    before = kinds(model)
    after = kinds(resize_by_products(model))
    assert (before.count("Interpolate"), after.count("Interpolate")) == (2, 1)  # sixteen channels are not few
    for found, expected in zip(run(model, picture), wanted, strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-5)


@pytest.mark.skipif(not half_type(), reason="this processor multiplies no 16-bit numbers")
def test_convolutions_have_16_bits_and_places_32(files: tuple[Path, Tensor, list[NDArray[Any]]]) -> None:
    file, picture, wanted = files
    model = halve_convolutions(load_openvino().Core().read_model(str(file)), half_type())
    types = {
        node.get_friendly_name(): node.get_output_element_type(0).get_type_name()
        for node in model.get_ordered_ops()
        if node.get_type_name() == "Convolution"
    }
    assert sorted(types.values()) == sorted([half_type(), half_type(), "f32"])
    assert all(port.get_element_type().get_type_name() == "f32" for port in (*model.inputs, *model.outputs))
    for found, expected in zip(run(model, picture), wanted, strict=True):
        np.testing.assert_allclose(found, expected, atol=0.02)
    assert np.abs(run(model, picture)[0] - wanted[0]).max() > 1e-5  # 16 bits were used
