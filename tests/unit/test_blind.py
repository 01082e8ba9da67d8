"""The page of a blind test: pairs, random sides, no outside files, and votes that add up."""

import base64
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "blind.py"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        for number in range(8):
            (tmp_path / side / f"face{number}.png").write_bytes(f"{side} {number}".encode())
        (tmp_path / side / "talk.mp4").write_bytes(side.encode())
    (tmp_path / "old" / "alone.png").write_bytes(b"no partner")
    (tmp_path / "new" / "notes.txt").write_bytes(b"no picture")
    return tmp_path / "old", tmp_path / "new"


def make(folders: tuple[Path, Path], seed: int) -> str:
    output = folders[0].parent / "test.html"
    words = [*map(str, folders), str(output), "--seed", str(seed)]
    subprocess.run([sys.executable, str(TOOL), *words], check=True, capture_output=True)
    return output.read_text(encoding="utf-8")


def key_of(page: str) -> list[list[str]]:
    found = re.search(r'atob\("([^"]+)"\)', page)
    assert found
    key: list[list[str]] = json.loads(base64.b64decode(found[1]))
    return key


def shown_in(page: str) -> list[list[bytes]]:
    sections = re.findall(r"<section.*?</section>", page, re.DOTALL)
    return [[base64.b64decode(data) for data in re.findall(r'base64,([^"]+)"', section)] for section in sections]


def test_each_pair_shows_the_files_that_the_key_says(folders: tuple[Path, Path]) -> None:
    page = make(folders, seed=1)
    key = key_of(page)
    assert sorted(name for name, _, _ in key) == [*(f"face{n}.png" for n in range(8)), "talk.mp4"]
    for (name, left, right), files in zip(key, shown_in(page), strict=True):
        assert files == [(folders[0].parent / side / name).read_bytes() for side in (left, right)]
    assert page.count("<video") == 2
    assert page.count("<img") == 16


def test_order_and_sides_are_random(folders: tuple[Path, Path]) -> None:
    keys = [key_of(make(folders, seed)) for seed in range(3)]
    assert keys[0] == key_of(make(folders, seed=0))
    assert len({tuple(name for name, _, _ in key) for key in keys}) == 3
    assert {left for key in keys for _, left, _ in key} == {"old", "new"}


def test_the_page_needs_no_network(folders: tuple[Path, Path]) -> None:
    page = make(folders, seed=0)
    assert not re.search(r"https?://|<link|src=\"(?!data:)", page)


def test_votes_add_up(folders: tuple[Path, Path], tmp_path: Path) -> None:
    chance = random.Random(0)
    files = []
    for person in range(3):
        votes = [{"pair": f"face{n}.png", "left": "old", "choice": chance.choice(["new", "same"])} for n in range(4)]
        files.append(tmp_path / f"{person}.json")
        files[-1].write_text(json.dumps({"votes": votes}))
    words = [sys.executable, str(TOOL), "--count", *map(str, files)]
    counted = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    assert counted["votes"] == 12
    assert counted["old"] == 0
    assert counted["new"] + counted["same"] == 12
    assert sum(sum(row.values()) for row in counted["pairs"].values()) == 12


def test_folders_without_pairs_are_an_error(tmp_path: Path) -> None:
    words = [sys.executable, str(TOOL), str(tmp_path), str(tmp_path), str(tmp_path / "t.html")]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode != 0
    assert "no PNG or MP4 files" in done.stderr
