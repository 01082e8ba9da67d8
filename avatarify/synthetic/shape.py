"""A person's identity: a face mixed from the mesh's morph targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from avatarify.synthetic.mesh import BaseMesh, Floats, Target

_OPPOSITE = {
    "incr": "decr",
    "up": "down",
    "out": "in",
    "forward": "backward",
    "convex": "concave",
    "compress": "uncompress",
    "square": "round",
    "pointed": "triangle",
}
_SPREAD = {"head": 0.18, "mouth": 0.22, "eyes": 0.22, "asym": 0.25, "neck": 0.2}
_USUAL_SPREAD = 0.27
_STRONGEST = 0.85
_SELDOM = 0.35  # how often a shape without an opposite (a round head, a square one) is used


@dataclass(frozen=True)
class Person:
    """A person's attributes and shape.

    Attributes:
        vertices: (19158, 3) the base mesh in this person's shape.
        male: 0 to 1.
        old: 0 (25 years) to 1 (about 80).
        origin: Weights of the mesh's African, Asian, and Caucasian faces.
    """

    vertices: Floats
    male: float
    old: float
    origin: tuple[float, float, float]


def mix_person(mesh: BaseMesh, shapes: Mapping[str, Target], rng: np.random.Generator) -> Person:
    """Return a random person."""
    male = float(np.clip((rng.random() < 0.5) + rng.normal() * 0.12, 0, 1))
    old = float(rng.beta(1.1, 1.9))
    origin = rng.dirichlet([0.4, 0.4, 0.4])
    vertices = mesh.vertices.copy()
    for name, weight in (*_ages(male, old, origin, rng.normal() * 0.4), *_features(shapes, rng)):
        if name in shapes and abs(weight) > 1e-4:
            index, delta = shapes[name]
            vertices[index] += np.float32(weight) * delta
    return Person(vertices, male, old, (float(origin[0]), float(origin[1]), float(origin[2])))


def _ages(male: float, old: float, origin: Floats, heavy: float) -> list[tuple[str, float]]:
    sexes = (("male", male), ("female", 1 - male))
    ages = (("young", 1 - old), ("old", old))
    both = [(f"{sex}-{age}", ws * wa) for sex, ws in sexes for age, wa in ages]
    faces = [
        (f"macrodetails/{kind}-{who}", share * weight)
        for kind, share in zip(("african", "asian", "caucasian"), origin, strict=True)
        for who, weight in both
    ]
    extreme = "max" if heavy > 0 else "min"
    for who, weight in both:
        stem = f"macrodetails/universal-{who}-averagemuscle"
        faces += [
            (f"{stem}-averageweight", weight * (1 - abs(heavy))),
            (f"{stem}-{extreme}weight", weight * abs(heavy)),
        ]
    return faces


def _features(shapes: Mapping[str, Target], rng: np.random.Generator) -> list[tuple[str, float]]:
    """Draw each feature once; both sides of a face get the same value, except for asymmetries."""
    weights = []
    for name in sorted(shapes):
        folder, _, rest = name.partition("/")
        stem, _, end = rest.rpartition("-")
        if (
            folder == "macrodetails"
            or rest.startswith("r-")
            or end in _OPPOSITE.values()
            or (folder == "asym" and end == "r")
        ):
            continue
        strength = float(np.clip(rng.normal() * _SPREAD.get(folder, _USUAL_SPREAD), -_STRONGEST, _STRONGEST))
        if end in _OPPOSITE:
            chosen = end if strength > 0 else _OPPOSITE[end]
        elif folder == "asym":
            chosen = "l" if strength > 0 else "r"
        else:
            chosen, strength = end, 0.6 * strength * (rng.random() < _SELDOM)
        sides = ("l-", "r-") if stem.startswith("l-") else ("",)
        bare = stem.removeprefix("l-")
        weights += [(f"{folder}/{side}{bare}-{chosen}" if bare else name, abs(strength)) for side in sides]
    return weights
