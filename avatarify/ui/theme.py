"""The theme: a light and a dark palette of our own, and the colors that the style sheet derives from them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from avatarify.ui.style_sheet import SHEET

READABLE, DISTINCT = 4.5, 3.0  # minimum WCAG contrast of text, and of controls
_Role = QPalette.ColorRole
LIGHT = {"window": "#f4f5f7", "base": "#ffffff", "text": "#1c1e22", "accent": "#2563c9"}
DARK = {"window": "#1f2125", "base": "#282b30", "text": "#ececf1", "accent": "#7db0ff"}


@dataclass(frozen=True)
class ControlColors:
    """Colors of custom drawn controls: switched on, off or its frame, knob or background, and text."""

    on: QColor
    off: QColor
    knob: QColor
    text: QColor


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """Blend two colors; ``share`` is the weight of the second, 0 to 1."""
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in pairs))


def contrast(first: QColor, second: QColor) -> float:
    """Return the WCAG contrast ratio of two colors, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(color: QColor, *on: QColor, ratio: float = READABLE) -> QColor:
    """Return the color, shifted toward black or white until it has this contrast to each of the others."""
    goal = QColor("black") if _luminance(on[0]) > 0.18 else QColor("white")
    steps = (mix(color, goal, step / 20) for step in range(21))
    return next((step for step in steps if all(contrast(step, back) >= ratio for back in on)), goal)


def is_dark(palette: QPalette) -> bool:
    """Return whether text is lighter than its background."""
    return _luminance(palette.color(_Role.WindowText)) > _luminance(palette.color(_Role.Window))


def make_palette(dark: bool) -> QPalette:
    """Return our own palette."""
    window, base, text, accent = (QColor(value) for value in (DARK if dark else LIGHT).values())
    palette = QPalette(window)
    quiet = readable(mix(text, base, 0.40), base, window)
    roles = {
        **dict.fromkeys((_Role.Window, _Role.Button, _Role.AlternateBase), window),
        **dict.fromkeys((_Role.Base, _Role.ToolTipBase), base),
        **dict.fromkeys((_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.ToolTipText), text),
        **dict.fromkeys((_Role.Accent, _Role.Highlight, _Role.Link), accent),
        _Role.HighlightedText: readable(base, accent),
        _Role.PlaceholderText: quiet,
        _Role.Mid: readable(mix(window, text, 0.3), base, window, ratio=DISTINCT),
    }
    for role, color in roles.items():
        palette.setColor(role, color)
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, quiet)
    return palette


def colors(palette: QPalette) -> dict[str, str]:
    """Derive the style sheet's colors from a palette, by name."""
    window, base, text, accent = (palette.color(role) for role in (_Role.Window, _Role.Base, _Role.Text, _Role.Accent))
    primary = readable(accent, QColor("white"))
    hover, line = mix(base, text, 0.08), mix(window, text, 0.16)
    named = {
        "window": window,
        "card": base,
        "line": line,
        "border": readable(mix(window, text, 0.3), base, window, ratio=DISTINCT),
        "hover": hover,
        "selected": mix(base, accent, 0.22),
        "text": text,
        "quiet": readable(mix(text, base, 0.40), base, window, line),
        "primary": primary,
        "primary_hover": readable(mix(primary, QColor("black"), 0.12), QColor("white")),
        "accent": readable(accent, base, window, hover),
    }
    for kind, hue in (("error", "#d13438"), ("warning", "#d98a00"), ("good", "#2e9e4f")):
        back = named[f"{kind}_back"] = mix(base, QColor(hue), 0.14)
        named[kind] = readable(QColor(hue), base, window, back)
    return {name: color.name() for name, color in named.items()}


def control_colors(palette: QPalette, enabled: bool = True) -> ControlColors:
    """Return the colors of custom drawn controls."""
    window, base, text, accent = (palette.color(role) for role in (_Role.Window, _Role.Base, _Role.Text, _Role.Accent))
    off = readable(mix(window, text, 0.40), base, window, ratio=DISTINCT)
    on = readable(accent, base, window) if enabled else off
    return ControlColors(on, off, base, text)


def sheet(palette: QPalette) -> str:
    """Return the application's style sheet for a palette."""
    return SHEET.format(**colors(palette))


class Theme(QObject):
    """Gives the application our own palette, light or dark as the user chose or as the system is.

    Args:
        app: Application to style.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._choice = "system"
        app.setPalette(QPalette())  # the system's
        self._system_dark = is_dark(app.palette())  # where the system does not say which scheme it has
        app.setStyle("Fusion")  # the one style that looks the same, and follows the palette, on every system
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._follow(app.styleHints().colorScheme())

    def choose(self, theme: str) -> None:
        """Select ``light``, ``dark``, or ``system``."""
        self._choice = theme
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))  # the window's frame
        self._apply()

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        """React to the system's scheme; ``Unknown`` changes nothing."""
        if scheme is not Qt.ColorScheme.Unknown and self._choice == "system":
            self._system_dark = scheme is Qt.ColorScheme.Dark
        self._apply()

    def _apply(self) -> None:
        palette = make_palette(self._choice == "dark" or (self._choice == "system" and self._system_dark))
        self._app.setPalette(palette)
        wanted = sheet(palette)
        if wanted != self._app.styleSheet():
            self._app.setStyleSheet(wanted)


def _rgb(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()


def _luminance(color: QColor) -> float:
    linear = [c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4) for c in _rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
