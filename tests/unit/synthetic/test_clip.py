import json
from pathlib import Path

import numpy as np
import pytest

from avatarify.motion.layout import COUNT
from avatarify.synthetic.clip import RenderedClip, clip_name, render_clip, write_clip
from avatarify.synthetic.studio import Studio
from avatarify.training.data.open_clips import open_clips


@pytest.fixture(scope="module")
def clip(studio: Studio) -> RenderedClip:
    return render_clip(studio, 11, 2, 4)


def test_a_clip_is_the_same_every_time(studio: Studio, clip: RenderedClip) -> None:
    again = render_clip(studio, 11, 2, 4)
    assert all(np.array_equal(a, b) for a, b in zip(clip.pictures, again.pictures, strict=True))
    assert all(np.array_equal(clip.truth[key], again.truth[key]) for key in clip.truth)
    assert again.traits == clip.traits
    other = render_clip(studio, 11, 3, 4)
    assert not np.array_equal(other.pictures[0], clip.pictures[0])


def test_the_truth_has_the_shapes_of_the_format(clip: RenderedClip) -> None:
    expected = {
        "points": ((4, COUNT, 2), np.float32),
        "depth": ((4, COUNT), np.float32),
        "flow": ((4, 64, 64, 2), np.float16),
        "visible": ((4, 64, 64), np.uint8),
        "part": ((4, 128, 128), np.uint8),
        "uv": ((4, 64, 64, 2), np.float16),
        "expression": ((4, 52), np.float16),
        "camera": ((4, 4, 4), np.float32),
        "pose": ((4, 3), np.float32),
    }
    assert {key: (value.shape, value.dtype) for key, value in clip.truth.items()} == expected
    assert [picture.shape for picture in clip.pictures] == [(96, 96, 3)] * 4


def test_pictures_show_a_face_where_the_points_are(clip: RenderedClip) -> None:
    part = clip.truth["part"]
    for frame in range(4):
        x, y = ((clip.truth["points"][frame, 30] + 1) * 64).astype(int)
        assert part[frame, y, x] in (1, 10)
    assert {0, 1, 2} <= set(np.unique(part))


def test_the_face_is_inside_the_picture(clip: RenderedClip) -> None:
    assert np.abs(clip.truth["points"][:, :68]).max() < 1


def test_what_flows_there_flows_back(clip: RenderedClip) -> None:
    """Where a surface is visible in the other frame, the other frame's flow leads back to it."""
    flow, visible = clip.truth["flow"].astype(float), clip.truth["visible"]
    part = clip.truth["part"][:, ::2, ::2]
    middles = (np.arange(64) + 0.5) / 32 - 1
    own = np.stack(np.meshgrid(middles, middles), -1)
    errors = []
    for frame in range(4):
        sure = (visible[frame] == 1) & (part[frame] == 1)
        column, row = np.clip(((flow[frame][sure] + 1) * 32).astype(int), 0, 63).T
        same = part[frame ^ 1][row, column] == 1
        offset = flow[frame ^ 1][row, column] - own[row, column]
        errors.append(np.linalg.norm(flow[frame][sure] + offset - own[sure], axis=1)[same])
    assert np.median(np.concatenate(errors)) < 0.02


def test_the_check_compares_with_the_vertices(clip: RenderedClip) -> None:
    assert clip.check["flow"] < 0.01
    assert clip.check["uv"] < 0.004


def test_a_written_clip_is_read_by_the_trainers(clip: RenderedClip, tmp_path: Path) -> None:
    (tmp_path / "dataset.json").write_text(json.dumps({"format": 1, "kind": "rendered", "size": 96}))
    folder = tmp_path / "clips" / clip_name(11, 2)
    write_clip(clip, folder)
    found = list(open_clips(tmp_path))
    assert [c.identity for c in found] == [folder.name]
    assert np.array_equal(found[0].truth().points, clip.truth["points"])
    assert sorted(p.name for p in folder.iterdir()) == [
        *("0000.jpg", "0001.jpg", "0002.jpg", "0003.jpg", "clip.json", "truth.npz")
    ]
    write_clip(clip, folder)  # a second writer finds it there and is content
