"""Opens the runtime ``remote``: a host, and a runtime on this computer for key points and for the time without host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from avatarify import paths
from avatarify.engines.choose import Chosen, choose_runtime
from avatarify.engines.target import Watch
from avatarify.errors import EngineError
from avatarify.graphs.spec import KEYPOINTS
from avatarify.messages import Message
from avatarify.remote.addresses import read_addresses
from avatarify.remote.certificates import KnownHosts
from avatarify.remote.demo import DEMO_ADDRESS, DEMO_TOKEN_FILE
from avatarify.remote.link import Link
from avatarify.remote.protocol import Hello
from avatarify.remote.runtime import RemoteRuntime
from avatarify.remote.tokens import read_tokens

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry


def open_remote(entry: ModelEntry, addresses: str, token_file: str, watch: Watch | None = None) -> Chosen:
    """Open a model on a host.

    Args:
        entry: The model; the host must have the same one.
        addresses: ``wss://NAME:PORT``, separated by commas; empty for a host on this computer.
        token_file: Its first line is the token; empty for the one that ``avatarify serve --demo-token`` has made.
        watch: Follows the preparation of the model; announces a new certificate, and who draws.

    Raises:
        UsageError: An address is none.
        InputError: The token cannot be read.
        EngineError: No host can be used.
    """
    watch = watch or Watch()
    try:
        import websockets.asyncio.client  # noqa: F401 - missing without the extra
    except ImportError as error:
        raise EngineError(
            "The package websockets is not installed.", "Install it: pip install 'avatarify[remote]'"
        ) from error
    hosts = read_addresses(addresses or DEMO_ADDRESS)
    file = Path(token_file) if token_file else paths.config() / DEMO_TOKEN_FILE
    token = read_tokens(file)[0]
    local = choose_runtime(entry, "openvino", watch=watch).runtime
    points = local.signatures[KEYPOINTS.name].outputs["points"]
    assert points is not None
    link = Link(hosts, token, Hello(entry.manifest.sha256, points.shape[0]), KnownHosts(), watch.announce)
    try:
        host = str(link.open())
    except BaseException:
        link.close()
        local.close()
        raise
    return Chosen(RemoteRuntime(local, link, host, watch.announce), Message("{runtime}: requested", runtime="remote"))
