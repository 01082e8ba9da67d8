"""Meshes from an assets folder that are fitted to the base mesh: hair modeled by artists.

The folder holds ``model.npz`` and ``model.json``. Of a part NAME: ``NAME/map`` (n, 9): three vertices of the base mesh,
their three weights, and an offset; ``NAME/f`` and ``NAME/t`` (triangles: points and texture coordinates); ``NAME/vt``.
In the JSON file ``scale[NAME]``: for each axis the two vertices whose distance scales the offsets, and that distance.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from avatarify.errors import InputError
from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.surface import Part, Surface


@dataclass(frozen=True)
class Proxy:
    """One fitted part.

    Attributes:
        name: Its name in the folder.
        surface: Its polygons.
        fit: (n, 9) as in the folder.
        scales: Axis, two vertices and their distance on the template.
    """

    name: str
    surface: Surface
    fit: Floats
    scales: tuple[tuple[int, int, int, float], ...]

    def place(self, vertices: Floats) -> Floats:
        """(n, 3) the part on a base mesh at (19158, 3) ``vertices``."""
        factors = np.ones(3, np.float32)
        for axis, a, b, distance in self.scales:
            factors[axis] = abs(vertices[a, axis] - vertices[b, axis]) / distance
        return self.carry(vertices) + self.fit[:, 6:9] * factors

    def carry(self, values: Floats) -> Floats:
        """Return values given at the vertices of the base mesh, interpolated to the part, (n, …)."""
        corners = values[self.fit[:, :3].astype(np.int64)]
        weights = self.fit[:, 3:6].reshape(-1, 3, *[1] * (values.ndim - 1))
        result: Floats = (corners * weights).sum(1).astype(np.float32)
        return result


def load_hair(folder: Path) -> dict[str, Proxy]:
    """All hair styles of an assets folder, by name.

    Raises:
        InputError: the files cannot be read.
    """
    try:
        scales = json.loads((folder / "model.json").read_text())["scale"]
        with np.load(folder / "model.npz") as table:
            names = sorted({key.split("/")[0] for key in table.files if key.startswith("hair_")})
            return {name.removeprefix("hair_"): _proxy(name, table, scales[name]) for name in names}
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            "The assets in {folder} cannot be used: {reason}.",
            "Give a folder with model.npz and model.json, or leave --assets out.",
            folder=folder,
            reason=error,
        ) from error


def _proxy(name: str, table: np.lib.npyio.NpzFile, scales: list[tuple[int, int, int, float]]) -> Proxy:
    uv = table[f"{name}/vt"] * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)
    surface = Surface(Part.HAIR, table[f"{name}/f"].astype(np.int64), uv, table[f"{name}/t"].astype(np.int64))
    return Proxy(
        name, surface, table[f"{name}/map"], tuple((int(a), int(b), int(c), float(d)) for a, b, c, d in scales)
    )
