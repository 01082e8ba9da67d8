"""The sound of a voice."""

import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from helpers.voices import silence, vowel, write_wav

from avatarify.capture.registry import open_source
from avatarify.capture.sound import Voice
from avatarify.errors import DeviceError, InputError
from avatarify.frames import Size


def test_a_file_is_heard_in_real_time_from_the_first_look_on(tmp_path: Path) -> None:
    file = tmp_path / "talk.wav"
    write_wav(file, np.concatenate([silence(0.3), vowel("ah", 0.4)]))
    with Voice(str(file)) as voice:
        assert voice.name == "talk.wav"
        opened: list[float] = []
        started = time.perf_counter()
        while time.perf_counter() < started + 30 and not (opened and max(opened) > 0.5 and opened[-1] < 0.01):
            opened.append(voice.units()["jawOpen"])
            time.sleep(0.005)
        assert max(opened) > 0.5
        assert opened[-1] < 0.01  # it ends in silence
        assert time.perf_counter() - started > 0.7
        assert opened[0] == 0


@pytest.mark.parametrize("content", [None, b"", b"RIFFnonsense"])
def test_a_file_that_cannot_be_heard_is_one_clear_error(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "talk.wav"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match=r"talk\.wav cannot be read as sound"):
        Voice(str(file))


class _PortAudioError(Exception):
    pass


class _Stream:
    """A microphone of the library, as far as it is used; ``say`` stands for its thread."""

    def __init__(self, **how: Any) -> None:
        self.how, self.closed = how, False

    def start(self) -> None:
        pass

    def say(self, samples: Any) -> None:
        self.how["callback"](samples[:, None], len(samples), None, None)

    def close(self, ignore_errors: bool = True) -> None:
        self.closed = True


def _library(devices: dict[Any, float]) -> SimpleNamespace:
    def query_devices(device: Any, kind: str) -> dict[str, Any]:
        if device not in devices:
            raise ValueError(f"No {kind} device matching {device!r}")
        return {"name": "Mic", "default_samplerate": devices[device]}

    return SimpleNamespace(query_devices=query_devices, InputStream=_Stream, PortAudioError=_PortAudioError)


def test_a_microphone_is_heard_at_its_own_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", _library({None: 48000.0, 3: 44100.0}))
    with Voice("default") as voice:
        stream = voice._stream
        stream.say(silence(0.3, 48000))
        stream.say(vowel("ah", 0.3, 48000))
        assert voice.units()["jawOpen"] > 0.5
    assert stream.closed
    with Voice("3") as voice:
        assert voice._stream.how["samplerate"] == 44100


def test_a_missing_microphone_and_a_missing_library_are_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", _library({}))
    with pytest.raises(DeviceError, match="The microphone default cannot be used: No input device"):
        Voice("default")
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(DeviceError, match="PortAudio"):
        Voice("default")


def test_without_a_camera_blank_frames_come_at_the_rate() -> None:
    with open_source("none", pace=True, size=Size(64, 64), fps=100.0) as source:
        started = time.perf_counter()
        frames = [source.read() for _ in range(10)]
        assert time.perf_counter() - started > 0.08
        assert all(frame is not None and frame.performance is None for frame in frames)
        numbers = [frame.index for frame in frames if frame is not None]
        assert numbers == sorted(set(numbers))
    assert source.read() is None
