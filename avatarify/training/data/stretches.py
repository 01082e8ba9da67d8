"""Which frames of a video become a clip, and through which square: all of it, or what a published table says."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from avatarify.errors import InputError
from avatarify.face.box import CropBox
from avatarify.frames import Size
from avatarify.training.data.tracks import Box, around

_COLUMNS = ("video_id", "start", "end", "bbox", "fps", "width", "height")
_HINT = f"It needs the columns {', '.join(_COLUMNS)}, as vox-metadata.csv and taichi-metadata.csv have them."


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames that become one clip.

    Attributes:
        first: Number of the first one in the video.
        frames: How many.
        crop: What is seen of them.
        identity: Who is seen; empty if nothing says so.
    """

    first: int
    frames: int
    crop: CropBox
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One stretch as a table of a data set tells it.

    Attributes:
        video: Name of the video's file without its ending.
        person: Who is seen; empty if the table does not say.
        start: First frame, at ``fps``.
        end: Frame after the last, at ``fps``.
        box: In a picture of ``size``.
        fps: Frames a second of the video the table was made with.
        size: Its size.
    """

    video: str
    person: str
    start: float
    end: float
    box: Box
    fps: float
    size: Size

    def stretch(self, fps: float, size: Size) -> Stretch:
        """Bring the row to one's own copy of the video, which may have another rate and another size."""
        scale = size.width / self.size.width, size.height / self.size.height
        box = Box(*(edge * scale[number % 2] for number, edge in enumerate(self.box)))
        # The published scripts take frame i if start / fps_then <= i / fps_now < end / fps_then.
        first, after = (-int(-frame * fps // self.fps) for frame in (self.start, self.end))
        return Stretch(first, after - first, around(box, size), self.person)


def read_table(file: Path) -> dict[str, list[Row]]:
    """Read a table of stretches (CSV); by video, in order.

    Raises:
        InputError: the file is missing, or no such table; the message names the line.
    """
    rows: dict[str, list[Row]] = {}
    try:
        with file.open(newline="", encoding="utf-8") as stream:
            for number, fields in enumerate(csv.DictReader(stream), 2):
                row = _row(fields, f"{file}, line {number}")
                rows.setdefault(row.video, []).append(row)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("The table {file} cannot be read: {reason}.", _HINT, file=file, reason=error) from error
    if not rows:
        raise InputError("The table {file} lists no clips.", _HINT, file=file)
    return {video: sorted(found, key=lambda row: row.start) for video, found in rows.items()}


def _row(fields: dict[str, str], where: str) -> Row:
    try:
        video = fields["video_id"].split("#")[0]
        start, end, fps = (float(fields[name]) for name in ("start", "end", "fps"))
        size = Size(int(float(fields["width"])), int(float(fields["height"])))
        left, top, right, bottom = (float(edge) for edge in fields["bbox"].split("-"))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError("{where}: this row does not describe a clip.", _HINT, where=where) from error
    box = Box(left, top, right, bottom)
    if not (0 <= start < end and fps > 0 and box.area > 0 and min(size.width, size.height) > 0):
        raise InputError("{where}: the clip or its bounding box is empty.", _HINT, where=where)
    return Row(video, fields.get("person_id") or "", start, end, box, fps, size)


def whole(cuts: Iterable[bool], longest: int, picture: Size) -> Iterator[Stretch]:
    """Cut a video where the scene changes and where a stretch is long enough; the square is the middle of it.

    Args:
        cuts: For every frame, whether it shows another scene than the one before.
        longest: Frames a stretch may have.
        picture: The video's size.
    """
    crop = CropBox(picture.width / 2, picture.height / 2, float(min(picture.width, picture.height)))
    first, number = 0, -1
    for number, cut in enumerate(cuts):
        if number > first and (cut or number - first == longest):
            yield Stretch(first, number - first, crop)
            first = number
    if number >= 0:
        yield Stretch(first, number + 1 - first, crop)


def shortened(stretches: Iterable[Stretch], longest: int) -> Iterator[Stretch]:
    """Cut stretches into pieces that are short enough."""
    for stretch in stretches:
        for begin in range(0, stretch.frames, longest):
            frames = min(longest, stretch.frames - begin)
            yield Stretch(stretch.first + begin, frames, stretch.crop, stretch.identity)
