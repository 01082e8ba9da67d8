"""Files appear complete or not at all; what is not a regular file is written through."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from avatarify.files import (
    atomic_folder,
    atomic_path,
    open_atomic,
    path_of,
    private_folder,
    replace_or_write_through,
    scratch_folder,
    sha256_of,
    write_atomic,
)
from avatarify.partial import remove_partial


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    write_atomic(file, b"old")
    write_atomic(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def fail_in_file(file: Path) -> None:
    with open_atomic(file) as stream:
        stream.write(b"ne")
        raise ValueError("half")


def fail_in_folder(folder: Path) -> None:
    with atomic_folder(folder) as part:
        (part / "0.jpg").write_bytes(b"")
        raise ValueError("half")


def test_an_exception_keeps_the_earlier_file(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(b"old")
    with pytest.raises(ValueError, match="half"):
        fail_in_file(file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_the_earlier_file_remains_until_the_end(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(b"old")
    with open_atomic(file) as stream:
        stream.write(b"new")
        stream.flush()
        assert file.read_bytes() == b"old"
    assert file.read_bytes() == b"new"


def test_a_killed_process_leaves_the_earlier_file_and_a_partial_one_that_can_be_removed(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(b"old")
    code = (
        "import os, pathlib; from avatarify.files import open_atomic\n"
        f"with open_atomic(pathlib.Path({str(file)!r})) as stream:\n"
        "    stream.write(b'ne'); stream.flush(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert file.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    remove_partial(file)
    assert list(tmp_path.iterdir()) == [file]


def test_a_library_that_writes_by_name_gets_a_temporary_one(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    with atomic_path(file) as path:
        assert path != file
        path.write_bytes(b"weights")
        assert not file.exists()
    assert file.read_bytes() == b"weights"


def test_a_library_that_wrote_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_path(tmp_path / "weights.bin"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_symbolic_link_is_written_through(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"old")
    link.symlink_to(file)
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_atomic(pipe, b"report")
    reader.join()
    assert got == [b"report"]
    assert pipe.is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="needs device files")
def test_a_device_is_written_through() -> None:
    write_atomic(Path(os.devnull), b"report")
    assert Path(os.devnull).is_char_device()


def test_a_folder_appears_complete_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "clips" / "one"
    with pytest.raises(ValueError, match="half"):
        fail_in_folder(folder)
    assert list(folder.parent.iterdir()) == []
    with atomic_folder(folder) as part:
        (part / "0.jpg").write_bytes(b"")
        assert not folder.exists()
    assert [file.name for file in folder.iterdir()] == ["0.jpg"]


def test_a_folder_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(FileExistsError), atomic_folder(tmp_path / "one") as part:
        (part / "0.jpg").write_bytes(b"")
    assert list((tmp_path / "one").iterdir()) == []
    assert list(tmp_path.iterdir()) == [tmp_path / "one"]


def test_the_hash_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a") == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a POSIX idea")
def test_private_files_can_be_read_by_their_owner_only(tmp_path: Path) -> None:
    write_atomic(tmp_path / "settings.json", b"{}", private=True)
    write_atomic(tmp_path / "report.json", b"{}")
    assert stat.S_IMODE((tmp_path / "settings.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "report.json").stat().st_mode) & 0o400
    with atomic_folder(tmp_path / "model", private=True) as part:
        assert stat.S_IMODE(part.stat().st_mode) == 0o700
    private_folder(tmp_path / "a" / "b")
    for folder in ("model", "a", "a/b"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a POSIX idea")
def test_a_library_keeps_the_mode_of_a_private_file(tmp_path: Path) -> None:
    with atomic_path(tmp_path / "face.png", private=True) as path:
        path.write_bytes(b"face")
    assert stat.S_IMODE((tmp_path / "face.png").stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_finished_file_is_written_through_a_pipe(tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    (tmp_path / "part").write_bytes(b"video")
    replace_or_write_through(tmp_path / "part", pipe)
    reader.join()
    assert got == [b"video"]
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_scratch_folder_is_removed(tmp_path: Path) -> None:
    with scratch_folder(tmp_path / "a.onnx") as folder:
        (folder / "raw").write_bytes(b"")
    assert list(tmp_path.iterdir()) == []


def test_paths_are_taken_as_people_give_them(tmp_path: Path) -> None:
    file = tmp_path / "Jürgen 1.png"
    assert path_of(str(file)) == file
    assert path_of(file.as_uri()) == file
    assert path_of("~/a.png") == Path.home() / "a.png"


def test_a_name_that_begins_with_a_tilde_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "~").mkdir()
    for name in ("~portrait.png", "~/a.png"):
        Path(name).touch()
        assert path_of(name) == Path(name)
    assert path_of("~nobody-has-this-name/a.png") == Path("~nobody-has-this-name/a.png")
