"""The runtime ``remote``: key points on this computer, pictures from a host."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.frames import Keypoints
from avatarify.graphs.spec import ENCODE, GENERATE, GenerateOutputs
from avatarify.messages import Message
from avatarify.remote.health import PATIENCE_S, Health
from avatarify.remote.link import Link
from avatarify.remote.portrait import SentPortrait
from avatarify.runtimes.base import Arrays, Runtime

_WHICH = "remote_portrait"  # a feature that the local graphs ignore: the number of the portrait


class RemoteRuntime:
    """Executes ``generate`` on a host, and everything else with a runtime on this computer.

    Only the portrait and its moved key points leave this computer: of the graph ``keypoints``, neither inputs nor
    outputs do. While the host does not answer in time, the local runtime draws.

    Args:
        local: With the graphs ``keypoints``, ``encode``, and ``generate``; closed with this one.
        link: Opened.
        host: Its address, for messages.
        announce: Called with what the user should read.

    Attributes:
        drawn: Frames by where they were drawn: ``remote``, ``local``.
    """

    name = "remote"

    def __init__(self, local: Runtime, link: Link, host: str, announce: Callable[[Message], None]) -> None:
        self._local, self._link, self._announce = local, link, announce
        self.device = f"{host}; {local.device}"
        self.signatures = local.signatures
        self.drawn: Counter[str] = Counter(remote=0, local=0)
        self._health = Health()
        self._shown = 0

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph (see ``Runtime``)."""
        if graph == ENCODE.name:
            return self._encode(inputs)
        if graph != GENERATE.name:
            return self._local.run(graph, inputs)
        outputs = self._ask(inputs)
        self.drawn["local" if outputs is None else "remote"] += 1
        return self._local.run(graph, inputs) if outputs is None else outputs

    def close(self) -> None:
        """Leave the host and free the local runtime."""
        self._link.close()
        self._local.close()

    def _encode(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Encode on this computer, too: it may have to draw."""
        features = self._local.run(ENCODE.name, inputs)
        portrait = SentPortrait(inputs["portrait"], inputs["matte"], Keypoints(inputs["points"], inputs["jacobians"]))
        self._shown += 1
        self._link.show(portrait.pack())
        return {**features, _WHICH: np.array([self._shown])}

    def _ask(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays | None:
        now = time.monotonic()
        if int(inputs[_WHICH][0]) != self._shown or not self._health.may_ask(now):
            return None
        drawn = self._link.ask(Keypoints(inputs["driving_points"], inputs["driving_jacobians"]), PATIENCE_S)
        if drawn is None:
            if self._health.missed(time.monotonic()):
                self._announce(Message("The host does not answer in time. This computer draws the portrait."))
            return None
        if self._health.came():
            self._announce(Message("The host draws the portrait again."))
        outputs: GenerateOutputs[NDArray[Any]] = GenerateOutputs(
            drawn.image, drawn.deformation, drawn.visible, drawn.matte
        )
        return outputs.arrays()
