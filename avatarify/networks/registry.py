"""The methods by name, and their weights from files of ``avatarify train``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from torch import Tensor

from avatarify.errors import ModelError
from avatarify.networks.comparison.config import MONKEY_NET_PRESETS, X2FACE_PRESETS
from avatarify.networks.comparison.monkey_net import MonkeyNet
from avatarify.networks.comparison.x2face import X2Face
from avatarify.networks.config import named
from avatarify.networks.fomm.config import PRESETS
from avatarify.networks.fomm.model import Fomm
from avatarify.networks.motion_model import MotionModel

KINDS = (Fomm.kind, MonkeyNet.kind, X2Face.kind)
ABLATION = "fomm-ablation"  # what a file of the First Order Motion Model without one of its parts calls itself
WEIGHTS = "model.safetensors"
_TRAIN = "Name the folder, or the model.safetensors, of an 'avatarify train'."


def build_model(kind: str, sizes: str, *, jacobians: bool = True, occlusion: bool = True) -> MotionModel:
    """Build a method with random weights.

    Args:
        kind: One of ``KINDS``.
        sizes: ``full``, ``mini`` or ``tiny``.
        jacobians: Of ``fomm``: find local affine frames.
        occlusion: Of ``fomm``: see what must be made up.

    Raises:
        ModelError: the method or the sizes are unknown.
    """
    if kind == Fomm.kind:
        return Fomm(replace(named(PRESETS, sizes), jacobians=jacobians, occlusion=occlusion))
    if kind == MonkeyNet.kind:
        return MonkeyNet(named(MONKEY_NET_PRESETS, sizes))
    if kind == X2Face.kind:
        return X2Face(named(X2FACE_PRESETS, sizes))
    raise ModelError(f"The method '{kind}' is unknown.", f"Known are: {', '.join(KINDS)}.")


def metadata_of(method: MotionModel, sizes: str, origin: str) -> dict[str, str]:
    """Return what a file of weights must say about itself for ``load_trained``."""
    about = {"kind": method.kind, "preset": sizes, "origin": origin}
    if isinstance(method, Fomm) and not (method.config.jacobians and method.config.occlusion):
        flags = {"jacobians": method.config.jacobians, "occlusion": method.config.occlusion}
        about |= {"kind": ABLATION, **{name: "yes" if flag else "no" for name, flag in flags.items()}}
    return about


def load_trained(path: Path) -> MotionModel:
    """Load a method that ``avatarify train`` wrote, ready to animate on the CPU.

    Args:
        path: ``model.safetensors``, or the training's folder.

    Raises:
        ModelError: the file is missing, damaged, or of another model; the message names it.
    """
    from safetensors import SafetensorError, safe_open

    file = path / WEIGHTS if path.is_dir() else path
    try:
        with safe_open(file, "pt") as content:
            about = dict(content.metadata() or {})
            state = {name: content.get_tensor(name) for name in content.keys()}  # noqa: SIM118  it is no dict
    except (OSError, SafetensorError) as error:
        raise ModelError(f"The weights {file} cannot be read: {error}.", _TRAIN) from error
    return _filled(_empty(about, file), state, file)


def _empty(about: Mapping[str, str], file: Path) -> MotionModel:
    kind = about.get("kind", "")
    if kind not in (*KINDS, ABLATION):
        raise ModelError(f"{file} was not written by 'avatarify train'.", _TRAIN)
    flags = {name: about.get(name, "yes") == "yes" for name in ("jacobians", "occlusion")}
    return build_model(Fomm.kind if kind == ABLATION else kind, about.get("preset", ""), **flags)


def _filled(method: MotionModel, state: Mapping[str, Tensor], file: Path) -> MotionModel:
    if not all(bool(tensor.isfinite().all()) for tensor in state.values()):
        raise ModelError(f"{file} holds numbers that are not finite.", _TRAIN)
    try:
        method.load_state_dict(dict(state))
    except RuntimeError as error:
        raise ModelError(f"{file} does not fit the method {method.kind}.", _TRAIN) from error
    return method.eval().requires_grad_(False)
