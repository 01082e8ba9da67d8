"""Lips and shoulders: what is transferred otherwise than by Eq. 14."""

import numpy as np
import pytest

from avatarify.frames import Keypoints
from avatarify.motion import first_order
from avatarify.motion.lips import opening, transfer_lips
from avatarify.motion.shoulders import follow_head

CLOSED, WIDE = 0.0, 0.12
FULL = 1.15  # detectors see lips part less than they do


def face(gap: float, at: tuple[float, float] = (0.0, 0.0), size: float = 1.0) -> Keypoints:
    """Key points of a face whose lips part by ``gap``; everything else in plausible places."""
    points = np.random.default_rng(5).uniform(-0.4, 0.4, (81, 2))
    points[27], points[8] = (0, -0.3), (0, 0.5)
    for upper, lower, x in ((61, 67, -0.05), (62, 66, 0.0), (63, 65, 0.05)):
        points[upper], points[lower] = (x, 0.2), (x, 0.2 + gap)
    jacobians = np.broadcast_to(np.eye(2, dtype=np.float32), (81, 2, 2)).copy()
    return Keypoints((points * size + at).astype(np.float32), jacobians)


def shown(source: Keypoints, neutral: Keypoints, driving: Keypoints, scale: float = 1.0) -> Keypoints:
    moved = first_order.relative(source, neutral, driving, scale)
    return transfer_lips(source, neutral, moved, scale)


@pytest.mark.parametrize("portrait", [CLOSED, 0.05, WIDE])
@pytest.mark.parametrize("neutral", [CLOSED, 0.05, WIDE])
@pytest.mark.parametrize("now", [CLOSED, 0.07])
def test_lips_part_as_far_as_the_users_whatever_was_neutral(portrait: float, neutral: float, now: float) -> None:
    result = shown(face(portrait), face(neutral), face(now, at=(0.1, 0.02)))
    assert opening(result.points) == pytest.approx([0, max(0, FULL * now - (FULL - 1) * portrait)], abs=1e-6)


@pytest.mark.parametrize("gap", [CLOSED, 0.05, WIDE])
def test_the_portraits_own_face_changes_nothing(gap: float) -> None:
    own = face(gap)
    assert shown(own, own, own).points == pytest.approx(own.points, abs=1e-6)


def test_the_opening_is_scaled_with_the_faces() -> None:
    result = shown(face(CLOSED), face(CLOSED, size=2.0), face(WIDE, size=2.0), scale=0.5)
    assert opening(result.points) == pytest.approx([0, FULL * WIDE], abs=1e-6)


def test_lips_never_cross() -> None:
    crossed = face(-0.05)
    assert opening(shown(face(CLOSED), face(CLOSED), crossed).points)[1] == pytest.approx(0, abs=1e-6)


def test_the_lower_jaw_moves_most() -> None:
    plain = first_order.relative(face(CLOSED), face(WIDE), face(WIDE))
    result = shown(face(CLOSED), face(WIDE), face(WIDE))
    down = (result.points - plain.points)[:, 1]
    assert down[66] == pytest.approx(0.8 * FULL * WIDE, abs=1e-6)
    assert down[62] == pytest.approx(-0.2 * FULL * WIDE, abs=1e-6)
    assert 0.5 * WIDE < down[8] < 1.0 * WIDE


def test_eyes_and_brows_are_not_changed() -> None:
    plain = first_order.relative(face(WIDE), face(CLOSED), face(0.05))
    result = shown(face(WIDE), face(CLOSED), face(0.05))
    assert np.array_equal(result.points[17:48], plain.points[17:48])


def test_shoulders_follow_the_head_a_little() -> None:
    source = face(CLOSED)
    moved = first_order.relative(source, source, face(CLOSED, at=(0.2, 0.0)))
    result = follow_head(source, moved)
    shift = (result.points - source.points)[:, 0]
    assert shift[30] == pytest.approx(0.2, abs=1e-6)
    assert 0 < shift[75] < shift[74] < 0.2
    assert np.array_equal(result.jacobians[75], source.jacobians[75])


def test_a_stranger_opens_the_mouth_further() -> None:
    closed, moved = face(CLOSED), face(0.07)
    result = transfer_lips(closed, closed, moved, 1.0, 1.0)
    assert opening(result.points) == pytest.approx([0, 1.22 * 0.07], abs=1e-6)
    own = transfer_lips(closed, closed, moved, 1.0, 0.0)
    assert result.points[8, 1] > own.points[8, 1] + 0.01


@pytest.mark.parametrize("gap", [CLOSED, 0.05, WIDE])
def test_a_portrait_that_drives_itself_keeps_its_mouth(gap: float) -> None:
    own = face(gap)
    for other in (0.0, 1.0):
        assert np.allclose(transfer_lips(own, own, own, 1.0, other).points, own.points, atol=1e-6)
