"""Sounds like spoken vowels: pulses through resonances at a vowel's formants."""

import wave
from pathlib import Path

import numpy as np

from avatarify.frames import F32

VOWELS = {  # formants in Hz of a man's voice (Peterson and Barney, 1952)
    "ah": (730, 1090, 2440),
    "ee": (270, 2290, 3010),
    "oo": (300, 870, 2240),
    "oh": (570, 840, 2410),
}


def vowel(name: str, seconds: float, rate: int = 16000, pitch: float = 120.0, level: float = 0.2) -> F32:
    """Return (N,) float32 with a peak of ``level``."""
    count = round(seconds * rate)
    pulses = np.zeros(count)
    pulses[:: round(rate / pitch)] = 1.0
    glottal = _filtered(pulses, 60.0, 100.0, rate)  # a falling slope
    for hertz in VOWELS[name]:
        glottal = _filtered(glottal, 60.0 + 0.05 * hertz, float(hertz), rate)
    radiated = np.diff(glottal, prepend=0.0)
    return np.asarray(level * radiated / np.abs(radiated).max(), np.float32)


def hiss(seconds: float, rate: int = 16000, level: float = 0.05) -> F32:
    """Return high noise, like an "s"."""
    noise = np.random.default_rng(3).normal(size=round(seconds * rate) + 2)
    return np.asarray(level * (noise[2:] - 2 * noise[1:-1] + noise[:-2]) / 4, np.float32)


def silence(seconds: float, rate: int = 16000) -> F32:
    """Return the noise of a quiet microphone."""
    return np.asarray(np.random.default_rng(4).normal(0, 3e-4, round(seconds * rate)), np.float32)


def write_wav(file: Path, samples: F32, rate: int = 16000) -> None:
    """Write 16-bit mono."""
    with wave.open(str(file), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(rate)
        stream.writeframes((samples * 32767).astype("<i2").tobytes())


def _filtered(signal: np.ndarray, width: float, hertz: float, rate: int) -> np.ndarray:
    """Apply a two-pole resonance, in the frequency domain."""
    spectrum = np.fft.rfft(signal, 2 * len(signal))
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(2 * len(signal)))
    radius, angle = np.exp(-np.pi * width / rate), 2 * np.pi * hertz / rate
    response = 1 / (1 - 2 * radius * np.cos(angle) * turn + radius**2 * turn**2)
    return np.fft.irfft(spectrum * response)[: len(signal)]
