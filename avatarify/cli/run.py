"""``avatarify run``: the live pipeline without a window."""

from __future__ import annotations

import argparse
import contextlib
import threading
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from avatarify.choices import QUALITIES
from avatarify.cli.common import add_animation, count, give, look_of, rate, show_warnings
from avatarify.cli.progress import FrameProgress
from avatarify.errors import InputError
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.face.face import Face
    from avatarify.frames import Frame
    from avatarify.live.session import Session
    from avatarify.live.state import SessionState

SUMMARY = "animate a portrait live from a camera into a virtual camera"
_FULL_AGAIN = Message("Back to full quality.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--camera",
        default="0",
        help="camera number, name, or ID; rtsp://…; screen; a file; demo; none; or vmc:PORT: another tracker",
    )
    parser.add_argument("--portrait", default="", help="an image with a face, or the name of a bundled portrait")
    parser.add_argument(
        "--sink",
        action="append",
        metavar="virtual|FILE.mp4|mjpeg|null",
        help="virtual camera (virtual:NAME for a specific one), recording, browser source for OBS, or nothing; may be "
        "repeated (virtual)",
    )
    parser.add_argument("--size", default="1280x720", metavar="WxH", help="output size (1280x720)")
    parser.add_argument("--fps", type=rate, default=30.0, help="output frame rate (30)")
    parser.add_argument("--frames", type=count, metavar="N", help="stop after N camera frames have been sent")
    parser.add_argument(
        "--quality",
        choices=QUALITIES,
        default=QUALITIES[0],
        help="auto: reduce detail while this computer cannot keep up; best: never; fast: always",
    )
    parser.add_argument(
        "--voice",
        nargs="?",
        const="default",
        default="",
        metavar="MICROPHONE|FILE.wav",
        help="while nobody is in view, let your voice move the mouth; nothing is recorded",
    )
    parser.add_argument(
        "--vmc-out", default="", metavar="HOST:PORT", help="send your face's motion to another program, by VMC"
    )
    add_animation(parser)


def run(args: argparse.Namespace) -> int:
    """Run until the frames are done, the file ends or Ctrl-C; a recording is finished in every case."""
    from avatarify.api import open_session

    def report_problem(error: Exception) -> None:
        if session.error is None:  # the one that ends the session is reported once, at the end
            progress.note(str(error))

    def note_quality(now: Message) -> None:
        if now != noted[-1]:
            noted.append(now)
            progress.note(now or _FULL_AGAIN)

    noted, stopped = [Message("")], threading.Event()
    with FrameProgress() as progress, _motion_out(args.vmc_out) as on_face:
        _keep_interrupted(progress)
        session = open_session(
            args.camera,
            args.portrait,
            args.sink or ["virtual"],
            fps=args.fps,
            frames=args.frames,
            quality=args.quality,
            voice=args.voice,
            on_state=partial(_note_state, progress),
            on_face=on_face,
            on_error=report_problem,
            watch=progress.watch(stopped.is_set),
            **look_of(args),
        )
        try:
            session.start()
            page = ""
            while not session.wait(0.2):
                note_quality(session.quality)
                page = page or _show_page(progress, session.sink)
                progress.update(session.frames, args.frames)
        finally:
            stopped.set()
            session.stop()
            progress.finish()
            if session.error is None:
                _finish(args, session, progress.warned)
    if session.error is not None:
        raise session.error
    return 0


@contextlib.contextmanager
def _motion_out(address: str) -> Iterator[Callable[[Frame, Face | None], None] | None]:
    """Give what sends each face to another program; None without an address."""
    if not address:
        yield None
        return
    from avatarify.output.vmc_out import VmcSender

    with VmcSender(address) as sender:
        yield sender.send


def _keep_interrupted(progress: FrameProgress) -> None:
    """Keep the recordings that were interrupted, and say where they are."""
    from avatarify.output.interrupted import interrupted

    for recording in interrupted():
        try:
            kept = recording.keep()
        except InputError as error:
            progress.note(error)
            continue
        if kept is not None:
            progress.note(Message("A recording was interrupted. What was recorded is in {file}.", file=kept))


def _show_page(progress: FrameProgress, sink: str) -> str:
    """Show the address of the page for OBS, if there is one; return it."""
    address = next((part for part in sink.split(" + ") if part.startswith("http://")), "")
    if address:
        progress.note(Message("The page for OBS is {address}", address=address))
    return address


def _note_state(progress: FrameProgress, state: SessionState) -> None:
    if state.live:
        progress.note(state.value)


def _finish(args: argparse.Namespace, session: Session, shown: Collection[str]) -> None:
    report = session.report()
    if "runtime" not in report:  # interrupted while the model was being prepared
        return
    show_warnings(report, shown)
    give(args, report, _summary(report))


def _summary(report: dict[str, Any]) -> str:
    latency = report["latency_ms"]
    return (
        f"{report['frames']} frames, {report['fps']} fps, {report['dropped']} dropped; "
        f"added latency {latency['p50']:.0f} ms, p95 {latency['p95']:.0f} ms; "
        f"{report['runtime']} on {report['device']}"
    )
