"""The paper's kinds of figures: key points, occlusion maps, flow, local motions, and grids of results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from avatarify.animate import drawing
from avatarify.errors import UsageError
from avatarify.evaluation.layout import Layout
from avatarify.evaluation.performer import Shown, sized
from avatarify.frames import F32, U8

Cell = U8 | str | None
_LARGE = 256


@dataclass(frozen=True)
class Take:
    """One source animated by one clip with one method.

    Attributes:
        source: Name of the source; empty if it is the clip's first frame.
        driving: Name of the clip.
        method: Name of the method.
        frames: Indices of the selected frames.
        pictures: The driving frames (S, S, 3) uint8 RGB.
        shown: The result of each frame; None where there is none.
    """

    source: str
    driving: str
    method: str
    frames: Sequence[int]
    pictures: Sequence[U8]
    shown: Sequence[Shown | None]

    @property
    def name(self) -> str:
        """The name of its row."""
        return " by ".join(part for part in (self.source, self.driving) if part)

    def at(self, moment: int) -> Shown:
        """Return the result of a frame.

        Raises:
            UsageError: there is none.
        """
        found = self.shown[moment]
        if found is None:
            raise UsageError(
                "{method} could not use frame {frame} of {driving}.",
                method=self.method,
                frame=self.frames[moment],
                driving=self.driving,
            )
        return found


def keypoints(takes: Sequence[Take], moments: Sequence[int]) -> Layout:
    """Key points over frames, each in its own color (the paper's Fig. 5); one row per take."""

    def cell(take: Take, moment: int) -> Cell:
        shown = take.shown[moment]
        return None if shown is None else _marked(shown.driving, _had(shown.driving_points, take, "key points"))

    cells = [[cell(take, moment) for moment in moments] for take in takes]
    return Layout(cells, _numbers(takes[0], moments), [_row_name(take, takes) for take in takes])


def occlusion(takes: Sequence[Take], moments: Sequence[int]) -> Layout:
    """Deformed sources and occlusion maps (Fig. 6); one row per frame. Black parts of the map are inpainted."""

    def row(take: Take, shown: Shown) -> list[Cell]:
        hidden = drawing.draw_map(_had(shown.occlusion, take, "occlusion map"), shown.source.shape[0])
        return [shown.source, shown.driving, shown.deformed, hidden, shown.result]

    return _rows(takes, moments, row, ("source", "driving", "deformed", "occlusion", "result"))


def flow(takes: Sequence[Take], moments: Sequence[int]) -> Layout:
    """Backward flow, by color, with the color wheel as a key; one row per frame."""

    def row(take: Take, shown: Shown) -> list[Cell]:
        colored = drawing.flow_colors(shown.displacement)
        wheel = drawing.flow_color_wheel(shown.source.shape[0])
        return [shown.source, shown.driving, shown.deformed, colored, wheel, shown.result]

    return _rows(takes, moments, row, ("source", "driving", "deformed", "flow", "colors", "result"))


def motions(takes: Sequence[Take], moments: Sequence[int]) -> Layout:
    """The local motion of each key point, its mask, and its flow: three rows per frame."""
    cells: list[list[Cell]] = []
    rows: list[str] = []
    for take in takes:
        for moment in moments:
            shown = take.at(moment)
            cells += _local(take, shown)
            name = f"{_row_name(take, takes)} {take.frames[moment]}".strip()
            rows += [f"{name}: source, driving, deformed, result", "warped source", "weight", "flow"]
    count = max(len(row) for row in cells)
    return Layout(cells, ["background", *(f"point {k}" for k in range(1, count))], rows)


def grid(takes: Sequence[Take], moments: Sequence[int]) -> Layout:
    """Animations side by side (Figs. 1-4): driving frames on top, one row per source and method."""
    cells: list[list[Cell]] = []
    rows: list[str] = []
    for driving in dict.fromkeys(take.driving for take in takes):
        own = [take for take in takes if take.driving == driving]
        cells.append(["", *(own[0].pictures[moment] for moment in moments)])
        rows.append(driving)
        for take in own:
            first = next((shown for shown in take.shown if shown is not None), None)
            results = [None if (one := take.shown[moment]) is None else one.result for moment in moments]
            cells.append([None if first is None else first.source, *results])
            rows.append(" ".join(part for part in (take.source, take.method) if part))
    return Layout(cells, ["source", *_numbers(takes[0], moments)], rows)


KINDS: dict[str, Callable[[Sequence[Take], Sequence[int]], Layout]] = {
    "keypoints": keypoints,
    "occlusion": occlusion,
    "flow": flow,
    "motions": motions,
    "grid": grid,
}


def _rows(
    takes: Sequence[Take],
    moments: Sequence[int],
    row: Callable[[Take, Shown], list[Cell]],
    columns: Sequence[str],
) -> Layout:
    found = [(take, moment, shown) for take in takes for moment in moments if (shown := take.shown[moment]) is not None]
    if not found:
        raise UsageError("None of the frames could be used.", "Choose another driving clip.")
    names = [f"{_row_name(take, takes)} {take.frames[moment]}".strip() for take, moment, _ in found]
    return Layout([row(take, shown) for take, _, shown in found], columns, names)


def _local(take: Take, shown: Shown) -> list[list[Cell]]:
    places = _had(shown.motions, take, "local motions of its own")
    masks, points = _had(shown.masks, take, "shares of local motions"), shown.driving_points
    side = shown.source.shape[0]
    still = drawing.identity_grid(places.shape[1], corners=True)
    head: list[Cell] = [shown.source, _marked(shown.driving, points), shown.deformed, shown.result]
    return [
        head + [""] * (len(places) - len(head)),
        [drawing.warp_image(shown.source, place) for place in places],
        [_one_point(drawing.draw_map(mask, side), points, k) for k, mask in enumerate(masks)],
        [drawing.flow_colors(place - still) for place in places],
    ]


def _marked(image: U8, points: F32 | None) -> U8:
    """Mark key points in an image large enough for round dots."""
    return image if points is None else drawing.draw_keypoints(sized(image, max(_LARGE, image.shape[0])), points)


def _one_point(image: U8, points: F32 | None, number: int) -> U8:
    """Mark the key point that a mask belongs to, in its own color; number 0 is the background."""
    if points is None or number == 0:
        return image
    alone = np.full_like(points, np.nan)
    alone[number - 1] = points[number - 1]
    return _marked(image, alone)


def _had(value: F32 | None, take: Take, what: str) -> F32:
    if value is None:
        raise UsageError(
            "{method} has no {what}.", "Choose another model or another figure.", method=take.method, what=what
        )
    return value


def _row_name(take: Take, takes: Sequence[Take]) -> str:
    several = len({one.method for one in takes}) > 1
    return f"{take.name} {take.method}" if several else take.name


def _numbers(take: Take, moments: Sequence[int]) -> list[str]:
    return [f"frame {take.frames[moment]}" for moment in moments]
