"""Reading public checkpoints: what fits is read; anything else is refused with a reason and never executed."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from helpers.checkpoints import SMALL, states, write_checkpoint

from avatarify.errors import ModelError
from avatarify.messages import Message
from avatarify.networks.fomm.checkpoint import read_checkpoint, save_weights
from avatarify.networks.fomm.config import FULL, TINY, FommConfig
from avatarify.networks.fomm.load import load_fomm


class Code:
    """Pickles to a call of the shell that makes a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.system, (f"touch '{self.mark}'",)


def refusal(file: Path, config: FommConfig = TINY) -> Message:
    with pytest.raises(ModelError) as caught:
        read_checkpoint(file, config)
    assert str(file) in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return caught.value.message


def edited(path: Path, change: Callable[..., Any]) -> Message:
    return refusal(write_checkpoint(path / "m.pth.tar", SMALL, change))


@pytest.mark.parametrize("old_format", [True, False])
def test_every_tensor_arrives_unchanged(tmp_path: Path, old_format: bool) -> None:
    read, _ = read_checkpoint(write_checkpoint(tmp_path / "m.pth.tar", SMALL, old_format=old_format), TINY)
    expected = {f"{part}.{name}": t for part, tensors in states(SMALL).items() for name, t in tensors.items()}
    assert read.keys() == expected.keys()
    assert all(np.array_equal(read[name], tensor.numpy()) for name, tensor in expected.items())


def test_weights_survive_safetensors(tmp_path: Path) -> None:
    read, _ = read_checkpoint(write_checkpoint(tmp_path / "m.pth.tar", SMALL), TINY)
    save_weights(read, tmp_path / "m.safetensors")
    model = load_fomm(tmp_path / "m.safetensors", TINY)
    assert all(np.array_equal(model.state_dict()[name].numpy(), numbers) for name, numbers in read.items())
    assert not any(module.training for module in model.modules())
    assert not any(parameter.requires_grad for parameter in model.parameters())


def test_half_precision_is_widened(tmp_path: Path) -> None:
    def halve(content: Any) -> None:
        content["generator"] = {k: v.half() if v.is_floating_point() else v for k, v in content["generator"].items()}

    read, _ = read_checkpoint(write_checkpoint(tmp_path / "m.pth.tar", SMALL, halve), TINY)
    assert read["generator.final.weight"].dtype == np.float32
    assert read["generator.first.norm.num_batches_tracked"].dtype == np.int64


def test_missing_tensors_are_counted_and_the_first_named(tmp_path: Path) -> None:
    def drop(content: Any) -> None:
        for name in ("first.conv.weight", "first.conv.bias", "final.weight", "final.bias"):
            del content["generator"][name]

    message = edited(tmp_path, drop)
    assert "missing tensors: 4 (generator.first.conv.weight" in message
    assert "…" in message
    assert "final.bias" not in message


def test_extra_tensors_are_named(tmp_path: Path) -> None:
    message = edited(tmp_path, lambda content: content["kp_detector"].update(extra=torch.zeros(2)))
    assert "unknown tensors: 1 (kp_detector.extra)" in message


def test_other_shapes_are_reported_with_both_shapes(tmp_path: Path) -> None:
    message = edited(tmp_path, lambda content: content["generator"].update({"final.weight": torch.zeros(3, 9, 7, 7)}))
    assert "tensors of another shape: 1 (generator.final.weight: 3x9x7x7, not 3x4x7x7)" in message


def test_a_value_that_is_not_a_tensor_is_reported(tmp_path: Path) -> None:
    message = edited(tmp_path, lambda content: content["generator"].update({"final.bias": 3}))
    assert "generator.final.bias: no tensor, not 3" in message


def test_a_model_of_another_size_is_reported(tmp_path: Path) -> None:
    message = refusal(write_checkpoint(tmp_path / "m.pth.tar", SMALL), FULL)
    assert "missing" in message
    assert "of another shape" in message


def test_numbers_that_are_not_finite_are_refused(tmp_path: Path) -> None:
    message = edited(tmp_path, lambda content: content["generator"]["final.bias"].fill_(float("nan")))
    assert "not finite" in message
    assert "generator.final.bias" in message


@pytest.mark.parametrize("part", ["generator", "kp_detector"])
def test_a_dict_without_the_parts_is_reported(tmp_path: Path, part: str) -> None:
    assert "kp_detector and generator" in edited(tmp_path, lambda content: content.pop(part))


@pytest.mark.parametrize("old_format", [True, False])
def test_code_in_a_pickle_is_refused_and_not_run(tmp_path: Path, old_format: bool) -> None:
    mark = tmp_path / "was here"
    file = write_checkpoint(
        tmp_path / "m.pth.tar", SMALL, lambda content: content.update(code=Code(mark)), old_format=old_format
    )
    assert "contains more than weights" in refusal(file)
    assert not mark.exists()
    torch.load(file, weights_only=False)  # the file is a real attack: read carelessly, it strikes
    assert mark.exists()


@pytest.mark.parametrize("old_format", [True, False])
@pytest.mark.parametrize("share", [0.0002, 0.01, 0.5, 0.999])
def test_a_truncated_file_is_reported(tmp_path: Path, old_format: bool, share: float) -> None:
    file = write_checkpoint(tmp_path / "m.pth.tar", SMALL, old_format=old_format)
    content = file.read_bytes()
    file.write_bytes(content[: max(2, int(len(content) * share))])
    assert "damaged or truncated" in refusal(file)


@pytest.mark.parametrize("content", [b"", b"\n", b"not a checkpoint " * 99])
def test_a_file_that_is_not_a_checkpoint_is_reported(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "vox.pth.tar"
    file.write_bytes(content)
    assert "is not a torch checkpoint" in refusal(file)


@pytest.mark.parametrize("start", [b"<!DOCTYPE html>", b"\n\n<HTML>", b"\xef\xbb\xbf<?xml version='1.0'?>"])
def test_a_web_page_is_named_as_such_before_torch_is_imported(tmp_path: Path, start: bytes) -> None:
    file = tmp_path / "vox.pth.tar"
    file.write_bytes(start + b"<title>Quota exceeded</title>")
    assert "is a web page, not a checkpoint" in refusal(file)
    code = (
        "import sys, pathlib; from avatarify.errors import ModelError; from avatarify.zoo.importer import *\n"
        "try: import_checkpoint(pathlib.Path(sys.argv[1]))\n"
        "except ModelError: print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_zip_archive_of_something_else_is_named_as_such(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "vox.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("vox.pth.tar", b"0" * 99)
    assert "is an archive of other files" in refusal(tmp_path / "vox.zip")


STRANGE: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "complex64": lambda tensor: tensor.to(torch.complex64),
    "bool": lambda tensor: tensor > 0,
    "float8_e5m2": lambda tensor: tensor.to(torch.float8_e5m2),
    "float32 sparse_coo": lambda tensor: tensor.to_sparse(),
    "float32 meta": lambda tensor: tensor.to("meta"),
    "int32": lambda tensor: tensor.int(),
}


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.filterwarnings("ignore")  # torch calls some of these a prototype
def test_tensors_of_unusual_kinds_are_named(tmp_path: Path, kind: str) -> None:
    def change(content: Any) -> None:
        content["generator"]["final.weight"] = STRANGE[kind](content["generator"]["final.weight"])

    message = str(edited(tmp_path, change))
    # Some cannot even be read from a file without executing code.
    assert f"final.weight: {kind}" in message or "more than weights" in message or "damaged" in message


def test_numbers_beyond_float32_are_refused(tmp_path: Path) -> None:
    def enlarge(content: Any) -> None:
        content["generator"]["final.bias"] = torch.full((3,), 1e300, dtype=torch.float64)

    assert "not finite: generator.final.bias" in str(edited(tmp_path, enlarge))


@pytest.mark.parametrize("old_format", [True, False])
def test_a_file_of_very_many_tensors_is_refused_quickly(tmp_path: Path, old_format: bool) -> None:
    content = {part: {f"{part}{n}": torch.zeros(1) for n in range(6_000)} for part in ("kp_detector", "generator")}
    torch.save(content, tmp_path / "m.pth.tar", _use_new_zipfile_serialization=not old_format)
    assert "more than 10000 tensors" in refusal(tmp_path / "m.pth.tar")


def test_safetensors_of_very_many_tensors_are_refused(tmp_path: Path) -> None:
    save_weights({f"t{n}": np.zeros(1) for n in range(10_001)}, tmp_path / "m.safetensors")
    with pytest.raises(ModelError, match="more than 10000 tensors"):
        load_fomm(tmp_path / "m.safetensors", TINY)


def test_a_missing_file_and_a_folder_are_reported(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "nowhere.pth.tar")
    assert "directory" in refusal(tmp_path)


@pytest.mark.parametrize("keep", [0, 5, 1000])
def test_damaged_safetensors_are_reported(tmp_path: Path, keep: int) -> None:
    file = tmp_path / "m.safetensors"
    save_weights(read_checkpoint(write_checkpoint(tmp_path / "m.pth.tar", SMALL), TINY)[0], file)
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(ModelError, match="cannot be read") as caught:
        load_fomm(file, TINY)
    assert str(file) in caught.value.message


def test_safetensors_of_another_model_are_reported(tmp_path: Path) -> None:
    save_weights({"generator.final.bias": np.zeros(3)}, tmp_path / "m.safetensors")
    with pytest.raises(ModelError, match="does not fit the model"):
        load_fomm(tmp_path / "m.safetensors", TINY)


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be written"):
        save_weights({"a": np.zeros(1)}, tmp_path / "no folder" / "m.safetensors")
