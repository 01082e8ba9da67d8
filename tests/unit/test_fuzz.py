"""Damaged inputs of every kind: each is read, or refused with a sentence; no other error gets out."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from helpers.checkpoints import SMALL, write_checkpoint
from helpers.films import write_film
from helpers.spoil import spoiled
from helpers.system_libraries import ALL
from PIL import Image

from avatarify import paths, settings
from avatarify.animate import portrait_cache
from avatarify.animate.portrait import find_portrait
from avatarify.capture.registry import open_source
from avatarify.engines.plans import PlanKey, PlanStore
from avatarify.engines.recipes import read_recipe
from avatarify.engines.reference.file import FRAMES, Case, Reference, read_reference, save_reference
from avatarify.errors import AvatarifyError
from avatarify.frames import Size
from avatarify.images import load_rgba
from avatarify.networks.fomm.checkpoint import read_checkpoint, save_weights
from avatarify.networks.fomm.config import TINY
from avatarify.networks.fomm.load import load_fomm
from avatarify.zoo.manifest import Manifest

FEW, MANY = 120, 2_000
SIDE = 48
Reader = Callable[[Path], object]


def pictures(folder: Path) -> Iterator[tuple[Path, Reader]]:
    noise = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 4), dtype=np.uint8)
    for suffix in ("png", "jpg", "webp", "tiff", "avif", "gif", "bmp"):
        file = folder / f"a.{suffix}"
        Image.fromarray(noise).convert("RGB" if suffix in ("jpg", "bmp") else "RGBA").save(file)
        yield file, load_rgba


def videos(folder: Path) -> Iterator[tuple[Path, Reader]]:
    def read(file: Path) -> None:
        with open_source(str(file), pace=False, size=Size(64, 64), fps=25) as source:
            while source.read() is not None:
                pass

    for suffix in ("mp4", "mkv", "avi", "mov"):
        yield write_film(folder / f"a.{suffix}", [number / 25 for number in range(6)]), read
    frames = [Image.new("RGB", (SIDE, SIDE), (40 * number, 9, 9)) for number in range(4)]
    for suffix in ("webp", "gif"):
        frames[0].save(folder / f"b.{suffix}", save_all=True, append_images=frames[1:], duration=40)
        yield folder / f"b.{suffix}", read


def weights(folder: Path) -> Iterator[tuple[Path, Reader]]:
    for old in (True, False):
        file = write_checkpoint(folder / f"{old}.pth.tar", SMALL, old_format=old)
        yield file, lambda file: read_checkpoint(file, TINY)
    save_weights(read_checkpoint(folder / "True.pth.tar", TINY)[0], folder / "a.safetensors")
    yield folder / "a.safetensors", lambda file: load_fomm(file, TINY)


def texts(folder: Path) -> Iterator[tuple[Path, Reader]]:
    config = settings.settings_file()
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(json.dumps(asdict(settings.Settings())), encoding="utf-8")
    yield config, lambda file: settings.load()
    Manifest("m", "fomm", {"preset": "tiny"}, "a.safetensors", "0" * 64, "MIT", "x", "").write(folder)
    (folder / "m").mkdir()
    (folder / "manifest.json").rename(folder / "m" / "manifest.json")
    yield folder / "m" / "manifest.json", lambda file: Manifest.read(file.parent)
    (folder / "fomm.toml").write_bytes((paths.recipes() / "fomm.toml").read_bytes())
    yield folder / "fomm.toml", lambda file: read_recipe("fomm", file.parent)
    key, store = PlanKey("m", "openvino", "encode", "fp32", "0" * 64, "openvino 1", "CPU", "f32"), PlanStore(folder)
    store.file(key).parent.mkdir(parents=True)
    store.save(key, b"plan", {})
    yield store.file(key).with_suffix(".json"), lambda file: store.problem(key)


def arrays(folder: Path) -> Iterator[tuple[Path, Reader]]:
    numbers = {"x": np.arange(6, dtype=np.float32)}
    case = Case(numbers, np.eye(2, 3, dtype=np.float32), numbers, numbers, numbers)
    save_reference(folder / "reference.npz", Reference(numbers, numbers, [case] * FRAMES), [])
    yield folder / "reference.npz", read_reference
    info = find_portrait("mona-lisa")
    facts = {"face": {"expression": {}, "yaw": 0.0, "pitch": 0.0, "roll": 0.0, "others": 0}, "warnings": []}
    landmarks = np.zeros((478, 2), np.float32)
    np.savez(folder / "p.npz", facts=np.array(json.dumps(facts)), landmarks=landmarks, matte=np.zeros(0, np.uint8))
    yield folder / "p.npz", lambda file: portrait_cache._read(info, file)


KINDS = {"pictures": pictures, "videos": videos, "weights": weights, "texts": texts, "arrays": arrays}


def outcome(reader: Reader, file: Path) -> str:
    """Read a damaged file; return what came of it."""
    try:
        reader(file)
    except AvatarifyError as error:
        return "refused" if "\n" not in str(error) else "refused in several lines"
    return "read"


def fuzz(kind: str, folder: Path, count: int) -> Counter[str]:
    """Damage each sample of a kind in turn; return how many were read and refused."""
    samples = [(file, file.read_bytes(), reader) for file, reader in KINDS[kind](folder)]
    seen: Counter[str] = Counter()
    for number in range(count):
        file, content, reader = samples[number % len(samples)]
        file.write_bytes(spoiled(content, number))
        try:
            seen[outcome(reader, file)] += 1
        except Exception as error:
            raise AssertionError(f"{file.name}, seed {number}: {type(error).__name__}: {error}") from error
    return seen


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore")  # of libraries, about damaged files
def test_damaged_files_are_read_or_refused(
    kind: str, tmp_path: Path, own_folders: Path, caplog: pytest.LogCaptureFixture
) -> None:
    seen = fuzz(kind, tmp_path, FEW // len(KINDS))
    assert seen["refused"] > 0 or kind in ("texts", "arrays")  # most of these readers fall back to defaults
    assert seen["read"] + seen["refused"] == FEW // len(KINDS)


@pytest.mark.slow
@pytest.mark.skipif(not ALL, reason="two thousand inputs; runs with AVATARIFY_TEST_ALL=1")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore")
def test_two_thousand_damaged_files_are_read_or_refused(
    kind: str, tmp_path: Path, own_folders: Path, caplog: pytest.LogCaptureFixture
) -> None:
    seen = fuzz(kind, tmp_path, MANY // len(KINDS))
    assert seen["read"] + seen["refused"] == MANY // len(KINDS)
