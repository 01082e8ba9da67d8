"""Glasses of the user never appear on the portrait: only key points pass from one to the other."""

import itertools

import cv2
import numpy as np
from helpers.values import not_none

import avatarify
from avatarify.capture.demo import DemoSource
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import F32, U8, Frame

COUNT = 4
EYES = ((33, 133), (362, 263))  # corners in MediaPipe's mesh


def with_glasses(image: U8, face: Face) -> U8:
    """Draw heavy black glasses on a face."""
    drawn, centers = image.copy(), []
    for corners in EYES:
        left, right = face.landmarks[list(corners)]
        center, radius = (left + right) / 2, float(np.linalg.norm(right - left))
        centers.append((center, radius))
        cv2.circle(drawn, tuple(center.astype(int).tolist()), round(radius * 0.95), (12, 12, 14), round(radius * 0.2))
    (a, radius), (b, _) = centers
    between = (b - a) / np.linalg.norm(b - a) * radius
    ends = [tuple(point.astype(int).tolist()) for point in (a + between, b - between)]
    cv2.line(drawn, ends[0], ends[1], (12, 12, 14), round(radius * 0.2))
    return drawn


def eyes_of(face: Face, image: U8) -> F32:
    """Cut out the area that glasses would cover."""
    x, y = face.landmarks[[33, 263]].mean(0)
    side = face.height / 2
    rows, columns = slice(int(y - side * 0.6), int(y + side * 0.6)), slice(int(x - side), int(x + side))
    return np.asarray(image[rows, columns], np.float32)


def test_a_driver_with_glasses_moves_the_portrait_like_one_without() -> None:
    with DemoSource(pace=False) as source, FaceLandmarker() as landmarker:
        frames: list[Frame] = [not_none(source.read()) for _ in range(8 * COUNT)][::8]
        faces = [not_none(landmarker.find(frame)) for frame in frames]
    plain = [frame.image for frame in frames]
    worn = [with_glasses(frame.image, face) for frame, face in itertools.zip_longest(frames, faces)]
    without, with_ = (
        list(avatarify.animate_frames("mona-lisa", images, size=(480, 480), badge=False)) for images in (plain, worn)
    )
    with FaceLandmarker("image") as landmarker:
        portrait = landmarker.find_faces(without[0])[0]
    put_on = np.abs(eyes_of(faces[0], worn[0]) - eyes_of(faces[0], plain[0])).mean()
    assert put_on > 20
    for before, after in zip(without[1:], with_[1:], strict=True):
        there, here = eyes_of(portrait, before), eyes_of(portrait, after)
        assert np.abs(here - there).mean() < put_on / 3
        assert here.mean() > there.mean() - 2  # black glasses would darken it
