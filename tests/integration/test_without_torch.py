"""What a base install does: everything but training, with no torch to import."""

import json
from pathlib import Path

import numpy as np
import pytest
from helpers.command import avatarify, error_line
from numpy.typing import NDArray
from safetensors.numpy import save_file

from avatarify.networks.fomm.config import TINY
from avatarify.networks.fomm.layout import COUNTER, layout

WITHOUT_TORCH = str(Path(__file__).parents[1] / "helpers" / "without_torch")


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    """A file as ``avatarify train`` writes it, of random numbers."""
    draw = np.random.default_rng(0)
    tensors = {name: drawn(name, shape, draw) for name, shape in layout(TINY).items()}
    save_file(tensors, tmp_path / "small.safetensors", {"kind": "fomm", "preset": "tiny", "origin": "a test"})
    return tmp_path / "small.safetensors"


def drawn(name: str, shape: tuple[int, ...], draw: np.random.Generator) -> NDArray[np.generic]:
    """Draw a tensor that keeps the size of signals."""
    if name.endswith(COUNTER):
        return np.array(1, np.int64)
    if len(shape) == 4:
        return np.asarray(draw.standard_normal(shape) * np.sqrt(2 / np.prod(shape[1:])), np.float32)
    return draw.uniform(0.8, 1.2, shape).astype(np.float32)


def test_the_built_in_model_animates(tmp_path: Path) -> None:
    done = avatarify("run", "--camera", "demo", "--sink", "null", "--frames", "3", "--json", PYTHONPATH=WITHOUT_TORCH)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["runtime"] == "openvino"
    assert report["warnings"] == []


def test_a_model_is_imported_and_animates(trained: Path, tmp_path: Path) -> None:
    done = avatarify("models", "import", trained, PYTHONPATH=WITHOUT_TORCH)
    assert done.returncode == 0, done.stderr
    words = ("run", "--camera", "demo", "--sink", "null", "--frames", "2", "--model", "small", "--json")
    done = avatarify(*words, PYTHONPATH=WITHOUT_TORCH)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["runtime"] == "openvino"


@pytest.mark.parametrize(
    "words",
    [
        ("train", "mobile-256", "--data", "{folder}", "--output", "{folder}/run"),
        ("run", "--camera", "demo", "--sink", "null", "--frames", "2", "--runtime", "torch"),
    ],
)
def test_what_needs_torch_names_the_extra(words: tuple[str, ...], tmp_path: Path) -> None:
    done = avatarify(*(word.format(folder=tmp_path) for word in words), PYTHONPATH=WITHOUT_TORCH)
    line = error_line(done, 1)
    assert "torch" in line
    assert "pip install 'avatarify[" in line
