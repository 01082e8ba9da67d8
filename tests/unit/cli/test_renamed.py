"""Old names of options, completion, and the manual page."""

import subprocess
from pathlib import Path

import pytest

from avatarify.cli.completion import _actions
from avatarify.cli.main import build_parser, main
from avatarify.cli.renamed import with_new_names

PAGE = Path(__file__).parents[3] / "docs" / "man" / "avatarify.1"


def test_old_names_go_on_working_with_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    words = with_new_names(["figures", "grid", "--source", "a", "--out=b.png", "--", "--out"])
    assert words == ["figures", "grid", "--portrait", "a", "--output=b.png", "--", "--out"]
    assert capsys.readouterr().err.splitlines() == [
        "avatarify: note: --source is now called --portrait.",
        "avatarify: note: --out is now called --output.",
    ]


def test_values_and_other_commands_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["train", "vox-256", "--source", "--output", "x"]
    assert with_new_names(words) == words
    assert capsys.readouterr().err == ""


def test_every_output_has_one_name() -> None:
    names = {name for action in _actions(build_parser("")) for name in action.option_strings}
    assert {"-o", "--output"} <= names
    assert not {"--out", "--source"} & names


def test_bash_completes_commands_options_and_choices(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["completion", "bash"]) == 0
    script = tmp_path / "avatarify.bash"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    found = [_completed(script, *words) for words in (["ani"], ["run", "--mot"], ["run", "--motion", "abs"])]
    assert found == ["animate", "--motion", "absolute"]


def _completed(script: Path, *words: str) -> str:
    """What bash offers for the last word."""
    line = " ".join(("avatarify", *words))
    code = (
        f"source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words)}; "
        '_shtab_avatarify avatarify "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; echo "${COMPREPLY[*]}"'
    )
    return subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_manual_page_has_every_command_and_option() -> None:
    page = PAGE.read_text(encoding="utf-8").replace("\\-", "-")
    parser = build_parser("")
    missing = {name for action in _actions(parser) for name in action.option_strings if name not in page} - {"--help"}
    assert missing == set(), "run: python tools/man_page.py docs/man/avatarify.1"
    table = next(action for action in parser._actions if action.choices)
    assert [name for name in table.choices or () if f"avatarify {name}" not in page] == []
