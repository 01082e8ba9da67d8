"""What the real commands report about this machine; holds on any machine."""

import json
from pathlib import Path

from helpers.command import avatarify


def test_devices_are_listed_as_text_and_as_json() -> None:
    done = avatarify("devices", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert all({"index", "name"} <= set(camera) for camera in report["cameras"])
    text = avatarify("devices").stdout
    assert all(camera["name"] in text for camera in report["cameras"])
    assert "demo" in text


def test_the_doctor_names_a_remedy_for_everything_that_does_not_work() -> None:
    done = avatarify("doctor", "--json")
    assert done.stderr == ""
    report = json.loads(done.stdout)
    findings = report["findings"]
    assert {finding["status"] for finding in findings} <= {"ok", "warn", "fail"}
    assert all(finding["remedy"] for finding in findings if finding["status"] != "ok")
    failed = [finding for finding in findings if finding["status"] == "fail"]
    assert done.returncode == (1 if failed else 0)
    assert report["live"] is (not failed)
    names = {finding["name"] for finding in findings}
    assert {"Python", "packages", "camera", "virtual camera", "model", "runtime", "folders"} <= names


def test_the_doctor_sees_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    done = avatarify("doctor", "--json", AVATARIFY_CACHE=str(blocker / "cache"))
    folders = next(f for f in json.loads(done.stdout)["findings"] if f["name"] == "folders")
    assert done.returncode == 1
    assert folders["status"] == "fail"
    assert str(blocker) in folders["detail"]
