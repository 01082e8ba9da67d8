"""A robot arm that pushes objects around on a table, modeled on the Bair data set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from avatarify.frames import F32
from avatarify.synthetic.limbs import bend, smooth_path
from avatarify.synthetic.patterns import color, material
from avatarify.synthetic.rays import Camera, Scene
from avatarify.synthetic.surfaces import Capsule, Cuboid, Material, Plane, RaySurface

JOINTS = ("base", "shoulder", "elbow", "wrist", "left finger", "right finger")
_UP = np.array([0, 1, 0], np.float32)
_STEPS = 12  # substeps of pushing between two frames
_PACE = 0.45  # waypoints per frame


@dataclass
class _Thing:
    """An object on the table."""

    place: F32  # (2,) x and z
    half: F32
    turn: float
    round_: bool
    material: Material

    @property
    def radius(self) -> float:
        return float(max(self.half[0], self.half[2]))

    def surface(self) -> RaySurface:
        center = np.array([self.place[0], self.half[1], self.place[1]], np.float32)
        if not self.round_:
            return Cuboid(center, self.half, self.turn, self.material)
        half = np.array([np.cos(self.turn), 0, np.sin(self.turn)], np.float32) * self.half[0] * np.float32(0.6)
        return Capsule(center - half, center + half, float(self.half[1]), self.material)


class ArmFilm:
    """One table with its arm; camera, light, colors, and objects are random.

    Args:
        dice: Random number generator.
    """

    def __init__(self, dice: np.random.Generator) -> None:
        self._dice = dice
        self._table = material(dice, color(dice, (0, 0.4), (0.3, 0.8)), scale=1.2)
        self._wall = material(dice, color(dice, (0, 0.3), (0.3, 0.8)), scale=0.7)
        self._bones = [material(dice, color(dice, (0, 0.9), (0.35, 0.95)), "plain", gloss=0.5) for _ in range(2)]
        self._hinge = material(dice, color(dice, (0, 0.2), (0.1, 0.35)), "plain", gloss=0.3)
        self._base = np.array([dice.uniform(-0.15, 0.15), 0, -0.55], np.float32)
        self._things = [self._thing() for _ in range(int(dice.integers(2, 6)))]
        eye = np.array([dice.uniform(-0.5, 0.5), dice.uniform(0.75, 1.15), dice.uniform(0.95, 1.25)], np.float32)
        self.camera = Camera(eye, np.array([0, 0.08, -0.05], np.float32), float(dice.uniform(44, 54)))
        light = np.array([dice.uniform(-0.6, 0.6), 1, dice.uniform(-0.2, 0.7)], np.float32)
        self._light, self._strength = light / np.float32(np.linalg.norm(light)), float(dice.uniform(0.5, 0.9))

    def frames(self, count: int) -> Iterator[tuple[Scene, F32]]:
        """Yield ``count`` scenes in order, and the joint positions (6, 3)."""
        stops = self._stops(int(count * _PACE) + 3)
        times = np.linspace(0, (count - 1) * _PACE, (count - 1) * _STEPS + 1, dtype=np.float32)
        for step, tip in enumerate(smooth_path(stops, times)):
            self._push(tip)
            if step % _STEPS == 0:
                yield self._scene(tip)

    def _thing(self) -> _Thing:
        dice = self._dice
        half = dice.uniform(0.035, 0.08, 3).astype(np.float32)
        place = np.array([dice.uniform(-0.4, 0.4), dice.uniform(-0.3, 0.35)], np.float32)
        look = material(dice, color(dice, (0.5, 1), (0.4, 1)), scale=8, gloss=0.2)
        return _Thing(place, half, float(dice.uniform(0, np.pi)), bool(dice.random() < 0.4), look)

    def _stops(self, count: int) -> F32:
        """Return random waypoints of the hand (count, 3): mostly low over the table, often toward an object."""
        dice = self._dice
        stops = np.stack(
            [dice.uniform(-0.42, 0.42, count), dice.uniform(0.05, 0.3, count), dice.uniform(-0.25, 0.35, count)], 1
        )
        for stop in stops:
            if dice.random() < 0.6:
                thing = self._things[int(dice.integers(len(self._things)))]
                stop[:] = thing.place[0], 0.06, thing.place[1]
        return stops.astype(np.float32)

    def _push(self, tip: F32) -> None:
        """Push away the objects that the lowered hand touches, and those that they touch."""
        if tip[1] < 0.15:
            for thing in self._things:
                self._part(thing, tip[[0, 2]], 0.05)
        for one in self._things:
            for other in self._things:
                if one is not other:
                    self._part(one, other.place, other.radius)

    def _part(self, thing: _Thing, place: F32, radius: float) -> None:
        away = thing.place - place
        gap = float(np.linalg.norm(away))
        if gap < thing.radius + radius:
            moved = away / max(gap, 1e-4) * (thing.radius + radius - gap)
            thing.place = np.clip(thing.place + moved, (-0.55, -0.4), (0.55, 0.5)).astype(np.float32)
            thing.turn += float(moved[0] * away[1] - moved[1] * away[0]) * 20 + float(moved.sum()) * 2

    def _scene(self, tip: F32) -> tuple[Scene, F32]:
        shoulder = self._base + 0.22 * _UP
        elbow, wrist = bend(shoulder, tip + 0.16 * _UP, 0.52, 0.5, _UP)
        across = np.cross(tip - shoulder, _UP)
        across = (across / np.linalg.norm(across) * 0.045).astype(np.float32)
        hand = wrist - np.float32(0.05) * _UP
        fingers = [wrist - np.float32(0.14) * _UP + sign * across for sign in (1, -1)]
        upper, lower = self._bones
        parts: list[RaySurface] = [
            Capsule(self._base, shoulder, 0.085, self._hinge),
            Capsule(shoulder, elbow, 0.05, upper),
            Capsule(elbow, elbow, 0.065, self._hinge),
            Capsule(elbow, wrist, 0.042, lower),
            Capsule(hand - across, hand + across, 0.035, self._hinge),
            *(
                Capsule(hand + sign * across, finger, 0.018, upper)
                for sign, finger in zip((1, -1), fingers, strict=True)
            ),
            *(thing.surface() for thing in self._things),
            Plane(np.zeros(3, np.float32), _UP, self._table),
            Plane(np.array([0, 0, -1.1], np.float32), np.array([0, 0, 1], np.float32), self._wall),
        ]
        return Scene(parts, self._light, self._strength), np.stack([self._base, shoulder, elbow, wrist, *fingers])
