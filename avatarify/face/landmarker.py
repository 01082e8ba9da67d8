"""Detects faces with MediaPipe: 478 landmarks, pose, and blend shapes."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from avatarify.face.box import CropBox
from avatarify.face.bundled_model import read_model
from avatarify.face.face import Face
from avatarify.face.mediapipe_library import load_mediapipe
from avatarify.face.views import VIEW_PIXELS, fine_windows, windows, with_margin
from avatarify.frames import U8, Frame
from avatarify.paths import assets
from avatarify.quiet import quiet_mediapipe

MODEL_FILE = "face_landmarker.task"
MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
_STILL_FACES = 5
_CONFIDENCE = 0.5  # MediaPipe's own threshold for a detection
_CONFIDENCE_IN_WINDOWS = 0.7  # many windows give many chances for false detections, such as faces in charts
_USUAL_STEP_MS = 33


class FaceLandmarker:
    """MediaPipe's face landmarker on the CPU, with the bundled model.

    Args:
        mode: ``video`` follows one face from frame to frame (``find``), ``image`` treats each picture independently
            (``find_faces``).
        max_faces: The largest number of faces to return; by default 1 for a video, 5 for pictures. More than one makes
            a video slow: the detector then runs on every frame, and landmarks are not smoothed over time.
        expression: Also compute the blend shapes, which takes about a third of the time.

    Raises:
        ModelError: the bundled model is missing or damaged.
    """

    def __init__(
        self, mode: Literal["video", "image"] = "video", max_faces: int | None = None, expression: bool = True
    ) -> None:
        self._still = mode == "image"
        self._faces = max_faces or (_STILL_FACES if self._still else 1)
        self._expression = expression
        self._opened: list[Any] = []
        self._task = self._open(_CONFIDENCE)
        self._strict: Any = None
        self._clock = _Milliseconds()

    def find(self, frame: Frame) -> Face | None:
        """Detect the face in the next frame of a video (mode ``video``): the largest; None if there is none."""
        return next(iter(self.find_all(frame)), None)

    def find_all(self, frame: Frame) -> list[Face]:
        """Detect the faces in the next frame of a video (mode ``video``), at most ``max_faces``.

        MediaPipe smooths landmarks by the frame's ``media_time``, or ``captured_at`` where it has none.

        Returns:
            The faces, largest first, with landmarks in pixels of ``frame.image``.
        """
        at_s = frame.captured_at if math.isnan(frame.media_time) else frame.media_time
        result = self._task.detect_for_video(_wrap(frame.image), self._clock.tick(at_s))
        return _faces(result, frame.image, frame.index)

    def find_faces(self, image: U8) -> list[Face]:
        """Detect the faces in a still picture (mode ``image``).

        The detector is made for faces that take a fifth to two thirds of a picture. If it finds none, it is also run on
        the whole picture with a wide margin, and on enlarged parts of it.

        Args:
            image: (H, W, 3) uint8 RGB; a photograph, painting or drawing of any size.

        Returns:
            The faces, largest first, each with the number of ``others``; empty if there is none.
        """
        faces = _faces(self._task.detect(_wrap(image)), image) or _detect_in(with_margin(image), image, self._task)
        return faces or self._in_windows(image, windows(image))

    def find_small_faces(self, image: U8) -> list[Face]:
        """Detect faces in a photograph in which ``find_faces`` found none, at its full size (mode ``image``).

        Args:
            image: (H, W, 3) uint8 RGB. Takes about a second per ten megapixels.

        Returns:
            As ``find_faces``.
        """
        return self._in_windows(image, fine_windows(image))

    def close(self) -> None:
        """Release the model; may be called twice."""
        for task in self._opened:
            task.close()
        self._opened.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _in_windows(self, image: U8, grids: Iterable[list[CropBox]]) -> list[Face]:
        """Detect faces in enlarged parts of a picture, (H, W, 3) uint8 RGB."""
        if self._strict is None:
            self._strict = self._open(_CONFIDENCE_IN_WINDOWS)
        for boxes in grids:
            faces = [face for box in boxes for face in _detect_in(box, image, self._strict)]
            if faces:
                return _ranked(_distinct(faces))
        return []

    def _open(self, confidence: float) -> Any:
        """Create a task and run it once: the first run is slow, and writes MediaPipe's last warnings."""
        model = _model(assets() / "models" / MODEL_FILE)
        black = _wrap(np.zeros((64, 64, 3), np.uint8))
        with quiet_mediapipe():
            task = _create(model, self._still, self._faces, self._expression, confidence)
            self._opened.append(task)
            if self._still:
                task.detect(black)
            else:
                task.detect_for_video(black, 0)
        return task


class _Milliseconds:
    """Increasing integer milliseconds, as MediaPipe requires, from times that may repeat or start over."""

    def __init__(self) -> None:
        self._shift: float | None = None
        self._last = 0

    def tick(self, at_s: float) -> int:
        now = at_s * 1000
        if self._shift is None or now + self._shift < self._last:
            self._shift = self._last + _USUAL_STEP_MS - now
        self._last = max(self._last + 1, round(now + self._shift))
        return self._last


def angles(matrix: NDArray[Any]) -> tuple[float, float, float]:
    """Split the rotation of MediaPipe's facial transformation matrix.

    Args:
        matrix: (4, 4) or (3, 3), from the canonical face to a camera with x to the right, y up and z toward the viewer.

    Returns:
        Yaw, pitch and roll in degrees with the signs of ``Face``: rotation = R_y(yaw) · R_x(pitch) · R_z(roll).
    """
    yaw = math.atan2(matrix[0, 2], matrix[2, 2])
    pitch = -math.asin(min(1.0, max(-1.0, float(matrix[1, 2]))))
    roll = -math.atan2(matrix[1, 0], matrix[1, 1])
    return math.degrees(yaw), math.degrees(pitch), math.degrees(roll)


@functools.lru_cache(maxsize=2)
def _model(path: Path) -> bytes:
    """Read the model and verify it, once per process."""
    return read_model(path, MODEL_SHA256)


def _create(model: bytes, still: bool, max_faces: int, expression: bool, confidence: float) -> Any:
    tasks = load_mediapipe().tasks
    modes = tasks.vision.RunningMode
    options = tasks.vision.FaceLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_buffer=model),
        running_mode=modes.IMAGE if still else modes.VIDEO,
        num_faces=max_faces,
        min_face_detection_confidence=confidence,
        output_face_blendshapes=expression,
        output_facial_transformation_matrixes=True,
    )
    return tasks.vision.FaceLandmarker.create_from_options(options)


def _wrap(image: U8) -> Any:
    """Return (H, W, 3) uint8 RGB as MediaPipe's image."""
    mediapipe = load_mediapipe()
    return mediapipe.Image(mediapipe.ImageFormat.SRGB, np.ascontiguousarray(image))


def _faces(result: Any, image: U8, frame_index: int = -1) -> list[Face]:
    """Return the faces of a MediaPipe result, landmarks in pixels of the picture (H, W, 3), largest first."""
    size = np.array(image.shape[1::-1], np.float32)
    faces = []
    for number, points in enumerate(result.face_landmarks):
        landmarks = np.array([(p.x, p.y) for p in points], np.float32) * size
        shapes = result.face_blendshapes[number] if result.face_blendshapes else []
        expression = {shape.category_name: float(shape.score) for shape in shapes}
        yaw, pitch, roll = angles(np.asarray(result.facial_transformation_matrixes[number]))
        faces.append(Face(landmarks, expression, yaw, pitch, roll, frame_index=frame_index))
    return _ranked(faces)


def _detect_in(box: CropBox, image: U8, task: Any) -> list[Face]:
    """Detect the faces in a part of a picture, (H, W, 3) uint8 RGB; landmarks in pixels of the whole picture."""
    view = box.cut(image, VIEW_PIXELS)
    faces = _faces(task.detect(_wrap(view)), view)
    return [replace(face, landmarks=box.to_pixels(face.landmarks * (2 / VIEW_PIXELS) - 1)) for face in faces]


def _ranked(faces: list[Face]) -> list[Face]:
    ordered = sorted(faces, key=lambda face: face.height, reverse=True)
    return [replace(face, others=len(faces) - 1) for face in ordered]


def _distinct(faces: list[Face]) -> list[Face]:
    """Remove duplicates of faces that were detected in several windows."""
    distinct: list[Face] = []
    for face in faces:
        if all(np.linalg.norm(face.center - other.center) > other.height / 2 for other in distinct):
            distinct.append(face)
    return distinct
