"""The engines page: what there is, a build with progress, cancel, compare, delete."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from helpers.studio import OpenApp, Studio, Until
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from avatarify.errors import EngineError
from avatarify.messages import Message
from avatarify.ui.engine_list import EngineRow
from avatarify.ui.pages.engines import EnginesPage

pytestmark = pytest.mark.gui


class Builder:
    """Builds when it is let, as the services do.

    Attributes:
        go: Set to let the build end.
    """

    def __init__(self, studio: Studio) -> None:
        self.go = threading.Event()
        self.fail: EngineError | None = None
        self.built: set[str] = set()
        for name, answer in (("list", self.list), ("build", self.build), ("delete", self.delete)):
            setattr(studio, f"{name}_engines", answer)

    def list(self) -> Any:
        done = (("fp32", 4.25),) if "openvino" in self.built else ()
        return [
            EngineRow("built-in", "openvino", None, done),
            EngineRow("built-in", "tensorrt", Message("there is no NVIDIA driver")),
        ]

    def build(
        self, model: str, target: str, progress: Callable[[Message, float], None], cancelled: Callable[[], bool]
    ) -> dict[str, Any]:
        for step in range(1000):
            if cancelled():
                return {}
            if self.fail:
                raise self.fail
            progress(Message("{engine}: {step}", engine=f"{model} {target}", step=Message("compiling")), step / 1000)
            if self.go.wait(0.01):
                break
        self.built.add(target)
        engine = {"graph": "generate", "precision": "fp32", "mb": 4.3, "seconds": 1.5}
        return {"engines": [engine], "compared": {target: {"image": 0.0012}}, "warnings": ["One thing."]}

    def delete(self, model: str, target: str) -> None:
        self.built.discard(target)


@pytest.fixture
def builder(studio: Studio) -> Builder:
    return Builder(studio)


@pytest.fixture
def page(open_app: OpenApp, builder: Builder, until: Until) -> Iterator[Any]:
    window = open_app()
    window.actions_["engines"].trigger()
    (page,) = window.findChildren(EnginesPage)
    until(lambda: len(page.cards) == 2)
    yield page
    builder.go.set()


def test_what_cannot_be_built_says_why(page: Any) -> None:
    card = page.cards["built-in", "tensorrt"]
    assert card.state.text() == "there is no NVIDIA driver"
    assert not card.build.isEnabled()
    assert not page.bar.isVisible()


def test_a_build_shows_progress_and_what_the_comparison_gave_and_is_deleted(
    page: Any, builder: Builder, qtbot: QtBot, until: Until
) -> None:
    qtbot.mouseClick(page.cards["built-in", "openvino"].build, Qt.MouseButton.LeftButton)
    until(lambda: page.bar.value() > 20)
    assert page.bar.isVisible()
    assert "compiling" in page.message.text()
    assert not page.cards["built-in", "openvino"].build.isEnabled()
    builder.go.set()
    until(lambda: not page.building)
    assert page.message.text() == "generate fp32: 4.3 MB in 1.5 s\nopenvino: image 0.0012\nOne thing."
    until(lambda: page.cards["built-in", "openvino"].state.text() == "fp32: 4.2 MB")
    page.cards["built-in", "openvino"].delete.click()
    until(lambda: page.cards["built-in", "openvino"].state.text() == "Not built yet")


def test_time_left_is_shown_after_a_while(page: Any, until: Until) -> None:
    page.cards["built-in", "openvino"].build.click()
    until(lambda: "s left" in page.message.text())


def test_a_build_is_cancelled(page: Any, builder: Builder, until: Until) -> None:
    page.cards["built-in", "openvino"].build.click()
    until(lambda: page.bar.value() > 0)
    page.cancel.click()
    until(lambda: page.message.text() == "The build was stopped.")
    assert builder.built == set()
    assert not page.building


def test_a_build_that_fails_is_reported(page: Any, builder: Builder, until: Until) -> None:
    builder.fail = EngineError("It cannot be compiled.", "Try another.")
    page.cards["built-in", "openvino"].build.click()
    until(lambda: page.message.text() == "It cannot be compiled. Try another.")
    assert page.cards["built-in", "openvino"].build.isEnabled()


@pytest.mark.parametrize("way", ["close", "reject"])  # as its button does; as Escape does
def test_leaving_the_page_stops_the_build(page: Any, builder: Builder, until: Until, way: str) -> None:
    page.cards["built-in", "openvino"].build.click()
    until(lambda: page.bar.value() > 0)
    stop = page._stop
    getattr(page, way)()
    assert stop.is_set()
