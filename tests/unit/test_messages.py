"""Messages: English by ``str``, other languages by template, whatever stands in them."""

import pickle
from pathlib import PurePosixPath

import numpy as np
import pytest

from avatarify.errors import AvatarifyError, InputError
from avatarify.messages import Message, join

GERMAN = {
    "The image {name} is truncated.": "Das Bild {name} ist unvollständig.",
    "Copy {name} again.": "{name} noch einmal kopieren.",
    "Portrait {number}: {reason}": "Porträt {number}: {reason}",
    "none": "keine",
}


def german(template: str) -> str:
    return GERMAN.get(template, template)


def test_english_is_the_filled_template() -> None:
    error = InputError("The image {name} is truncated.", "Copy {name} again.", name="a.png")
    assert str(error) == "The image a.png is truncated. Copy a.png again."
    assert "a.png" in error.message


def test_values_stay_and_words_change_in_another_language() -> None:
    error = InputError("The image {name} is truncated.", "Copy {name} again.", name="a.png")
    assert error.whole.translated(german) == "Das Bild a.png ist unvollständig. a.png noch einmal kopieren."


def test_quoted_errors_and_messages_are_translated_in_their_turn() -> None:
    inner = InputError("The image {name} is truncated.", name="a.png")
    outer = Message("Portrait {number}: {reason}", number=3, reason=inner)
    assert outer.translated(german) == "Porträt 3: Das Bild a.png ist unvollständig."
    listed = Message("{number}: {several}", number=1, several=[Message("none"), "b"])
    assert listed.translated(german) == "1: keine, b"


def test_braces_in_values_and_in_plain_text_are_left_alone() -> None:
    assert str(Message("{text}", text="{0} {x}")) == "{0} {x}"
    assert str(Message('{"json": 1}')) == '{"json": 1}'


def test_formats_of_numbers_belong_to_the_template() -> None:
    assert str(Message("{rate:.1f} fps", rate=24.96)) == "25.0 fps"


def test_a_field_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        str(Message("{name} and {other}", name=1))


def test_joined_messages_keep_their_templates() -> None:
    both = join([Message("none"), Message(""), Message("Copy {name} again.", name="x")])
    assert both.translated(german) == "keine x noch einmal kopieren."
    assert not join([])


def test_errors_cross_processes() -> None:
    error = pickle.loads(pickle.dumps(AvatarifyError("The image {name} is truncated.", "Hint.", name="a")))
    assert str(error) == "The image a is truncated. Hint."
    assert error.message.values == {"name": "a"}


@pytest.mark.parametrize("letter", ["\x1b", "\x9b", "\x07", "\x00", "\r", "\x7f", "\u202e", "\u2066"])
def test_control_characters_in_values_are_escaped(letter: str) -> None:
    name = f"a{letter}[2Jb"
    for value in (
        name,
        PurePosixPath("/x") / name,
        ValueError(name),
        [name, Message("{n}", n=name)],
    ):
        text = str(Message("The file {value} is odd.", value=value))
        assert letter not in text
        assert f"a\\u{ord(letter):04x}[2Jb" in text


def test_other_values_are_left_alone() -> None:
    assert str(Message("{a}, {b:.2f}, {c}", a="Mönch\t\n猫", b=np.float32(1), c=True)) == "Mönch\t\n猫, 1.00, True"
