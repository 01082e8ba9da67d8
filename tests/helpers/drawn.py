"""A drawn face that MediaPipe takes for one: tests of the face stage need no photograph."""

import cv2
import numpy as np

from avatarify.frames import U8

_FINE = 4  # drawn larger, then reduced: smooth edges


def drawn_face(
    height: int = 360,
    width: int = 480,
    center: tuple[float, float] = (240, 180),
    face: int = 150,
    mouth: float = 0.0,
    eyes: float = 1.0,
    tilt: float = 0.0,
) -> U8:
    """Draw a face from the front.

    Args:
        height: Of the picture, pixels.
        width: Of the picture.
        center: Of the head, (x, y) pixels.
        face: Height of the head from crown to chin, pixels.
        mouth: 0 closed to 1 open.
        eyes: 1 open to 0 shut.
        tilt: Degrees, clockwise.

    Returns:
        (height, width, 3) uint8 RGB.
    """
    big = np.full((height * _FINE, width * _FINE, 3), (150, 170, 190), np.uint8)
    big[:] = np.linspace(0.75, 1.1, big.shape[0])[:, None, None] * big
    pen = _Pen(big, center, face, tilt)
    pen.ellipse((0, -0.06), (0.44, 0.56), (52, 36, 28))  # hair
    pen.ellipse((0, 0.78), (0.62, 0.36), (70, 80, 120))  # shoulders
    pen.ellipse((0, 0.5), (0.17, 0.22), (196, 150, 125))  # neck
    pen.ellipse((0, 0.03), (0.365, 0.475), (226, 182, 156))  # face
    for side in (-1, 1):
        pen.ellipse((side * 0.2, 0.2), (0.09, 0.06), (228, 172, 150))
        pen.stroke([(side * 0.27, -0.11), (side * 0.17, -0.155), (side * 0.07, -0.125)], 0.03, (60, 42, 34))
        pen.ellipse((side * 0.16, -0.03), (0.082, 0.052), (196, 148, 124))
        pen.ellipse((side * 0.16, -0.03), (0.074, 0.012 + 0.03 * eyes), (245, 242, 238))
        if eyes > 0.3:
            pen.ellipse((side * 0.16, -0.03), (0.032, min(0.032, 0.012 + 0.03 * eyes)), (74, 52, 38))
            pen.ellipse((side * 0.16, -0.03), (0.014, 0.014), (15, 12, 10))
        pen.stroke(
            [(side * 0.235, -0.03), (side * 0.16, -0.05 - 0.025 * eyes), (side * 0.085, -0.02)], 0.014, (60, 42, 36)
        )
    pen.stroke([(-0.02, -0.02), (-0.035, 0.12), (-0.055, 0.155)], 0.012, (200, 150, 126))
    pen.ellipse((0, 0.15), (0.06, 0.035), (214, 164, 140))
    for side in (-1, 1):
        pen.ellipse((side * 0.03, 0.168), (0.016, 0.01), (120, 76, 62))
    pen.ellipse((0, 0.29), (0.125, 0.035 + 0.07 * mouth), (186, 92, 88))
    pen.ellipse((0, 0.29), (0.105, 0.006 + 0.062 * mouth), (70, 24, 26))
    small = cv2.resize(big, (width, height), interpolation=cv2.INTER_AREA)
    blurred: U8 = cv2.GaussianBlur(small, (0, 0), face / 300)
    return blurred


class _Pen:
    """Draws in units of the head's height, around its center, tilted."""

    def __init__(self, board: U8, center: tuple[float, float], unit: int, tilt: float) -> None:
        self._board, self._unit, self._tilt = board, unit * _FINE, tilt
        self._center = np.array(center) * _FINE
        turn = np.deg2rad(tilt)
        self._turn = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])

    def _at(self, point: tuple[float, float]) -> tuple[int, int]:
        x, y = self._center + self._turn @ np.array(point) * self._unit
        return round(x), round(y)

    def ellipse(self, center: tuple[float, float], radii: tuple[float, float], color: tuple[int, int, int]) -> None:
        axes = tuple(max(1, round(radius * self._unit)) for radius in radii)
        cv2.ellipse(self._board, self._at(center), axes, self._tilt, 0, 360, color, -1, cv2.LINE_AA)

    def stroke(self, points: list[tuple[float, float]], thickness: float, color: tuple[int, int, int]) -> None:
        line = np.array([self._at(point) for point in points], np.int32)
        cv2.polylines(self._board, [line], False, color, max(1, round(thickness * self._unit)), cv2.LINE_AA)
