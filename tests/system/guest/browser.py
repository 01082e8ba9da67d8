"""Chromium in the guest: opens the camera as a meeting page does, and reports what it sees."""

import base64
import http.server
import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Self

PORT, USER = 8000, 1000
LIMIT_S = 600
PAGE = Path(__file__).parent / "camera.html"
# A child that is slow to report is given up after 15 s otherwise, and everything is slow here.
FLAGS = (
    "--headless=new", "--no-sandbox", "--ipc-connection-timeout=600", "--disable-hang-monitor", "--disable-breakpad",
    "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--use-fake-ui-for-media-stream",
    "--window-size=640,560", "--autoplay-policy=no-user-gesture-required", "--remote-debugging-pipe",
    "--enable-logging=stderr", "--disable-features=Translate,OptimizationHints,MediaRouter",
)  # fmt: skip


def look(label: Any, app: Any) -> Any:
    """Show the page to the browser; return what the page reports, with times. The app rests while Chromium starts."""
    report: dict[str, Any] = {"times": {}}
    began = time.monotonic()
    done = threading.Event()

    def note(key: Any, value: Any) -> None:
        report["times"][key] = round(time.monotonic() - began, 1)
        report[key] = value
        if key == "started":
            os.kill(app, signal.SIGCONT)
        if key in ("result", "error"):
            done.set()

    with _serve(label, note) as server, _Chromium() as chromium:
        os.kill(app, signal.SIGSTOP)  # its device stays; the two slow processors are the browser's for now
        try:
            report["in_time"] = done.wait(LIMIT_S)
            report["screenshot"] = chromium.screenshot("/mnt/chromium-page.png")
        finally:
            os.kill(app, signal.SIGCONT)
            server.shutdown()
    picture = report.get("result", {}).pop("picture", None)
    if picture:
        Path("/mnt/chromium.png").write_bytes(base64.b64decode(picture.partition(",")[2]))
    return report


def _serve(label: Any, note: Any) -> Any:
    page = PAGE.read_text().replace("LABEL", label).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page if self.path == "/" else b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            note(self.path[1:], json.loads(body))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class _Chromium:
    """The browser as a user without privileges, spoken to through its debugging pipe."""

    def __init__(self) -> None:
        home = Path("/tmp/browser")
        home.mkdir()
        os.chown(home, USER, USER)
        commands, self._to = os.pipe()
        self._from, answers = os.pipe()
        user = ["setpriv", "--reuid", str(USER), "--regid", str(USER), "--clear-groups", "env", f"HOME={home}"]
        pipes = f'exec "$@" 3<&{commands} 4>&{answers}'  # the numbers that Chromium wants them to have
        page = [f"--user-data-dir={home}/profile", f"http://localhost:{PORT}/"]
        self._process = subprocess.Popen(
            ["bash", "-c", pipes, "bash", *user, "chromium", *FLAGS, *page],
            pass_fds=(commands, answers), stdout=open("/mnt/chromium.log", "w"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        os.close(commands)
        os.close(answers)
        self._number = 0

    def screenshot(self, path: Any) -> Any:
        """Photograph the page; return "" or why it could not be."""
        try:
            targets = self._ask("Target.getTargets")["targetInfos"]
            page = next(target for target in targets if target["type"] == "page")
            session = self._ask("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
            answer = self._ask("Page.captureScreenshot", session, format="png")
            Path(path).write_bytes(base64.b64decode(answer["data"]))
        except (OSError, KeyError, StopIteration, TimeoutError) as error:
            return repr(error)
        return ""

    def _ask(self, method: Any, session: Any = None, limit_s: int = 120, **params: Any) -> Any:
        self._number += 1
        message = {
            "id": self._number,
            "method": method,
            "params": params,
            **({"sessionId": session} if session else {}),
        }
        os.write(self._to, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + limit_s
        while time.monotonic() < until:
            answer = json.loads(self._read(until))
            if answer.get("id") == self._number:
                return answer["result"]
        raise TimeoutError(method)

    def _read(self, until: Any) -> Any:
        import select

        data = b""
        while not data.endswith(b"\0"):
            if not select.select([self._from], [], [], max(0, until - time.monotonic()))[0]:
                raise TimeoutError("no answer")
            data += os.read(self._from, 1)
        return data[:-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
