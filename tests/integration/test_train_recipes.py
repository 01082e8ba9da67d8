"""Every recipe by the command line, small: it trains, goes on, is evaluated, and animates."""

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.clips import write_clips
from helpers.media import read_video

from avatarify.cli.main import main
from avatarify.networks.registry import load_trained
from avatarify.synthetic.figures import FigureJob, draw_figures
from avatarify.training.fomm.config import CONFIGS

DATA = {"taichi-256": "body", "bair-256": "arm"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set for each figure, and one of discs for all other recipes."""
    folder = tmp_path_factory.mktemp("data")
    for figure in ("arm", "body"):
        draw_figures(FigureJob(folder / figure, figure, identities=3, frames=3, seed=0, size=64), 1)
    write_clips(folder / "discs", clips=3, frames=3)
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    """Run a command; return its report."""
    code = main([*map(str, words), "--json"])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return json.loads(captured.out)


@pytest.mark.parametrize("name", CONFIGS)
def test_every_recipe_trains_resumes_is_evaluated_and_animates(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    clips, run = data / DATA.get(name, "discs"), tmp_path / "run"
    words: tuple[Any, ...] = (
        "train",
        name,
        "--data",
        clips,
        "--output",
        run,
        "--workers",
        1,
        "--set",
        "sizes=tiny",
        "batch=2",
    )
    first = said(capsys, *words, "--steps", 1)
    then = said(capsys, *words, "--steps", 2)
    assert (first["steps"], then["steps"], then["config"], then["of"]) == (1, 2, name, CONFIGS[name].steps)
    assert len(list((run / "samples").iterdir())) == 2
    assert load_trained(run).kind == CONFIGS[name].method

    words = ("evaluate", "--reconstruct", clips, "--model", run, "--side", 64, "--no-faces")
    still, trained = said(capsys, *words)["methods"]
    assert trained["kind"] == CONFIGS[name].method
    assert 0 < trained["mean"]["l1"] < 1
    assert 0 < still["mean"]["l1"] < 1

    driving, out = next((clips / "clips").iterdir()), tmp_path / "out.mp4"
    words = ("animate", driving / "0000.jpg", driving, "-o", out, "--model", run, "--size", "64x64")
    assert said(capsys, *words)["method"] == CONFIGS[name].method
    assert read_video(out)[0].shape == (3, 64, 64, 3)
