"""Sizes read from tensors, models of unusual sizes, and the two conventions of positions."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from helpers.checkpoints import PUBLIC
from helpers.checkpoints import layout as public_layout

from avatarify.errors import ModelError
from avatarify.graphs.fomm import fomm_graphs
from avatarify.networks.config import HourglassConfig
from avatarify.networks.fomm.checkpoint import read_checkpoint
from avatarify.networks.fomm.config import FULL, TINY, FommConfig, GeneratorConfig, config_of, described
from avatarify.networks.fomm.layout import layout
from avatarify.networks.fomm.model import Fomm
from avatarify.networks.fomm.sizes import sizes_of
from avatarify.networks.grid import warp

SMALL = replace(TINY, size=256, reduction=4)
CONFIGS = {
    "public": FULL,
    "fifteen points": replace(SMALL, points=15),
    "no Jacobians": replace(SMALL, jacobians=False),
    "one Jacobian": replace(SMALL, one_jacobian=True),
    "no occlusion": replace(SMALL, occlusion=False),
    "gray": replace(SMALL, channels=1),
    "full resolution": replace(SMALL, reduction=1),
    "four blocks, three steps": replace(
        SMALL,
        detector=HourglassConfig(4, 32, 4),
        generator=GeneratorConfig(4, max_width=16, steps=3, residuals=2),
    ),
}


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_sizes_are_read_from_the_tensors(config: FommConfig) -> None:
    assert sizes_of(layout(config)) == config


def test_the_public_layout_is_recognized() -> None:
    shapes = {f"{part}.{name}": shape for part, own in public_layout(PUBLIC).items() for name, shape in own.items()}
    assert sizes_of(shapes) == FULL


@pytest.mark.parametrize("config", [*CONFIGS.values(), replace(FULL, align_corners=True)])
def test_a_manifest_keeps_the_sizes(config: FommConfig) -> None:
    assert config_of(described(config)) == config


@pytest.mark.parametrize("about", [{}, {"preset": 3}, {"sizes": {}}, {"sizes": {"detector": 3}}])
def test_sizes_that_cannot_be_read_are_refused(about: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        config_of(about)


def _file(path: Path, config: FommConfig, prefix: str = "") -> Path:
    state = Fomm(config).state_dict()
    parts: dict[str, Any] = {"kp_detector": {}, "generator": {}}
    for name, tensor in state.items():
        part, _, rest = name.partition(".")
        parts[part][prefix + rest] = tensor
    torch.save(parts, path)
    return path


@pytest.mark.parametrize("name", [name for name in CONFIGS if name != "public"])
def test_a_model_of_other_sizes_is_read_and_drawn(tmp_path: Path, name: str) -> None:
    config = CONFIGS[name]
    weights, found = read_checkpoint(_file(tmp_path / "a.pth.tar", config, "module."))
    assert found == config
    model = Fomm(found)
    model.load_state_dict({key: torch.from_numpy(value) for key, value in weights.items()})
    graphs = fomm_graphs(model)
    with torch.inference_mode():
        drawn = graphs["generate"].module(*graphs["generate"].inputs.values())
    assert drawn[0].shape == (256, 256, 3)


def test_a_reduction_that_differs_between_the_parts_is_refused(tmp_path: Path) -> None:
    file = _file(tmp_path / "a.pth.tar", SMALL)
    content = torch.load(file, weights_only=True)
    content["generator"]["dense_motion_network.down.weight"] = torch.zeros(3, 1, 5, 5)
    torch.save(content, file)
    with pytest.raises(ModelError, match=r"dense_motion_network.down.weight: 3x1x5x5, not 3x1x13x13"):
        read_checkpoint(file)


def test_gray_pictures_are_seen_by_their_luminance() -> None:
    model, image = Fomm(CONFIGS["gray"]), torch.rand(1, 3, 4, 4)
    expected = 0.2125 * image[:, 0] + 0.7154 * image[:, 1] + 0.0721 * image[:, 2]
    assert torch.allclose(model.seen(image)[:, 0], expected, atol=1e-6)


def test_positions_count_from_centers_or_from_edges() -> None:
    image = torch.arange(4.0).reshape(1, 1, 1, 4).expand(1, 1, 4, 4)
    line = torch.linspace(-1, 1, 4)
    grid = torch.stack(torch.meshgrid(line, line, indexing="xy"), -1)[None]
    assert torch.allclose(warp(image, grid, align_corners=True), image)
    assert not torch.allclose(warp(image, grid), image)


def test_what_a_graph_gives_counts_from_edges_in_both_cases() -> None:
    config = replace(SMALL, align_corners=True)
    line = torch.linspace(-1, 1, config.feature_side)
    edges = Fomm(config).edges(line)
    centers = (np.arange(config.feature_side) * 2 + 1) / config.feature_side - 1  # of the feature pixels, from edges
    assert np.allclose(edges.numpy(), centers, atol=1e-6)
    assert torch.equal(Fomm(SMALL).edges(line), line)
