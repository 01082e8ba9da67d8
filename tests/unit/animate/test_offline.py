"""Offline runs that end early; what a finished one writes is tested through the command line."""

from pathlib import Path

import numpy as np
import pytest
from helpers.media import demo_frames, write_video

from avatarify.animate.offline import OfflineOptions, _SideBySide, animate_file
from avatarify.animate.options import AnimationOptions, Controls
from avatarify.capture.media import VideoFile
from avatarify.errors import InputError, UsageError
from avatarify.frames import Size

TORCH = AnimationOptions("mona-lisa", runtime="torch", size=Size(160, 120))


@pytest.mark.parametrize("camera", ["0", "12"])
def test_a_camera_is_not_a_driving_video(camera: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is a camera.*avatarify run"):
        animate_file(OfflineOptions(AnimationOptions(), camera, tmp_path / "out.mp4"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_video_without_a_face_leaves_no_file(tmp_path: Path) -> None:
    driving = write_video(tmp_path / "empty.mp4", [np.full((120, 160, 3), value, np.uint8) for value in (60, 90)])
    with pytest.raises(InputError, match=r"No face was found in empty\.mp4"):
        animate_file(OfflineOptions(TORCH, str(driving), tmp_path / "out.mp4"))
    assert list(tmp_path.iterdir()) == [driving]


@pytest.mark.slow
def test_the_report_says_what_was_used_and_progress_counts_frames(tmp_path: Path) -> None:
    driving = write_video(tmp_path / "talk.mp4", demo_frames(2))
    progress: list[tuple[int, int | None]] = []
    animation = AnimationOptions(
        "mona-lisa", runtime="torch", size=Size(160, 120), controls=Controls(motion="absolute"), neutral="best"
    )
    options = OfflineOptions(animation, str(driving), tmp_path / "out.mp4", side_by_side=True)
    report = animate_file(options, lambda done, total: progress.append((done, total)))
    used = {key: report[key] for key in ("runtime", "model", "portrait", "motion", "neutral", "frames", "warnings")}
    assert used == {
        "runtime": "torch",
        "model": "built-in",
        "portrait": "mona-lisa",
        "motion": "absolute",
        "neutral": "best",
        "frames": 2,
        "warnings": [],
    }
    assert [done for done, _ in progress] == [1, 2]
    width, height = (int(side) for side in str(report["size"]).split("x"))
    assert (width > 160, height) == (True, 120)


@pytest.mark.parametrize(("driver", "width"), [(Size(2, 4000), 2), (Size(4000, 2), 8192), (Size(640, 480), 160)])
def test_a_driver_of_any_shape_fits_beside_the_result(driver: Size, width: int, tmp_path: Path) -> None:
    write_video(tmp_path / "d.mp4", [np.zeros((driver.height, driver.width, 3), np.uint8)])
    with VideoFile(tmp_path / "d.mp4") as source:
        layout = _SideBySide(Size(160, 120), source)
    assert layout.size == Size(width + 160, 120)
