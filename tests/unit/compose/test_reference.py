"""The overlay, drawn in bands with 8-bit arithmetic, against its formulas in double precision."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from helpers.flow import flow, identity
from helpers.reference_overlay import picture

from avatarify.compose.layers import Layers, split_layers
from avatarify.compose.overlay import Overlay
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

HEIGHT, WIDTH = 360, 480
CROPS = [CropBox(240, 160, 200), CropBox(243.4, 171.2, 263.3), CropBox(200, 120, 410)]


def scene() -> tuple[U8, U8]:
    """A person with shoulders before a background, both with fine texture; and its matte."""
    noise = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    matte = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.ellipse(matte, (240, 170), (70, 95), 0, 0, 360, 255, -1, cv2.LINE_AA)
    cv2.ellipse(matte, (240, 380), (170, 120), 0, 0, 360, 255, -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(noise, (0, 0), 1), np.uint8), cv2.GaussianBlur(matte, (0, 0), 1.5)


def moved(kind: str, cells: int) -> F32:
    """A head that turns, one that shifts, or one that closes a lid; below it nothing moves."""

    def still_below(x: F32, y: F32) -> F32:
        return np.asarray(np.clip(1 - np.maximum(y, 0), 0, 1), np.float32)

    if kind == "turned":
        return flow(cells, lambda x, y: (x + 0.25 * y * still_below(x, y), y - 0.2 * x * still_below(x, y)))
    if kind == "shifted":
        return flow(cells, lambda x, y: (x - 0.22 * still_below(x, y), y + 0.1 * still_below(x, y)))
    return flow(cells, lambda x, y: (x, y - 0.09 * ((np.abs(y + 0.1) < 0.06) & (np.abs(np.abs(x) - 0.2) < 0.1))))


def frame(kind: str, cells: int, matte: bool) -> Generated:
    rng = np.random.default_rng(1)
    image = cv2.GaussianBlur(rng.integers(0, 256, (128, 128, 3), np.uint8), (0, 0), 2)
    visible = np.clip(1.4 - np.hypot(*np.moveaxis(identity(64) - (0.0, 0.2), -1, 0)) ** -1 * 0.12, 0, 1)
    soft = np.clip(1.2 - np.abs(identity(64)[..., 0]), 0, 1).astype(np.float32)
    head = np.array([[1, 0.2, 0.02], [-0.2, 1, 0]], np.float32) if kind == "turned" else None
    made = Generated(np.asarray(image, np.uint8), moved(kind, cells), visible.astype(np.float32), soft, head)
    return made if matte else replace(made, matte=None)


@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize(
    ("kind", "cells", "matte"), [("turned", 128, True), ("shifted", 64, False), ("blinking", 128, True)]
)
def test_pictures_agree_with_the_formulas(crop: CropBox, kind: str, cells: int, matte: bool) -> None:
    layers = split_layers(*scene())
    made = frame(kind, cells, matte)
    expected = np.rint(picture(layers, crop, made))
    difference = np.abs(drawn(layers, crop, made) - expected)
    assert (difference > 1).mean() < 5e-4  # 1: rounding; a little more only where a few roundings add up
    assert difference.max() <= 2
    still = np.abs(layers.composite() - expected)
    assert (still > 20).mean() > 0.001  # it does move


def drawn(layers: Layers, crop: CropBox, made: Generated) -> U8:
    target = layers.composite()
    Overlay(layers, crop).into(target, made)
    return target
