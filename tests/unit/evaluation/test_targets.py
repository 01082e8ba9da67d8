"""Targets and the tables that show them."""

import json
import math
from typing import Any

import pytest

from avatarify.evaluation import targets
from avatarify.evaluation.reenactment import mean_figures
from avatarify.evaluation.series import SERIES
from avatarify.evaluation.table import cross_markdown, markdown, shapes_markdown, verdicts
from avatarify.evaluation.targets import Verdict


def clip(
    name: str = "a.mp4", akd: float = 1.0, r: float = 0.99, gain: float = 1.0, share: float = 1.0
) -> dict[str, Any]:
    series = {key: {"r": r, "gain": gain} for key in SERIES}
    distances = {"akd": akd, "akd_still": 10.0, "akd_floor": 0.2, "l1": 0.1, "l1_still": 0.2}
    ratios = {"akd_ratio": akd / 10, "akd_floor_ratio": 0.02, "l1_ratio": 0.5}
    held = {
        "lids_agree": 1.0,
        "stretch": 1.5,
        "unmoved": {"eyes": 0.5, "lips": 1.0},
        "shapes": {"browInnerUp": series["smile"]},
    }
    head = {"clip": name, "frames": 9, "face_share": share, "lost": 0, "floor": series}
    return head | held | distances | ratios | series


def judged(*clips: dict[str, Any]) -> dict[str, Verdict]:
    return {one.name: one for one in targets.self_reenactment(clips, mean_figures(list(clips)))}


def test_a_good_model_meets_every_target() -> None:
    assert all(one.met for one in judged(clip(), clip()).values())


def test_each_figure_that_is_too_low_is_reported_with_the_gap() -> None:
    verdict = judged(clip(r=0.8))["blink r"]
    assert not verdict.met
    assert verdict.missed_by == pytest.approx(0.05)
    assert "missed by 0.050" in verdicts([verdict])


def test_gains_may_be_neither_too_small_nor_too_large() -> None:
    assert judged(clip(gain=0.7))["mouth gain"].missed_by == pytest.approx(0.05)
    assert judged(clip(gain=1.3))["mouth gain"].missed_by == pytest.approx(0.05)


def test_the_mean_ratio_is_that_of_the_means() -> None:
    assert judged(clip(akd=1.0), clip(akd=2.0))["AKD / still, mean"].value == pytest.approx(0.15)


def test_the_worst_clip_is_named_but_one_that_lacks_the_face_does_not_count() -> None:
    verdict = judged(clip(), clip("bad.mp4", akd=4.0), clip("faceless.mp4", akd=9.0, share=0.8))
    assert verdict["AKD / still, worst clip"].where == "bad.mp4"
    assert verdict["AKD / still, worst clip"].missed_by == pytest.approx(0.15)


def test_a_figure_that_is_missing_is_not_met() -> None:
    assert not judged(clip(r=math.nan))["smile r"].met
    assert not judged(clip(share=0.5))["AKD / still, worst clip"].met


def test_a_limit_itself_is_met() -> None:
    assert Verdict("a", 0.25, most=0.25).met
    assert Verdict("a", 0.9, least=0.9).met


def test_the_report_can_be_written_as_json() -> None:
    report = json.loads(json.dumps(targets.as_report([Verdict("a", 0.5, least=0.75)])))
    assert report["a"]["met"] is False
    assert report["a"]["missed_by"] == 0.25


def test_what_must_hold_is_judged_by_the_worst_clip() -> None:
    torn = clip() | {"stretch": 571.0, "lids_agree": math.nan, "unmoved": {"eyes": 0.5, "lips": 9.0}}
    verdict = judged(clip(), torn)
    assert verdict["largest local stretch"].value == 571
    assert not verdict["largest local stretch"].met
    assert verdict["driven by itself, lips"].missed_by == pytest.approx(7)
    assert verdict["driven by itself, eyes"].met
    assert verdict["both eyes equally shut"].value == 1


def test_the_table_of_blend_shapes_leaves_out_those_that_nobody_moves() -> None:
    shapes = {
        "jawOpen": {"r": 0.9, "gain": 0.8, "clips": 3},
        "tongueOut": {"r": math.nan, "gain": math.nan, "clips": 0},
    }
    rows = shapes_markdown(shapes).splitlines()
    assert len(rows) == 3
    assert rows[-1] == "| jawOpen | 0.90 | 0.80 | 3 |"


def test_the_table_has_a_row_for_each_clip_and_the_mean() -> None:
    clips = [clip(), clip("still.mp4", r=math.nan)]
    rows = markdown(clips, mean_figures(clips)).splitlines()
    assert len(rows) == 5
    assert len({row.count("|") for row in rows}) == 1
    assert "–" in rows[3]
    assert "0.99 / 1.00" in rows[2]


def test_the_cross_table_lists_identity_only_where_it_was_measured() -> None:
    row = {"portrait": "mona", "frames": 10, "lost": 1} | {key: {"r": 0.5, "gain": 0.4} for key in SERIES}
    plain = cross_markdown([row], row)
    assert "1 of 10" in plain
    distances = {"result_to_portrait": 0.3, "driver_to_portrait": 0.8, "driver_to_itself": 0.2, "recognised": 1.0}
    distances["nearest_is_own"] = 0.9
    full = row | {"identity": distances}
    assert "0.30 | 0.80 | 0.20 | 0.90" in cross_markdown([full], full)
    assert plain.splitlines()[0].count("|") == 11
