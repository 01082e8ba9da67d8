"""The face landmarker sends nothing to anyone."""

from pathlib import Path

import mediapipe


def test_mediapipe_has_no_telemetry_address() -> None:
    """Later versions of MediaPipe report their use to this host when a landmarker is opened."""
    binaries = [
        file for end in ("so", "pyd", "dylib", "dll") for file in Path(mediapipe.__file__).parent.rglob(f"*.{end}")
    ]
    assert binaries
    assert not [file.name for file in binaries if b"play.googleapis.com" in file.read_bytes()]
