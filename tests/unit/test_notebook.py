"""The notebook in the docs runs from its first cell to its last."""

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.media import read_video
from PIL import Image

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "guide" / "python.ipynb"


def cells() -> list[str]:
    """Return the code cells."""
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]


def test_it_holds_no_results() -> None:
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not [cell for cell in found if cell.get("outputs") or cell.get("execution_count")]


@pytest.mark.slow
def test_every_cell_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    space: dict[str, Any] = {}
    for cell in cells():
        exec(compile(cell, NOTEBOOK.name, "exec"), space)
    assert len(space["results"]) == len(space["frames"]) == space["report"]["frames"] == 10
    assert Image.fromarray(space["results"][-1]).size == (320, 400)
    assert read_video(tmp_path / "out.mp4")[0].shape == (10, 400, 320, 3)
    assert len(read_video(tmp_path / "session.mp4")[0]) >= 10
    assert "mona-lisa" in capsys.readouterr().out
