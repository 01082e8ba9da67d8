"""A clothed figure that moves slowly from stance to stance, modeled on the Tai-Chi-HD data set."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from avatarify.frames import F32
from avatarify.synthetic.limbs import bend, smooth_path
from avatarify.synthetic.patterns import color, material, skin_color
from avatarify.synthetic.rays import Camera, Scene
from avatarify.synthetic.surfaces import Capsule, Plane, RaySurface

JOINTS = (
    "pelvis", "chest", "neck", "head", "left shoulder", "left elbow", "left wrist", "right shoulder", "right elbow",
    "right wrist", "left hip", "left knee", "left ankle", "right hip", "right knee", "right ankle",
)  # fmt: skip
_PACE = 0.3  # stances per frame
_SIDES = (1.0, -1.0)  # the figure faces the viewer: its left is to the right


class BodyFilm:
    """One person in one place; build, clothes, camera, and light are random.

    Args:
        dice: Random number generator.
    """

    def __init__(self, dice: np.random.Generator) -> None:
        self._dice = dice
        self._tall = float(dice.uniform(0.92, 1.08))
        self._stout = float(dice.uniform(0.85, 1.25))
        skin = skin_color(dice)
        self._skin = material(dice, skin, "plain")
        self._hair = material(dice, skin_color(dice) * np.float32(0.25), "grain", 6)
        self._jacket = material(dice, color(dice, (0, 0.9), (0.2, 1)), scale=4)
        self._sleeves = self._jacket if dice.random() < 0.75 else material(dice, color(dice, (0, 0.8), (0.2, 1)))
        self._belt = material(dice, color(dice, (0, 1), (0.05, 0.9)), "plain")
        self._trousers = material(dice, color(dice, (0, 0.7), (0.1, 0.9)), scale=3)
        self._shoes = material(dice, color(dice, (0, 0.5), (0.05, 0.9)), "plain", gloss=0.2)
        self._floor = material(dice, color(dice, (0, 0.6), (0.2, 0.7)), scale=0.8)
        self._wall = material(dice, color(dice, (0, 0.5), (0.3, 0.9)), scale=0.5)
        eye = np.array([dice.uniform(-0.7, 0.7), dice.uniform(0.9, 1.5), dice.uniform(3.2, 3.9)], np.float32)
        self.camera = Camera(eye, np.array([0, 0.88, 0], np.float32), float(dice.uniform(34, 40)))
        light = np.array([dice.uniform(-0.8, 0.8), 1, dice.uniform(0.3, 1)], np.float32)
        self._light, self._strength = light / np.float32(np.linalg.norm(light)), float(dice.uniform(0.5, 0.9))

    def frames(self, count: int) -> Iterator[tuple[Scene, F32]]:
        """Yield ``count`` scenes in order, and the joint positions (16, 3)."""
        stances = np.stack([self._stance() for _ in range(int(count * _PACE) + 3)])
        for stance in smooth_path(stances, np.arange(count, dtype=np.float32) * np.float32(_PACE)):
            joints = self._joints(stance)
            yield Scene(self._surfaces(joints), self._light, self._strength), joints

    def _stance(self) -> F32:
        """Return a random stance, 16 numbers: pelvis (x, y, z), turn, lean, wrists relative to the chest, feet."""
        dice = self._dice
        pelvis = [dice.uniform(-0.18, 0.18), dice.uniform(-0.2, 0), dice.uniform(-0.1, 0.1)]
        turn = [dice.uniform(-0.6, 0.6), dice.uniform(-0.12, 0.12)]
        wrists = [
            [side * dice.uniform(-0.1, 0.55), dice.uniform(-0.45, 0.5), dice.uniform(0.1, 0.45)] for side in _SIDES
        ]
        feet = [[side * dice.uniform(0.1, 0.42), dice.uniform(-0.2, 0.25)] for side in _SIDES]
        lift = [0.0 if dice.random() < 0.85 else dice.uniform(0.05, 0.3)]
        return np.asarray([*pelvis, *turn, *wrists[0], *wrists[1], *feet[0], *feet[1], *lift], np.float32)

    def _joints(self, stance: F32) -> F32:
        tall, (turn, lean) = self._tall, stance[3:5]
        right = np.array([np.cos(turn), 0, -np.sin(turn)], np.float32)
        forward = np.array([np.sin(turn), 0, np.cos(turn)], np.float32)
        up = np.array([lean, 1, 0.1 * lean], np.float32)
        pelvis = stance[:3] + np.array([0, 0.92 * tall, 0], np.float32)
        chest, neck, head = (pelvis + length * tall * up for length in (0.36, 0.5, 0.68))
        arms, legs = [], []
        feet = [stance[11:13], stance[13:15]]
        for side, wrist, foot in zip(_SIDES, (stance[5:8], stance[8:11]), feet, strict=True):
            shoulder = chest + side * 0.19 * tall * right + 0.06 * up
            goal = chest + wrist[0] * right + wrist[1] * up + wrist[2] * forward
            elbow_out = (side * right - 0.8 * np.array([0, 1, 0])).astype(np.float32)
            arms += [shoulder, *bend(shoulder, goal, 0.29 * tall, 0.27 * tall, elbow_out)]
            hip = pelvis + side * 0.1 * tall * right
            raised = stance[15] if side > 0 else 0.0
            ankle = np.array([foot[0], 0.08 + raised, foot[1]], np.float32)
            legs += [hip, *bend(hip, ankle, 0.45 * tall, 0.44 * tall, forward + np.float32(0.4 * side) * right)]
        return np.asarray([pelvis, chest, neck, head, *arms, *legs], np.float32)

    def _surfaces(self, joints: F32) -> list[RaySurface]:
        pelvis, chest, neck, head = joints[:4]
        stout, up = self._stout, np.array([0, 1, 0], np.float32)
        parts: list[RaySurface] = [
            Capsule(neck, head, 0.055, self._skin),
            Capsule(head, head + 0.05 * up, 0.105, self._skin),
            Capsule(
                head + np.array([0, 0.08, -0.03], np.float32),
                head + np.array([0, 0.08, -0.03], np.float32),
                0.11,
                self._hair,
            ),
            Capsule(joints[4], joints[7], 0.085 * stout, self._jacket),
            Capsule(pelvis + 0.08 * up, chest, 0.15 * stout, self._jacket),
            Capsule(joints[10], joints[13], 0.125 * stout, self._trousers),
            Capsule(pelvis + 0.09 * up, pelvis + 0.1 * up, 0.16 * stout, self._belt),
        ]
        for first in (4, 7):
            parts += self._arm(*joints[first : first + 3])
        for first in (10, 13):
            parts += self._leg(*joints[first : first + 3])
        ground = Plane(np.zeros(3, np.float32), up, self._floor)
        wall = Plane(np.array([0, 0, -2.2], np.float32), np.array([0, 0, 1], np.float32), self._wall)
        return [*parts, ground, wall]

    def _arm(self, shoulder: F32, elbow: F32, wrist: F32) -> list[RaySurface]:
        hand = wrist + (wrist - elbow) * np.float32(0.3)
        return [
            Capsule(shoulder, elbow, 0.062 * self._stout, self._sleeves),
            Capsule(elbow, wrist, 0.052 * self._stout, self._sleeves),
            Capsule(wrist, hand, 0.038, self._skin),
        ]

    def _leg(self, hip: F32, knee: F32, ankle: F32) -> list[RaySurface]:
        toe = ankle + np.array([0.25 * np.sign(ankle[0]) * 0.2, -0.03, 0.14], np.float32)
        return [
            Capsule(hip, knee, 0.092 * self._stout, self._trousers),
            Capsule(knee, ankle, 0.07 * self._stout, self._trousers),
            Capsule(ankle, toe, 0.05, self._shoes),
        ]
