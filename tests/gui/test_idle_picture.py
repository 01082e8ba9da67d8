"""Before a session, the preview shows what others will see, not the plain portrait."""

import numpy as np
import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until
from PySide6.QtGui import QColor

from avatarify.animate.animation import make_compositor
from avatarify.animate.options import Controls
from avatarify.animate.portrait import load_portrait
from avatarify.frames import Size
from avatarify.ui import pixels
from avatarify.ui.main_window import MainWindow
from avatarify.ui.services import Services

pytestmark = pytest.mark.gui


def center(window: MainWindow) -> QColor:
    picture = window.preview.grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2)


def test_the_idle_preview_follows_background_size_and_portrait(open_app: OpenApp, studio: Studio, until: Until) -> None:
    window = open_app()
    until(lambda: bool(studio.composed) and center(window) == QColor("#123456"))
    window.state.change(background="#445566")
    until(lambda: center(window) == QColor("#445566"))
    window.state.choose_output(size="640x480")
    until(lambda: studio.composed[-1] == ("zoe", window.state.controls, "640x480"))
    window.state.choose_portrait("mona_lisa")
    until(lambda: studio.composed[-1][0] == "mona_lisa" and center(window) == QColor("#445566"))


def test_changes_of_a_session_are_composed_when_it_ends(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    window = open_app()
    until(lambda: bool(studio.composed))
    live(window)
    before = len(studio.composed)
    window.state.change(background="#445566")
    until(lambda: window.state.session.live and bool(studio.looks))
    assert len(studio.composed) == before
    window.transport.start.click()
    until(lambda: not window.state.busy and center(window) == QColor("#445566"))


def test_it_is_the_idle_frame_of_a_session() -> None:
    controls = Controls(background="#204060", zoom=1.3, corner="top-left")
    made = Services().compose_idle("mona-lisa", controls, "320x180")
    idle = make_compositor(load_portrait("mona-lisa"), controls, Size(320, 180)).idle_frame()
    assert np.array_equal(pixels.array(made), idle)
