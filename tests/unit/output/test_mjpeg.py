"""The page for OBS: accepted and refused requests, and slow viewers."""

import contextlib
import http.client
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPResponse

import cv2
import numpy as np
import pytest
from helpers.values import not_none

from avatarify import paths
from avatarify.errors import DeviceError, InputError, UsageError
from avatarify.frames import U8, Size
from avatarify.output import mjpeg
from avatarify.output.mjpeg import MjpegPage
from avatarify.output.mjpeg_address import page_address, token
from avatarify.output.registry import open_sink

SIZE = Size(64, 48)
LIMIT_S = 60


def picture(value: int = 0, size: Size = SIZE) -> U8:
    return np.full((size.height, size.width, 3), value, np.uint8)


@pytest.fixture
def page() -> Iterator[MjpegPage]:
    with MjpegPage(SIZE, port=0) as opened:
        yield opened


def port(page: MjpegPage) -> int:
    return int(not_none(re.search(r":(\d+)/", page.name))[1])


def ask(page: MjpegPage, path: str = "/", **headers: str) -> HTTPResponse:
    """Send one request; return the answer, still open."""
    line = http.client.HTTPConnection("127.0.0.1", port(page), timeout=LIMIT_S)
    line.putrequest("GET", f"/{token()}{path}", skip_host="Host" in headers)
    for name, value in headers.items():
        line.putheader(name.replace("_", "-"), value)
    line.endheaders()
    return line.getresponse()


def jpegs(answer: HTTPResponse) -> Iterator[U8]:
    """Give the pictures of a stream, (H, W, 3) uint8 RGB."""
    while line := answer.readline():
        if line.lower().startswith(b"content-length"):
            answer.readline()
            data = answer.read(int(line.split(b":")[1]))
            yield cv2.cvtColor(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def test_the_page_shows_the_stream(page: MjpegPage) -> None:
    answer = ask(page)
    body = answer.read().decode()
    assert (answer.status, answer.getheader("Content-Type")) == (200, "text/html; charset=utf-8")
    assert 'src="stream.mjpg"' in body
    assert ask(page, "/secrets").status == 404


def test_pictures_arrive_with_their_colors(page: MjpegPage) -> None:
    red = picture()
    red[..., 0] = 220
    page.send(red)
    answer = ask(page, "/stream.mjpg")
    assert not_none(answer.getheader("Content-Type")).startswith("multipart/x-mixed-replace")
    seen = next(jpegs(answer))
    assert seen.shape == (48, 64, 3)
    assert abs(seen.reshape(-1, 3).mean(axis=0) - (220, 0, 0)).max() < 6


def test_several_viewers_see_the_same(page: MjpegPage) -> None:
    streams = [jpegs(ask(page, "/stream.mjpg")) for _ in range(3)]
    for value in (10, 120, 240):
        until(lambda: page.viewers == 3)
        page.send(picture(value))
        assert [round(float(next(stream).mean()) / 10) for stream in streams] == [value // 10] * 3


def test_it_listens_on_this_machine_only(page: MjpegPage) -> None:
    assert page._server.server_address[0] == "127.0.0.1"
    outside = socket.gethostbyname(socket.gethostname())
    if not outside.startswith("127."):
        with pytest.raises(OSError), socket.create_connection((outside, port(page)), timeout=5):
            pass


@pytest.mark.parametrize("path", ["/", "/stream.mjpg"])
def test_a_foreign_host_name_is_refused(page: MjpegPage, path: str) -> None:
    page.send(picture())
    for host in ("evil.example", f"evil.example:{port(page)}", "127.0.0.1", f"127.0.0.1:{port(page) + 1}", ""):
        assert ask(page, path, Host=host).status == 403, host
    for host in (f"127.0.0.1:{port(page)}", f"localhost:{port(page)}"):
        assert ask(page, path, Host=host).status == 200, host


def test_a_foreign_web_page_cannot_embed_the_stream(page: MjpegPage) -> None:
    page.send(picture())
    assert ask(page, "/stream.mjpg", Sec_Fetch_Site="cross-site").status == 403
    answer = ask(page, "/stream.mjpg", Sec_Fetch_Site="same-origin")
    assert answer.status == 200
    assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    assert answer.getheader("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize("path", ["/", "/stream.mjpg", f"/{'0' * 32}/", f"/{'0' * 32}/stream.mjpg", "/%00/", "/ä/"])
def test_who_does_not_know_the_address_sees_nothing(page: MjpegPage, path: str) -> None:
    page.send(picture())
    with socket.create_connection(("127.0.0.1", port(page)), timeout=LIMIT_S) as line:
        line.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port(page)}\r\n\r\n".encode())
        assert line.makefile("rb").readline().split()[1] == b"404"


def test_the_address_stays_the_same_and_is_private() -> None:
    file = paths.config() / "page-token"
    assert page_address() == f"http://127.0.0.1:8090/{token()}/"
    assert file.read_text() == token()
    assert len(token()) == 32
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("header", ["Origin", "Referer"])
def test_other_web_pages_are_refused_without_fetch_metadata_too(page: MjpegPage, header: str) -> None:
    page.send(picture())
    own = f"http://127.0.0.1:{port(page)}"
    for sender in (
        "https://evil.example",
        "null",
        f"https://127.0.0.1:{port(page)}",
        f"{own}.evil.example",
        "http://[",
    ):
        assert ask(page, "/stream.mjpg", **{header: sender}).status == 403, sender
    assert ask(page, "/stream.mjpg", **{header: own}).status == 200


def test_connections_that_send_nothing_keep_nobody_out(page: MjpegPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.send(picture())
    with contextlib.ExitStack() as held:
        for _ in range(150):
            line = held.enter_context(socket.create_connection(("127.0.0.1", port(page)), timeout=LIMIT_S))
            line.sendall(b"GET / HT")
        assert ask(page).status == 200
        until(lambda: len(page._server._connections) <= mjpeg.MAX_WAITING)
        monkeypatch.setattr(mjpeg, "HEADER_S", -1.0)
        late = held.enter_context(socket.create_connection(("127.0.0.1", port(page)), timeout=LIMIT_S))
        assert late.recv(1) == b""


def test_a_slow_viewer_misses_pictures_and_delays_no_other() -> None:
    size, count = Size(320, 240), 400
    noise = np.random.default_rng(0).integers(0, 256, (8, 240, 320, 3), dtype=np.uint8)  # jpegs of some 100 kB
    with MjpegPage(size, port=0) as page:
        slow, quick = ask(page, "/stream.mjpg"), ask(page, "/stream.mjpg")
        until(lambda: page.viewers == 2)
        seen: list[int] = []
        reader = threading.Thread(target=lambda: seen.extend(1 for _ in jpegs(quick)))
        reader.start()
        for number in range(count):  # the slow one takes nothing meanwhile
            before = len(seen)
            page.send(noise[number % 8])
            until(lambda: len(seen) > before)  # noqa: B023
        page.send(picture(200, size))
        until(lambda: len(seen) > count)
        late = next(number for number, image in enumerate(jpegs(slow)) if image.std() < 5)
    reader.join(LIMIT_S)
    assert late < count / 2  # the rest was dropped, not kept


def test_nothing_is_encoded_without_viewers(page: MjpegPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "imencode", pytest.fail)
    for value in range(10):
        page.send(picture(value))


def test_too_many_viewers_are_refused(page: MjpegPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mjpeg, "MAX_VIEWERS", 1)
    page.send(picture())
    first = ask(page, "/stream.mjpg")
    assert ask(page, "/stream.mjpg").status == 503
    first.close()


def test_closing_disconnects_viewers_and_releases_the_port() -> None:
    page = MjpegPage(SIZE, port=0)
    stream = jpegs(ask(page, "/stream.mjpg"))
    page.send(picture(9))
    next(stream)
    page.close()
    page.close()
    assert list(stream) == []
    with pytest.raises(DeviceError, match="closed"):
        page.send(picture())
    MjpegPage(SIZE, port=port(page)).close()


def test_the_error_for_a_used_port_suggests_another(page: MjpegPage) -> None:
    with pytest.raises(DeviceError, match=str(port(page))) as caught:
        MjpegPage(SIZE, port=port(page))
    assert str(port(page) + 1) in caught.value.hint


def test_another_size_is_an_error(page: MjpegPage) -> None:
    with pytest.raises(InputError, match="64x48"):
        page.send(np.zeros((64, 48, 3), np.uint8))


def test_the_sink_is_opened_by_its_address() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        free = taken.getsockname()[1]
    with open_sink(f"http://localhost:{free}", SIZE, 30) as sink:
        assert sink.name == page_address(free)


@pytest.mark.parametrize(
    "text", ["http://0.0.0.0:8090", "http://example.org:80", "https://127.0.0.1:1", "http://127.0.0.1:0"]
)
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a page"):
        open_sink(text, SIZE, 30)
