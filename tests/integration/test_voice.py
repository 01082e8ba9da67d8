"""``avatarify run --voice``: a voice moves the mouth without a camera, in a process of its own."""

import json
from pathlib import Path

import numpy as np
import pytest
from helpers.command import avatarify, error_line
from helpers.media import read_video
from helpers.voices import silence, vowel, write_wav

from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker

pytestmark = pytest.mark.slow
UPPER, LOWER = 13, 14  # of the inner lips, in MediaPipe's topology


def openings(video: Path) -> list[float]:
    """Return the distance of the inner lips over the height of the face in every other frame."""
    frames, _ = read_video(video)
    with FaceLandmarker("image", expression=False) as landmarker:
        return [_opening(landmarker.find_faces(frame)[0]) for frame in frames[::2]]


def _opening(face: Face) -> float:
    return float(np.linalg.norm(face.landmarks[LOWER] - face.landmarks[UPPER])) / face.height


@pytest.mark.parametrize("speaks", [True, False], ids=["vowels", "silence"])
def test_the_mouth_follows_a_voice_and_rests_in_silence(tmp_path: Path, speaks: bool) -> None:
    sound, video, report = tmp_path / "talk.wav", tmp_path / "out.mp4", tmp_path / "r.json"
    words = [vowel(name, 0.35) if speaks else silence(0.35) for name in ("ah", "oh", "ah")]
    write_wav(sound, np.concatenate([part for word in words for part in (silence(0.35), word)]))
    done = avatarify(
        *("run", "--camera", "none", "--voice", sound, "--portrait", "mona-lisa", "--sink", video),
        *("--size", "480x480", "--fps", 20, "--frames", 56, "--report", report),
    )
    assert done.returncode == 0, done.stderr
    facts = json.loads(report.read_text(encoding="utf-8"))
    assert facts["camera"] == "none"
    assert facts["faces_seen"] == 0
    assert facts["warnings"] == []
    found = openings(video)
    if speaks:
        assert max(found) > 0.08
        assert min(found) < 0.02
    else:
        assert max(found) < 0.02


def test_a_file_without_sound_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "no.wav"
    file.write_bytes(b"nothing")
    line = error_line(avatarify("run", "--camera", "none", "--voice", file, "--sink", "null"), 1)
    assert "no.wav cannot be read as sound" in line
