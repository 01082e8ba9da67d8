"""Sample sheets: the model's results on held-out pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from avatarify.files import write_atomic
from avatarify.frames import F32, U8
from avatarify.networks.grid import resize
from avatarify.networks.motion_model import MotionModel, Prediction

COLUMNS = ("source", "driving", "result", "deformed", "occlusion", "key points")
_ROWS = 8
_COLORS = 180  # range of OpenCV's hue


def examine(model: MotionModel, source: Tensor, driving: Tensor) -> tuple[U8, float]:
    """Animate held-out pairs (B, 3, S, S) in evaluation mode.

    Returns:
        The sheet (rows S, 6 S, 3) uint8 RGB, one row per pair, columns as ``COLUMNS``; and the mean absolute error over
        all pairs, 0 to 1.
    """
    was_training = model.training
    model.eval()
    with torch.no_grad():
        drawn = model.animate(source, driving)
        rows = [_row(source, driving, drawn, i) for i in range(min(_ROWS, len(source)))]
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
    _, data = cv2.imencode(".jpg", np.vstack([title, sheet])[..., ::-1])
    write_atomic(file, data.tobytes())


def _row(source: Tensor, driving: Tensor, drawn: Prediction, i: int) -> U8:
    shown = (source[i], driving[i], drawn.image[i], drawn.deformed(source)[i], _occlusion(drawn, source)[i])
    marked = _pixels(driving[i])
    if drawn.driving is not None:
        marked = _marked(marked, drawn.driving.points[i].cpu().numpy())
    return np.hstack([*(_pixels(x) for x in shown), marked])


def _occlusion(drawn: Prediction, source: Tensor) -> Tensor:
    """Return the occlusion map as (B, 3, S, S); white if the method has none."""
    if drawn.occlusion is None:
        return torch.ones_like(source)
    return resize(drawn.occlusion, source.shape[-1]).expand(-1, 3, -1, -1)


def _marked(image: U8, points: F32) -> U8:
    """Draw key points (K, 2) in [-1, 1], each in its own color."""
    import cv2

    image, size = image.copy(), image.shape[0]
    for number, (x, y) in enumerate((points + 1) * (size - 1) / 2):
        hue = np.array([[[number * _COLORS // len(points), 255, 255]]], np.uint8)
        color = cv2.cvtColor(hue, cv2.COLOR_HSV2RGB)[0, 0].tolist()
        cv2.circle(image, (round(float(x)), round(float(y))), max(2, size // 48), color, -1, cv2.LINE_AA)
    return image


def _pixels(image: Tensor) -> U8:
    return np.asarray((image.float() * 255).round().clamp(0, 255).byte().permute(1, 2, 0).cpu().numpy(), np.uint8)
