"""Downloading over a real connection: resumed, checked, from the next mirror."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.fileserver import Behavior, serving

from avatarify.errors import ModelError
from avatarify.messages import Message
from avatarify.zoo.fetch import fetch

CONTENT = bytes(range(256)) * 4000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "model.bin"


def part_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.{SHA256[:16]}.part")


def get(target: Path, *urls: str, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    fetch(urls, SHA256, target, progress)


def refusal(target: Path, *urls: str) -> Message:
    with pytest.raises(ModelError) as caught:
        get(target, *urls)
    assert target.name in caught.value.message
    assert not target.exists()
    return caught.value.message


def test_a_file_is_downloaded_with_progress(target: Path) -> None:
    seen = []
    with serving(Behavior(CONTENT)) as address:
        get(target, f"{address}/file", progress=lambda *now: seen.append(now))
    assert target.read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert seen == sorted(seen)
    assert list(target.parent.iterdir()) == [target]


def test_an_interrupted_download_is_resumed(target: Path) -> None:
    server = Behavior(CONTENT, breaks=[100_000, 50_000])
    with serving(server) as address:
        get(target, f"{address}/file")
    assert target.read_bytes() == CONTENT
    assert server.asked == ["", "bytes=100000-", "bytes=150000-"]


def test_a_later_call_resumes_the_download(target: Path) -> None:
    part_of(target).write_bytes(CONTENT[:300_000])
    server = Behavior(CONTENT)
    with serving(server) as address:
        get(target, f"{address}/file")
    assert target.read_bytes() == CONTENT
    assert server.asked == ["bytes=300000-"]


def test_a_complete_part_is_not_downloaded_again(target: Path) -> None:
    part_of(target).write_bytes(CONTENT)
    server = Behavior(CONTENT)
    with serving(server) as address:
        get(target, f"{address}/file")
    assert target.read_bytes() == CONTENT
    assert server.asked == []


def test_a_server_without_ranges_starts_over(target: Path) -> None:
    server = Behavior(CONTENT, ranges=False, breaks=[100_000])
    with serving(server) as address:
        get(target, f"{address}/file")
    assert target.read_bytes() == CONTENT


def test_a_server_that_always_disconnects_is_given_up_and_the_part_kept(target: Path) -> None:
    with serving(Behavior(CONTENT, ranges=False, breaks=[1000] * 50)) as address:
        assert "connection was lost after 1000 of 1024000 bytes" in refusal(target, f"{address}/file")
    assert part_of(target).read_bytes() == CONTENT[:1000]


def test_a_part_longer_than_the_file_is_discarded(target: Path) -> None:
    part_of(target).write_bytes(bytes(len(CONTENT) + 5))
    server = Behavior(CONTENT)
    with serving(server) as address:
        get(target, f"{address}/file")
    assert target.read_bytes() == CONTENT
    assert server.asked[-1] == ""


def test_a_file_with_another_hash_is_rejected_and_deleted(target: Path) -> None:
    with serving(Behavior(CONTENT[:-1] + b"!")) as address:
        assert "another file" in refusal(target, f"{address}/file")
    assert list(target.parent.iterdir()) == []


def test_the_next_mirror_is_tried(target: Path) -> None:
    with serving(Behavior(CONTENT[:-1] + b"!")) as wrong, serving(Behavior(CONTENT)) as right:
        get(target, f"{right}/missing", f"{wrong}/file", f"{right}/file")
    assert target.read_bytes() == CONTENT


def test_a_mirror_resumes_the_download_of_another(target: Path) -> None:
    first, second = Behavior(CONTENT, breaks=[200_000, 0, 0]), Behavior(CONTENT)
    with serving(first) as here, serving(second) as there:
        get(target, f"{here}/file", f"{there}/file")
    assert target.read_bytes() == CONTENT
    assert second.asked == ["bytes=200000-"]


def test_a_missing_file_is_reported(target: Path) -> None:
    with serving(Behavior(CONTENT)) as address:
        assert "404" in refusal(target, f"{address}/missing")


def test_a_server_that_is_down_is_reported(target: Path) -> None:
    with serving(Behavior(CONTENT)) as address:
        pass
    assert "refused" in refusal(target, f"{address}/file")


def test_a_server_that_sends_little_at_a_time_is_given_up(target: Path) -> None:
    server = Behavior(CONTENT, breaks=[1] * 1000)
    with serving(server) as address, pytest.raises(ModelError, match="connection was lost"):
        fetch([f"{address}/file"], SHA256, target, lambda done, total: None)
    assert len(server.asked) < 10


def test_more_than_the_file_can_have_is_not_downloaded(target: Path) -> None:
    server = Behavior(CONTENT)
    with serving(server) as address, pytest.raises(ModelError, match=r"delivers more than .* MB"):
        fetch([f"{address}/file"], SHA256, target, lambda done, total: None, largest=len(CONTENT) - 1)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize(
    "to",
    ["ftp://127.0.0.1/file", "http://example.org/file", "file:///etc/passwd", "data:,x", "gopher://x/", "http://["],
)
def test_only_https_is_followed(to: str, target: Path) -> None:
    with serving(Behavior(CONTENT, redirect=to)) as address, pytest.raises(ModelError):
        fetch([f"{address}/file"], SHA256, target, lambda done, total: None)
    with pytest.raises(ModelError):
        fetch([to], SHA256, target, lambda done, total: None)
    assert not target.exists()
