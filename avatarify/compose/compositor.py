"""From a generated crop to the picture that goes out."""

from __future__ import annotations

import numpy as np

from avatarify.compose.badge import Badge, Corner
from avatarify.compose.canvas import fit, own_size, shown_part
from avatarify.compose.layers import Background, split
from avatarify.compose.overlay import Overlay
from avatarify.compose.paste import Paste
from avatarify.face.box import CropBox
from avatarify.frames import U8, Generated, Size


class Compositor:
    """Puts generated crops of one portrait into output pictures; everything that stays the same is made once.

    One thread calls it.

    Args:
        portrait: (H, W, 3) uint8 RGB, the whole picture.
        box: The animated square in it; may reach outside.
        size: Size of the output; None for the portrait's own, its long side at most 1080, both sides even.
        mirror: Show everything but the badge the other way round.
        badge: Mark the picture as an AI avatar.
        corner: Where the badge stands.
        matte: (H, W) uint8, the person's share of the portrait's pixels. With it the background stays still behind the
            person; without, it is bent along with the outline.
        background: What stands behind the person; without a matte always the portrait's own.
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
        x, y = box.x * scale + left - columns.start, box.y * scale + top - rows.start
        crop = CropBox(x, y, box.size * scale, box.angle)
        self._overlay: Overlay | None = None
        if matte is not None:
            layers = split(self._canvas[self._shown], shown_part(matte, self.size)[0], background)
            self._canvas[self._shown] = layers.joined()
            self._overlay = Overlay(layers, crop)
        self._paste = Paste(self._canvas[self._shown], crop)
        self._badge = Badge(self.size, corner) if badge else None

    def render(self, generated: Generated) -> U8:
        """Make the output picture of one frame.

        Args:
            generated: What the generator made of the portrait's ``box``.

        Returns:
            (size.height, size.width, 3) uint8 RGB, the caller's own.
        """
        picture = self._canvas.copy()
        self._way(generated).into(picture[self._shown], _flipped(generated) if self._mirror else generated)
        return self._marked(picture)

    def still(self) -> U8:
        """Return the output picture of the unmoved portrait, as ``render`` does."""
        return self._marked(self._canvas.copy())

    def _way(self, generated: Generated) -> Paste | Overlay:
        """A generator that draws every pixel itself draws the background too: there is nothing to lay over it."""
        return self._overlay if self._overlay is not None and generated.visible.any() else self._paste

    def _marked(self, picture: U8) -> U8:
        if self._badge is not None:
            self._badge.stamp(picture)
        return picture


def _flipped(generated: Generated) -> Generated:
    """Turn a small generated crop left to right: cheaper than the large picture, and the same."""
    deformation = generated.deformation[:, ::-1] * np.array([-1, 1], np.float32)
    image, visible = np.ascontiguousarray(generated.image[:, ::-1]), np.ascontiguousarray(generated.visible[:, ::-1])
    matte = None if generated.matte is None else np.ascontiguousarray(generated.matte[:, ::-1])
    head = None if generated.head is None else generated.head * np.array([[1, -1, -1], [-1, 1, 1]], np.float32)
    return Generated(image, deformation, visible, matte, head)
