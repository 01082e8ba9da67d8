"""Takes a picture of every page: ``python tools/screenshots.py FOLDER [--sizes 1024x600] [--languages de] …``.

The window shows the bundled portraits; no session runs. Each scale and size is a process of its own, because Qt reads
both once. Without options, five sizes, three scales, two themes, and all languages are taken: some hundred pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from avatarify.ui.main_window import MainWindow

SIZES = ("1024x600", "1280x720", "1366x768", "1920x1080", "2560x1440")
SCALES = ("1", "1.5", "2")
THEMES = ("light", "dark")
LANGUAGES = ("en", "de", "es", "ja", "zh")
PAGES = ("cameras", "virtual_camera", "keys", "engines", "diagnostics", "preferences", "insight")
STEPS = ("agree", "onward", "pick", "go_on")


def main() -> int:
    """Start a process for each size and scale, or take the pictures of one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name, values in (("sizes", SIZES), ("scales", SCALES), ("themes", THEMES), ("languages", LANGUAGES)):
        parser.add_argument(f"--{name}", nargs="+", default=values)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        return take(args.folder, args.themes, args.languages, f"{args.sizes[0]}@{args.scales[0]}")
    for size in args.sizes:
        for scale in args.scales:
            take_beside(args, size, scale)
    return 0


def take_beside(args: argparse.Namespace, size: str, scale: str) -> None:
    """Take the pictures of one logical size and scale in another process."""
    width, height = (round(float(side) * float(scale)) for side in size.split("x"))
    screen = {"name": size, "x": 0, "y": 0, "width": width, "height": height}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "screens.json"
        file.write_text(json.dumps({"screens": [screen]}), "utf-8")
        environment = {"QT_QPA_PLATFORM": f"offscreen:configfile={file}", "QT_SCALE_FACTOR": scale}
        environment |= {f"AVATARIFY_{name}": f"{folder}/{name}" for name in ("CONFIG", "DATA")}
        words = ["--sizes", size, "--scales", scale, "--themes", *args.themes, "--languages", *args.languages]
        command = [sys.executable, __file__, str(args.folder), "--one", *words]
        subprocess.run(command, env={**os.environ, **environment}, check=True)


def take(folder: Path, themes: list[str], languages: list[str], size: str) -> int:
    """Take every page in each theme and language."""
    from PySide6.QtWidgets import QApplication

    from avatarify.ui.text import language as spoken

    app = QApplication(["avatarify"])
    folder.mkdir(parents=True, exist_ok=True)
    for language in languages:
        translators = spoken.install(app, language)
        for theme in themes:
            take_all(app, language, theme, partial(keep, folder, f"{size}-{language}-{theme}"))
        for translator in translators:
            app.removeTranslator(translator)
    return 0


def keep(folder: Path, prefix: str, widget: QWidget, name: str) -> None:
    """Save what a widget shows."""
    widget.grab().save(str(folder / f"{prefix}-{name}.png"))


def take_all(app: QApplication, language: str, theme: str, keep: Callable[[QWidget, str], None]) -> None:
    """Take the first steps, both tabs with a notice, and every page."""
    from avatarify.ui.choices import Notice, Severity

    window = open_app(app, language, theme, accepted=False)
    for number, step in enumerate((*STEPS, "")):
        settle(app)
        keep(window, f"step-{number}")
        if step:
            getattr(window.welcome, step).click()
    window.shut()
    window = open_app(app, language, theme, accepted=True)
    for tab in range(window.tabs.count()):
        window.tabs.setCurrentIndex(tab)
        settle(app)
        keep(window, f"tab-{tab}")
    window.notice.show_notice(Notice(window.tr("Message"), "", Severity.WARNING, "virtual_camera"))
    settle(app)
    keep(window, "notice")
    for name in PAGES:
        take_page(app, window, name, keep)
    window.shut()


def take_page(app: QApplication, window: MainWindow, name: str, keep: Callable[[QWidget, str], None]) -> None:
    """Take one page."""
    from PySide6.QtWidgets import QDialog

    window.actions_[name].trigger()
    settle(app)
    for page in window.findChildren(QDialog):
        settle(app, 1.0 if name in ("diagnostics", "engines") else 0.1)
        keep(page, name)
        page.close()
    settle(app)


def open_app(app: QApplication, language: str, theme: str, *, accepted: bool) -> MainWindow:
    """Open the window on the bundled portraits."""
    from avatarify.settings import Settings
    from avatarify.ui.application import open_window
    from avatarify.ui.services import Services

    chosen = Settings(privacy_accepted=accepted, sink="null", camera="demo", language=language, theme=theme)
    window = open_window(app, chosen, Services())
    while not (window.state.portraits and window.preview.has_still):
        settle(app)
    return window


def settle(app: QApplication, seconds: float = 0.1) -> None:
    """Let the window live for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    app.processEvents()
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
