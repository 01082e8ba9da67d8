"""Names of files are never taken for addresses, and what a file or stream names is not opened."""

from __future__ import annotations

import socket
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.fileserver import Behavior, serving
from helpers.media import write_video

import avatarify
from avatarify.capture.media import VideoFile
from avatarify.capture.stream import Stream
from avatarify.containers import open_file
from avatarify.errors import CameraError, InputError
from avatarify.frames import Size
from avatarify.output.recorder import Recorder

ROOT = Path(avatarify.__file__).parent
FRAME = np.full((48, 64, 3), 90, np.uint8)
SDP = (
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n"
)
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:{port}/x.ts\n#EXT-X-ENDLIST\n"
CONCAT = "ffconcat version 1.0\nfile other.mp4\n"


def silent(server: socket.socket) -> bool:
    """Return whether nobody has connected to a server."""
    server.setblocking(False)
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return True
    return False


@pytest.mark.parametrize("name", ["tcp:127.0.0.1:{port}.mp4", "http:127.0.0.1:{port}.mp4", "10:30.mp4", "50%d.mp4"])
def test_a_name_with_a_colon_is_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as server:
        file = name.format(port=server.getsockname()[1])
        with Recorder(file, Size(64, 48), 25) as recorder:
            for _ in range(3):
                recorder.send(FRAME)
        with VideoFile(file) as video:
            assert len(list(iter(video.read, None))) == 3
        assert silent(server)


@pytest.mark.parametrize("text", [SDP, PLAYLIST, CONCAT], ids=["sdp", "playlist", "concat"])
def test_a_file_that_names_others_is_refused(text: str, tmp_path: Path) -> None:
    write_video(tmp_path / "other.mp4", [FRAME, FRAME], fps=25)
    with socket.create_server(("127.0.0.1", 0)) as server:
        file = tmp_path / "clip.mp4"
        file.write_text(text.format(port=server.getsockname()[1]))
        with pytest.raises(InputError, match="not a readable video"):
            VideoFile(file)
        assert silent(server)


def test_a_name_that_looks_like_a_pattern_is_one_file(tmp_path: Path) -> None:
    for name in ("a1.jpg", "a2.jpg", "a%d.jpg"):
        assert cv2.imwrite(str(tmp_path / name), FRAME)
    with open_file(tmp_path / "a%d.jpg") as container:
        assert len(list(container.decode(video=0))) == 1


@pytest.mark.parametrize("scheme", ["ftp", "rtsp", "tcp", "file", "gopher"])
def test_a_stream_does_not_follow_a_redirection_to_another_kind(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        to = f"{scheme}://127.0.0.1:{server.getsockname()[1]}/x"
        with serving(Behavior(b"", redirect=to)) as address, pytest.raises(CameraError):
            Stream(f"{address}/file", timeout_s=1.0)
        assert silent(server)


def test_a_stream_opens_no_ports() -> None:
    body = SDP.format(port=45678).encode()
    with (
        serving(Behavior(body, kind="application/sdp")) as address,
        pytest.raises(CameraError, match="sends no video"),
    ):
        Stream(f"{address}/file.sdp", timeout_s=1.0)


def test_videos_are_opened_in_one_place() -> None:
    files = [file for file in ROOT.rglob("*.py") if "av.open(" in file.read_text(encoding="utf-8")]
    assert [file.name for file in files] == ["containers.py"]
