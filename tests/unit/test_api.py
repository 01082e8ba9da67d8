"""The Python API: documented, cheap to import, and the same as the commands."""

import inspect
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from helpers.media import demo_frames, write_video

import avatarify
from avatarify import api
from avatarify.errors import AvatarifyError, InputError, UsageError
from avatarify.live.state import SessionState

SMALL = (160, 120)


def test_the_package_offers_the_names_of_the_api() -> None:
    assert avatarify.__all__ == api.__all__
    for name in avatarify.__all__:
        assert getattr(avatarify, name) is getattr(api, name)
        assert inspect.getdoc(getattr(avatarify, name))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = avatarify.nothing


def test_importing_and_listing_load_nothing_heavy() -> None:
    code = (
        "import sys, avatarify; avatarify.list_portraits(); avatarify.list_models(); avatarify.list_runtimes();"
        "avatarify.open_session;"
        "print([name for name in ('torch', 'cv2', 'mediapipe', 'openvino', 'av') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_lists_are_what_the_options_accept() -> None:
    assert "mona-lisa" in [portrait.name for portrait in avatarify.list_portraits()]
    assert avatarify.list_models()[0].manifest.name == "built-in"
    assert {"auto", "torch", "openvino"} <= set(avatarify.list_runtimes())


def test_options_of_the_commands_have_the_same_defaults() -> None:
    options = avatarify.animation_options("mona-lisa", size=SMALL, mirror=True, badge=False)
    assert (options.portrait, options.model, options.runtime, options.neutral) == (
        "mona-lisa",
        "built-in",
        "auto",
        "first",
    )
    assert (str(options.size), options.controls.mirror, options.controls.badge) == ("160x120", True, False)
    with pytest.raises(UsageError, match="must be even"):
        avatarify.animation_options("mona-lisa", size=(161, 120))


@pytest.mark.slow
def test_a_video_is_animated(tmp_path: Path) -> None:
    driver = write_video(tmp_path / "talk.mp4", demo_frames(3))
    seen: list[int] = []
    report = avatarify.animate_video(
        "mona-lisa",
        driver,
        tmp_path / "out.mp4",
        runtime="openvino",
        size=SMALL,
        on_progress=lambda done, total: seen.append(done),
    )
    assert (report["frames"], report["runtime"], report["size"]) == (3, "openvino", "160x120")
    assert seen == [1, 2, 3]
    assert (tmp_path / "out.mp4").stat().st_size > 0


@pytest.mark.slow
def test_frames_are_animated_one_by_one() -> None:
    results = avatarify.animate_frames(
        "mona-lisa", demo_frames(3, every=25), runtime="openvino", size=SMALL, badge=False
    )
    shown = [next(results) for _ in range(3)]
    results.close()  # type: ignore[attr-defined]
    assert {(image.shape, image.dtype.name) for image in shown} == {((120, 160, 3), "uint8")}
    assert np.abs(shown[2].astype(int) - shown[0]).max() > 10
    with pytest.raises(InputError, match=r"Frame 0 is float64 \(4, 4\)"):
        next(avatarify.animate_frames("mona-lisa", [np.zeros((4, 4))], runtime="openvino", size=SMALL))  # type: ignore[list-item]


@pytest.mark.slow
def test_a_session_runs_while_its_block_lasts() -> None:
    pictures: list[tuple[int, ...]] = []
    with avatarify.live_session(
        "demo",
        "mona-lisa",
        ["null"],
        size=(320, 240),
        frames=3,
        runtime="openvino",
        on_picture=lambda image: pictures.append(image.shape),
    ) as session:
        assert session.wait(300)
    assert session.state is SessionState.STOPPED
    assert session.frames >= 3
    assert set(pictures) == {(240, 320, 3)}


@pytest.mark.parametrize(
    ("sinks", "message"),
    [(["x.mkv"], "not a valid sink"), (["no folder/x.mp4"], "does not exist"), (["null", "null"], "named twice")],
)
def test_sinks_are_checked_before_anything_is_loaded(sinks: list[str], message: str) -> None:
    with pytest.raises(AvatarifyError, match=message):
        avatarify.open_session("demo", "mona-lisa", sinks)


def test_a_session_that_fails_raises() -> None:
    with (
        pytest.raises(UsageError, match="no model 'nothing'"),
        avatarify.live_session("demo", model="nothing") as session,
    ):
        session.wait(60)
