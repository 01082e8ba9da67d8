"""``avatarify train`` in processes of its own: killed, interrupted, started twice at once, and used afterwards."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from helpers import ranks
from helpers.clips import write_clips
from helpers.command import TIMEOUT_S, avatarify, error_line, start
from helpers.media import demo_frames, read_video, write_video
from helpers.values import not_none
from safetensors.torch import load_file

from avatarify.training.fomm.config import CONFIGS
from avatarify.training.fomm.processes import Processes

SMALL = ("--set", "sizes=tiny", "batch=4")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clips(tmp_path_factory.mktemp("clips") / "data", clips=4, frames=4)


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


def train(data: Path, out: Path, *words: object, name: str = "vox-256", small: Sequence[str] = SMALL) -> dict[str, Any]:
    """Train; return the report."""
    done = avatarify("train", name, "--data", data, "--output", out, *small, *words, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def torchrun(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    assert done.returncode == 0, done.stderr
    return done


def wait_for_step(process: subprocess.Popen[str], step: int) -> int:
    """Read the progress until so many steps are done; return the last number shown."""
    for line in not_none(process.stderr):
        if line.startswith("step ") and (done := int(line.split()[1].split("/")[0])) >= step:
            return done
    raise AssertionError("the training ended early")


def same_weights(one: Path, other: Path) -> bool:
    first, second = (load_file(folder / "model.safetensors") for folder in (one, other))
    return all(torch.equal(first[key], second[key]) for key in first)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["vox-256", "vox-adv-256"])
def test_a_recipe_trains_resumes_and_animates_as_a_model_of_the_app(data: Path, tmp_path: Path, name: str) -> None:
    """In processes of its own; all recipes in one process: test_train_recipes.py."""
    assert train(data, tmp_path / "run", "--steps", 2, name=name)["stopped_by"] == "steps"
    report = train(data, tmp_path / "run", "--steps", 4, name=name)
    assert (report["config"], report["steps"], report["of"]) == (name, 4, CONFIGS[name].steps)

    done = avatarify("models", "import", report["model"], "--name", "mine")
    assert done.returncode == 0, done.stderr
    driver = write_video(tmp_path / "driver.mp4", demo_frames(4, every=3))
    out = tmp_path / "out.mp4"
    done = avatarify(
        "animate", "ines-oil", driver, "-o", out, "--model", "mine", "--runtime", "torch", "--size", "64x64"
    )
    assert done.returncode == 0, done.stderr
    assert read_video(out)[0].shape == (4, 64, 64, 3)


@pytest.mark.slow
def test_a_kill_loses_no_more_than_the_interval(data: Path, tmp_path: Path) -> None:
    words = ("--data", data, "--output", tmp_path / "killed", *SMALL, "steps=60", "--save-steps", 5)
    with start("train", "vox-256", *words) as process:
        step = wait_for_step(process, 12)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    kept = torch.load(tmp_path / "killed" / "checkpoint.pt", weights_only=True)["step"]
    assert kept >= step - 5
    assert kept < 60

    small = (*SMALL, "steps=60")
    assert train(data, tmp_path / "killed", small=small)["steps"] == 60
    train(data, tmp_path / "whole", small=small)
    assert same_weights(tmp_path / "killed", tmp_path / "whole")


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_saves_and_says_so(data: Path, tmp_path: Path, number: signal.Signals, code: int) -> None:
    with start("train", "vox-256", "--data", data, "--output", tmp_path / "run", *SMALL, "--json") as process:
        step = wait_for_step(process, 3)
        process.send_signal(number)
        out = not_none(process.stdout).read()
        errors = not_none(process.stderr).read()
    assert process.returncode == code
    report = json.loads(out)
    assert report["stopped_by"] == "interrupted"
    assert report["steps"] >= step
    assert "Traceback" not in errors
    kept = torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)
    assert kept["step"] == report["steps"]
    assert Path(report["model"]).exists()


@pytest.mark.slow
def test_gradients_are_averaged_over_processes(tmp_path: Path) -> None:
    """Two processes end with the same weights; their gradients are the mean of what each finds alone."""
    torchrun(ranks.__file__, tmp_path)
    first, second = (torch.load(tmp_path / f"rank{rank}.pt", weights_only=True) for rank in (0, 1))
    # Dice of step 0 follow from the rank alone, so a process by itself can play either part.
    # With one thread, as torchrun's processes have: another order of sums is seen in the first layers' gradients.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    alone = [ranks.one_step(Processes(rank, 1, torch.device("cpu"))) for rank in (0, 1)]
    torch.set_num_threads(threads)
    apart = 0.0
    for key, grad in first["grads"].items():
        assert torch.equal(first["weights"][key], second["weights"][key])
        mean = (alone[0]["grads"][key] + alone[1]["grads"][key]) / 2
        assert torch.allclose(grad, mean, rtol=1e-3, atol=1e-5), key
        apart = max(apart, float((alone[0]["grads"][key] - mean).abs().max()))
    assert apart > 1e-2


@pytest.mark.slow
def test_only_the_first_of_two_processes_writes(data: Path, tmp_path: Path) -> None:
    words = ("train", "vox-256", "--data", data, "--output", tmp_path / "run", *SMALL, "--steps", 6, "--json")
    done = torchrun("-m", "avatarify", *words)
    report = json.loads(done.stdout)
    assert (report["steps"], report["processes"]) == (6, 2)
    assert len(list((tmp_path / "run" / "logs").iterdir())) == 1
    assert sum(line.startswith("step 1/") for line in done.stderr.splitlines()) == 1
    assert train(data, tmp_path / "run", "--steps", 8)["steps"] == 8


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["vox-257"], 2, "vox-257"),
        (["vox-256", "--set", "speed=3"], 2, "'speed'"),
        (["vox-256", "--only", "generator"], 2, "--only does not apply to vox-256"),
        (["mobile-256", "--features", "x.pth"], 2, "--features does not apply to mobile-256"),
        (["vox-256", "--minutes", "0"], 2, "--minutes 0"),
        (["vox-256"], 1, "does not exist"),
    ],
)
def test_errors_are_one_line(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    assert said in error_line(
        avatarify("train", *words, "--data", tmp_path / "nowhere", "--output", tmp_path / "run"), code
    )


def test_a_missing_feature_file_is_reported_before_anything_is_written(data: Path, tmp_path: Path) -> None:
    words = ("--data", data, "--output", tmp_path / "run", *SMALL, "--features", "nowhere.pth")
    assert "nowhere.pth" in error_line(avatarify("train", "vox-256", *words), 1)
    assert not (tmp_path / "run").exists()
