"""A moving test pattern, to check that the meeting program shows the virtual camera."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from avatarify.frames import U8, Size

SIZE, FPS = Size(1280, 720), 30.0
TEXT = "Avatarify test pattern"
_BARS = ((192, 192, 192), (192, 192, 0), (0, 192, 192), (0, 192, 0), (192, 0, 192), (192, 0, 0), (0, 0, 192))
_BAR_WIDTH = 48  # pixels, of the moving bar


def pattern(size: Size, position: float) -> U8:
    """Draw the pattern.

    Args:
        size: Size of the picture.
        position: Of the white bar, 0 (left) to 1 (right).

    Returns:
        (size.height, size.width, 3) uint8 RGB.
    """
    import cv2

    from avatarify.compose.text import text_mask

    row = cv2.resize(np.array([_BARS], np.uint8), (size.width, 1), interpolation=cv2.INTER_NEAREST)
    picture = np.repeat(row, size.height, axis=0)
    picture[size.height * 2 // 3 :] = 24
    left = round(position * (size.width - _BAR_WIDTH))
    picture[size.height * 5 // 6 :, left : left + _BAR_WIDTH] = 235
    letters = text_mask(TEXT, size.height // 18)
    top = size.height * 2 // 3 + size.height // 30
    start = (size.width - letters.shape[1]) // 2
    picture[top : top + letters.shape[0], start : start + letters.shape[1]][letters > 127] = 235
    return picture


def show(seconds: float, stopped: Callable[[], bool]) -> str:
    """Send the pattern to the virtual camera.

    Args:
        seconds: For how long.
        stopped: Called before each picture; ends it when it returns True.

    Returns:
        The name of the camera.

    Raises:
        DeviceError: no virtual camera can be opened, or it was lost.
    """
    from avatarify.output.virtual_camera import VirtualCamera

    with VirtualCamera(SIZE, FPS) as camera:
        for number in range(round(seconds * FPS)):
            if stopped():
                break
            camera.send(pattern(SIZE, number % 90 / 89))
            time.sleep(1 / FPS)
        return camera.name
