"""``tools/import_circles.py`` finds circles, and the code has none."""

from pathlib import Path

from import_circles import circles, graph

FILES = {
    "a/one.py": "def late():\n    from avatarify.b import two\n",
    "b/two.py": "from avatarify import c\n",
    "c.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from avatarify.a.one import late\n",
}


def test_no_package_imports_one_that_imports_it() -> None:
    assert circles(graph(types=True)) == []


def test_circles_through_functions_and_type_checking_are_found(tmp_path: Path) -> None:
    for name, text in FILES.items():
        file = tmp_path / "avatarify" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    assert circles(graph(tmp_path / "avatarify")) == []
    assert circles(graph(tmp_path / "avatarify", types=True)) == [("a", "b", "c")]
