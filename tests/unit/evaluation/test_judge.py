"""The judge sees what the driver's own landmarker would see, and keeps to one person of several."""

import numpy as np
from helpers.media import demo_frames
from helpers.values import not_none

from avatarify.evaluation.judge import Judge
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import Frame


def frames_of_the_demo(count: int) -> list[Frame]:
    return [Frame(image, number, number / 25, number / 25) for number, image in enumerate(demo_frames(count))]


def test_a_copy_of_the_driver_is_seen_exactly_as_the_driver_is() -> None:
    with FaceLandmarker() as eye, Judge() as judge:
        for frame in frames_of_the_demo(4):
            driver = eye.find(frame)
            found = judge.find(frame, frame.image, not_none(driver))
            np.testing.assert_array_equal(not_none(found).landmarks, not_none(driver).landmarks)
            assert not_none(found).expression == not_none(driver).expression


def test_of_two_people_the_one_at_the_drivers_place_is_taken() -> None:
    frames = frames_of_the_demo(3)
    width = frames[0].image.shape[1]
    for side in (0, 1):
        with FaceLandmarker() as eye, Judge() as judge:
            for frame in frames:
                single = np.zeros((frame.image.shape[0], 2 * width, 3), np.uint8)
                single[:, side * width : (side + 1) * width] = frame.image
                driver = eye.find(Frame(single, frame.index, frame.captured_at, frame.media_time))
                found = judge.find(Frame(single, 0, frame.captured_at), np.hstack([frame.image] * 2), not_none(driver))
                assert np.linalg.norm(not_none(found).center - not_none(driver).center) < 0.1 * not_none(driver).height


def test_no_face_where_the_driver_was_is_no_face() -> None:
    frame = frames_of_the_demo(1)[0]
    width = frame.image.shape[1]
    left, right = (np.zeros((frame.image.shape[0], 3 * width, 3), np.uint8) for _ in range(2))
    left[:, :width], right[:, -width:] = frame.image, frame.image
    with FaceLandmarker("image") as eye, Judge() as judge:
        assert judge.find(Frame(left, 0, 0.0), right, eye.find_faces(left)[0]) is None
