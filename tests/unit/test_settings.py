import json
import logging
from pathlib import Path

import pytest

from avatarify import settings
from avatarify.errors import InputError
from avatarify.settings import Settings


def test_without_a_file_the_defaults_apply() -> None:
    assert settings.load() == Settings()


def test_what_was_saved_is_loaded() -> None:
    chosen = Settings(
        camera="Logitech C920",
        fps=25.0,
        landmarks=True,
        presets={"a": {"zoom": 2.0}},
        consents=["/home/me/anna.jpg"],
        portrait="mönch",
    )
    settings.save(chosen)
    assert settings.load() == chosen
    assert [file.name for file in settings.settings_file().parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", ["{", "[1, 2]", "\x00\x01"])
def test_a_damaged_file_is_renamed(content: str, caplog: pytest.LogCaptureFixture) -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert settings.load() == Settings()
    assert file.with_name("settings.json.bad").read_text(encoding="utf-8") == content
    assert not file.exists()
    assert "settings.json.bad" in caplog.text


def test_a_file_that_is_not_text_is_renamed(caplog: pytest.LogCaptureFixture) -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\xff\xfe{}")
    assert settings.load() == Settings()
    assert file.with_name("settings.json.bad").exists()


def test_only_unknown_fields_and_wrong_types_are_ignored(caplog: pytest.LogCaptureFixture) -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    values = {"camera": "1", "fps": 24, "landmarks": "yes", "consents": [1], "keys": [], "of_a_later_version": 3}
    file.write_text(json.dumps(values), encoding="utf-8")
    assert settings.load() == Settings(camera="1", fps=24.0)
    assert "'landmarks'" in caplog.text
    assert "'consents'" in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        '{"fps": ' + "9" * 400 + "}",
        '{"fps": ' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"controls": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"fps": 0}',
        '{"fps": NaN, "overlay": NaN}',
        '{"fps": Infinity, "overlay": -1}',
        '{"fps": -30, "overlay": 1e308}',
        '{"presets": {"mona-lisa": 3}, "keys": {"start": 5}, "global_keys": {"start": null}}',
        '{"size": "0x0"}',
        '{"size": "99999x99999", "theme": "\\u0000", "language": "../../x"}',
        '{"camera": "\\ud800", "recordings": "/a\\u0000b", "consents": ["\\udfff"], "window": "\\ud800"}',
        '{"neutral": "worst"}',
        '{"size": "' + "x" * (1 << 20) + '"}',
    ],
    ids=range(14),
)
@pytest.mark.logs("default")
def test_no_content_stops_a_start(content: str) -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    assert settings.load() == Settings()


@pytest.mark.logs("is damaged; the defaults are used")
def test_a_damaged_file_in_a_folder_that_cannot_be_written_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    file = settings.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{", encoding="utf-8")
    file.with_name(f"{file.name}.bad").mkdir()
    assert settings.load() == Settings()
    assert file.exists()


def test_a_folder_that_cannot_be_created_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    monkeypatch.setenv("AVATARIFY_CONFIG", str(blocker / "below"))
    with pytest.raises(InputError, match="AVATARIFY_CONFIG"):
        settings.save(Settings())
