"""Feature networks: a VGG read from its file is torchvision's, and foreign files are reported."""

import pickle
from pathlib import Path
from typing import Any

import pytest
import torch
from helpers.values import not_none
from safetensors.torch import save_file
from torch import nn

from avatarify.errors import InputError
from avatarify.training.fomm.features import load_features

# torchvision's VGG-19: channels of each convolution, M for a pooling.
PLAN: list[Any] = [8, 8, "M", 12, 12, "M", 16, 16, 16, 16, "M", 20, 20, 20, 20, "M", 20, 20, 20, 20, "M"]
TAPS = (1, 6, 11, 20, 29)  # indices of relu1_1, relu2_1, relu3_1, relu4_1, relu5_1


def vgg() -> Any:
    """The layers as torchvision numbers them, of smaller width."""
    layers: list[nn.Module] = []
    channels = 3
    torch.manual_seed(0)
    for width in PLAN:
        if width == "M":
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
            channels = width
    return nn.Sequential(*layers)


def write(file: Any, prefix: str = "features.", change: Any = None) -> Any:
    state = {f"{prefix}{key}": value for key, value in vgg().state_dict().items()}
    state["classifier.0.weight"] = torch.zeros(3, 3)
    if change is not None:
        change(state)
    if file.suffix == ".safetensors":
        save_file(state, file)
    else:
        torch.save(state, file)
    return file


@pytest.mark.parametrize("name", ["vgg19.pth", "vgg19.safetensors"])
@pytest.mark.parametrize("prefix", ["features.", ""])
def test_a_vgg_is_read_as_torchvision_lays_it_out(tmp_path: Path, name: str, prefix: str) -> None:
    network = load_features(write(tmp_path / name, prefix))
    images = torch.rand(2, 3, 64, 64)
    x = (images - torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
    wanted = []
    for number, layer in enumerate(vgg()):
        x = layer(x)
        if number in TAPS:
            wanted.append(x)
    found = network(images)
    assert [layer.shape for layer in found] == [layer.shape for layer in wanted]
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(found, wanted, strict=True))
    assert not any(parameter.requires_grad for parameter in network.parameters())


def test_fixed_features_are_the_same_everywhere_and_distinguish_pictures() -> None:
    torch.manual_seed(1)
    first = load_features(None)
    torch.manual_seed(2)
    second = load_features(None)
    image = torch.rand(1, 3, 32, 32, requires_grad=True)
    layers = first(image)
    assert len(layers) == 5
    assert all(torch.equal(a, b) for a, b in zip(layers, second(image), strict=True))
    sum(layer.abs().mean() for layer in layers).backward()
    assert not_none(image.grad).isfinite().all()
    assert all(not torch.allclose(a, b) for a, b in zip(layers, first(image.flip(3)), strict=True))


def test_layers_after_the_last_wanted_one_need_not_be_there(tmp_path: Path) -> None:
    def short(state: Any) -> None:
        for key in [key for key in state if int((key + ".0").split(".")[1]) > 28]:
            del state[key]

    assert len(load_features(write(tmp_path / "short.pth", change=short))(torch.rand(1, 3, 32, 32))) == 5


def test_no_code_in_a_file_is_executed(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> Any:
            return open, (str(tmp_path / "harmed"), "w")

    file = tmp_path / "vgg.pth"
    file.write_bytes(pickle.dumps(Evil()))
    with pytest.raises(InputError, match="more than weights"):
        load_features(file)
    torch.save({"features.0.weight": Evil()}, file)
    with pytest.raises(InputError, match="more than weights"):
        load_features(file)
    assert not (tmp_path / "harmed").exists()


def test_foreign_files_are_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"feature network .*nowhere\.pth does not exist"):
        load_features(tmp_path / "nowhere.pth")
    (tmp_path / "x.safetensors").write_bytes(b"nothing")
    with pytest.raises(InputError, match="cannot be read"):
        load_features(tmp_path / "x.safetensors")
    torch.save({"a.weight": torch.zeros(3)}, tmp_path / "other.pth")
    with pytest.raises(InputError, match="does not contain a VGG"):
        load_features(tmp_path / "other.pth")
    for change in (
        lambda state: state.pop("features.5.bias"),
        lambda state: state.update({"features.5.weight": torch.zeros(12, 99, 3, 3)}),
        lambda state: [state.pop(key) for key in list(state) if int((key + ".0.").split(".")[1]) > 9],
    ):
        with pytest.raises(InputError, match="does not contain a VGG"):
            load_features(write(tmp_path / "broken.pth", change=change))
