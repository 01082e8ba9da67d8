"""Which frames of a video become a clip, and through which crop: the whole video, or as a published table says."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from avatarify.errors import InputError
from avatarify.face.box import CropBox
from avatarify.frames import Size
from avatarify.messages import Message
from avatarify.training.data.tracks import Box, around

_COLUMNS = ("video_id", "start", "end", "bbox", "fps", "width", "height")
_HINT = Message(
    "It needs the columns {columns}, like vox-metadata.csv and taichi-metadata.csv.", columns=list(_COLUMNS)
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of frames that becomes one clip.

    Attributes:
        first: Index of the first frame in the video.
        frames: Number of frames.
        crop: The square that is kept.
        identity: The person shown; empty if unknown.
    """

    first: int
    frames: int
    crop: CropBox
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One clip as a data set's table describes it.

    Attributes:
        video: File name of the video without its suffix.
        person: The person shown; empty if the table does not say.
        start: First frame, at ``fps``.
        end: Frame after the last, at ``fps``.
        box: Bounding box, in pixels of a frame of ``size``.
        fps: Frame rate of the video that the table was made from.
        size: Frame size of that video.
    """

    video: str
    person: str
    start: float
    end: float
    box: Box
    fps: float
    size: Size

    def stretch(self, fps: float, size: Size) -> Stretch:
        """Convert the row to a copy of the video with another frame rate and size."""
        scale = size.width / self.size.width, size.height / self.size.height
        box = Box(*(edge * scale[number % 2] for number, edge in enumerate(self.box)))
        # The published scripts take frame i if start / fps_then <= i / fps_now < end / fps_then.
        first, after = (-int(-frame * fps // self.fps) for frame in (self.start, self.end))
        return Stretch(first, after - first, around(box, size), self.person)


def read_table(file: Path) -> dict[str, list[Row]]:
    """Read a table of clips (CSV); returns the rows of each video in order.

    Raises:
        InputError: the file is missing or not such a table; the message names the line.
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
    """Cut a video at scene changes and at the maximum length; the crop is the largest centered square.

    Args:
        cuts: For every frame, whether a new scene starts there.
        longest: Maximum number of frames.
        picture: Frame size of the video.
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
    """Cut clips into pieces of at most ``longest`` frames."""
    for stretch in stretches:
        for begin in range(0, stretch.frames, longest):
            frames = min(longest, stretch.frames - begin)
            yield Stretch(stretch.first + begin, frames, stretch.crop, stretch.identity)
