"""The convention of positions that an imported model is given."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.checkpoints import SMALL, write_checkpoint

from avatarify.engines.alignment import settle_alignment
from avatarify.engines.reference.inputs import read_inputs
from avatarify.engines.target import Watch
from avatarify.networks.fomm.config import config_of
from avatarify.networks.fomm.load import load_fomm
from avatarify.zoo.importer import import_checkpoint
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.registry import find_model


@pytest.fixture
def entry(tmp_path: Path) -> ModelEntry:
    return import_checkpoint(write_checkpoint(tmp_path / "vox.pth.tar", SMALL), sizes="tiny")


def _error(entry: ModelEntry, aligned: bool) -> float:
    """By the model as a whole: how far its reconstructions of the first four faces are from them, of 255."""
    model = load_fomm(entry.weights, replace(config_of(entry.manifest.config), align_corners=aligned))
    errors = []
    for view in read_inputs(tight=False, keypoint_size=64, portrait_size=64).frames[:4]:
        image = torch.from_numpy(view.image).permute(2, 0, 1)[None] / 255
        with torch.inference_mode():
            drawn = model.animate(image, image).image
        errors.append(float((drawn * 255).round().sub(image * 255).abs().mean()))
    return float(np.mean(errors))


def test_the_convention_that_draws_faces_better_is_kept(entry: ModelEntry) -> None:
    chosen, found = settle_alignment(entry, Watch())
    assert found is not None
    assert found == pytest.approx((_error(entry, False), _error(entry, True)), abs=0.01)
    assert found.edges != found.centers
    assert (chosen.manifest.config.get("align_corners") is True) == (found.centers < found.edges)
    assert find_model("vox") == chosen


def test_where_a_model_cannot_run_nothing_is_decided(entry: ModelEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("avatarify.engines.alignment.version", lambda name: None)
    monkeypatch.setenv("AVATARIFY_ASSETS", "nowhere")
    assert settle_alignment(entry, Watch()) == (entry, None)
