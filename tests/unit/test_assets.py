"""Bundled files: their origin is documented and verified, and they can be used."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from helpers.values import not_none

from avatarify import paths
from avatarify.animate.portrait import list_portraits
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import Frame
from avatarify.images import load_picture

ASSETS = paths.assets()
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|(?P<cells>.*)\| `(?P<sha>[0-9a-f]{64})` \|$", re.MULTILINE)
PICTURES = sorted((ASSETS / "portraits").glob("*.jpg"))
DRAWN = {"ines-oil", "viktor-pencil", "nia-comic", "leo-watercolor"}
CLIP = ASSETS / "demo" / "driver.mp4"


def listed(folder: Any) -> Any:
    """SHA-256 by file for the table of one SOURCES.md."""
    sources = folder / "SOURCES.md"
    rows = ROW.finditer(sources.read_text(encoding="utf-8")) if sources.is_file() else ()
    return {folder / row["file"]: row["sha"] for row in rows}


def described(manifest: Any) -> Any:
    """SHA-256 of the weights that a model's manifest stands for."""
    content = json.loads(manifest.read_text(encoding="utf-8"))
    return {manifest.parent / content["file"]: content["sha256"]} if content["origin"] and content["licence"] else {}


def derived(origin: Any) -> Any:
    """SHA-256 by file of what was made from this program's code, and perhaps from a model's weights."""
    made_from = json.loads(origin.read_text(encoding="utf-8"))
    if "weights_sha256" in made_from:
        weights = json.loads((origin.parent.parent / "manifest.json").read_text(encoding="utf-8"))["sha256"]
        assert made_from["weights_sha256"] == weights
    sums = json.loads((origin.parent / "sha256.json").read_text(encoding="utf-8"))
    return {origin.parent / name: sha for name, sha in sums.items() if name != origin.name}


def vouched() -> Any:
    """SHA-256 by file for everything whose origin and license are documented."""
    known: dict[Any, Any] = {}
    for sources in ASSETS.rglob("SOURCES.md"):
        known |= listed(sources.parent)
    for manifest in ASSETS.rglob("manifest.json"):
        known |= described(manifest)
    for origin in ASSETS.rglob("origin.json"):
        known |= derived(origin)
    return known


def bundled() -> Any:
    texts = (".md", "manifest.json", "origin.json", "sha256.json")  # our own texts, and the manifests of models
    return [file for file in ASSETS.rglob("*") if file.is_file() and not file.name.endswith(texts)]


@pytest.fixture(scope="module")
def faces() -> Any:
    """The faces of each portrait, by name."""
    with FaceLandmarker("image", expression=True) as landmarker:
        return {file.stem: landmarker.find_faces(load_picture(file)) for file in PICTURES}


def clip_frames() -> Iterator[Any]:
    with av.open(str(CLIP)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            yield Frame(np.ascontiguousarray(frame.to_ndarray(format="rgb24")), index, index / 25, index / 25)


def test_every_file_is_accounted_for_by_its_sha256() -> None:
    known = vouched()
    wrong = [
        str(file.relative_to(ASSETS))
        for file in bundled()
        if known.get(file) != hashlib.sha256(file.read_bytes()).hexdigest()
    ]
    assert not wrong


def test_no_row_describes_a_missing_file() -> None:
    assert not [str(file) for file in vouched() if not file.is_file()]


def test_each_row_says_what_where_from_and_under_which_licence() -> None:
    for sources in ASSETS.rglob("SOURCES.md"):
        for row in ROW.finditer(sources.read_text(encoding="utf-8")):
            cells = [cell.strip() for cell in row["cells"].split("|")]
            assert len([cell for cell in cells if len(cell) > 2]) >= 2, row["file"]


def test_there_are_portraits_to_choose_from() -> None:
    names = {file.stem for file in PICTURES}
    assert len(names) >= 16
    assert {"mona-lisa"} | DRAWN <= names


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.stem)
def test_portrait_is_large_enough_and_light_enough(file: Path) -> None:
    height, width, channels = load_picture(file).shape
    assert channels == 3
    assert 720 <= width <= height <= 1280
    assert 40_000 < file.stat().st_size < 400_000


@pytest.mark.parametrize("name", [file.stem for file in PICTURES])
def test_portrait_shows_one_face_that_looks_at_the_viewer(name: str, faces: Any) -> None:
    assert len(faces[name]) == 1
    face = faces[name][0]
    width_limit = 25 if name == "mona-lisa" else 8
    assert abs(face.yaw) < width_limit
    assert abs(face.roll) < 8


def test_the_mona_lisa_is_the_default() -> None:
    assert list_portraits()[0].name == "mona-lisa"


@pytest.mark.parametrize("name", [file.stem for file in PICTURES])
def test_portrait_is_neutral(name: str, faces: Any) -> None:
    expression = faces[name][0].expression
    assert expression["jawOpen"] < 0.1
    assert max(expression["eyeBlinkLeft"], expression["eyeBlinkRight"]) < 0.35


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.stem)
def test_the_animated_square_lies_inside_the_portrait(file: Path, faces: Any) -> None:
    height, width, _ = load_picture(file).shape
    box = faces[file.stem][0].portrait_box()
    assert box.size <= 1.05 * min(width, height)
    assert 0.3 * width < box.x < 0.7 * width


def test_clip_is_h264_at_25_frames_a_second() -> None:
    with av.open(str(CLIP)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert stream.average_rate == 25
        assert (stream.width, stream.height) == (640, 480)
        assert 8 <= float(stream.duration * stream.time_base) <= 10
        assert not container.streams.audio
    assert CLIP.stat().st_size <= 1_500_000


def test_clip_shows_a_face_in_each_frame_that_blinks_speaks_and_turns() -> None:
    with FaceLandmarker("video") as landmarker:
        found = [landmarker.find(frame) for frame in clip_frames()]
    assert all(found)
    span = {name: np.ptp([not_none(face).expression[name] for face in found]) for name in ("jawOpen", "mouthSmileLeft")}
    assert min(span.values()) > 0.4
    blinks = (
        np.array(
            [(not_none(face).expression["eyeBlinkLeft"], not_none(face).expression["eyeBlinkRight"]) for face in found]
        )
        > 0.45
    )
    assert (np.diff(blinks.all(axis=1).astype(int)) == 1).sum() >= 4
    assert (blinks[:, 0] & ~blinks[:, 1]).sum() >= 3  # the wink
    poses = np.array([(not_none(face).yaw, not_none(face).pitch, not_none(face).roll) for face in found])
    assert np.ptp(poses, axis=0) == pytest.approx([36, 16, 24], abs=8)


def test_clip_begins_neutral_and_ends_where_it_began() -> None:
    with FaceLandmarker("video") as landmarker:
        found = [landmarker.find(frame) for frame in clip_frames()]
    for face in found[:14]:
        assert max(not_none(face).expression[name] for name in ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight")) < 0.2
        assert max(abs(not_none(face).yaw), abs(not_none(face).roll)) < 5
    assert np.abs(not_none(found[-1]).landmarks - not_none(found[0]).landmarks).max() < 6
