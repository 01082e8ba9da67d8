"""The command ``avatarify models`` as a user calls it."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.checkpoints import PUBLIC, SMALL, write_checkpoint
from helpers.command import avatarify, error_line
from helpers.fileserver import Behavior, serving


@pytest.fixture
def nothing_carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_ASSETS", str(tmp_path / "assets"))


def result(*words: object) -> Any:
    done = avatarify("models", *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_carried")
def test_a_public_checkpoint_becomes_a_model(tmp_path: Path) -> None:
    file = write_checkpoint(tmp_path / "vox-adv-cpk.pth.tar", PUBLIC)
    done = avatarify("models", "import", file)
    assert done.returncode == 0, done.stderr
    assert "--model vox-adv-cpk" in done.stdout
    assert "warning: The reference frames" in done.stderr  # hidden here; it is installed all the same

    listed = result("list")["models"]
    assert [(model["name"], model["kind"], model["carried"]) for model in listed] == [("vox-adv-cpk", "fomm", False)]
    assert listed[0] == result("info", "vox-adv-cpk")
    assert listed[0]["bytes"] > 4 * 59_000_000
    assert result("verify", "vox-adv-cpk")["models"] == [{"name": "vox-adv-cpk", "ok": True, "problem": ""}]

    with open(listed[0]["path"], "r+b") as weights:
        weights.seek(-1, 2)
        weights.write(b"!")
    done = avatarify("models", "verify")
    assert done.returncode == 1
    assert "vox-adv-cpk" in done.stdout
    assert "damaged" in done.stdout


@pytest.mark.usefixtures("nothing_carried")
def test_without_models_the_list_is_empty() -> None:
    assert result("list") == {"models": []}
    assert result("verify") == {"models": []}
    assert "No models" in avatarify("models", "list").stdout


def test_json_may_stand_before_or_after_the_action() -> None:
    before, after = avatarify("models", "--json", "list"), avatarify("models", "list", "--json")
    assert json.loads(before.stdout) == json.loads(after.stdout)


def test_the_report_is_written(tmp_path: Path) -> None:
    done = avatarify("models", "list", "--report", tmp_path / "r.json")
    assert done.returncode == 0, done.stderr
    assert "models" in json.loads((tmp_path / "r.json").read_text())


def test_a_checkpoint_of_another_model_says_what_differs(tmp_path: Path) -> None:
    file = write_checkpoint(tmp_path / "other.pth.tar", SMALL, lambda parts: parts["generator"].popitem())
    line = error_line(avatarify("models", "import", file), 1)
    assert "other.pth.tar" in line
    assert "missing tensors: 1 (generator.final.bias)" in line


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["info", "nonsense"], 2, "nonsense"),
        (["verify", "nonsense"], 2, "nonsense"),
        (["import", "nowhere.pth.tar"], 1, "nowhere.pth.tar"),
        (["import", "nowhere.pth.tar", "--name", "a b"], 2, "'a b'"),
        (["download", "nonsense"], 2, "--url"),
        (["download", "mine", "--url", "https://a/b"], 2, "--sha256"),
        (["download", "mine", "--url", "file:///a", "--sha256", "0" * 64], 2, "file:///a"),
        (["fly"], 2, "fly"),
        ([], 2, "ACTION"),
    ],
)
def test_errors_are_one_line(words: list[str], code: int, said: str) -> None:
    assert said in error_line(avatarify("models", *words), code)


def test_a_download_is_checked_before_it_is_read(tmp_path: Path) -> None:
    content = write_checkpoint(tmp_path / "m.pth.tar", SMALL, lambda parts: parts["generator"].popitem()).read_bytes()
    right = hashlib.sha256(content).hexdigest()
    with serving(Behavior(content)) as address:
        url = f"{address}/file"
        wrong = error_line(avatarify("models", "download", "mine", "--url", url, "--sha256", "0" * 64, no_proxy="*"), 1)
        read = error_line(avatarify("models", "download", "mine", "--url", url, "--sha256", right, no_proxy="*"), 1)
    assert "another file" in wrong
    assert "does not fit the model" in read


def test_an_import_says_how_pixels_are_counted_and_why(tmp_path: Path) -> None:
    file = write_checkpoint(tmp_path / "odd.pth.tar", replace(SMALL, points=7))
    done = avatarify("models", "import", file, "--json")
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert facts["config"]["sizes"]["points"] == 7
    errors = facts["reconstruction_error"]
    assert facts["config"]["sizes"]["align_corners"] == (errors["centers"] < errors["edges"])
