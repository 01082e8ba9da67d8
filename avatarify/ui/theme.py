"""The theme: a small style sheet with colors from the system's light or dark palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

READABLE = 4.5  # minimum WCAG contrast of body text


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """Blend two colors; ``share`` is the weight of the second, 0 to 1."""
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in pairs))


def contrast(first: QColor, second: QColor) -> float:
    """Return the WCAG contrast ratio of two colors, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(color: QColor, on: QColor) -> QColor:
    """Return the color, shifted toward black or white until it is readable on the other one."""
    goal = QColor("black") if _luminance(on) > 0.4 else QColor("white")
    steps = (mix(color, goal, step / 10) for step in range(11))
    return next((step for step in steps if contrast(step, on) >= READABLE), goal)


def is_dark(palette: QPalette) -> bool:
    """Return whether text is lighter than its background."""
    window, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
    return _luminance(text) > _luminance(window)


def colors(palette: QPalette) -> dict[str, str]:
    """Derive the style sheet's colors from the palette, by name."""
    window, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
    base, accent = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Accent)
    dark = is_dark(palette)
    card = mix(window, text, 0.05) if dark else base
    primary = readable(accent, QColor("white"))
    named = {
        "window": window if dark else mix(window, base, 0.5),
        "card": card,
        "line": mix(window, text, 0.16),
        "hover": mix(card, text, 0.08),
        "selected": mix(card, accent, 0.22),
        "text": text,
        "faint": mix(card, text, 0.38),
        "quiet": readable(mix(text, card, 0.40), card),
        "primary": primary,
        "primary_hover": mix(primary, QColor("white"), 0.12),
        "stage": mix(window, QColor("black"), 0.45) if dark else mix(window, text, 0.10),
        "accent": readable(accent, card),
    }
    for kind, hue in (("error", "#d13438"), ("warning", "#d98a00"), ("good", "#2e9e4f")):
        named[kind] = readable(QColor(hue), card)
        named[f"{kind}_back"] = mix(card, QColor(hue), 0.14)
    return {name: color.name() for name, color in named.items()}


def sheet(palette: QPalette) -> str:
    """Return the application's style sheet for a palette."""
    return _SHEET.format(**colors(palette))


class Theme(QObject):
    """Styles the application, again whenever the system's palette changes.

    Args:
        app: Application to style.
        window: Receives the system's palette events.
    """

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._app = app
        app.setStyle("Fusion")  # the one style that looks the same, and follows the palette, on every system
        app.setStyleSheet(sheet(app.palette()))
        window.installEventFilter(self)

    def choose(self, theme: str) -> None:
        """Select ``light``, ``dark``, or ``system``."""
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """React to palette changes."""
        wanted = sheet(self._app.palette()) if event.type() == QEvent.Type.ApplicationPaletteChange else ""
        if wanted and wanted != self._app.styleSheet():
            self._app.setStyleSheet(wanted)
        return False


def _rgb(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()


def _luminance(color: QColor) -> float:
    linear = [c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4) for c in _rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


_SHEET = """
QMainWindow, QDialog {{ background: {window}; }}
QLabel {{ color: {text}; }}
QLabel[role="heading"] {{ font-weight: 600; }}
QLabel[role="title"] {{ font-size: 17pt; font-weight: 600; }}
QLabel[role="quiet"] {{ color: {quiet}; }}
QFrame[role="card"] {{ background: {card}; border: 1px solid {line}; border-radius: 10px; }}
QLabel[mark="good"] {{ color: {good}; font-weight: 700; }}
QLabel[mark="warning"] {{ color: {warning}; font-weight: 700; }}
QLabel[mark="error"] {{ color: {error}; font-weight: 700; }}
QFrame[role="drop"] {{ background: {card}; border: 2px dashed {accent}; border-radius: 10px; }}
QPushButton, QToolButton {{
  background: {card}; color: {text}; border: 1px solid {line}; border-radius: 7px; padding: 6px 14px;
}}
QToolButton {{ padding: 6px 9px; }}
QToolButton[role="flat"] {{ background: transparent; border: none; padding: 4px 8px; }}
QToolButton[role="flat"]:hover {{ background: {line}; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:focus, QToolButton:focus, QComboBox:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QToolButton:focus {{ padding: 5px 8px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {faint}; }}
QPushButton[role="primary"] {{
  background: {primary}; color: white; border: 2px solid {primary}; border-radius: 8px; padding: 8px 22px;
  font-weight: 600;
}}
QPushButton[role="primary"]:hover {{ background: {primary_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[role="primary"]:disabled {{ background: {line}; border-color: {line}; color: {quiet}; }}
QPushButton[role="primary"][live="true"] {{ background: {card}; color: {error}; border: 2px solid {error}; }}
QPushButton[role="primary"][live="true"]:hover {{ background: {error_back}; }}
QComboBox {{ background: {card}; color: {text}; border: 1px solid {line}; border-radius: 7px; padding: 6px 10px; }}
QComboBox:focus {{ padding: 5px 9px; }}
QComboBox:disabled {{ color: {quiet}; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox QAbstractItemView {{ background: {card}; color: {text}; border: 1px solid {line}; padding: 3px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 4px; min-height: 28px; margin: 1px; }}
QScrollBar::handle:vertical:hover {{ background: {quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; height: 0;
}}
QListView {{ background: transparent; border: none; outline: none; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QListWidget {{ background: {card}; border: 1px solid {line}; border-radius: 7px; color: {text}; }}
QListWidget::item:selected {{ background: {selected}; color: {text}; border-radius: 6px; }}
QLineEdit, QKeySequenceEdit QLineEdit, QPlainTextEdit {{
  background: {card}; color: {text}; border: 1px solid {line}; border-radius: 7px; padding: 5px 8px;
}}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 4px 7px; }}
QToolButton:checked {{ background: {selected}; border-color: {accent}; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{ background: transparent; color: {quiet}; padding: 6px 12px; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ border: 1px solid {accent}; border-radius: 4px; }}
QMenuBar {{ background: {window}; color: {text}; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 5px; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {selected}; color: {text}; }}
QMenu {{ background: {card}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px; border-radius: 5px; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QKeySequenceEdit QLineEdit {{ padding: 2px 6px; }}
QKeySequenceEdit QLineEdit:focus {{ padding: 1px 5px; }}
QCheckBox {{ color: {text}; spacing: 8px; }}
QSlider::groove:horizontal {{ height: 4px; background: {faint}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{
  width: 12px; height: 12px; margin: -5px 0; border-radius: 7px; background: {card}; border: 1px solid {quiet};
}}
QSlider::handle:horizontal:hover {{ background: {hover}; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {accent}; width: 10px; height: 10px; }}
QProgressBar {{ background: {line}; color: {text}; border: none; border-radius: 4px; max-height: 16px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QFrame[notice="error"] {{ background: {error_back}; border: 1px solid {error}; border-radius: 8px; }}
QFrame[notice="warning"] {{ background: {warning_back}; border: 1px solid {warning}; border-radius: 8px; }}
QFrame[notice="info"] {{ background: {card}; border: 1px solid {accent}; border-radius: 8px; }}
QToolTip {{ background: {card}; color: {text}; border: 1px solid {line}; padding: 4px; }}
"""
