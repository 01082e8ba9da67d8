"""Models on disk: listed, verified, imported, loaded."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from helpers.checkpoints import PUBLIC, SMALL, states, write_checkpoint
from helpers.fileserver import Behavior, serving

from avatarify.errors import ModelError, UsageError
from avatarify.files import sha256_of
from avatarify.networks.builtin.model import BuiltinModel, save_builtin
from avatarify.zoo.download import Download, download, find_download, known_downloads, own_download
from avatarify.zoo.importer import import_checkpoint
from avatarify.zoo.load import load_networks
from avatarify.zoo.manifest import Manifest, ModelEntry, is_sha256
from avatarify.zoo.registry import find_model, list_models, model_names, user_models


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    return write_checkpoint(tmp_path / "vox-small.pth.tar", SMALL)


@pytest.fixture
def entry(checkpoint: Path) -> ModelEntry:
    return import_checkpoint(checkpoint, sizes="tiny")


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: ModelEntry) -> Any:
    """A models' folder of the app with one model, 'built-in'; the user has 'vox-small'."""
    monkeypatch.setenv("AVATARIFY_ASSETS", str(tmp_path / "assets"))
    folder = tmp_path / "assets" / "models" / "built-in"
    folder.parent.mkdir(parents=True)
    import_checkpoint(tmp_path / "vox-small.pth.tar", "built-in", sizes="tiny").folder.rename(folder)
    return folder


def edit_manifest(folder: Any, **changes: Any) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_an_import_records_kind_and_origin(entry: ModelEntry) -> None:
    assert entry == find_model("vox-small")
    assert entry.manifest.kind == "fomm"
    assert entry.manifest.config == {"preset": "tiny"}
    assert entry.manifest.sha256 == sha256_of(entry.weights)
    assert "vox-small.pth.tar" in entry.manifest.origin
    assert "terms" in entry.manifest.licence
    assert entry.manifest.created.endswith("+00:00")
    assert not entry.bundled
    entry.verify()


def test_progress_is_reported_to_the_end(checkpoint: Path) -> None:
    steps = []
    import_checkpoint(checkpoint, progress=lambda *step: steps.append(step), sizes="tiny")
    assert [share for _, share in steps] == sorted(share for _, share in steps)
    assert "vox-small.pth.tar" in steps[0][0]
    assert steps[-1][1] == 1


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("vox-adv-cpk.pth.tar", "vox-adv-cpk"),
        ("My.model.PT", "My.model"),
        ("00000099-checkpoint.pth", "00000099-checkpoint"),
    ],
)
def test_a_model_is_named_after_its_file(checkpoint: Path, file: str, name: str) -> None:
    assert import_checkpoint(checkpoint.rename(checkpoint.with_name(file)), sizes="tiny").manifest.name == name


@pytest.mark.parametrize("name", ["", "a b", "../evil", ".hidden", "a/b", "x" * 65])
def test_invalid_names_are_refused(checkpoint: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be named"):
        import_checkpoint(checkpoint, name, sizes="tiny")


def test_a_taken_name_is_refused(entry: ModelEntry, checkpoint: Path) -> None:
    with pytest.raises(UsageError, match="'vox-small' already") as caught:
        import_checkpoint(checkpoint, sizes="tiny")
    assert "--name" in caught.value.hint
    assert model_names().count("vox-small") == 1


@pytest.mark.usefixtures("bundled")
def test_the_name_of_a_bundled_model_is_refused(checkpoint: Path) -> None:
    with pytest.raises(UsageError, match="'built-in' already"):
        import_checkpoint(checkpoint, "built-in", sizes="tiny")


def test_a_failed_import_leaves_nothing(checkpoint: Path) -> None:
    checkpoint.write_bytes(checkpoint.read_bytes()[:-2000])
    with pytest.raises(ModelError):
        import_checkpoint(checkpoint, sizes="tiny")
    assert not user_models().exists()


def test_an_import_that_cannot_be_finished_leaves_existing_files(checkpoint: Path) -> None:
    theirs = user_models() / "vox-small" / "file"

    def another_program_takes_the_name(step: Any, share: Any) -> None:
        if not theirs.exists():
            theirs.parent.mkdir(parents=True)
            theirs.touch()

    with pytest.raises(UsageError, match="already"):
        import_checkpoint(checkpoint, progress=another_program_takes_the_name, sizes="tiny")
    assert list(user_models().rglob("*")) == [theirs.parent, theirs]


def test_a_folder_that_cannot_be_written_is_reported(checkpoint: Path, own_folders: Path) -> None:
    (own_folders / "data").write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="cannot be written"):
        import_checkpoint(checkpoint, sizes="tiny")


def test_the_bundled_models_come_first(bundled: Any) -> None:
    names = [entry.manifest.name for entry in list_models()]
    assert names == model_names() == ["built-in", "vox-small"]
    assert [entry.bundled for entry in list_models()] == [True, False]


@pytest.mark.usefixtures("bundled")
def test_the_error_for_an_unknown_model_lists_the_others() -> None:
    with pytest.raises(UsageError, match="'nonsense'") as caught:
        find_model("nonsense")
    assert "built-in, vox-small" in caught.value.hint


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "other"},
        {"kind": "magic"},
        {"config": 3},
        {"file": "../../secret.safetensors"},
        {"file": "model.pth.tar"},
        {"sha256": "abc"},
    ],
)
def test_a_damaged_manifest_is_reported_and_hides_no_other_model(
    bundled: Any, entry: ModelEntry, caplog: pytest.LogCaptureFixture, changes: dict[str, int | str]
) -> None:
    edit_manifest(entry.folder, **changes)
    with pytest.raises(ModelError, match="is not valid") as caught:
        find_model("vox-small")
    assert str(entry.folder) in caught.value.message
    with caplog.at_level(logging.WARNING):
        assert [each.manifest.name for each in list_models()] == ["built-in"]
    assert "vox-small" in caplog.text


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '"text"'])
def test_a_manifest_without_an_object_is_reported(entry: ModelEntry, text: str) -> None:
    (entry.folder / "manifest.json").write_text(text)
    with pytest.raises(ModelError, match=r"manifest\.json"):
        find_model("vox-small")


def test_changed_weights_are_detected_before_use(entry: ModelEntry) -> None:
    content = bytearray(entry.weights.read_bytes())
    content[-1] ^= 1
    entry.weights.write_bytes(content)
    for use in (entry.verify, lambda: load_networks(entry)):
        with pytest.raises(ModelError, match="damaged") as caught:
            use()
        assert "vox-small" in caught.value.message


def test_missing_weights_are_reported(entry: ModelEntry) -> None:
    entry.weights.unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        entry.verify()


def test_loaded_networks_have_the_checkpoints_weights(entry: ModelEntry) -> None:
    graphs = load_networks(entry)
    assert list(graphs) == ["keypoints", "encode", "generate"]
    expected = states(SMALL)["kp_detector"]
    detector: Any = graphs["keypoints"].module.detector
    assert all(torch.equal(tensor, expected[name]) for name, tensor in detector.state_dict().items())
    image = torch.from_numpy(np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8))
    points, jacobians = graphs["keypoints"].module(image)
    again = load_networks(entry)["keypoints"].module(image)
    assert torch.equal(points, again[0])
    assert torch.equal(jacobians, again[1])


def test_a_model_of_the_built_in_kind_is_loaded() -> None:
    folder = user_models() / "mine"
    folder.mkdir(parents=True)
    reference = torch.rand(81, 2, generator=torch.Generator().manual_seed(3)) * 1.2 - 0.6
    file = folder / "model.safetensors"
    save_builtin(file, BuiltinModel(reference))
    Manifest("mine", "mobile", {}, file.name, sha256_of(file), "CC0", "this test", "2026-01-01").write(folder)
    graphs = load_networks(find_model("mine"))
    assert list(graphs) == ["keypoints", "encode", "generate"]
    detector: Any = graphs["keypoints"].module.detector
    assert torch.equal(detector.reference, reference)


def test_unknown_sizes_in_a_manifest_are_reported(entry: ModelEntry) -> None:
    edit_manifest(entry.folder, config={"preset": "huge"})
    with pytest.raises(ModelError, match="'huge'"):
        load_networks(find_model("vox-small"))


@pytest.mark.slow
def test_the_public_layout_at_full_size(tmp_path: Path) -> None:
    """From a file like vox-cpk.pth.tar to graphs: 196 and 75 tensors, 60 million numbers."""
    file = write_checkpoint(tmp_path / "vox-cpk.pth.tar", PUBLIC)
    entry = import_checkpoint(file)
    expected = {part: torch.load(file, weights_only=True)[part] for part in ("generator", "kp_detector")}
    assert [len(expected[part]) for part in ("generator", "kp_detector")] == [196, 75]
    graphs = load_networks(entry)
    detector: Any = graphs["keypoints"].module.detector
    generator: Any = graphs["generate"].module.generator
    read = {"kp_detector": detector.state_dict(), "generator": generator.state_dict()}
    for part, tensors in expected.items():
        assert read[part].keys() == tensors.keys()
        assert all(torch.equal(read[part][name], tensor) for name, tensor in tensors.items())
    outputs = graphs["generate"].module(*graphs["generate"].inputs.values())
    assert [tuple(output.shape) for output in outputs] == [(256, 256, 3), (64, 64, 2), (64, 64)]


def test_a_download_becomes_a_model_and_leaves_no_file(
    checkpoint: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    steps = []
    with serving(Behavior(checkpoint.read_bytes(), breaks=[5000])) as address:
        wanted = own_download("mine", [f"{address}/missing", f"{address}/file"], sha256_of(checkpoint).upper())
        entry = download(wanted, lambda *step: steps.append(step), sizes="tiny")
    assert entry == find_model("mine")
    assert "Downloading" in steps[0][0]
    assert (str(steps[-1][0]), steps[-1][1]) == ("Imported mine", 1)
    assert list((own_folders / "cache" / "downloads").iterdir()) == []


def test_a_download_that_is_not_a_checkpoint_leaves_nothing(
    own_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    page = tmp_path / "page.html"
    page.write_text("<html>")
    with (
        serving(Behavior(page.read_bytes())) as address,
        pytest.raises(ModelError, match="web page"),
    ):
        download(own_download("mine", [f"{address}/file"], sha256_of(page)), sizes="tiny")
    assert "mine" not in model_names()
    assert list((own_folders / "cache" / "downloads").iterdir()) == []


@pytest.mark.usefixtures("entry")
def test_nothing_is_downloaded_for_a_taken_name(checkpoint: Path) -> None:
    server = Behavior(checkpoint.read_bytes())
    with serving(server) as address, pytest.raises(UsageError, match="already"):
        download(Download("vox-small", [f"{address}/file"], "0" * 64), sizes="tiny")
    assert server.asked == []


def test_the_error_for_an_unknown_download_offers_a_remedy() -> None:
    with pytest.raises(UsageError, match="'nonsense'") as caught:
        find_download("nonsense")
    assert "--url" in caught.value.hint


@pytest.mark.parametrize(
    ("url", "sha256"), [("file:///etc/passwd", "0" * 64), ("ftp://a/b", "0" * 64), ("https://a/b", "12")]
)
def test_unsafe_downloads_are_refused(url: str, sha256: str) -> None:
    with pytest.raises(UsageError):
        own_download("mine", [url], sha256)


def test_the_known_downloads_are_pinned() -> None:
    for name, known in known_downloads().items():
        assert known == find_download(name)
        assert is_sha256(known.sha256)
        assert all(url.startswith("https://") for url in known.urls)


def test_looking_for_models_imports_nothing_heavy() -> None:
    code = "import sys; from avatarify.zoo import download, load, registry; registry.list_models(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"torch", "cv2", "numpy", "PySide6"} & set(loaded)
