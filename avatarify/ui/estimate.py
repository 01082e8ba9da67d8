"""Estimates how long a step still takes."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication

from avatarify.messages import Message
from avatarify.ui.text.translate import translate

_LEAST_SHARE = 0.03  # below it, the remaining time cannot be estimated


class Estimate:
    """Describes progress: the step, and the time that it still takes."""

    def __init__(self) -> None:
        self._step, self._began = "", 0.0

    def words(self, text: Message, share: float) -> str:
        """Return the step in the user's language, with the remaining time as soon as it can be estimated.

        Args:
            text: The step.
            share: How much of it is done, in [0, 1].
        """
        step = str(text.values.get("engine", text.template))
        if step != self._step:
            self._step, self._began = step, time.monotonic()
        passed = time.monotonic() - self._began
        if share < _LEAST_SHARE or passed < 1.0:
            return translate(text)
        left = QCoreApplication.translate("Estimate", "about {} s left")
        return f"{translate(text)}  {left.format(max(1, round(passed * (1 - share) / share)))}"
