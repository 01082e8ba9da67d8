"""Sample sheets: what the model makes of some pairs that it never learns from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from avatarify.frames import F32, U8
from avatarify.networks.fomm import Fomm
from avatarify.networks.grid import resize, warp
from avatarify.training.paper.step import Drawn, draw

COLUMNS = ("source", "driving", "result", "deformed", "occlusion", "key points")
_ROWS = 8
_COLOURS = 180  # of OpenCV's hue circle


def examine(model: Fomm, source: Tensor, driving: Tensor) -> tuple[U8, float]:
    """Draw held-out pairs (B, 3, S, S) in evaluation mode.

    Returns:
        The sheet (rows S, 6 S, 3) uint8 RGB, a row a pair, columns as ``COLUMNS``; and the mean absolute error over
        all pairs, 0 to 1.
    """
    was_training = model.training
    model.eval()
    with torch.no_grad():
        drawn = draw(model, source, driving)
        rows = [_row(model, source, driving, drawn, i) for i in range(min(_ROWS, len(source)))]
        error = float((drawn.image - driving).abs().mean())
    model.train(was_training)
    return np.vstack(rows), error


def save_sheet(file: Path, sheet: U8) -> None:
    """Write a sheet as a JPEG with the columns' names above them."""
    import cv2

    side = sheet.shape[1] // len(COLUMNS)
    title = np.full((22, sheet.shape[1], 3), 255, np.uint8)
    for number, name in enumerate(COLUMNS):
        cv2.putText(title, name, (number * side + 4, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (0, 0, 0), 1, cv2.LINE_AA)
    file.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(file), np.vstack([title, sheet])[..., ::-1])


def _row(model: Fomm, source: Tensor, driving: Tensor, drawn: Drawn, i: int) -> U8:
    size = model.config.size
    flow = resize(drawn.motion.deformation[i : i + 1], size).permute(0, 2, 3, 1)
    deformed = warp(source[i : i + 1], flow)[0]
    occlusion = resize(drawn.motion.occlusion[i : i + 1], size)[0].expand(3, -1, -1)
    marked = _marked(_pixels(driving[i]), drawn.driving.points[i].cpu().numpy())
    return np.hstack([*(_pixels(x) for x in (source[i], driving[i], drawn.image[i], deformed, occlusion)), marked])


def _marked(image: U8, points: F32) -> U8:
    """Draw points (K, 2) in [-1, 1], each in a colour of its own."""
    import cv2

    image, size = image.copy(), image.shape[0]
    for number, (x, y) in enumerate((points + 1) * (size - 1) / 2):
        hue = np.array([[[number * _COLOURS // len(points), 255, 255]]], np.uint8)
        colour = cv2.cvtColor(hue, cv2.COLOR_HSV2RGB)[0, 0].tolist()
        cv2.circle(image, (round(float(x)), round(float(y))), max(2, size // 48), colour, -1, cv2.LINE_AA)
    return image


def _pixels(image: Tensor) -> U8:
    return np.asarray((image.float() * 255).round().clamp(0, 255).byte().permute(1, 2, 0).cpu().numpy(), np.uint8)
