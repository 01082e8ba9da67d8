"""The floor, the choice of clips, the still driver, identity, and the contact sheets."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.media import demo_frames
from helpers.values import not_none

from avatarify.animate.portrait import load_portrait
from avatarify.errors import InputError, UsageError
from avatarify.evaluation import cross, identity, still
from avatarify.evaluation.driver import choose_clips, list_clips
from avatarify.evaluation.floor import Floor, copied
from avatarify.evaluation.series import SERIES
from avatarify.evaluation.sheet import PortraitSheet, Sheet
from avatarify.face.box import CropBox
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame

CLIPS = [Path(f"{name}.mp4") for name in "abcdefghi"]


def smooth(height: int, width: int) -> U8:
    rows, columns = np.mgrid[:height, :width]
    return np.stack([rows * 255 / height, columns * 255 / width, np.full_like(rows, 90)], -1).astype(np.uint8)


def test_a_copy_is_nearly_the_picture_and_the_picture_itself_outside() -> None:
    image = smooth(241, 321)
    copy = copied(image, CropBox(160, 120, 100))
    assert copy.shape == (240, 320, 3)
    assert np.abs(copy.astype(int) - cv2.resize(image, (320, 240)).astype(int)).mean() < 2
    assert np.array_equal(copied(smooth(240, 320), CropBox(160, 120, 100))[:60], smooth(240, 320)[:60])


def test_a_copy_loses_what_a_small_jpeg_loses() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (600, 600, 3), np.uint8)
    copy = copied(noise, CropBox(300, 300, 400))
    assert copy[200:400, 200:400].std() < 0.7 * noise[200:400, 200:400].std()


def test_the_floor_lies_near_the_driver_and_below_a_real_movement() -> None:
    frames = [Frame(image, n, n / 25, n / 25) for n, image in enumerate(demo_frames(6, every=8))]
    with FaceLandmarker() as eye, Floor() as floor:
        faces = [eye.find(frame) for frame in frames]
        box = not_none(faces[0]).portrait_box()
        copies = [floor.find(frame, box) for frame in frames]
    apart = [
        np.abs(not_none(copy).landmarks - not_none(face).landmarks).mean()
        for copy, face in zip(copies, faces, strict=True)
    ]
    moved = np.abs(not_none(faces[-1]).landmarks - not_none(faces[0]).landmarks).mean()
    assert 0 < max(apart) < 1.5
    assert np.mean(apart) < moved


def test_clips_are_all_five_spread_out_or_those_that_are_named() -> None:
    assert choose_clips(CLIPS, "all") == CLIPS
    assert [clip.stem for clip in choose_clips(CLIPS, "five")] == ["a", "c", "e", "g", "i"]
    assert choose_clips(CLIPS[:3], "five") == CLIPS[:3]
    assert [clip.stem for clip in choose_clips(CLIPS, "h, b")] == ["h", "b"]
    with pytest.raises(UsageError, match="'nine'"):
        choose_clips(CLIPS, "a,nine")


def test_a_suite_without_clips_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no clips"):
        list_clips(tmp_path)


def test_still_frames_differ_by_the_cameras_noise_alone() -> None:
    image = np.full((120, 160, 3), 100, np.uint8)
    same = [frame.image for frame in still.still_frames(image, 3, 0.0)]
    assert all(np.array_equal(one, image) for one in same)
    noisy = [frame.image.astype(float) for frame in still.still_frames(image, 2, 2.0)]
    assert np.std(noisy[0] - 100) == pytest.approx(2, rel=0.05)
    assert np.std(noisy[0] - noisy[1]) == pytest.approx(2 * 2**0.5, rel=0.05)


def test_still_frames_come_at_a_cameras_rate() -> None:
    times = [frame.media_time for frame in still.still_frames(np.zeros((4, 4, 3), np.uint8), 3, 0.0)]
    assert times == pytest.approx([0, 0.04, 0.08])


def test_a_pair_without_results_has_no_figures_but_is_counted() -> None:
    pairs = [cross.Pair("mona", "a", 10, lost=10).figures(), cross.Pair("mona", "b", 5, lost=1).figures()]
    mean = cross.summarize(pairs)
    assert (mean["frames"], mean["lost"]) == (15, 11)
    assert all(mean[name]["clips"] == 0 for name in SERIES)
    assert [row["portrait"] for row in cross.by_portrait(pairs)] == ["mona"]


def test_distances_of_descriptors() -> None:
    portrait, driver = np.zeros(128, np.float32), np.eye(128, dtype=np.float32)
    likeness = identity.Likeness(portrait)
    for number in (0, 1):
        likeness.add(0.1 * driver[number], driver[number])
    distances = likeness.distances()
    assert distances["result_to_portrait"] == pytest.approx(0.1)
    assert distances["driver_to_portrait"] == pytest.approx(1)
    assert distances["driver_to_itself"] == pytest.approx(2**0.5)
    assert distances["recognised"] == 1


def test_a_result_may_resemble_another_portrait_more() -> None:
    own, other = np.zeros(128, np.float32), np.full(128, 0.1, np.float32)
    likeness = identity.Likeness(own, [other])
    for share in (0.1, 0.2, 0.9):
        likeness.add(share * other, own)
    assert likeness.distances()["nearest_is_own"] == pytest.approx(2 / 3)


@pytest.mark.skipif(identity.weights() is None, reason=identity.MISSING)
def test_the_descriptor_distinguishes_and_recognizes_people() -> None:
    descriptor = identity.Descriptor()
    priya, kofi = (load_portrait(name) for name in ("priya", "kofi"))
    smaller = cv2.resize(priya.image, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    with FaceLandmarker("image") as eye:
        again = descriptor.of(smaller, eye.find_faces(smaller)[0])
    first, other = (descriptor.of(one.image, one.face) for one in (priya, kofi))
    assert np.linalg.norm(first - again) < 0.3
    assert np.linalg.norm(first - other) > identity.SAME_PERSON


def test_without_the_package_the_descriptor_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"avatarify\[evaluate\]"):
        identity.Descriptor()


def test_a_sheet_shows_drivers_above_results_whatever_their_shapes(tmp_path: Path) -> None:
    sheet = Sheet(columns=3, height=40)
    for number in range(9):
        sheet.add(number, np.full((60, 60, 3), 250, np.uint8), np.full((80, 40, 3), 20, np.uint8))
    sheet.save(tmp_path / "new" / "sheet.jpg")
    picture = cv2.imread(str(tmp_path / "new" / "sheet.jpg"))
    assert not_none(picture).shape == (80, 120, 3)
    assert not_none(picture)[20, 20].mean() > 200
    assert not_none(picture)[60, 10].mean() < 60


def test_a_portraits_sheet_has_two_rows_for_each_clip(tmp_path: Path) -> None:
    sheet = PortraitSheet(np.full((90, 60, 3), 128, np.uint8), columns=2, height=30)
    for _ in range(3):
        rows = sheet.clip()
        rows.add(0, np.zeros((30, 30, 3), np.uint8), np.zeros((30, 30, 3), np.uint8))
    sheet.save(tmp_path / "sheet.jpg")
    assert not_none(cv2.imread(str(tmp_path / "sheet.jpg"))).shape == (180, 70, 3)


def test_a_sheet_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sheet = Sheet()
    sheet.add(0, np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8, 3), np.uint8))
    with pytest.raises(InputError, match="cannot be written"):
        sheet.save(tmp_path / "file" / "sheet.jpg")
