"""The table of tensors beside the module that torch builds."""

from dataclasses import replace

import pytest
import torch

from avatarify.networks.fomm.config import FULL, PRESETS, TINY, FommConfig
from avatarify.networks.fomm.layout import COUNTER, layout
from avatarify.networks.fomm.model import Fomm

CONFIGS = [*PRESETS.values(), replace(TINY, jacobians=False), replace(TINY, occlusion=False), replace(FULL, points=15)]


@pytest.mark.parametrize("config", CONFIGS)
def test_names_and_shapes_are_those_of_the_module(config: FommConfig) -> None:
    with torch.device("meta"):
        state = Fomm(config).state_dict()
    assert layout(config) == {name: tuple(tensor.shape) for name, tensor in state.items()}
    assert all((tensor.dtype == torch.int64) == name.endswith(COUNTER) for name, tensor in state.items())
