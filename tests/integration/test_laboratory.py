"""Reconstruction and figures through the command line: small methods without faces, the built-in with one."""

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from helpers.clips import write_clips
from helpers.command import avatarify, error_line
from helpers.films import times_of, write_film
from helpers.media import demo_frames, read_video, write_video
from helpers.values import not_none

from avatarify.cli.animate import _is_trained
from avatarify.cli.main import main
from avatarify.networks.registry import build_model
from avatarify.training.data.open_clips import open_clips
from avatarify.training.fomm.release import release

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders as ``avatarify train`` leaves them, by method."""
    folder = tmp_path_factory.mktemp("runs")
    torch.manual_seed(0)
    for kind in ("fomm", "monkey-net", "x2face"):
        (folder / kind).mkdir()
        release(folder / kind, build_model(kind, "tiny"), "tiny", "a test")
    return folder


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_video(tmp_path_factory.mktemp("videos") / "talk.mp4", demo_frames(4, every=10))


def test_methods_on_a_data_set_without_faces(runs: Path, tmp_path: Path) -> None:
    data = write_clips(tmp_path / "data", clips=4, frames=3)
    (held_out,) = (clip.name for clip in open_clips(data).split()[1])
    words = ("--model", ",".join(str(runs / kind) for kind in ("fomm", "monkey-net", "x2face")), "--side", "64")
    files = {name: tmp_path / f"r.{name}" for name in ("json", "csv", "md")}
    options = ("--report", files["json"], "--csv", files["csv"], "--markdown", files["md"])
    assert main(["evaluate", "--reconstruct", str(data), "--no-faces", *words, *map(str, options)]) == 0
    report = json.loads(files["json"].read_text())
    assert [method["model"] for method in report["methods"]] == ["still source", "fomm", "monkey-net", "x2face"]
    assert report["protocol"]["source"] == "the clip's first picture"
    assert "AKD, MKR and AED are not measured" in report["warnings"][0]
    for method in report["methods"]:
        assert [clip["clip"] for clip in method["clips"]] == [held_out]
        assert method["mean"]["l1"] > 0
        assert method["mean"]["akd"] is None
    assert "the paper on VoxCeleb" in files["md"].read_text()
    assert len(list(csv.reader(files["csv"].read_text().splitlines()))) == 1 + 4 * 2


def test_the_built_in_model_reconstructs_a_face_better_than_the_still_source(talk: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    assert main(["evaluate", "--reconstruct", str(talk), "--report", str(file)]) == 0
    still, built_in = json.loads(file.read_text())["methods"]
    assert built_in["mean"]["akd"] < 0.5 * still["mean"]["akd"]
    assert built_in["mean"]["l1"] < still["mean"]["l1"]
    assert built_in["mean"]["mkr"] == 0
    assert built_in["mean"]["intervals"]["akd"][0] < built_in["mean"]["akd"] < built_in["mean"]["intervals"]["akd"][1]


def test_figures_as_a_picture_a_page_and_a_video(runs: Path, talk: Path, tmp_path: Path) -> None:
    fomm = str(runs / "fomm")
    for kind, name in (("keypoints", "k.png"), ("motions", "m.pdf")):
        words = ["figures", kind, "--driving", str(talk), "--model", fomm, "--frames", "2", "--tile", "48"]
        assert main([*words, "--output", str(tmp_path / name)]) == 0
    assert not_none(cv2.imread(str(tmp_path / "k.png"))).shape[1] > 2 * 48
    assert (tmp_path / "m.pdf").read_bytes().startswith(b"%PDF")
    words = ["figures", "occlusion", "--driving", str(talk), "--model", fomm, "--tile", "48"]
    assert main([*words, "--output", str(tmp_path / "o.mp4")]) == 0
    frames, rate = read_video(tmp_path / "o.mp4")
    assert (len(frames), rate) == (4, 25)


def test_a_trained_model_keeps_the_sound_and_the_times_of_its_driver(runs: Path, tmp_path: Path) -> None:
    times = [number / 50 + (number > 4) for number in range(10)]
    loud = write_film(tmp_path / "loud.mp4", times, sound="aac", sound_s=1.0)
    words = ["animate", "kofi", str(loud), "--model", str(runs / "fomm"), "--size", "64x64"]
    assert main([*words, "-o", str(tmp_path / "o.mov")]) == 0
    assert np.abs(np.subtract(times_of(tmp_path / "o.mov"), times)).max() < 0.01
    assert 0.8 < times_of(tmp_path / "o.mov", "audio")[-1] < 1.3
    assert main([*words, "-o", str(tmp_path / "silent.mp4"), "--no-sound"]) == 0
    assert times_of(tmp_path / "silent.mp4", "audio") == []


def test_a_folder_with_the_name_of_a_model_is_not_taken_for_it(
    runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "built-in").mkdir()
    (tmp_path / "lr=0.1").symlink_to(runs / "fomm")
    words = ["figures", "keypoints", "--driving", "demo", "--frames", "1", "--most", "1", "--tile", "48"]
    assert main([*words, "--model", "lr=0.1", "--output", "a.png"]) == 0
    assert _is_trained("lr=0.1")
    assert not _is_trained("built-in")


def test_a_grid_of_methods_and_what_is_wrong_in_one_line(runs: Path, talk: Path, tmp_path: Path) -> None:
    file, out = tmp_path / "r.json", tmp_path / "g.png"
    words = ("figures", "grid", "--driving", talk, "--portrait", "kofi", "--frames", 2, "--tile", 64)
    models = f"built-in,{runs / 'monkey-net'}"
    done = avatarify(*words, "--model", models, "--output", out, "--report", file)
    assert done.returncode == 0, done.stderr
    assert [one["model"] for one in json.loads(file.read_text())["takes"]] == ["built-in", "monkey-net"]
    assert out.is_file()
    assert "Use one of the endings" in error_line(avatarify(*words, "--output", tmp_path / "g.txt"), 2)
