"""From a generated crop to the output picture."""

from __future__ import annotations

import numpy as np

from avatarify.choices import Corner
from avatarify.compose.badge import Badge
from avatarify.compose.canvas import fit, own_size, shown_part
from avatarify.compose.layers import Background, split_layers
from avatarify.compose.overlay import Overlay
from avatarify.compose.paste import Paste
from avatarify.face.box import CropBox
from avatarify.frames import U8, Generated, Size


class Compositor:
    """Renders output pictures from generated crops of one portrait; what does not change is computed once.

    It is called from one thread.

    Args:
        portrait: (H, W, 3) uint8 RGB, the whole picture.
        box: The animated square in it; may extend beyond the picture.
        size: Size of the output; None for that of the portrait, its long side at most 1080, both sides even.
        mirror: Flip everything but the badge left to right.
        badge: Mark the picture as an AI avatar.
        corner: Where the badge is.
        matte: (H, W) uint8, the fraction of each pixel that belongs to the person, 255 for all of it. With it the
            background does not move; without it the background is warped along with the outline.
        background: What is shown behind the person; without a matte always the background of the portrait.
    """

    def __init__(
        self,
        portrait: U8,
        box: CropBox,
        size: Size | None,
        *,
        mirror: bool = False,
        badge: bool = True,
        corner: Corner = "bottom-right",
        matte: U8 | None = None,
        background: Background = "own",
    ) -> None:
        self.size = size or own_size(portrait)
        self._mirror = mirror
        if mirror:
            portrait = np.ascontiguousarray(portrait[:, ::-1])
            matte = None if matte is None else np.ascontiguousarray(matte[:, ::-1])
            box = CropBox(portrait.shape[1] - box.x, box.y, box.size, -box.angle)
        self._canvas, scale, (left, top) = fit(portrait, self.size)
        rows = slice(max(0, top), min(self.size.height, top + round(portrait.shape[0] * scale)))
        columns = slice(max(0, left), min(self.size.width, left + round(portrait.shape[1] * scale)))
        self._shown = rows, columns
        # From here on everything is in pixels of the visible part of the canvas, without the bars.
        x, y = box.x * scale + left - columns.start, box.y * scale + top - rows.start
        crop = CropBox(x, y, box.size * scale, box.angle)
        self._overlay: Overlay | None = None
        if matte is not None:
            layers = split_layers(self._canvas[self._shown], shown_part(matte, self.size)[0], background)
            self._canvas[self._shown] = layers.composite()
            self._overlay = Overlay(layers, crop)
        self._paste = Paste(self._canvas[self._shown], crop)
        self._badge = Badge(self.size, corner) if badge else None

    def render(self, generated: Generated) -> U8:
        """Render the output picture of one frame.

        Args:
            generated: The generator's result for ``box``.

        Returns:
            (size.height, size.width, 3) uint8 RGB, a new array.
        """
        picture = self._canvas.copy()
        self._method(generated).into(picture[self._shown], _flipped(generated) if self._mirror else generated)
        return self._marked(picture)

    def idle_frame(self) -> U8:
        """Return the output picture of the unmoved portrait, (size.height, size.width, 3) uint8 RGB, a new array."""
        return self._marked(self._canvas.copy())

    def _method(self, generated: Generated) -> Paste | Overlay:
        """Return how to use a result: a generator that draws every pixel also draws the background."""
        return self._overlay if self._overlay is not None and generated.visible.any() else self._paste

    def _marked(self, picture: U8) -> U8:
        """Add the badge to (H, W, 3) uint8 RGB in place, and return it."""
        if self._badge is not None:
            self._badge.stamp(picture)
        return picture


def _flipped(generated: Generated) -> Generated:
    """Flip a generated crop left to right: the same as flipping the output picture, and faster."""
    deformation = generated.deformation[:, ::-1] * np.array([-1, 1], np.float32)
    image, visible = np.ascontiguousarray(generated.image[:, ::-1]), np.ascontiguousarray(generated.visible[:, ::-1])
    matte = None if generated.matte is None else np.ascontiguousarray(generated.matte[:, ::-1])
    head = None if generated.head is None else generated.head * np.array([[1, -1, -1], [-1, 1, 1]], np.float32)
    return Generated(image, deformation, visible, matte, head)
