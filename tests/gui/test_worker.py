"""The background work of the window."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from helpers.fakes import NumberedSource
from helpers.studio import Until
from PySide6.QtWidgets import QApplication, QLabel

from avatarify.ui.camera_previewer import CameraPreviewer
from avatarify.ui.worker import Worker

pytestmark = pytest.mark.gui


@pytest.mark.parametrize("wrap", [lambda method: method, partial])
def test_a_result_for_a_deleted_widget_is_dropped(
    qapp: QApplication, until: Until, wrap: Callable[..., Any] | type[partial[Any]]
) -> None:
    worker, label, go = Worker(), QLabel(), threading.Event()
    done: list[object] = []
    worker.submit(partial(go.wait, 60), wrap(label.setEnabled), done.append)
    label.deleteLater()
    qapp.sendPostedEvents()
    qapp.processEvents()
    go.set()
    worker.submit(lambda: 1, lambda one: done.append(one), lambda error: done.append(error))
    until(lambda: bool(done))
    assert done == [1]
    worker.close()
    worker.deleteLater()


def test_a_camera_is_opened_again_only_once_it_is_free(qapp: QApplication, until: Until) -> None:
    free, most, lock = [1], [0], threading.Lock()

    class OneUser(NumberedSource):
        def __init__(self) -> None:
            super().__init__(fps=30)
            with lock:
                free[0] -= 1
                most[0] = max(most[0], 1 - free[0])

        def close(self) -> None:
            with lock:
                free[0] += 1
            super().close()

    previewer, seen = CameraPreviewer(lambda value: OneUser()), []
    previewer.seen.connect(lambda value, image: seen.append(value))
    for _ in range(3):
        previewer.start(["desk"])
    until(lambda: bool(seen))
    previewer.stop()
    previewer.wait(60)
    assert most == [1]
    assert free == [1]
