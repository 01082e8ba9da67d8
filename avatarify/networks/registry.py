"""The laboratory's models by name, and their weights from files that ``avatarify train`` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from torch import Tensor

from avatarify.errors import ModelError
from avatarify.messages import Message
from avatarify.networks.comparison.config import MONKEY_NET_PRESETS, X2FACE_PRESETS
from avatarify.networks.comparison.monkey_net import MonkeyNet
from avatarify.networks.comparison.x2face import X2Face
from avatarify.networks.config import named
from avatarify.networks.fomm.config import PRESETS
from avatarify.networks.fomm.model import Fomm
from avatarify.networks.kinds import ABLATION, KINDS
from avatarify.networks.motion_model import MotionModel
from avatarify.networks.tensors_file import is_usable, kind_of, read_tensors

WEIGHTS = "model.safetensors"
_TRAIN = Message("Give the folder of a training run, or its model.safetensors.")


def build_model(kind: str, sizes: str, *, jacobians: bool = True, occlusion: bool = True) -> MotionModel:
    """Build a model with random weights.

    Args:
        kind: One of ``KINDS``.
        sizes: ``full``, ``mini``, or ``tiny``.
        jacobians: For ``fomm``: predict Jacobians.
        occlusion: For ``fomm``: predict an occlusion map.

    Raises:
        ModelError: The kind or the sizes are unknown.
    """
    if kind == Fomm.kind:
        return Fomm(replace(named(PRESETS, sizes), jacobians=jacobians, occlusion=occlusion))
    if kind == MonkeyNet.kind:
        return MonkeyNet(named(MONKEY_NET_PRESETS, sizes))
    if kind == X2Face.kind:
        return X2Face(named(X2FACE_PRESETS, sizes))
    raise ModelError("The method '{kind}' is unknown.", "Known methods: {known}.", kind=kind, known=KINDS)


def metadata_of(model: MotionModel, sizes: str, origin: str) -> dict[str, str]:
    """Return the metadata that ``load_trained`` needs in a file of weights."""
    about = {"kind": model.kind, "preset": sizes, "origin": origin}
    if isinstance(model, Fomm) and not (model.config.jacobians and model.config.occlusion):
        flags = {"jacobians": model.config.jacobians, "occlusion": model.config.occlusion}
        about |= {"kind": ABLATION, **{name: "yes" if flag else "no" for name, flag in flags.items()}}
    return about


def load_trained(path: Path) -> MotionModel:
    """Load a model that ``avatarify train`` wrote, ready to animate on the CPU.

    Args:
        path: ``model.safetensors``, or the training's folder.

    Raises:
        ModelError: The file is missing, damaged, or of another model; the message names it.
    """
    file = path / WEIGHTS if path.is_dir() else path
    state, about = read_tensors(file, _TRAIN)
    return _filled(_empty(about, file), state, file)


def _empty(about: Mapping[str, str], file: Path) -> MotionModel:
    kind = about.get("kind", "")
    if kind not in (*KINDS, ABLATION):
        raise ModelError("{file} was not written by 'avatarify train'.", _TRAIN, file=file)
    flags = {name: about.get(name, "yes") == "yes" for name in ("jacobians", "occlusion")}
    return build_model(Fomm.kind if kind == ABLATION else kind, about.get("preset", ""), **flags)


def _filled(model: MotionModel, state: Mapping[str, Tensor], file: Path) -> MotionModel:
    expected = model.state_dict()
    strange = [name for name, tensor in state.items() if name in expected and not is_usable(tensor, expected[name])]
    if strange:
        text = "{path} has tensors of a kind that cannot be used: {names}."
        raise ModelError(text, _TRAIN, path=file, names=f"{strange[0]}: {kind_of(state[strange[0]])}")
    try:
        model.load_state_dict(dict(state))
    except RuntimeError as error:
        raise ModelError("{file} does not fit the method {kind}.", _TRAIN, file=file, kind=model.kind) from error
    if not all(bool(tensor.isfinite().all()) for tensor in model.state_dict().values()):  # as float32
        raise ModelError("{file} has numbers that are not finite.", _TRAIN, file=file)
    return model.eval().requires_grad_(False)
