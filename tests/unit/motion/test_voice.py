"""The mouth follows a voice."""

from collections.abc import Mapping

import numpy as np
import pytest
from helpers.voices import hiss, silence, vowel

from avatarify.frames import F32
from avatarify.motion.expression import load_basis
from avatarify.motion.voice import UNITS, MouthFollower

RATE = 16000
BLOCK = 160


def heard(*sounds: F32, rate: int = RATE) -> MouthFollower:
    follower = MouthFollower(rate)
    for sound in sounds:
        for at in range(0, len(sound), BLOCK):
            follower.hear(sound[at : at + BLOCK])
    return follower


def mouth(name: str, **how: float) -> Mapping[str, float]:
    return heard(silence(0.3), vowel(name, 0.4, **how)).units  # type: ignore[arg-type]


def test_each_unit_is_one_of_the_basis() -> None:
    assert set(UNITS) <= set(load_basis().units)


def test_silence_and_steady_noise_keep_the_mouth_shut() -> None:
    assert max(heard(silence(1.0)).units.values()) < 0.01
    fan = np.random.default_rng(1).normal(0, 0.01, 6 * RATE).astype(np.float32)
    assert max(heard(fan).units.values()) < 0.02


def test_vowels_open_round_and_spread_the_mouth() -> None:
    ah, ee, oo, oh = (mouth(name) for name in ("ah", "ee", "oo", "oh"))
    assert ah["jawOpen"] > 0.55
    assert ah["jawOpen"] > oh["jawOpen"] > ee["jawOpen"]
    assert ee["mouthStretchLeft"] == ee["mouthStretchRight"] > 2 * ah["mouthStretchLeft"]
    assert oo["mouthPucker"] > 0.6 > 2 * ee["mouthPucker"]
    assert oh["mouthFunnel"] > 0.6 > 2 * ah["mouthFunnel"]


def test_a_hiss_hardly_opens_the_jaw() -> None:
    assert heard(silence(0.3), hiss(0.3)).units["jawOpen"] < 0.3 < 0.5 * mouth("ah")["jawOpen"] + 0.1


def test_a_quiet_voice_opens_the_mouth_too() -> None:
    follower = heard(silence(0.3), *[vowel("ah", 0.3, level=0.02), silence(0.2)] * 12, vowel("ah", 0.3, level=0.02))
    assert follower.units["jawOpen"] > 0.4


@pytest.mark.parametrize("rate", [8000, 16000, 44100, 48000])
def test_the_rate_of_the_microphone_does_not_matter(rate: int) -> None:
    units = heard(silence(0.3, rate), vowel("ah", 0.4, rate), rate=rate).units
    assert units["jawOpen"] == pytest.approx(mouth("ah")["jawOpen"], abs=0.12)


def test_the_mouth_is_half_open_within_a_tenth_of_a_second_and_shuts_in_a_quarter() -> None:
    follower, opened, shut = heard(silence(0.3)), 0.0, 0.0
    full = mouth("ah")["jawOpen"]
    for sound, wanted in ((vowel("ah", 0.4), True), (silence(0.5), False)):
        for at in range(0, len(sound), BLOCK):
            follower.hear(sound[at : at + BLOCK])
            seconds = (at + BLOCK) / RATE
            if wanted and not opened and follower.units["jawOpen"] > full / 2:
                opened = seconds
            if not wanted and not shut and follower.units["jawOpen"] < full / 5:
                shut = seconds
    assert 0 < opened < 0.1
    assert 0 < shut < 0.25
