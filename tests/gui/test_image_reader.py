"""Qt reads the formats that the portrait loader accepts, and nothing else."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from avatarify.ui.image_reader import read_data, read_file
from avatarify.ui.widgets.drop import read_mime_data

pytestmark = pytest.mark.gui

# Thirty levels of ten uses each: drawing it would take for ever.
LEVELS = "".join(f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * 10 + "</g>" for level in range(1, 30))
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><g id="a0"><rect/></g>{LEVELS}</svg>'.encode()


def image() -> QImage:
    made = QImage(64, 48, QImage.Format.Format_RGB32)
    made.fill(0x336699)
    return made


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp", "webp", "tiff"])
def test_photographs_are_read(kind: str, tmp_path: Path, qapp: QApplication) -> None:
    file = tmp_path / f"a.{kind}"
    if not image().save(str(file)):
        pytest.skip(f"this Qt writes no {kind}")
    assert read_file(file).width() == 64
    assert read_data(file.read_bytes()).width() == 64


@pytest.mark.parametrize("name", ["a.svg", "a.svgz", "a.png", "a"])
def test_drawings_are_not_read(name: str, tmp_path: Path, qapp: QApplication) -> None:
    file = tmp_path / name
    file.write_bytes(SVG)
    assert read_file(file).isNull()
    address = b"data:image/svg+xml;base64," + base64.b64encode(SVG)
    data = QMimeData()
    data.setUrls([QUrl(address.decode())])
    dropped = read_mime_data(data)
    assert dropped.image is None


def test_an_image_of_too_many_pixels_is_not_read(tmp_path: Path, qapp: QApplication) -> None:
    file = tmp_path / "a.bmp"
    image().save(str(file))
    content = bytearray(file.read_bytes())
    content[18:26] = (30_000).to_bytes(4, "little") * 2
    file.write_bytes(content)
    assert read_file(file).isNull()
