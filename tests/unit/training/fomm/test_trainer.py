"""The trainer in one process: it learns, saves, resumes, refuses NaN, and reports what it did."""

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from helpers.clips import write_clips
from safetensors.torch import load_file

from avatarify.errors import InputError, ModelError, UsageError
from avatarify.networks.fomm.config import TINY
from avatarify.networks.fomm.model import Fomm
from avatarify.training.fomm.checkpoint import load_checkpoint
from avatarify.training.fomm.config import CONFIGS, override
from avatarify.training.fomm.features import load_features
from avatarify.training.fomm.options import TrainOptions
from avatarify.training.fomm.processes import Processes, joined
from avatarify.training.fomm.spline import random_spline
from avatarify.training.fomm.step import GeneratorStep, Precision
from avatarify.training.fomm.throughput import operations_per_sample, peak_of
from avatarify.training.fomm.trainer import Trainer
from avatarify.zoo.importer import import_checkpoint
from avatarify.zoo.load import load_networks

CPU = Processes(0, 1, torch.device("cpu"))
SMALL = ("sizes=tiny", "batch=2", "steps=8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clips(tmp_path_factory.mktemp("clips") / "data", clips=4, frames=4)


def train(
    data: Path, out: Path, name: str = "vox-256", words: Any = SMALL, show: Any = lambda progress: None, **options: Any
) -> Any:
    """Run a training; return its report."""
    return Trainer(override(CONFIGS[name], words), TrainOptions(data, out, **options), CPU, show).run()


def weights(out: Path) -> Any:
    return load_file(out / "model.safetensors")


@pytest.mark.parametrize("name", ["vox-256", pytest.param("vox-adv-256", marks=pytest.mark.slow)])
def test_a_training_in_pieces_is_the_same_as_in_one(data: Path, tmp_path: Path, name: str) -> None:
    """The drops of the rate, at steps 4 and 6, are among what must be the same."""
    train(data, tmp_path / "whole", name)
    for steps in (3, 8):
        assert train(data, tmp_path / "pieces", name, steps=steps)["steps"] == steps
    whole, pieces = weights(tmp_path / "whole"), weights(tmp_path / "pieces")
    assert all(torch.equal(whole[key], pieces[key]) for key in whole)


def test_the_report_says_what_was_done(data: Path, tmp_path: Path) -> None:
    shown: list[Any] = []
    report = train(data, tmp_path, steps=6, show=shown.append, sheet_every=4)
    assert (report["config"], report["steps"], report["of"], report["stopped_by"]) == ("vox-256", 6, 8, "steps")
    assert (report["device"], report["precision"], report["processes"], report["clips"]) == ("CPU", "fp32", 1, 3)
    assert report["samples_per_s"] > 0
    assert report["peak_fraction"] is None
    assert set(report["losses"]) == {"perceptual", "equivariance_value", "equivariance_jacobian", "total"}
    assert report["losses"]["total"] == pytest.approx(sum(list(report["losses"].values())[:3]), rel=1e-5)
    assert 0 < report["held_out_l1"] < 1
    assert sorted(file.name for file in (tmp_path / "samples").iterdir()) == ["0000004.jpg", "0000006.jpg"]
    assert list((tmp_path / "logs").glob("events*"))
    assert shown[0].step == 1
    assert math.isnan(shown[0].left_s)
    assert shown[-1].steps == 6


@pytest.mark.slow
def test_it_learns(data: Path, tmp_path: Path) -> None:
    """Reconstruction and equivariance get better on clips as simple as a moving disc."""
    losses = []
    train(
        data,
        tmp_path,
        words=("sizes=tiny", "batch=4", "steps=150", "rate=2e-3", "milestones=0.9"),
        show=lambda progress: losses.append(progress.losses),
    )
    assert losses[-1]["perceptual"] < 0.8 * losses[0]["perceptual"]


def test_with_no_steps_left_nothing_changes(data: Path, tmp_path: Path) -> None:
    train(data, tmp_path, steps=1)
    before = weights(tmp_path)
    assert train(data, tmp_path, steps=1)["stopped_by"] == "steps"
    assert all(torch.equal(before[key], value) for key, value in weights(tmp_path).items())


def test_minutes_end_a_run(data: Path, tmp_path: Path) -> None:
    assert train(data, tmp_path, minutes=1e-6)["stopped_by"] == "minutes"
    assert (tmp_path / "checkpoint.pt").exists()


def test_checkpoints_come_by_steps_and_by_seconds(data: Path, tmp_path: Path) -> None:
    config = override(CONFIGS["vox-256"], SMALL)
    seen = []

    def look(progress: Any) -> None:
        state = load_checkpoint(tmp_path, config, torch.device("cpu"))
        seen.append((progress.step, state and state["step"]))

    train(data, tmp_path, show=look, save_every_s=0.0, steps=2)
    assert all(saved == step for step, saved in seen)
    seen.clear()
    (tmp_path / "checkpoint.pt").unlink()
    train(data, tmp_path, show=look, save_every_steps=2, steps=5)
    assert all(saved == (step // 2 * 2 or None) for step, saved in seen)


def test_nan_is_refused_and_the_last_checkpoint_kept(data: Path, tmp_path: Path) -> None:
    train(data, tmp_path, steps=1)
    kept = (tmp_path / "checkpoint.pt").read_bytes()
    broken = {f"features.{n}.weight": torch.full((4, 4 if n else 3, 3, 3), torch.nan) for n in (0, 3, 6, 9, 12)}
    torch.save(broken | {key.replace("weight", "bias"): torch.zeros(4) for key in broken}, tmp_path / "vgg.pth")
    with pytest.raises(ModelError, match="loss perceptual became nan at step 1"):
        train(data, tmp_path, features=tmp_path / "vgg.pth", save_every_steps=1)
    assert (tmp_path / "checkpoint.pt").read_bytes() == kept


def test_weights_that_are_not_numbers_are_not_saved(data: Path, tmp_path: Path) -> None:
    train(data, tmp_path, steps=1)
    kept = (tmp_path / "checkpoint.pt").read_bytes()
    trainer = Trainer(override(CONFIGS["vox-256"], SMALL), TrainOptions(data, tmp_path, steps=1), CPU, print)
    with torch.no_grad():
        model: Any = trainer.learner.model
        model.generator.final.bias[0] = torch.inf
    with pytest.raises(ModelError, match="after step 1"):
        trainer.run()
    assert (tmp_path / "checkpoint.pt").read_bytes() == kept


def test_another_recipe_does_not_go_on_there(data: Path, tmp_path: Path) -> None:
    train(data, tmp_path, steps=1)
    with pytest.raises(UsageError, match=r"batch 2, not 4, rate 0\.0002, not 0\.001"):
        train(data, tmp_path, words=(*SMALL, "batch=4", "rate=1e-3"))
    with pytest.raises(UsageError, match="started with --seed 0, not 5"):
        train(data, tmp_path, seed=5)


def test_a_damaged_checkpoint_is_reported(data: Path, tmp_path: Path) -> None:
    train(data, tmp_path, steps=1)
    content = (tmp_path / "checkpoint.pt").read_bytes()
    for broken in (content[:1000], b"nothing"):
        (tmp_path / "checkpoint.pt").write_bytes(broken)
        with pytest.raises(ModelError, match=r"checkpoint\.pt is damaged"):
            train(data, tmp_path)


def test_clips_of_one_frame_cannot_be_learned_from(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one frame each"):
        train(write_clips(tmp_path / "data", frames=1), tmp_path / "out")


def test_a_folder_that_cannot_be_created_is_an_error(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        train(data, tmp_path / "file" / "run")


def test_a_batch_must_be_divisible(data: Path, tmp_path: Path) -> None:
    options = TrainOptions(data, tmp_path)
    with pytest.raises(UsageError, match="cannot be divided among 3"):
        Trainer(override(CONFIGS["vox-256"], SMALL), options, Processes(0, 3, torch.device("cpu")), print)


def test_without_cuda_it_cannot_be_requested(data: Path, tmp_path: Path) -> None:
    if torch.cuda.is_available():
        pytest.skip("there is a CUDA device")
    with pytest.raises(UsageError, match="No CUDA device"), joined("cuda"):
        pass
    with pytest.raises(UsageError, match="fp16"):
        train(data, tmp_path, precision="fp16")


@pytest.mark.gpu
@pytest.mark.parametrize("precision", ["fp32", "bf16", "fp16"])
def test_a_gpu_trains(data: Path, tmp_path: Path, precision: str) -> None:
    if not torch.cuda.is_available():
        pytest.skip("there is no CUDA device")
    config = override(CONFIGS["vox-adv-256"], SMALL)
    with joined("cuda") as processes:
        report = Trainer(config, TrainOptions(data, tmp_path, precision=precision), processes, print).run()
    assert (report["steps"], report["precision"]) == (8, precision)
    assert report["device"] == torch.cuda.get_device_name()


def test_mixed_precision_keeps_coordinates_exact() -> None:
    """Convolutions in bfloat16 change the losses a little; points, masks and pictures stay float32."""
    torch.manual_seed(0)
    model, images, spline = Fomm(TINY), torch.rand(2, 2, 3, 64, 64), random_spline(2, 5, 0.05, 0.005)
    found = []
    for dtype in (torch.float32, torch.bfloat16):
        step = GeneratorStep(model, load_features(None), CONFIGS["vox-256"], Precision("cpu", dtype))
        losses, drawn = step(*images, spline)
        assert drawn.driving.points.dtype == drawn.image.dtype == drawn.mask.dtype == torch.float32
        found.append({name: loss.item() for name, loss in losses.items()})
    assert found[0] != found[1]
    assert found[0] == pytest.approx(found[1], rel=0.1)


def test_the_weights_can_be_imported(data: Path, tmp_path: Path) -> None:
    train(data, tmp_path, steps=1)
    entry = import_checkpoint(tmp_path / "model.safetensors", "mine")
    assert (entry.manifest.kind, entry.manifest.config) == ("fomm", {"preset": "tiny"})
    assert "vox-256, 1 steps" in entry.manifest.origin
    assert set(load_networks(entry)) == {"keypoints", "encode", "generate"}


def test_foreign_safetensors_are_not_imported(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file({"a": torch.zeros(1)}, tmp_path / "x.safetensors")
    save_file({"a": torch.zeros(1)}, tmp_path / "y.safetensors", {"kind": "fomm", "preset": "tiny"})
    (tmp_path / "z.safetensors").write_bytes(b"nothing")
    for name, said in (("x", "not written by"), ("y", "does not fit"), ("z", "cannot be read"), ("w", "w.safetensors")):
        with pytest.raises(ModelError, match=said):
            import_checkpoint(tmp_path / f"{name}.safetensors", "mine")


@pytest.mark.parametrize("name", ["monkey-net-256", "x2face-256", "ablation-baseline"])
def test_methods_of_the_laboratory_are_not_imported(data: Path, tmp_path: Path, name: str) -> None:
    """They train and resume like all others; the report and the sheet do not mind what they lack."""
    train(data, tmp_path, name, steps=1)
    report = train(data, tmp_path, name, steps=2)
    assert (report["steps"], report["gflops_per_sample"] > 0) == (2, True)
    with pytest.raises(ModelError, match="does not run live"):
        import_checkpoint(tmp_path / "model.safetensors", "mine")


def test_a_recipe_kept_before_it_had_a_field_meant_its_default(data: Path, tmp_path: Path) -> None:
    train(data, tmp_path, steps=1)
    content = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    for name in ("method", "jacobians", "occlusion", "pixels"):
        del content["config"][name]
    torch.save(content, tmp_path / "checkpoint.pt")
    assert train(data, tmp_path, steps=2)["steps"] == 2
    with pytest.raises(UsageError, match="occlusion True, not False"):
        train(data, tmp_path, words=(*SMALL, "occlusion=false"))


def test_operations_are_counted_from_the_layers() -> None:
    """A step's operations against the generator's convolutions alone, counted by hand; and known peaks."""
    config = CONFIGS["vox-256"]
    counted = operations_per_sample(config, load_features(None))
    pixels, macs = 256 * 256, 0.0
    macs += pixels * 3 * 64 * 49 + pixels * 64 * 128 * 9 + pixels / 4 * 128 * 256 * 9  # encoder
    macs += 12 * pixels / 16 * 256 * 256 * 9  # residual blocks
    macs += pixels / 4 * 256 * 128 * 9 + pixels * 128 * 64 * 9 + pixels * 64 * 3 * 49  # decoder
    assert counted > 3 * 2 * macs * 0.98
    assert counted < 3 * 2 * macs * 2
    assert peak_of("NVIDIA H100 80GB HBM3", torch.bfloat16) == 989e12
    assert peak_of("NVIDIA H100 80GB HBM3", torch.float32) is None
    assert peak_of("CPU", torch.bfloat16) is None
