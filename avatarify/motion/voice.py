"""From the sound of a voice to weights of the mouth's face units: loudness, and where the spectrum's energy is.

No words are recognized, and nothing is kept but the last 25 ms. The rules are those of vowels: the first formant rises
as the jaw opens (300 Hz in "ee" and "oo", 700 Hz in "ah"); the second is high for spread lips (2300 Hz in "ee") and low
for rounded ones (900 Hz in "oo"); energy above 3.5 kHz is a hiss between closed teeth. See Peterson and Barney,
"Control methods used in a study of the vowels", JASA 1952.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from avatarify.frames import F32

_HOP_S, _WINDOW_S = 0.010, 0.025
_ATTACK_S, _RELEASE_S = 0.025, 0.080  # time constants of the mouth
_QUIETEST_DB, _ABOVE_NOISE_DB = -52.0, 9.0  # of full scale; above the noise: a voice
_RANGE_DB, _FULL_DB = 24.0, 18.0  # below the voice's own peak: shut; this far above that: fully open
_FLOOR_RISE_DB, _PEAK_FALL_DB = 4.0, 2.0  # per second: noise is learned in pauses, the peak while speaking
_LOW, _OPEN, _MIDDLE, _FRONT, _HISS = (200, 450), (500, 800), (500, 1500), (1600, 3000), (3500, 7500)
_BACK, _CENTRAL = (700, 950), (1000, 1400)  # second formants of "oh" and "ah"
_AH = 4.0  # a quarter of the energy around the second formant of "ah" makes it one
UNITS = ("jawOpen", "mouthPucker", "mouthFunnel", "mouthStretchLeft", "mouthStretchRight")


class MouthFollower:
    """Follows a voice.

    Args:
        rate: Samples per second, 8000 or more.
    """

    def __init__(self, rate: int) -> None:
        self._hop, self._size = round(rate * _HOP_S), round(rate * _WINDOW_S)
        self._window = np.hanning(self._size).astype(np.float32)
        hertz = np.fft.rfftfreq(self._size, 1 / rate)
        # The voice's own slope of -6 dB per octave is leveled, so that formants can be compared.
        self._bands = {band: _inside(hertz, band) * hertz**2 for band in (_LOW, _OPEN, _MIDDLE, _FRONT, _HISS)}
        self._bands |= {band: _inside(hertz, band) * hertz**2 for band in (_BACK, _CENTRAL)}
        self._recent = np.zeros(0, np.float32)
        self._noise_db, self._peak_db = -60.0, -30.0
        self._now = np.zeros(len(UNITS))

    @property
    def units(self) -> Mapping[str, float]:
        """Weights of the face units now, 0 to 1; may be read on any thread."""
        return dict(zip(UNITS, self._now.tolist(), strict=True))

    def hear(self, samples: F32) -> None:
        """Take the next samples, (N,) float32 from -1 to 1."""
        self._recent = np.concatenate([self._recent, samples])
        while len(self._recent) >= self._size:
            goal = self._mouth(self._recent[: self._size])
            seconds = np.where(goal > self._now, _ATTACK_S, _RELEASE_S)
            self._now = self._now + (1 - np.exp(-_HOP_S / seconds)) * (goal - self._now)
            self._recent = self._recent[self._hop :]

    def _mouth(self, samples: F32) -> np.ndarray:
        """Return where the mouth goes for one window of sound, in the order of ``UNITS``."""
        loud = self._loudness(samples)
        if loud <= 0:
            return np.zeros(len(UNITS))
        power = np.abs(np.fft.rfft(samples * self._window)) ** 2
        of = {band: float(weights @ power) for band, weights in self._bands.items()}
        jaw, front = _share(of[_OPEN], of[_LOW]), _share(of[_FRONT], of[_MIDDLE])
        hiss, central = _share(of[_HISS], of[_LOW] + of[_MIDDLE] + of[_FRONT]), _share(of[_CENTRAL], of[_BACK])
        voiced, rounded = loud * (1 - 0.85 * hiss), 1 - front
        funnel = voiced * rounded * jaw * max(0.0, 1 - _AH * central)
        spread = voiced * front * 0.6
        return np.array(
            [voiced * (0.15 + 0.75 * jaw) - 0.25 * funnel, voiced * rounded * (1 - jaw), funnel, spread, spread]
        )

    def _loudness(self, samples: F32) -> float:
        """Return 0 for silence or noise, up to 1 for the voice's loudest sounds."""
        level_db = 10 * math.log10(float(np.mean(samples.astype(np.float64) ** 2)) + 1e-12)
        self._noise_db = min(level_db, self._noise_db + _FLOOR_RISE_DB * _HOP_S)
        if level_db < max(_QUIETEST_DB, self._noise_db + _ABOVE_NOISE_DB):
            return 0.0
        self._peak_db = max(level_db, self._peak_db - _PEAK_FALL_DB * _HOP_S)
        return min(1.0, max(0.0, (level_db - self._peak_db + _RANGE_DB) / _FULL_DB))


def _inside(hertz: np.ndarray, band: tuple[int, int]) -> np.ndarray:
    return ((hertz >= band[0]) & (hertz < band[1])).astype(np.float64)


def _share(one: float, other: float) -> float:
    return one / (one + other + 1e-12)
