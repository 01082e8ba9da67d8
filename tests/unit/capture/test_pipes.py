"""Drivers from a pipe can be opened twice."""

import io
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from helpers.films import write_film

from avatarify.capture.media import VideoFile
from avatarify.capture.pipes import readable_twice


def count(name: str) -> int:
    with VideoFile(name) as video:
        return sum(1 for _ in iter(video.read, None))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_is_copied_while_it_is_used(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", [number / 25 for number in range(5)])
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=lambda: pipe.write_bytes(film.read_bytes()), daemon=True).start()
    with readable_twice(str(pipe)) as name:
        assert count(name) == count(name) == 5
    assert not Path(name).exists()
    assert pipe.is_fifo()


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = write_film(tmp_path / "film.mp4", [number / 25 for number in range(5)])

    class Given:
        buffer = io.BytesIO(film.read_bytes())

    given: Any = Given()
    monkeypatch.setattr(sys, "stdin", given)
    with readable_twice("-") as name:
        assert count(name) == 5


def test_other_names_stay_as_they_are() -> None:
    for text in ("demo", "0", "nowhere.mp4", "screen", "a\0b"):
        with readable_twice(text) as name:
            assert name == text
