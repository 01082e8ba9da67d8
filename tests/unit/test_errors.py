"""The lines of other libraries' errors that ours quote."""

from __future__ import annotations

import pytest

from avatarify.errors import first_line, last_line, one_line


@pytest.mark.parametrize(
    ("text", "first", "last", "one"),
    [
        ("No device.", "No device", "No device", "No device"),
        (
            "\n Exception from a.cpp:7:\n\nNo device.\n",
            "Exception from a.cpp:7:",
            "No device",
            "Exception from a.cpp:7:; No device",
        ),
        ("", "OSError", "OSError", "OSError"),
    ],
)
def test_the_lines_of_an_error(text: str, first: str, last: str, one: str) -> None:
    error = OSError(text)
    assert first_line(error) == first
    assert last_line(error) == last
    assert one_line(error) == one
