"""Both palettes are our own, chosen by hand or by the system, and everything in them can be seen."""

import re

import pytest
from helpers.studio import OpenApp
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from avatarify.ui import theme
from avatarify.ui.main_window import MainWindow

pytestmark = pytest.mark.gui

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def rules(dark: bool) -> list[tuple[str, dict[str, str]]]:
    """Return the style sheet's rules: selector, and values by property."""
    found = []
    for selector, body in RULE.findall(theme.sheet(theme.make_palette(dark))):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        found.append((" ".join(selector.split()), {name.strip(): value.strip() for name, value in pairs}))
    return found


def backs(dark: bool, values: dict[str, str]) -> list[QColor]:
    """Return what a rule's text stands on: its own background, or what can be around it."""
    own = values.get("background", "")
    named = theme.colors(theme.make_palette(dark))
    return [QColor(own)] if own.startswith("#") else [QColor(named["window"]), QColor(named["card"])]


@pytest.mark.parametrize("dark", [False, True])
def test_all_text_can_be_read(qapp: QApplication, dark: bool) -> None:
    low = {}
    for selector, values in rules(dark):
        if "color" in values:
            for back in backs(dark, values):
                ratio = theme.contrast(QColor(values["color"]), back)
                low.update({selector: ratio} if ratio < theme.READABLE else {})
    assert low == {}
    assert len(rules(dark)) > 40


@pytest.mark.parametrize("dark", [False, True])
def test_text_on_every_shade_can_be_read(qapp: QApplication, dark: bool) -> None:
    named = {name: QColor(value) for name, value in theme.colors(theme.make_palette(dark)).items()}
    shades = ("window", "card", "hover", "selected", "error_back", "warning_back", "good_back")
    low = {shade: theme.contrast(named["text"], named[shade]) for shade in shades}
    assert {shade: ratio for shade, ratio in low.items() if ratio < theme.READABLE} == {}


@pytest.mark.parametrize("dark", [False, True])
def test_edges_of_controls_can_be_seen(qapp: QApplication, dark: bool) -> None:
    palette = theme.make_palette(dark)
    named = {name: QColor(value) for name, value in theme.colors(palette).items()}
    around = named["window"], named["card"]
    drawn = theme.control_colors(palette)
    edges = {"border": named["border"], "accent": named["accent"], "on": drawn.on, "off": drawn.off}
    low = {name: theme.contrast(edge, back) for name, edge in edges.items() for back in around}
    low |= {"knob on": theme.contrast(drawn.knob, drawn.on), "knob off": theme.contrast(drawn.knob, drawn.off)}
    assert {name: ratio for name, ratio in low.items() if ratio < theme.DISTINCT} == {}


@pytest.mark.parametrize("group", [QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled])
@pytest.mark.parametrize("dark", [False, True])
def test_the_palettes_text_can_be_read(qapp: QApplication, dark: bool, group: QPalette.ColorGroup) -> None:
    palette, role = theme.make_palette(dark), QPalette.ColorRole
    pairs = [(role.WindowText, role.Window), (role.Text, role.Base), (role.ButtonText, role.Button)]
    pairs += [(role.HighlightedText, role.Highlight), (role.ToolTipText, role.ToolTipBase)]
    pairs += [(role.PlaceholderText, role.Base)]
    low = {pair: theme.contrast(palette.color(group, pair[0]), palette.color(group, pair[1])) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < theme.READABLE} == {}


def test_contrast_is_that_of_the_standard() -> None:
    assert theme.contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert theme.contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def lightness(window: MainWindow) -> int:
    QApplication.processEvents()
    return window.grab().toImage().pixelColor(2, 2).lightness()


def test_dark_is_dark_on_a_desktop_that_knows_no_schemes(open_app: OpenApp) -> None:
    window = open_app()
    window.theme_requested.emit("dark")
    assert lightness(window) < 80
    window.theme_requested.emit("light")
    assert lightness(window) > 200


def test_the_window_follows_the_systems_scheme_unless_told_otherwise(open_app: OpenApp, qapp: QApplication) -> None:
    window, changed = open_app(), qapp.styleHints().colorSchemeChanged
    changed.emit(Qt.ColorScheme.Dark)
    assert lightness(window) < 80
    window.theme_requested.emit("light")
    changed.emit(Qt.ColorScheme.Dark)
    assert lightness(window) > 200
    window.theme_requested.emit("system")
    changed.emit(Qt.ColorScheme.Light)
    assert lightness(window) > 200
