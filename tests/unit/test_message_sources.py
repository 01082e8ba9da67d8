"""What the search for messages finds in source code, and what it complains of."""

from pathlib import Path
from textwrap import dedent

import pytest
from message_sources import Found, Source

ERRORS = "class AvatarifyError(Exception): ...\nclass InputError(AvatarifyError): ...\nclass LostError(InputError): ..."


def find(folder: Path, code: str) -> Found:
    package = folder / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "faults.py").write_text(ERRORS)
    (package / "words.py").write_text("from package.messages import Message\nHINT = 'Close it.'\n")
    (package / "code.py").write_text(dedent(code))
    return Source(package).find()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("raise InputError('It is gone.', 'Look again.')", ["It is gone.", "Look again."]),
        ("raise faults.LostError('{name} is gone.', name=name)", ["{name} is gone."]),
        ("raise InputError('Gone.', 'A.' if system else 'B.')", ["Gone.", "A.", "B."]),
        ("raise InputError('Gone.', error.hint or 'Look again.')", ["Gone.", "Look again."]),
        ("_HINT = 'Look again.'\nraise InputError('Gone.', _HINT)", ["Gone.", "Look again."]),
        ("from package.words import HINT\nraise InputError('Gone.', HINT)", ["Gone.", "Close it."]),
        ("TABLE = {1: Message('One.'), 2: N_('{number} more.')}", ["One.", "{number} more."]),
        ("Finding('camera', OK, detail)", ["camera"]),
    ],
)
def test_templates_are_found_where_users_meet_them(tmp_path: Path, code: str, expected: list[str]) -> None:
    found = find(tmp_path, code)
    assert [one.text for one in found.templates] == expected
    assert {one.context for one in found.templates} == {"Messages"}
    assert found.problems == []


def test_words_of_the_window_have_their_class_as_context(tmp_path: Path) -> None:
    found = find(
        tmp_path,
        """
        NAME = QT_TRANSLATE_NOOP("Commands", "Quit")
        class Page:
            def show(self) -> None:
                self.label(self.tr("Close"), QCoreApplication.translate("Other", "Open"))
        """,
    )
    assert [(one.context, one.text) for one in found.templates] == [
        ("Commands", "Quit"),
        ("Page", "Close"),
        ("Other", "Open"),
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("raise InputError(f'{name} is gone.')", "put together"),
        ("raise InputError('It is ' + what)", "put together"),
        ("what = f'{name} is gone.'\nraise InputError(what)", "put together"),
        ("raise InputError('{} is gone.'.format(name))", "format() gives a string"),
        ("raise InputError(str(error))", "str() gives a string"),
        ("def hint() -> str: ...\nraise InputError('Gone.', hint())", "hint() gives a string"),
        ("class A:\n    remedy: str\nraise InputError('Gone.', one.remedy)", ".remedy is a string"),
        ("def fail(what: str) -> None:\n    raise InputError(what)", "what is a string"),
        ("raise InputError('{name} is gone.')", "the fields ['name'] are not the values []"),
        ("raise InputError('It is gone.', name=name)", "the fields [] are not the values ['name']"),
        ("Message('{one} of {two}', one=1, too=2)", "are not the values ['one', 'too']"),
    ],
)
def test_sentences_that_cannot_be_translated_are_problems(tmp_path: Path, code: str, expected: str) -> None:
    (problem,) = find(tmp_path, code).problems
    assert expected in problem.reason


@pytest.mark.parametrize(
    "code",
    [
        "def fail(what: Template, **values: object) -> None:\n    raise InputError(what, **values)",
        "def fail(what: Message) -> None:\n    raise InputError(what)",
        "class A:\n    remedy: Message\nraise InputError('{name} is gone.', one.remedy, name=name)",
        "raise InputError('It takes {seconds:.1f} s.', seconds=1.25)",
    ],
)
def test_messages_and_templates_may_be_passed_on(tmp_path: Path, code: str) -> None:
    assert find(tmp_path, code).problems == []


def test_modules_are_reached_through_imports_inside_functions(tmp_path: Path) -> None:
    for name, code in {
        "__init__": "",
        "window": "def show() -> None:\n    from package import middle",
        "middle": "import package.deep",
        "deep": "",
        "laboratory": "import package.deep",
    }.items():
        (tmp_path / "package").mkdir(exist_ok=True)
        (tmp_path / "package" / f"{name}.py").write_text(code)
    reached = Source(tmp_path / "package").reached_from("package.window")
    assert reached == {"package", "package.window", "package.middle", "package.deep"}
