import ctypes.util
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from avatarify.frames import F32
from avatarify.synthetic.mesh import Target, load_base_mesh, load_bone_weights, load_face_units, load_shapes
from avatarify.synthetic.rig import Rig, RiggedBody
from avatarify.synthetic.shape import mix_person

if TYPE_CHECKING:
    from avatarify.synthetic.studio import Studio


@pytest.fixture(scope="session")
def rig() -> Rig:
    mesh = load_base_mesh()
    return Rig(mesh, load_face_units(), load_bone_weights(len(mesh.vertices)))


@pytest.fixture(scope="session")
def shapes() -> dict[str, Target]:
    return load_shapes()


@pytest.fixture(scope="session")
def bodies(rig: Rig, shapes: dict[str, Target]) -> list[RiggedBody]:
    """Six different people."""
    return [RiggedBody(rig, mix_person(rig.mesh, shapes, np.random.default_rng(k)).vertices) for k in range(6)]


@pytest.fixture(scope="session")
def expression(rig: Rig) -> Callable[..., F32]:
    """Return a function: face units by name (both sides without Left or Right) to weights."""

    def make(**weights: Any) -> Any:
        values = np.zeros(len(rig.names), np.float32)
        for name, weight in weights.items():
            for full in (name,) if name in rig.names else (f"{name}Left", f"{name}Right"):
                values[rig.names.index(full)] = weight
        return values

    return make


@pytest.fixture(scope="session")
def studio() -> "Studio":
    """Everything loaded once, without assets, small pictures."""
    if not ctypes.util.find_library("EGL"):
        pytest.skip("no EGL library here (Debian: libegl1 libgl1-mesa-dri)")
    from avatarify.synthetic.studio import Studio

    return Studio(96, None)
