"""Files of torch.save read without torch, beside torch itself: the same numbers, and nothing is executed."""

import pickle
import struct
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from avatarify.networks.stored_tensor import StoredTensor
from avatarify.networks.torch_file import UnsafeFile, read_torch_file

BASE = torch.arange(60, dtype=torch.float32).reshape(3, 4, 5)
TENSORS: dict[str, torch.Tensor] = {
    "plain": BASE,
    "view into shared numbers": BASE[1:, 2],
    "transposed": BASE.permute(2, 0, 1),
    "repeated": torch.ones(1, 3).expand(4, 3),
    "scalar": torch.tensor(7),
    "empty": torch.zeros(0, 3),
    "half": torch.linspace(-2, 2, 9).half(),
    "bfloat16": torch.linspace(-2, 2, 9).bfloat16(),
    "double": torch.tensor([1e300, -0.0, float("inf")], dtype=torch.float64),
    "parameter": torch.nn.Parameter(torch.rand(2, 2)),
    "int8": torch.tensor([-3, 4], dtype=torch.int8),
}


def write(file: Path, content: object, old_format: bool) -> Path:
    torch.save(content, file, _use_new_zipfile_serialization=not old_format)
    return file


@pytest.mark.parametrize("old_format", [True, False])
def test_tensors_are_those_that_torch_reads(tmp_path: Path, old_format: bool) -> None:
    optimizer = torch.optim.Adam([torch.nn.Parameter(torch.ones(3))])
    content = {
        "state": OrderedDict(TENSORS),
        "epoch": 9,
        "optimizer": optimizer.state_dict(),
        "names": ["a", ("b", None)],
    }
    file = write(tmp_path / "m.pth.tar", content, old_format)
    read: Any = read_torch_file(file)
    expected = torch.load(file, weights_only=True)
    assert read["epoch"] == 9
    assert read["names"] == ["a", ("b", None)]
    assert read["optimizer"]["param_groups"] == expected["optimizer"]["param_groups"]
    for name, tensor in expected["state"].items():
        stored = read["state"][name]
        assert isinstance(stored, StoredTensor)
        assert stored.shape == tuple(tensor.shape), name
        assert stored.kind == str(tensor.dtype).removeprefix("torch."), name
        wanted = tensor.detach().float() if tensor.dtype == torch.bfloat16 else tensor.detach()
        np.testing.assert_array_equal(stored.read(), wanted.numpy(), err_msg=name)


@pytest.mark.parametrize("old_format", [True, False])
def test_a_module_is_not_built(tmp_path: Path, old_format: bool) -> None:
    file = write(tmp_path / "m.pth.tar", torch.nn.Linear(2, 2), old_format)
    with pytest.raises(UnsafeFile, match=r"torch\.nn\.modules\.linear\.Linear"):
        read_torch_file(file)


def changed(file: Path, change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Path:
    """Write a file whose tensor claims to be elsewhere than it is."""

    class Liar:
        def __reduce__(self) -> tuple[Any, ...]:
            function, arguments, *_ = BASE.__reduce_ex__(2)
            return function, change(arguments)

    torch.save({"t": Liar()}, file)
    return file


@pytest.mark.parametrize(
    ("place", "value"),
    [(1, 1), (1, -1), (2, (3, 4, 500_000_000)), (3, (20, 5, -1)), (3, (20, 5, 1_000))],
    ids=["beyond the end", "before the start", "too many", "backwards", "too wide"],
)
def test_a_tensor_outside_of_its_numbers_is_refused(tmp_path: Path, place: int, value: Any) -> None:
    file = changed(tmp_path / "m.pth.tar", lambda given: (*given[:place], value, *given[place + 1 :]))
    with pytest.raises(ValueError, match="larger than its numbers"):
        read_torch_file(file)


@pytest.mark.parametrize(
    "attack",
    [
        b"\x80\x02K\x01r\xff\xff\xff\x7f.",  # notes value 2,147,483,647: the list of notes would take 16 GB
        b"\x80\x02\x82\x01.",  # an extension by its number
        b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n}(U\x08__code__K\x01ub.",  # changes what it may call
        b"\x80\x02cos\nsystem\nU\x04trueq\x00\x85R.",
    ],
    ids=["memory", "extension", "state of a function", "call"],
)
def test_what_no_file_of_weights_does_is_refused(tmp_path: Path, attack: bytes) -> None:
    start = b"".join(pickle.dumps(value, 2) for value in (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}))
    file = tmp_path / "m.pth.tar"
    file.write_bytes(start + attack + pickle.dumps([], 2))
    with pytest.raises((ValueError, UnsafeFile, AttributeError)):
        read_torch_file(file)


def test_a_storage_that_ends_early_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "m.pth.tar", {"t": BASE}, old_format=True)
    content = file.read_bytes()
    assert struct.unpack("<q", content[-248:-240]) == (60,)
    file.write_bytes(content[:-4])
    with pytest.raises(ValueError, match="in the middle of a tensor"):
        read_torch_file(file)
