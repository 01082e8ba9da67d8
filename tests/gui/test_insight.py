"""The page that shows how frames come about: it asks only while it is open."""

from typing import Any

import numpy as np
import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until

from avatarify.animate.animator import FrameKeypoints
from avatarify.animate.insight import Insight
from avatarify.face.box import CropBox
from avatarify.frames import Keypoints
from avatarify.ui.pages.insight import InsightPage

pytestmark = pytest.mark.gui


def explained_by(studio: Any) -> Any:
    """Give the studio's sessions something to tell; return who was set to hear it."""
    heard, open_parts = [], studio._open_parts
    points = Keypoints(np.zeros((3, 2), np.float32), np.tile(np.eye(2, dtype=np.float32), (3, 1, 1)))
    portrait = np.full((32, 32, 3), 90, np.uint8)

    def opened(options: Any, metrics: Any) -> Any:
        parts = open_parts(options, metrics)

        def explain(hear: Any) -> None:
            heard.append(hear)
            seen = FrameKeypoints(points, points, points, CropBox(32, 24, 40))
            parts.step.explain = None if hear is None else lambda f, g: hear(Insight(f, seen, g, portrait))

        parts.explain = explain
        return parts

    studio._open_parts = opened
    return heard


def page_of(window: Any) -> Any:
    window.actions_["insight"].trigger()
    (page,) = window.findChildren(InsightPage)
    return page


def shows(page: Any) -> Any:
    return all(not label.pixmap().isNull() for label in page.pictures.values())


def test_it_shows_frames_until_it_is_closed(open_app: OpenApp, live: GoLive, studio: Studio, until: Until) -> None:
    heard = explained_by(studio)
    window = live(open_app())
    assert heard == []
    page = page_of(window)
    assert not shows(page)
    until(lambda: shows(page))
    page.close()
    until(lambda: len(heard) == 2)
    assert heard[1] is None
    until(lambda: not window.findChildren(InsightPage))


def test_opened_before_the_session_it_waits_for_it(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    heard = explained_by(studio)
    window = open_app()
    page = page_of(window)
    assert "Start" in page.told.text()
    live(window)
    until(lambda: shows(page))
    assert heard[0] is not None
    assert "only in this window" in page.told.text()
