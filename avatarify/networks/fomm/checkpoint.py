"""Weights of the First Order Motion Model in files, every tensor checked: public checkpoints and safetensors.

No torch here: a live session needs none, and an import shall not either. ``fomm.load`` makes a module of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import ModelError
from avatarify.messages import Message
from avatarify.networks.fomm.checkpoint_file import check_file
from avatarify.networks.fomm.config import FULL, FommConfig, preset
from avatarify.networks.fomm.layout import COUNTER, layout
from avatarify.networks.fomm.sizes import sizes_of
from avatarify.networks.kinds import ABLATION, FOMM, KINDS
from avatarify.networks.safetensors_file import read_safetensors
from avatarify.networks.stored_tensor import FLOATS, INTEGERS, StoredTensor
from avatarify.networks.torch_file import UnsafeFile, read_torch_file

PARTS = ("kp_detector", "generator")
_FIT = "Checkpoints of the First Order Motion Model, such as vox-cpk.pth.tar, can be used."
_PARALLEL = "module."  # what torch puts before each name in a model that was trained on several GPUs
_AGAIN = Message("Get the file again.")
_SHOWN = 3
Weights = dict[str, NDArray[Any]]


def read_checkpoint(path: Path, config: FommConfig | None = None) -> tuple[Weights, FommConfig]:
    """Read a public ``.pth.tar``, a dict with the parts ``kp_detector`` and ``generator`` among others.

    Nothing in the file is executed: a pickle with more than tensors and plain values is refused.

    Args:
        path: The file.
        config: Sizes the tensors must have; read from the tensors' shapes if None.

    Returns:
        Every tensor of both parts by the name it has in ``Fomm``: float32, and int64 for counters; and the sizes.

    Raises:
        ModelError: The file is missing, not a checkpoint, damaged, unsafe, or of another model; the message names it.
    """
    content = _unpickle(path)
    if not isinstance(content, Mapping) or not all(isinstance(content.get(part), Mapping) for part in PARTS):
        raise ModelError("{path} has no dict with the parts kp_detector and generator.", _FIT, path=path)
    state = {f"{part}.{_plain(key)}": value for part in PARTS for key, value in content[part].items()}
    config = _sizes(state) if config is None else config
    return _fitted(state, config, path), config


def _plain(name: object) -> str:
    return str(name).removeprefix(_PARALLEL)


def _sizes(state: Mapping[str, object]) -> FommConfig:
    """Return the sizes that the tensors tell, else the usual ones; then the error names what is missing."""
    shapes = {name: value.shape for name, value in state.items() if isinstance(value, StoredTensor)}
    try:
        return sizes_of(shapes)
    except (KeyError, ValueError, StopIteration):
        return FULL


def read_weights(path: Path) -> tuple[Weights, dict[str, str]]:
    """Read a safetensors file that ``avatarify train`` wrote.

    Returns:
        Every tensor by the name it has in ``Fomm``, and the file's metadata: ``preset`` (its sizes) and ``origin``.

    Raises:
        ModelError: The file is missing, damaged, or of another model; the message names it.
    """
    state, about = read_safetensors(path, _AGAIN)
    kind = about.get("kind")
    if kind in (*KINDS, ABLATION) and kind != FOMM:
        raise ModelError(
            "{path} is a model of the kind {kind}, which does not run live.",
            "Use it as --model of 'avatarify animate', 'evaluate --reconstruct', or 'figures'.",
            path=path,
            kind=kind,
        )
    if kind != FOMM:
        hint = "Give the model.safetensors of a training run, or a .pth.tar."
        raise ModelError("{path} was not written by 'avatarify train'.", hint, path=path)
    return _fitted(state, preset(about.get("preset")), path), about


def read_model(path: Path, config: FommConfig) -> Weights:
    """Read the safetensors file of an imported model.

    Raises:
        ModelError: The file is missing, damaged, or of another model; the message names it.
    """
    return _fitted(read_safetensors(path, _AGAIN)[0], config, path)


def save_weights(state: Mapping[str, NDArray[Any]], path: Path) -> None:
    """Write tensors as safetensors.

    Raises:
        ModelError: The file cannot be written.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    try:
        save_file(dict(state), path)
    except (OSError, SafetensorError) as error:
        hint = "Free some space, or check the folder."
        raise ModelError("{path} cannot be written: {reason}.", hint, path=path, reason=error) from error


def mismatches(state: Mapping[str, object], config: FommConfig) -> list[Message]:
    """Compare tensors with those of the model.

    Args:
        state: Tensors by name, and perhaps other values.
        config: Sizes of the model.

    Returns:
        One message, with the first few names, for missing tensors, for unknown ones, and for those of another shape;
        empty if all fit.
    """
    expected = layout(config)
    missing = [key for key in expected if key not in state]
    unknown = [key for key in state if key not in expected]
    shapes = [
        f"{key}: {_shape(state[key])}, not {_sides(shape)}"
        for key, shape in expected.items()
        if key in state and _shape(state[key]) != _sides(shape)
    ]
    found = (
        (missing, Message("missing tensors: {count} ({names})", count=len(missing), names=_first_names(missing))),
        (unknown, Message("unknown tensors: {count} ({names})", count=len(unknown), names=_first_names(unknown))),
        (shapes, Message("tensors of another shape: {count} ({names})", count=len(shapes), names=_first_names(shapes))),
    )
    return [message for names, message in found if names]


def _unpickle(path: Path) -> object:
    check_file(path)
    try:
        return read_torch_file(path)
    except UnsafeFile as error:
        text = "{path} contains more than weights ({name}) and was not read."
        raise ModelError(text, "Use a file from the model's own publisher.", path=path, name=error.name) from error
    except Exception as error:  # damaged pickles raise whatever their parts happen to meet
        raise _damaged(path) from error


def _damaged(path: Path) -> ModelError:
    return ModelError("{path} is damaged or truncated and cannot be read.", _AGAIN, path=path)


def _fitted(state: Mapping[str, object], config: FommConfig, path: Path) -> Weights:
    """Return the tensors in the model's types.

    Raises:
        ModelError: A tensor is missing, unknown, of another shape or an unusual kind, or not finite.
    """
    if problems := mismatches(state, config):
        raise ModelError("{path} does not fit the model: {problems}.", _FIT, path=path, problems=problems)
    tensors = {key: value for key, value in state.items() if isinstance(value, StoredTensor)}
    if strange := [f"{key}: {tensor.kind}" for key, tensor in tensors.items() if not _is_usable(key, tensor)]:
        text = "{path} has tensors of a kind that cannot be used: {names}."
        raise ModelError(text, _FIT, path=path, names=_first_names(strange))
    try:
        cast = {key: _cast(key, tensor) for key, tensor in tensors.items()}
    except Exception as error:  # the numbers are read only now, from a file that may end before them
        raise _damaged(path) from error
    if broken := [key for key, numbers in cast.items() if not np.isfinite(numbers).all()]:  # 1e300 is not, as float32
        text = "{path} has numbers that are not finite: {names}."
        raise ModelError(text, _AGAIN, path=path, names=_first_names(broken))
    return cast


def _is_usable(name: str, tensor: StoredTensor) -> bool:
    return tensor.kind in (INTEGERS if name.endswith(COUNTER) else FLOATS)


def _cast(name: str, tensor: StoredTensor) -> NDArray[Any]:
    with np.errstate(over="ignore"):  # what becomes infinite is refused later
        return tensor.read().astype(np.int64 if name.endswith(COUNTER) else np.float32, order="C")


def _shape(value: object) -> str:
    return _sides(value.shape) if isinstance(value, StoredTensor) else "no tensor"


def _sides(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape)) or "scalar"


def _first_names(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
