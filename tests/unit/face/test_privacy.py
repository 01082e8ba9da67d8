"""The face landmarker talks to nobody."""

from pathlib import Path

import mediapipe


def test_the_library_has_no_address_to_report_to() -> None:
    """Later versions of MediaPipe report their use to this host when a landmarker is opened."""
    binaries = [
        file for end in ("so", "pyd", "dylib", "dll") for file in Path(mediapipe.__file__).parent.rglob(f"*.{end}")
    ]
    assert binaries
    assert not [file.name for file in binaries if b"play.googleapis.com" in file.read_bytes()]
