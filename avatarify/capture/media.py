"""Video files and folders of images as sources of frames."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from avatarify.capture.colors import rgb_converter
from avatarify.capture.recorded import Pictures, Recorded
from avatarify.containers import open_file
from avatarify.errors import InputError
from avatarify.files import IMAGE_SUFFIXES
from avatarify.frames import U8, Size
from avatarify.images import load_picture
from avatarify.messages import Message

FOLDER_FPS = 25.0
_COMPLETE = 0.97  # an intact file may announce a few more frames than it has (edit lists, odd rates)
_USE_VIDEO = Message("Use a video such as MP4, MOV, MKV, AVI, or WebM.")


class VideoFile(Recorded):
    """A video file: every frame of it, rotated as its metadata says.

    Args:
        path: The file.
        pace: Deliver frames in real time, as a camera does.
        loop: Start over at the end.

    Attributes:
        path: The file.
        size: Width and height after rotation.
        frame_count: The number of frames that the file announces and shows; 0 if it does not.
        start_s: Time of the first frame on the clock of the file, seconds.

    Raises:
        InputError: the file is missing or not a video, or no frame can be decoded.
    """

    def __init__(self, path: str | os.PathLike[str], *, pace: bool = False, loop: bool = False) -> None:
        self.path = Path(path)
        with _open(self.path) as container:
            stream = _pictures_of(container)
            fps = float(stream.average_rate or stream.guessed_rate or FOLDER_FPS)
            self.frame_count, self._surely = _shown_frames(container, stream, fps)
        super().__init__(self.path.name, fps, pace=pace, loop=loop)
        self.start_s = 0.0
        with contextlib.closing(self._once()) as pictures:
            first = next(pictures, None)
        if first is None:
            raise InputError("No frame of {name} can be decoded.", _USE_VIDEO, name=self.name)
        self.size = Size(first[0].shape[1], first[0].shape[0])

    def _once(self) -> Pictures:
        count = 0
        damaged: list[str] = []
        convert = rgb_converter()
        with _open(self.path) as container:
            for frame in _decoded(container, damaged):
                at = float(frame.time) if frame.time is not None else count / self.fps
                self.start_s = at if count == 0 else self.start_s
                count += 1
                yield _upright(convert(frame), frame.rotation), at - self.start_s
        self._judge(count, damaged)

    def _judge(self, count: int, damaged: list[str]) -> None:
        """Warn once about missing or damaged frames."""
        missing = self._surely and count < self.frame_count * _COMPLETE - 1
        if not (missing or damaged) or self.warnings:
            return
        self.warnings.append(_damage(self.name, count, self.frame_count))


class ImageFolder(Recorded):
    """The images of a folder in natural order (2 before 10), at 25 fps.

    Args:
        path: The folder.
        pace: Deliver frames in real time, as a camera does.
        loop: Start over at the end.

    Attributes:
        frame_count: The number of image files in the folder.

    Raises:
        InputError: the folder is missing or contains no image.
    """

    def __init__(self, path: str | os.PathLike[str], *, pace: bool = False, loop: bool = False) -> None:
        folder = Path(path)
        if not folder.is_dir():
            raise InputError("The folder {folder} does not exist.", "Check the name.", folder=folder)
        self._files = sorted((p for p in folder.iterdir() if p.suffix.lower() in IMAGE_SUFFIXES), key=_natural)
        if not self._files:
            raise InputError(
                "The folder {folder} contains no images.",
                "Put {suffixes} files in it.",
                folder=folder,
                suffixes=list(IMAGE_SUFFIXES),
            )
        self.frame_count = len(self._files)
        super().__init__(folder.name, FOLDER_FPS, pace=pace, loop=loop)

    def _once(self) -> Pictures:
        for number, file in enumerate(self._files):
            try:
                image = load_picture(file)
            except InputError as error:
                if error.message not in self.warnings:
                    self.warnings.append(error.message)
                continue
            yield image, number / self.fps


def _damage(name: str, count: int, announced: int) -> Message:
    if announced:
        return Message(
            "{name} is damaged: only {count} of {announced} frames could be read and were used.",
            name=name,
            count=count,
            announced=announced,
        )
    return Message("{name} is damaged: only {count} frames could be read and were used.", name=name, count=count)


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path.name.casefold())]


def _open(path: Path) -> Any:
    """Open a container that has a video stream; it is closed by ``with``."""
    import av

    if not path.is_file():
        raise InputError("The video {path} does not exist.", "Check the name and the folder.", path=path)
    try:
        container = open_file(path)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            "{file} is not a readable video ({reason}).", _USE_VIDEO, file=path.name, reason=reason
        ) from error
    stream = _pictures_of(container)
    if stream is None:
        container.close()
        raise InputError("{file} has no video stream, only audio or data.", _USE_VIDEO, file=path.name)
    stream.thread_type = "AUTO"
    return container


def _pictures_of(container: Any) -> Any:
    """Return the best video stream, or None: the cover of a song is none."""
    from av.stream import Disposition

    films = [one for one in container.streams.video if not one.disposition & Disposition.attached_pic]
    best = container.streams.best("video")
    return best if best in films else next(iter(films), None)


def _duration_s(container: Any, stream: Any) -> tuple[float, bool]:
    """Return the duration that the file announces, in seconds (0 if it does not), and whether it is the pictures' own.

    Sound may be longer, and Matroska and WebM announce only the duration of everything.
    """
    import av

    if stream.duration:
        return float(stream.duration * stream.time_base), True
    return (container.duration or 0) / float(av.time_base), len(container.streams) == 1


def _shown_frames(container: Any, stream: Any, fps: float) -> tuple[int, bool]:
    """Return the number of frames that the file announces, without those that an edit list hides; and if it is sure."""
    announced, (lasting_s, surely) = int(stream.frames), _duration_s(container, stream)
    lasting = round(lasting_s * fps)
    if not announced:
        return lasting, surely
    has_edits = "mov" in container.format.name  # MP4, MOV, M4V: their duration counts only what is shown
    return min(announced, lasting) if has_edits and lasting else announced, True


def _decoded(container: Any, damaged: list[str]) -> Iterator[Any]:
    """Yield every frame that can be decoded; skip damaged ones and append the reason to ``damaged``."""
    import av

    packets = container.demux(_pictures_of(container))
    while True:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            frames = packet.decode()
        except av.error.EOFError:
            return
        except av.error.InvalidDataError as error:
            damaged.append(str(error))
            continue
        except (av.error.FFmpegError, OSError) as error:
            damaged.append(str(error))
            return
        yield from frames


def _upright(image: U8, degrees: float) -> U8:
    """Return a frame (H, W, 3) rotated as its metadata says, counterclockwise."""
    return np.ascontiguousarray(np.rot90(image, round(degrees / 90) % 4))
