"""Reads what ``torch.save`` wrote without torch, and without executing anything: plain values and tensors only.

Both formats are known: zip archives, and the pickles that torch wrote before 1.6. Tensors are read when they are asked
for, so that the states of optimizers and discriminators, most of a public checkpoint, cost neither time nor memory.
"""

from __future__ import annotations

import io
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.networks.pickle_operations import check_operations
from avatarify.networks.stored_tensor import StoredTensor, dtype_of, numbers_of

_MAGIC, _PROTOCOL = 0x1950A86A20F9469CFC6C, 1001  # at the start of the old format
_ZIP = b"PK"
_KINDS = {
    "DoubleStorage": "float64",
    "FloatStorage": "float32",
    "HalfStorage": "float16",
    "BFloat16Storage": "bfloat16",
    "LongStorage": "int64",
    "IntStorage": "int32",
    "ShortStorage": "int16",
    "CharStorage": "int8",
    "ByteStorage": "uint8",
    "BoolStorage": "bool",
    "ComplexFloatStorage": "complex64",
    "ComplexDoubleStorage": "complex128",
    "UntypedStorage": "untyped",
    "QInt8Storage": "qint8",
    "QUInt8Storage": "quint8",
    "QInt32Storage": "qint32",
}


class UnsafeFile(Exception):
    """A file names something that is neither a tensor nor a plain value.

    Attributes:
        name: What it names, such as ``os.system``.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Storage:
    """Numbers that one or several tensors share."""

    def __init__(self, kind: str, count: int, read: Callable[[], bytes]) -> None:
        self.kind, self.count, self._read = kind, count, read
        self._numbers: NDArray[Any] | None = None

    def numbers(self) -> NDArray[Any]:
        """Return them, (count,)."""
        if self._numbers is None:
            dtype = dtype_of(self.kind)
            self._numbers = np.frombuffer(self._read(), dtype, self.count)
        return self._numbers


class _Kind(str):
    """The name of a type of numbers; pickles can neither call nor change it."""

    __slots__ = ()


class _Call:
    """What a pickle may call, and cannot change."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function

    def __call__(self, *values: object) -> object:
        return self._function(*values)


def read_torch_file(path: Path) -> object:
    """Return the content of a file: dicts, lists, plain values, and ``StoredTensor``s.

    Args:
        path: The file; it must stay until the tensors have been read.

    Raises:
        UnsafeFile: It names code.
        Exception: It is damaged or truncated.
    """
    with path.open("rb") as stream:
        start = stream.read(2)
    return _read_zip(path) if start == _ZIP else _read_old(path)


def _read_zip(path: Path) -> object:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        root = next(name for name in names if name.endswith("data.pkl")).removesuffix("data.pkl")
        if f"{root}byteorder" in names and archive.read(f"{root}byteorder") != b"little":
            raise ValueError("it was written on a big-endian computer")
        content = archive.read(f"{root}data.pkl")
    storages: dict[object, _Storage] = {}

    def find(kind: str, key: str, count: int) -> _Storage:
        def read() -> bytes:
            with zipfile.ZipFile(path) as archive:
                return archive.read(f"{root}data/{key}")

        return storages.setdefault(key, _Storage(kind, count, read))

    return _load(io.BytesIO(content), find)


def _read_old(path: Path) -> object:
    places: dict[object, tuple[int, int]] = {}  # storage: start in the file, bytes
    storages: dict[object, _Storage] = {}

    def find(kind: str, key: str, count: int) -> _Storage:
        def read() -> bytes:
            start, length = places[key]
            with path.open("rb") as stream:
                stream.seek(start)
                return stream.read(length)

        return storages.setdefault(key, _Storage(kind, count, read))

    with path.open("rb") as stream:
        if (_load(stream), _load(stream)) != (_MAGIC, _PROTOCOL):
            raise ValueError("it does not begin as a checkpoint does")
        facts, content, keys = _load(stream), _load(stream, find), _load(stream)
        if not isinstance(facts, dict) or not facts.get("little_endian") or not isinstance(keys, list):
            raise ValueError("it was written on a big-endian computer")
        _locate(stream, keys, storages, places, path.stat().st_size)
    return content


def _locate(
    stream: IO[bytes],
    keys: list[object],
    storages: dict[object, _Storage],
    places: dict[object, tuple[int, int]],
    size: int,
) -> None:
    """Find where each storage lies behind the pickles: its count, eight bytes, and its numbers."""
    for key in keys:
        count = int.from_bytes(stream.read(8), "little")
        length = count * _width(storages[key].kind)
        places[key] = stream.tell(), length
        if count != storages[key].count or stream.tell() + length > size:
            raise ValueError("it ends in the middle of a tensor")
        stream.seek(length, io.SEEK_CUR)


def _width(kind: str) -> int:
    """Return the bytes of a number, of those that are skipped too."""
    other = {"bool": 1, "complex64": 8, "complex128": 16, "untyped": 1, "qint8": 1, "quint8": 1, "qint32": 4}
    return other[kind] if kind in other else dtype_of(kind).itemsize


def _load(stream: IO[bytes], find: Callable[[str, str, int], _Storage] | None = None) -> Any:
    """Read one pickle."""
    check_operations(stream)
    return _Unpickler(stream, find).load()


class _Unpickler(pickle.Unpickler):
    """Knows tensors, and nothing else that is not built into pickles."""

    def __init__(self, stream: IO[bytes], find: Callable[[str, str, int], _Storage] | None) -> None:
        super().__init__(stream)
        self._find = find

    def find_class(self, module: str, name: str) -> object:
        """Return the stand-in of what a pickle names.

        Raises:
            UnsafeFile: It is not known to be harmless.
        """
        if found := _KNOWN.get((module, name)):
            return found
        if module in ("torch", "torch.storage") and name in _KINDS:
            return _Kind(_KINDS[name])
        if module == "torch" and name.startswith(("float", "bfloat", "int", "uint", "bool", "complex")):
            return _Kind(name)
        raise UnsafeFile(f"{module}.{name}")

    def persistent_load(self, pid: Any) -> _Storage:
        """Return the storage that a pickle names: ``("storage", kind, key, location, count, …)``."""
        word, kind, key, _, count, *view = pid
        if self._find is None or word != "storage" or not isinstance(kind, _Kind) or (view and view[0] is not None):
            raise ValueError("an unknown kind of storage")
        return self._find(kind, str(key), int(count))


def _tensor(storage: Any, offset: Any, shape: Any, strides: Any, *_: object) -> StoredTensor:
    return _stored(storage, storage.kind, offset, shape, strides)


def _tensor_of_kind(storage: Any, offset: Any, shape: Any, strides: Any, grad: Any, hooks: Any, kind: Any) -> object:
    return _stored(storage, kind, offset, shape, strides)


def _meta_tensor(kind: Any, shape: Any, *_: object) -> StoredTensor:
    return StoredTensor(f"{kind} meta", tuple(map(int, shape)), _unreadable)


def _stored(storage: _Storage, kind: str, offset: int, shape: Any, strides: Any) -> StoredTensor:
    """Describe a tensor; it must lie inside its storage."""
    sides, steps = tuple(map(int, shape)), tuple(map(int, strides))
    last = offset + sum((side - 1) * step for side, step in zip(sides, steps, strict=True))
    if min((offset, *sides, *steps), default=0) < 0 or (all(sides) and last >= storage.count):
        raise ValueError("a tensor is larger than its numbers")

    def read() -> NDArray[Any]:
        numbers = storage.numbers()[offset:]
        width = numbers.dtype.itemsize
        strided = np.lib.stride_tricks.as_strided
        view = strided(numbers, sides, [step * width for step in steps], writeable=False)
        return numbers_of(view, storage.kind)

    return StoredTensor(str(kind), sides, read)


def _parameter(tensor: Any, *_: object) -> object:
    return tensor


def _unreadable() -> NDArray[Any]:
    raise ValueError("a tensor without numbers")


_KNOWN: dict[tuple[str, str], object] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _Call(_tensor),
    ("torch._utils", "_rebuild_tensor_v3"): _Call(_tensor_of_kind),
    ("torch._utils", "_rebuild_meta_tensor_no_storage"): _Call(_meta_tensor),
    ("torch._utils", "_rebuild_parameter"): _Call(_parameter),
    ("torch", "Size"): _Call(lambda sides: tuple(sides)),
    ("torch", "device"): _Call(lambda *names: " ".join(map(str, names))),
}
