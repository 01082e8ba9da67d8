"""What people get wrong: one line with what to do, exit 1 or 2, and nothing half-written left behind."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.command import avatarify, error_line
from helpers.media import demo_clip, demo_frames, portraits, save_picture, two_portraits, write_video

from avatarify.paths import assets

PORTRAIT = portraits()[0].stem


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Any]:
    """Folder for outputs; the test fails if anything is left in it."""
    folder = tmp_path / "out"
    folder.mkdir()
    yield folder / "out.mp4"
    assert list(folder.iterdir()) == []


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    image = np.random.default_rng(1).integers(0, 255, (240, 320, 3), np.uint8)
    return save_picture(tmp_path / "noise.png", image)


@pytest.fixture
def text_picture(tmp_path: Path) -> Path:
    file = tmp_path / "text.png"
    file.write_text("not a picture", encoding="utf-8")
    return file


@pytest.fixture
def faceless_video(tmp_path: Path) -> Path:
    return write_video(tmp_path / "empty.mkv", [np.full((120, 160, 3), shade, np.uint8) for shade in range(90, 100)])


def test_a_missing_portrait(out: Path) -> None:
    assert "no-such.png" in error_line(avatarify("animate", "no-such.png", demo_clip(), "-o", out), 1)


def test_an_unknown_portrait_name(out: Path) -> None:
    assert "nobody" in error_line(avatarify("animate", "nobody", demo_clip(), "-o", out), 1)


def test_a_text_named_png(out: Path, text_picture: Path) -> None:
    assert "text.png" in error_line(avatarify("animate", text_picture, demo_clip(), "-o", out), 1)


def test_a_portrait_without_a_face(out: Path, noise: Path) -> None:
    line = error_line(avatarify("animate", noise, demo_clip(), "-o", out), 1)
    assert "noise.png" in line
    assert "face" in line


def test_a_missing_driver(out: Path) -> None:
    assert "no-such.mp4" in error_line(avatarify("animate", PORTRAIT, "no-such.mp4", "-o", out), 1)


def test_a_driver_that_is_not_a_video(out: Path, text_picture: Path) -> None:
    text_picture.rename(text_picture.with_suffix(".mp4"))
    assert "text.mp4" in error_line(avatarify("animate", PORTRAIT, text_picture.with_suffix(".mp4"), "-o", out), 1)


def test_a_driver_without_a_face(out: Path, faceless_video: Path) -> None:
    assert "empty.mkv" in error_line(avatarify("animate", PORTRAIT, faceless_video, "-o", out), 1)


def test_a_camera_as_driver(out: Path) -> None:
    assert "avatarify run" in error_line(avatarify("animate", PORTRAIT, "0", "-o", out), 2)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--model", "vox-nonsense"), ("--runtime", "abacus"), ("--size", "huge"), ("--size", "641x480")],
)
def test_unknown_values(out: Path, option: str, value: str) -> None:
    assert value in error_line(avatarify("animate", PORTRAIT, demo_clip(), "-o", out, option, value), 2)


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    line = error_line(avatarify("animate", PORTRAIT, demo_clip(), "-o", tmp_path / "missing" / "out.mp4"), 1)
    assert "missing" in line


def test_an_output_of_an_unknown_kind(tmp_path: Path) -> None:
    assert "out.xyz" in error_line(avatarify("animate", PORTRAIT, demo_clip(), "-o", tmp_path / "out.xyz"), 1)
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_an_input(tmp_path: Path) -> None:
    driver = write_video(tmp_path / "d.mp4", demo_frames(3))
    before = driver.read_bytes()
    error_line(avatarify("animate", PORTRAIT, driver, "-o", driver), 2)
    assert driver.read_bytes() == before


@pytest.mark.parametrize("camera", ["97", "No Such Camera", "no-such.mp4"])
def test_an_unknown_camera(camera: str) -> None:
    done = avatarify("run", "--camera", camera, "--portrait", PORTRAIT, "--sink", "null")
    assert camera in error_line(done, 2 if camera == "No Such Camera" else 1)


def test_an_unknown_model_and_runtime_live() -> None:
    live = ("run", "--camera", "demo", "--portrait", PORTRAIT, "--sink", "null")
    assert "vox-nonsense" in error_line(avatarify(*live, "--model", "vox-nonsense"), 2)
    assert "abacus" in error_line(avatarify(*live, "--runtime", "abacus"), 2)


def test_a_sink_that_cannot_open(tmp_path: Path) -> None:
    sink = tmp_path / "missing" / "out.mp4"
    line = error_line(avatarify("run", "--camera", "demo", "--portrait", PORTRAIT, "--sink", sink, "--frames", 5), 1)
    assert "missing" in line
    assert not sink.parent.exists()


def test_no_virtual_camera() -> None:
    from avatarify.output.virtual_devices import list_virtual_cameras

    if list_virtual_cameras():
        pytest.skip("this machine has a virtual camera")
    line = error_line(avatarify("run", "--camera", "demo", "--portrait", PORTRAIT, "--frames", 5), 1)
    assert "virtual camera" in line.lower()


def test_a_truncated_model(out: Path, tmp_path: Path) -> None:
    bundled = tmp_path / "assets"
    shutil.copytree(assets(), bundled)
    weights = next((bundled / "models" / "built-in").glob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1000])
    fresh: dict[str, Any] = {"AVATARIFY_ASSETS": str(bundled), "AVATARIFY_CACHE": str(tmp_path / "cache")}
    done = avatarify("animate", PORTRAIT, demo_clip(), "-o", out, **fresh)
    assert "built-in" in error_line(done, 1)


def test_a_truncated_checkpoint(tmp_path: Path) -> None:
    file = tmp_path / "vox-cpk.pth.tar"
    file.write_bytes(b"PK\x03\x04" + bytes(5000))
    assert "vox-cpk.pth.tar" in error_line(avatarify("models", "import", file), 1)


@pytest.mark.slow
def test_the_larger_of_two_faces_is_chosen_with_a_warning(tmp_path: Path) -> None:
    picture = two_portraits(tmp_path / "two.png")
    driver = write_video(tmp_path / "d.mp4", demo_frames(5))
    done = avatarify("animate", picture, driver, "-o", tmp_path / "out.mp4")
    assert done.returncode == 0, done.stderr
    warnings = [line for line in done.stderr.splitlines() if line.startswith("avatarify: warning: ")]
    assert any("face" in line for line in warnings), done.stderr
