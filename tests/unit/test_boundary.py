"""What Python raises at a boundary becomes a sentence; mistakes of ours stay what they are."""

import errno
import json
from pathlib import Path

import pytest

from avatarify.boundary import explained, reading
from avatarify.errors import AvatarifyError, InputError


def raised(text: str) -> BaseException:
    """Return what reading this JSON raises."""
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        return error
    raise AssertionError("it was read")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "a.png"), "a.png cannot be used: No such file"),
        (OSError(errno.ENAMETOOLONG, "File name too long", "x" * 300), "x… cannot be used: File name too long"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "not valid in utf-8"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "ordinal not in range"), "not valid in ascii"),
        (MemoryError(), "not enough memory"),
        (OSError(errno.EAGAIN, "Resource temporarily unavailable"), "not enough memory"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate"), "not enough memory"),
        (RuntimeError("can't start new thread"), "not enough memory"),
        (RecursionError("maximum recursion depth exceeded"), "nested too deeply"),
        (raised("[" * 200_000), "nested too deeply"),
        (raised("9" * 5000), "Exceeds the limit"),
        (ValueError("embedded null byte"), "embedded null byte"),
    ],
)
def test_errors_of_a_boundary_are_explained(error: BaseException, sentence: str) -> None:
    found = explained(error)
    assert isinstance(found, InputError)
    assert sentence in str(found)
    assert found.hint
    assert len(str(found)) < 400


@pytest.mark.parametrize("error", [TypeError("x"), KeyError("x"), AttributeError("x"), RuntimeError("x")])
def test_mistakes_of_ours_are_not_explained_away(error: Exception) -> None:
    assert explained(error) is None


def test_errors_with_a_sentence_keep_it() -> None:
    error = AvatarifyError("It is so.")
    assert explained(error) is error


def test_reading_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.toml cannot be read: 'x'"), reading(tmp_path / "a.toml"):
        raise KeyError("x")
    with pytest.raises(AvatarifyError, match="It is so"), reading("b"):
        raise AvatarifyError("It is so.")
