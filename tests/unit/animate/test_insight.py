"""What a session reports about how a frame was made, and only while asked."""

import numpy as np
from helpers.fakes import EchoAnimator, PlainCompositor, make_face, make_frame

from avatarify.animate import drawing
from avatarify.animate.animator import FrameKeypoints
from avatarify.animate.insight import Insight
from avatarify.animate.step import AnimationStep
from avatarify.face.box import CropBox
from avatarify.frames import Frame, Generated, Keypoints


def keypoints(*points: tuple[float, int]) -> Keypoints:
    return Keypoints(np.array(points, np.float32), np.broadcast_to(np.eye(2, dtype=np.float32), (len(points), 2, 2)))


def insight(flow: int = 64) -> Insight:
    user, portrait = np.full((120, 160, 3), 60, np.uint8), np.full((224, 224, 3), 200, np.uint8)
    portrait[:, :112] = 100
    seen = FrameKeypoints(keypoints((0, 0)), keypoints((0.5, 0)), keypoints((-0.5, 0)), CropBox(80, 60, 80))
    places = drawing.identity_grid(flow) + np.array([0.5, 0], np.float32)
    visible = np.ones((16, 16), np.float32)
    visible[8:] = 0
    generated = Generated(np.zeros((64, 64, 3), np.uint8), places, visible)
    return Insight(Frame(user, 0, 0.0), seen, generated, portrait)


def test_points_flow_and_share_are_where_they_should_be() -> None:
    for flow in (64, 512):  # coarser and finer than the pictures
        shown = insight(flow).pictures(224)
        assert {name: picture.shape for name, picture in shown.items()} == dict.fromkeys(
            ("driving", "moved", "flow", "kept"), (224, 224, 3)
        )
        red = drawing.keypoint_colors(1)[0]
        assert tuple(shown["driving"][112, 168]) == red
        assert tuple(shown["moved"][112, 56]) == red
        assert shown["driving"][10, 10].tolist() == [60, 60, 60]
        assert shown["moved"][10, 10].tolist() == [100] * 3  # taken from a quarter of the picture further right
        assert shown["moved"][10, 100].tolist() == [200] * 3
        assert shown["flow"][50, 50].tolist() == [255, 0, 0]
        assert shown["kept"][5, 5].tolist() == [255] * 3
        assert shown["kept"][-5, 5].tolist() == [0] * 3


def test_insight_covers_animated_frames_only_and_only_on_request() -> None:
    step, reported = AnimationStep(EchoAnimator(), PlainCompositor()), []
    step.run(make_frame(0), make_face())
    step.explain = lambda frame, generated: reported.append((frame.index, generated))
    step.run(make_frame(1), make_face())
    step.run(make_frame(2), None)
    step.explain = None
    step.run(make_frame(3), make_face())
    assert [index for index, _ in reported] == [1]
    assert isinstance(reported[0][1], Generated)
