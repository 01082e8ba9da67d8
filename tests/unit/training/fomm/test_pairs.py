"""Pairs and their changes: reproducible, of one clip, the same for both frames."""

import colorsys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from helpers.clips import write_clips

from avatarify.errors import InputError
from avatarify.training.data.clips import Clips
from avatarify.training.data.open_clips import open_clips
from avatarify.training.fomm.augment import exchanged, hue_matrix, jittered, mirrored, saturation_matrix
from avatarify.training.fomm.pairs import PairLoader, PairSampler, read_pair


@pytest.fixture
def clips(tmp_path: Path) -> Clips:
    """Five clips: the first three of one person."""
    return open_clips(write_clips(tmp_path / "data", clips=5, frames=6, people=dict.fromkeys(range(3), "ann")))


def dice(seed: int = 0) -> Any:
    return torch.Generator().manual_seed(seed)


def test_pairs_follow_from_seed_and_step_alone(clips: Clips) -> None:
    first, second = PairSampler(clips, 3), PairSampler(clips, 3)
    assert first.draw(7, 20) == second.draw(7, 20)
    assert first.draw(7, 20) != first.draw(8, 20)
    assert first.draw(7, 20) != PairSampler(clips, 4).draw(7, 20)


def test_people_are_seen_equally_often_and_frames_differ(clips: Clips) -> None:
    pairs = PairSampler(clips).draw(0, 3000)
    assert all(0 <= pair.source < pair.driving < 6 for pair in pairs)
    counts = np.unique([pair.clip.identity for pair in pairs], return_counts=True)[1]
    assert counts == pytest.approx([1000] * 3, rel=0.1)


def test_batches_are_the_clips_pictures(clips: Clips) -> None:
    sampler = PairSampler(clips)
    with PairLoader(clips, 64, sampler, 4, (0, 1), workers=2) as loader:
        for step in (5, 6, 9):
            batch = loader.batch(step)
            assert batch.shape == (4, 2, 64, 64, 3)
            for pair, frames in zip(sampler.draw(step, 4), batch.numpy(), strict=True):
                assert np.array_equal(frames[0], clips.picture(pair.clip, pair.source))
                assert np.array_equal(frames[1], clips.picture(pair.clip, pair.driving))


def test_processes_share_a_batch_without_overlap(clips: Clips) -> None:
    sampler = PairSampler(clips)
    with PairLoader(clips, 64, sampler, 6, (0, 1), 2) as whole, PairLoader(clips, 64, sampler, 6, (0, 2), 2) as first:
        with PairLoader(clips, 64, sampler, 6, (1, 2), 2) as second:
            both = torch.stack([first.batch(0), second.batch(0)], 1).flatten(0, 1)
        assert torch.equal(whole.batch(0), both)


def test_pictures_are_brought_to_the_models_size(clips: Clips) -> None:
    pair = PairSampler(clips).draw(0, 1)[0]
    assert read_pair(clips, pair, 32).shape == (2, 32, 32, 3)
    large = read_pair(clips, pair, 128).numpy()
    assert np.abs(large[0, ::2, ::2].astype(int) - clips.picture(pair.clip, pair.source)).mean() < 5


def test_a_picture_that_cannot_be_read_ends_the_loading(clips: Clips) -> None:
    for clip in clips:
        for frame in range(6):
            (clip.folder / f"{frame:04d}.jpg").write_bytes(b"nothing")
    with PairLoader(clips, 64, PairSampler(clips), 8, (0, 1), 2) as loader, pytest.raises(InputError, match="damaged"):
        loader.batch(0)


def test_half_of_the_pairs_are_mirrored_or_run_backwards() -> None:
    pairs = torch.rand(400, 2, 3, 4, 4)
    for changed, back in ((mirrored(pairs, dice()), pairs.flip(4)), (exchanged(pairs, dice()), pairs.flip(1))):
        same = (changed == pairs).flatten(1).all(1)
        assert torch.equal(changed[~same], back[~same])
        assert 160 < same.sum() < 240


def test_jitter_is_small_and_the_same_for_both_frames() -> None:
    frame = torch.rand(50, 1, 3, 8, 8) * 0.6 + 0.2
    changed = jittered(frame.expand(-1, 2, -1, -1, -1), 0.1, dice())
    assert torch.allclose(changed[:, 0], changed[:, 1])
    assert 0.01 < (changed[:, :1] - frame).abs().mean() < 0.12
    assert torch.equal(jittered(frame, 0.0, dice()), frame) or torch.allclose(
        jittered(frame, 0.0, dice()), frame, atol=1e-5
    )


def test_colors_turn_as_in_hsv() -> None:
    """A third of a turn takes red to green; gray stays; saturation 0 is luma."""
    third = hue_matrix(torch.tensor([2 * torch.pi / 3]))[0]
    assert torch.allclose(third @ torch.tensor([1.0, 0.0, 0.0]), torch.tensor([0.0, 1.0, 0.0]), atol=1e-6)
    turned = (hue_matrix(torch.tensor([0.4]))[0] @ torch.tensor([0.6, 0.4, 0.4])).tolist()
    assert colorsys.rgb_to_hsv(*turned)[0] * 2 * torch.pi == pytest.approx(0.4, abs=0.05)
    gray = torch.tensor([0.3, 0.3, 0.3])
    assert torch.allclose(hue_matrix(torch.tensor([1.0]))[0] @ gray, gray, atol=1e-6)
    plain = saturation_matrix(torch.tensor([0.0]))[0] @ torch.tensor([1.0, 0.5, 0.0])
    assert torch.allclose(plain, torch.full((3,), 0.299 + 0.5 * 0.587), atol=1e-6)
