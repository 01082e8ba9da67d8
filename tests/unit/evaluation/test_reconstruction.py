"""Video reconstruction: figures against formulas, the protocol, the still source, intervals, tables."""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from helpers.media import demo_frames, save_picture, write_video

from avatarify.errors import InputError
from avatarify.evaluation import metrics, paper, pixels
from avatarify.evaluation.faces import FaceJudge
from avatarify.evaluation.footage import Footage, as_frames, list_footage, squares, timed_squares
from avatarify.evaluation.perceptual import Perceptual
from avatarify.evaluation.reconstruction import FIGURES, Judges, figures_of, mean_of, reconstruct
from avatarify.evaluation.reconstruction_table import as_csv, clips_markdown, markdown
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8


def noise(seed: int, side: int = 32) -> U8:
    return np.random.default_rng(seed).integers(0, 255, (side, side, 3), np.uint8)


class Blur(torch.nn.Module):
    """Five layers of ever blurrier pictures."""

    def forward(self, images: torch.Tensor) -> list[torch.Tensor]:
        return [torch.nn.functional.avg_pool2d(images, 2**n) + 0.01 for n in range(5)]


def judges(faces: Any = None) -> Judges:
    return Judges(Perceptual(Blur(), "blur"), faces)


class Copier:
    """Gives back what drives it, but for pictures that it is made to lose."""

    def __init__(self, lose: tuple[int, ...] = ()) -> None:
        self.name, self.size = "copier", 16
        self.about: dict[str, Any] = {}
        self.lose, self.count = lose, -1
        self.begun: list[Any] = []

    def begin(self, source: U8, first: Any = None) -> None:
        self.begun.append((source, first))

    def follow(self, driving: U8) -> Any:
        self.count += 1
        return None if self.count in self.lose else type("Shown", (), {"image": driving})

    def close(self) -> None:
        pass


def clip(count: int = 4) -> list[U8]:
    return [noise(n) for n in range(count)]


def test_psnr_is_opencvs() -> None:
    a, b = noise(1), noise(2)
    assert pixels.psnr(pixels.squared_error(a, b)) == pytest.approx(cv2.PSNR(a, b), abs=1e-4)
    assert pixels.psnr(0.0) == pixels.BEST_PSNR


def test_ssim_is_the_formula_of_its_paper() -> None:
    a, b = (cv2.GaussianBlur(noise(n, 48), (0, 0), 2) for n in (1, 2))

    def blur(image: Any) -> Any:
        return cv2.GaussianBlur(image, (11, 11), 1.5)

    x, y = a.astype(np.float64), b.astype(np.float64)
    mx, my = blur(x), blur(y)
    vx, vy, vxy = blur(x * x) - mx * mx, blur(y * y) - my * my, blur(x * y) - mx * my
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    wanted = ((2 * mx * my + c1) * (2 * vxy + c2) / ((mx**2 + my**2 + c1) * (vx + vy + c2))).mean()
    assert pixels.ssim(a, b) == pytest.approx(wanted, abs=2e-3)
    assert pixels.ssim(a, a) == pytest.approx(1)


def test_unsteadiness_counts_changes_not_differences() -> None:
    """A result that is off by a constant is steady; one that flickers is not."""
    a, b = (np.full((8, 8, 3), value, np.uint8) for value in (100, 110))
    assert pixels.unsteadiness(b + 20, a + 20, b, a) == 0
    assert pixels.unsteadiness(a, a, b, a) == pytest.approx(10 / 255)


def test_the_perceptual_distance_is_that_of_unit_vectors() -> None:
    a, b = noise(1), noise(2)
    total = 0.0
    for n in range(5):
        layers = [
            torch.nn.functional.avg_pool2d(torch.from_numpy(i).permute(2, 0, 1)[None] / 255, 2**n) + 0.01
            for i in (a, b)
        ]
        first, second = (layer / layer.norm(dim=1, keepdim=True) for layer in layers)
        total += float(((first - second) ** 2).sum(1).mean()) / 5
    distance = Perceptual(Blur(), "blur")
    assert distance(a, b) == pytest.approx(total, rel=1e-4)
    assert distance(a, a) == 0
    assert distance.name.startswith("blur, SHA-256 ")


def test_the_perceptual_distance_grows_with_blur_and_knows_its_weights() -> None:
    from avatarify.training.fomm.features import RandomFeatures

    distance = Perceptual(RandomFeatures(1), "random", 32)
    (image,) = demo_frames(1)
    image = cv2.resize(image, (96, 96))
    found = [distance(cv2.GaussianBlur(image, (0, 0), sigma), image) for sigma in (0.5, 1, 2, 4)]
    assert found == sorted(found)
    assert found[0] > 0
    assert Perceptual(RandomFeatures(0), "random").name != distance.name


def test_a_copy_of_the_driver_has_no_error_and_the_still_source_has() -> None:
    performer = Copier()
    series, lost = reconstruct(clip(), performer, judges())
    figures = figures_of(series)
    assert lost == 0
    assert (figures["l1"], figures["psnr"], figures["ssim"]) == (0, pixels.BEST_PSNR, pytest.approx(1))
    assert figures["akd"] is figures["mkr"] is figures["aed"] is None
    ((source, first),) = performer.begun
    assert np.array_equal(source, clip()[0])
    assert first is None
    still = figures_of(reconstruct(clip(), None, judges())[0])
    assert still["l1"] == pytest.approx(np.mean([metrics.l1(clip()[0], image) for image in clip()]))
    assert still["frames"] == 4
    assert still["unsteadiness"] > 0


def test_where_a_method_can_do_nothing_its_last_result_counts() -> None:
    series, lost = reconstruct(clip(), Copier(lose=(2,)), judges())
    assert lost == 1
    assert series["l1"][2] == pytest.approx(metrics.l1(clip()[1], clip()[2]))
    assert series["l1"][3] == 0


def test_results_are_compared_at_the_size_of_the_clip() -> None:
    class Half(Copier):
        def follow(self, driving: Any) -> Any:
            return type("Shown", (), {"image": cv2.resize(driving, (16, 16), interpolation=cv2.INTER_AREA)})

    figures = figures_of(reconstruct(clip(), Half(), judges())[0])
    assert 0 < figures["l1"] < 0.3


def test_faces_are_compared_by_landmarks_and_a_lost_one_counts() -> None:
    first, later = (cv2.resize(image, (256, 256)) for image in demo_frames(2, every=40))
    shifted = cv2.warpAffine(
        first, np.array([[1, 0, 3], [0, 1, 4]], np.float32), (256, 256), borderMode=cv2.BORDER_REPLICATE
    )
    comparison = FaceJudge().begin()
    same = comparison.compare(first, first)
    moved = comparison.compare(shifted, first)
    gone = comparison.compare(np.full_like(first, 128), first)
    nobody = comparison.compare(first, np.full_like(first, 128))
    comparison.close()
    assert same["akd"] < 0.2
    assert moved["akd"] == pytest.approx(5, abs=1.5)  # the landmarker steadies what it sees
    assert gone["mkr"] == 1
    assert math.isnan(gone["akd"])
    assert math.isnan(nobody["mkr"])
    assert later.shape == first.shape


def test_means_leave_out_what_was_not_measured_and_intervals_follow_the_seed() -> None:
    base: dict[str, Any] = {**dict.fromkeys(FIGURES, 0.5), "intervals": {}}
    clips = [base | {"l1": value} for value in (0.1, 0.2, 0.6)] + [base | {"l1": 0.3, "akd": None}]
    mean = mean_of(clips)
    assert mean["l1"] == pytest.approx(0.3)
    assert mean["akd"] == 0.5
    low, high = mean["intervals"]["l1"]
    assert 0.1 <= low < 0.3 < high <= 0.6
    assert mean_of(clips) == mean
    many = [base | {"l1": value} for value in np.random.default_rng(3).normal(0, 1, 30).tolist()]
    assert mean_of(many, seed=5)["intervals"]["l1"] != mean_of(many)["intervals"]["l1"]
    assert mean_of([base | {"akd": None}])["akd"] is None


def test_the_bootstrap_covers_the_mean() -> None:
    """Of many samples of 20 clips about 95 % have the true mean in their interval; small ones somewhat less."""
    dice = np.random.default_rng(0)
    inside = 0
    for _ in range(100):
        low, high = metrics.interval(dice.normal(3, 1, 20).tolist(), block=1)
        inside += low <= 3 <= high
    assert 86 <= inside <= 99


def methods() -> list[dict[str, Any]]:
    series = figures_of(reconstruct(clip(), None, judges())[0])
    one = {"clip": "a", "lost": 0, **series}
    return [{"model": "still source", "clips": [one, one], "mean": mean_of([one, one])}]


def test_tables_list_our_figures_next_to_the_papers() -> None:
    table = markdown(methods(), "voxceleb")
    assert f"{methods()[0]['mean']['l1']:.4f} (" in table
    assert "| *First Order Motion Model, the paper on VoxCeleb* | ~0.043 | 1.294 |" in table
    assert "| a | still source |" in clips_markdown(methods())
    lines = list(csv.DictReader(io.StringIO(as_csv(methods()))))
    assert [line["clip"] for line in lines] == ["a", "a", "mean"]
    assert float(lines[0]["l1"]) == methods()[0]["clips"][0]["l1"]
    assert lines[2]["akd"] == lines[2]["akd_low"] == ""
    json.dumps(methods(), allow_nan=False)


def test_only_confirmed_figures_of_the_paper_have_no_mark() -> None:
    unmarked = [
        (data, name, key)
        for data, rows in paper.ROWS.items()
        for name, row in rows.items()
        for key in row
        if not paper.cell(data, name, key).startswith("~")
    ]
    assert set(unmarked) == paper.SURE


def test_clips_are_found_in_every_kind_of_folder(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / "folders" / name).mkdir(parents=True)
        for number in range(3):
            save_picture(tmp_path / "folders" / name / f"{number}.png", noise(number, 64))
    (tmp_path / "videos").mkdir()
    write_video(tmp_path / "videos" / "v.mp4", [noise(n, 64) for n in range(3)])
    assert [clip.name for clip in list_footage(tmp_path / "folders")] == ["a", "b"]
    assert [clip.name for clip in list_footage(tmp_path / "folders" / "a")] == ["a"]
    assert [clip.name for clip in list_footage(tmp_path / "videos")] == ["v"]
    assert [clip.name for clip in list_footage(tmp_path / "videos" / "v.mp4")] == ["v"]
    read = list(squares(list_footage(tmp_path / "folders" / "a")[0], 32, stride=2))
    assert [image.shape for image in read] == [(32, 32, 3)] * 2
    with pytest.raises(InputError, match="no clips"):
        list_footage(tmp_path / "nowhere")


def test_a_wide_clip_is_cut_around_its_first_face_or_in_the_middle() -> None:
    (frame,) = demo_frames(1)
    assert frame.shape[0] != frame.shape[1]
    empty = np.full_like(frame, 90)
    late = Footage("late", lambda: as_frames([empty, frame, frame]))
    cut = list(squares(late, 256))
    assert len(cut) == 2  # it begins with the first face
    with FaceLandmarker(mode="image") as eye:
        (face,) = eye.find_faces(cut[0])
        assert 0.3 < face.height / 256 < 0.8
    nobody = Footage("nobody", lambda: as_frames([empty, empty]))
    assert len(list(squares(nobody, 64))) == 2
    with pytest.raises(InputError, match="--crop whole"):
        list(squares(nobody, 64, crop="face"))
    assert len(list(squares(late, 64, crop="whole", most=2))) == 2
    assert [time for _, time in timed_squares(late, 64)] == [1 / 25, 2 / 25]
