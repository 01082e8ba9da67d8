"""The page that shows how frames are made: the session reports that only while the page is open."""

import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until

from avatarify.ui.main_window import MainWindow
from avatarify.ui.pages.insight import InsightPage

pytestmark = pytest.mark.gui


def page_of(window: MainWindow) -> InsightPage:
    window.actions_["insight"].trigger()
    (page,) = window.findChildren(InsightPage)
    return page


def shows(page: InsightPage) -> bool:
    return all(not label.pixmap().isNull() for label in page.pictures.values())


def test_it_shows_frames_until_it_is_closed(open_app: OpenApp, live: GoLive, studio: Studio, until: Until) -> None:
    window = live(open_app())
    assert studio.explained == []
    page = page_of(window)
    assert not shows(page)
    until(lambda: shows(page))
    page.close()
    until(lambda: studio.explained == [True, False])
    until(lambda: not window.findChildren(InsightPage))


def test_opened_before_the_session_it_waits_for_it(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    window = open_app()
    page = page_of(window)
    assert "Start" in page.message.text()
    live(window)
    until(lambda: shows(page))
    assert studio.explained[0]
    assert "only in this window" in page.message.text()
