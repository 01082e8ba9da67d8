"""The adjustments of the portrait: how it moves, and how it is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout

from avatarify.animate.options import PAN, STRENGTH, ZOOM, Controls
from avatarify.choices import CORNERS, GAZES, MOTIONS, Corner, Gaze, Motion
from avatarify.ui.state import AppState
from avatarify.ui.text.translate import percent
from avatarify.ui.text.words import QT_TRANSLATE_NOOP
from avatarify.ui.widgets.background import Background
from avatarify.ui.widgets.binding import Binding, usable
from avatarify.ui.widgets.form import Form
from avatarify.zoo.registry import DEFAULT_MODEL

_MOTIONS: dict[Motion, str] = {
    "relative": QT_TRANSLATE_NOOP("LookForm", "Relative"),
    "absolute": QT_TRANSLATE_NOOP("LookForm", "Absolute"),
}
_GAZES: dict[Gaze, str] = {
    "follow": QT_TRANSLATE_NOOP("LookForm", "Follow mine"),
    "camera": QT_TRANSLATE_NOOP("LookForm", "At the camera"),
}
_CORNERS: dict[Corner, str] = {
    "top-left": QT_TRANSLATE_NOOP("LookForm", "Top left"),
    "top-right": QT_TRANSLATE_NOOP("LookForm", "Top right"),
    "bottom-left": QT_TRANSLATE_NOOP("LookForm", "Bottom left"),
    "bottom-right": QT_TRANSLATE_NOOP("LookForm", "Bottom right"),
}


class LookForm(QObject):
    """Adds the controls of motion and picture to a form.

    Args:
        form: Gets the controls.
        state: Holds their values.
        parent: Owns this.

    Attributes:
        color: Button that chooses the color of the background.
    """

    def __init__(self, form: Form, state: AppState, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._state = form, state
        self._to = Binding(lambda: state.controls, state.change, Controls())
        self._add_motion()
        self._add_picture()

    def _add_motion(self) -> None:
        form, to = self._form, self._to
        form.title(self.tr("Motion"))
        form.slider(to, "strength", self.tr("Strength"), STRENGTH, percent)
        for region, label in (("head", self.tr("Head")), ("eyes", self.tr("Eyes")), ("mouth", self.tr("Mouth"))):
            form.slider(to, f"strength_{region}", label, STRENGTH, percent, self._why_no_regions)
        gazes = [(gaze, self.tr(_GAZES[gaze])) for gaze in GAZES]
        form.chooser(to, "gaze", self.tr("Gaze"), gazes, self._why_no_regions)
        motions = [(motion, self.tr(_MOTIONS[motion])) for motion in MOTIONS]
        form.chooser(to, "motion", self.tr("Transfer"), motions)
        form.switch(
            to, "adapt_scale", self.tr("Adapt scale"), self.tr("Scale the motion by the size ratio of the two faces")
        )
        form.switch(to, "smoothing", self.tr("Reduce jitter"), self.tr("Reduce jitter when the face is still"))
        form.switch(
            to, "follow", self.tr("Follow my head"), self.tr("Keep the portrait in place when you shift in your chair")
        )

    def _add_picture(self) -> None:
        form, to = self._form, self._to
        form.title(self.tr("Picture"))
        form.slider(to, "zoom", self.tr("Zoom"), ZOOM, lambda value: f"{value:.1f}×")
        for name, label in (("pan_x", self.tr("Horizontal")), ("pan_y", self.tr("Vertical"))):
            form.slider(to, name, label, PAN, lambda value: f"{value * 100:+.0f}", self._why_no_pan)
        form.switch(to, "mirror", self.tr("Mirror output"), self.tr("Flip what others see horizontally"))
        self._add_background()
        form.switch(to, "badge", self.tr("AI avatar badge"), self.tr("Mark the output as AI-generated"))
        corners = [(corner, self.tr(_CORNERS[corner])) for corner in CORNERS]
        form.chooser(to, "corner", self.tr("Badge position"), corners, self._why_no_corner)

    def _add_background(self) -> None:
        row, background = QHBoxLayout(), Background(self._state)
        row.addWidget(background)
        self.color = background.color
        caption = self._form.row(self.tr("Background"), row, background.chooser)
        self._form.on_refresh(background.refresh)
        self._form.bind(self._to, "background", background.chooser, usable, caption)

    def _why_no_regions(self) -> str:
        named = self._state.settings.model == DEFAULT_MODEL
        return "" if named else self.tr("Only the built-in model tells the parts of a face apart.")

    def _why_no_pan(self) -> str:
        return "" if self._state.can_pan() else self.tr("Zoom in first.")

    def _why_no_corner(self) -> str:
        return "" if self._state.controls.badge else self.tr("Turn on the badge first.")
