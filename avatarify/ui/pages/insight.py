"""Shows live how each frame is made: key points, flow, occlusion. Active only while open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from avatarify.ui.pages.page import Page
from avatarify.ui.pixels import image
from avatarify.ui.widgets.factories import quiet

if TYPE_CHECKING:
    from avatarify.animate.insight import Insight
    from avatarify.ui.controller import Controller

_SIDE = 224
_WHEEL = 56


class InsightPage(Page):
    """Four images, updated about eight times a second.

    Args:
        controller: Provides insights while this page is open.
        parent: The main window.
    """

    def __init__(self, controller: Controller, parent: QWidget) -> None:
        super().__init__(self.tr("How it works"), parent)
        self._controller = controller
        self.message = self.words(self.tr("Start a session to see how each frame is made."))
        self.pictures: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setSpacing(14)
        for number, (name, title, words) in enumerate(self._parts()):
            grid.addLayout(self._part(name, title, words), number // 2, number % 2)
        self.column.addLayout(grid, 1)
        controller.bridge.insight.connect(self._show)
        controller.live.explain(True)

    def leave(self) -> None:
        """Stop the insights."""
        self._controller.live.explain(False)

    def _parts(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("driving", self.tr("Your key points"), self.tr("Where the model locates the parts of your face.")),
            (
                "moved",
                self.tr("Warped portrait"),
                self.tr("Its own key points, moved the way yours moved since the neutral frame."),
            ),
            (
                "flow",
                self.tr("Optical flow"),
                self.tr("Where each pixel comes from: the color shows the direction, white means no motion."),
            ),
            (
                "kept",
                self.tr("Occlusion map"),
                self.tr("White: the warped portrait is shown. Black: the network fills in what the portrait hides."),
            ),
        )

    def _part(self, name: str, title: str, words: str) -> QVBoxLayout:
        part, heading, picture = QVBoxLayout(), QLabel(title), QLabel()
        heading.setProperty("role", "heading")
        picture.setFixedSize(_SIDE, _SIDE)
        picture.setAccessibleName(title)
        picture.setProperty("role", "card")
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        caption = quiet(words)
        caption.setFixedSize(_SIDE, caption.heightForWidth(_SIDE))
        self.pictures[name] = picture
        part.addWidget(heading)
        part.addWidget(picture)
        part.addWidget(caption)
        part.addStretch(1)
        return part

    @Slot(object)
    def _show(self, insight: Insight) -> None:
        from avatarify.animate.drawing import flow_color_wheel

        self.message.setText(self.tr("Shown only in this window; none of it is sent."))
        pictures = insight.pictures(_SIDE)
        pictures["flow"] = pictures["flow"].copy()
        pictures["flow"][-_WHEEL:, -_WHEEL:] = flow_color_wheel(_WHEEL)
        for name, label in self.pictures.items():
            label.setPixmap(QPixmap.fromImage(image(pictures[name])))
