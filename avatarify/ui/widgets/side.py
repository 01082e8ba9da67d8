"""The right side of the window: portraits and controls in tabs, devices below."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from avatarify.ui.widgets.adjust import Adjust
from avatarify.ui.widgets.controls import Tabs
from avatarify.ui.widgets.device_picker import DevicePicker
from avatarify.ui.widgets.gallery import Gallery

_WIDTH, _MARGIN = 344, 14


class Side(QFrame):
    """A card, as wide as its controls need in the user's language and font.

    Attributes:
        tabs: Portraits and controls.
    """

    def __init__(self, gallery: Gallery, adjust: Adjust, devices: DevicePicker) -> None:
        super().__init__()
        self._adjust = adjust
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.tabs = Tabs()
        self.tabs.setAccessibleName(self.tr("Portraits and controls"))
        self.tabs.addTab(gallery, self.tr("Portraits"))
        self.tabs.addTab(adjust, self.tr("Adjust"))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, 14)
        column.setSpacing(12)
        column.addWidget(self.tabs, 1)
        column.addWidget(devices)

    def sizeHint(self) -> QSize:
        """Return the width that the controls need."""
        needed = max(_WIDTH, self._adjust.needed_width + 2 * _MARGIN + 2, super().minimumSizeHint().width())
        return QSize(needed, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the same width, and the least height."""
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())
