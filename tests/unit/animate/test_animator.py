"""The animator with a model whose key points are known: what it transfers, and how far."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import make_face

from avatarify.animate.animator import PATIENCE_S, Animator
from avatarify.animate.model import LEARNED, AnimationModel, Encoded, MeshShare
from avatarify.animate.options import MotionOptions
from avatarify.animate.portrait import Portrait
from avatarify.errors import MotionError
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import U8, Frame, Generated, Keypoints

TRIANGLE = np.array([[-0.4, -0.4], [0.4, -0.4], [0.0, 0.4]], np.float32)
PLAIN = MotionOptions(smoothing=False)


def image(size: float, shift: float = 0.0) -> U8:
    """Return an image whose key points are the triangle, ``size`` times as large and shifted to the right."""
    picture = np.zeros((48, 64, 3), np.uint8)
    picture[..., 0], picture[..., 1] = round(size * 100), round(shift * 100)
    return picture


class PlainModel(AnimationModel):
    """Reads the key points out of the color of an image.

    Attributes:
        drawn: The key points of each generated frame.
    """

    def __init__(self) -> None:
        self.whole_frames = False
        self.portrait_size = 16
        self.drawn: list[Keypoints] = []

    def keypoints(self, image: U8, face: Face, reference: CropBox, mesh: MeshShare = LEARNED) -> Keypoints:
        size, shift = float(image[0, 0, 0]) / 100, float(image[0, 0, 1]) / 100
        points = TRIANGLE * np.float32(size) + np.array([shift, 0], np.float32)
        return Keypoints(points, np.tile(np.eye(2, dtype=np.float32), (3, 1, 1)))

    def encode(self, crop: U8, matte: U8, keypoints: Keypoints) -> Encoded:
        return Encoded({}, keypoints)

    def generate(self, encoded: Encoded, driving: Keypoints) -> Generated:
        self.drawn.append(driving)
        flat = np.zeros((2, 2), np.float32)
        return Generated(np.zeros((4, 4, 3), np.uint8), np.zeros((2, 2, 2), np.float32), flat)


def portrait(size: float) -> Portrait:
    return Portrait("plain", image(size), make_face())


def frame(size: float, shift: float = 0.0) -> Frame:
    return Frame(image(size, shift), 0, 0.0)


def shift_of(animator: Animator, model: PlainModel, driving: Frame) -> float:
    """Animate a frame; return how far the portrait moved to the right."""
    animator.animate(driving, make_face())
    source = animator.frame_keypoints.source if animator.frame_keypoints else model.drawn[-1]
    return float((model.drawn[-1].points - source.points)[:, 0].mean())


@pytest.fixture
def model() -> PlainModel:
    return PlainModel()


def test_the_first_frame_is_neutral_and_moves_nothing(model: PlainModel) -> None:
    animator = Animator(model, portrait(1.0), PLAIN)
    assert shift_of(animator, model, frame(0.5, 0.3)) == pytest.approx(0.0, abs=1e-6)
    assert shift_of(animator, model, frame(0.5, 0.4)) == pytest.approx(0.2, abs=1e-6)


def test_movements_scale_with_the_sizes_of_both_faces_whenever_one_changes(model: PlainModel) -> None:
    animator = Animator(model, portrait(2.0), PLAIN)
    animator.set_neutral(frame(1.0), make_face())
    shifts = [shift_of(animator, model, frame(1.0, 0.1)) for _ in range(2)]
    animator.set_portrait(portrait(1.0))
    shifts.append(shift_of(animator, model, frame(1.0, 0.1)))
    animator.set_neutral(frame(0.5), make_face())
    shifts.append(shift_of(animator, model, frame(0.5, 0.1)))
    animator.options = MotionOptions(smoothing=False, adapt_scale=False)
    shifts.append(shift_of(animator, model, frame(0.5, 0.1)))
    animator.options = PLAIN
    animator.recalibrate()
    animator.animate(frame(2.0), make_face())
    shifts.append(shift_of(animator, model, frame(2.0, 0.1)))
    assert shifts == pytest.approx([0.2, 0.2, 0.1, 0.2, 0.1, 0.05], abs=1e-5)


@pytest.mark.parametrize(("strength", "expected"), [(0.0, 0.0), (0.5, 0.05), (1.5, 0.15)])
def test_strength_scales_the_motion(model: PlainModel, strength: float, expected: float) -> None:
    animator = Animator(model, portrait(1.0), MotionOptions(smoothing=False, strength=strength))
    animator.set_neutral(frame(1.0), make_face())
    assert shift_of(animator, model, frame(1.0, 0.1)) == pytest.approx(expected, abs=1e-5)


def test_absolute_motion_takes_the_users_own_key_points(model: PlainModel) -> None:
    animator = Animator(model, portrait(2.0), MotionOptions(motion="absolute", smoothing=False))
    animator.animate(frame(1.0, 0.2), make_face())
    np.testing.assert_allclose(model.drawn[-1].points, TRIANGLE + np.array([0.2, 0]), atol=1e-6)


def test_a_portrait_without_area_is_rejected_when_it_is_animated(model: PlainModel) -> None:
    animator = Animator(model, portrait(0.0), PLAIN)
    with pytest.raises(MotionError, match="area"):
        animator.animate(frame(1.0), make_face())


def test_a_face_that_is_turned_away_is_not_neutral_at_first(model: PlainModel) -> None:
    animator, driving = Animator(model, portrait(1.0), PLAIN), frame(1.0)
    with pytest.raises(MotionError, match="turned too far"):
        animator.animate(driving, make_face(yaw=50))
    animator.animate(driving, make_face(yaw=20))
    animator.animate(driving, make_face(yaw=50))  # now there is a neutral frame


def test_a_face_that_stays_turned_away_becomes_neutral_after_a_while(model: PlainModel) -> None:
    animator, driving = Animator(model, portrait(1.0), PLAIN), frame(1.0)
    for at in (5.0, 5.0 + 0.9 * PATIENCE_S):
        with pytest.raises(MotionError, match="turned too far"):
            animator.animate(replace(driving, captured_at=at), make_face(yaw=50))
    animator.animate(replace(driving, captured_at=5.0 + PATIENCE_S), make_face(yaw=50))


def test_a_profile_begins_with_the_profile_of_a_user(model: PlainModel) -> None:
    side = replace(portrait(1.0), face=make_face(yaw=55))
    Animator(model, side, PLAIN).animate(frame(1.0), make_face(yaw=50))
