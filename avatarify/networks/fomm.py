"""The First Order Motion Model (Siarohin et al., NeurIPS 2019) as a whole."""

from __future__ import annotations

from torch import nn

from avatarify.networks.config import FommConfig
from avatarify.networks.generator import Generator
from avatarify.networks.keypoint_detector import KeypointDetector


class Fomm(nn.Module):
    """Key-point detector and generator; the parts' names are the prefixes of the stored weights.

    Attributes:
        config: The sizes it was built with.
    """

    def __init__(self, config: FommConfig) -> None:
        super().__init__()
        self.config = config
        self.kp_detector = KeypointDetector(config)
        self.generator = Generator(config)
