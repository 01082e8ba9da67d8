"""A change of a public name is a decision: it shows as a change of ``tests/api_surface.json``."""

import json
from pathlib import Path

from api_surface import FILE, surface


def test_public_names_are_those_on_record() -> None:
    recorded = json.loads(FILE.read_text("utf-8"))
    assert surface() == recorded, "run python tools/api_surface.py if the change is wanted"


def test_constants_classes_and_methods_are_read(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    source = "LIMIT, _hidden = 3, 4\nclass Door:\n    width: float\n    def open(self, far: bool = True) -> int: ...\n"
    (tmp_path / "house" / "door.py").write_text(source, "utf-8")
    (tmp_path / "house" / "cli").mkdir()
    (tmp_path / "house" / "cli" / "run.py").write_text("def run() -> None: ...\n", "utf-8")
    assert surface(tmp_path / "house") == {"house.door": ["Door", "Door.open()", "Door.width", "LIMIT"]}
