"""From a generated crop to the output picture."""

from __future__ import annotations

import numpy as np

from avatarify.choices import Corner
from avatarify.compose.badge import Badge
from avatarify.compose.buffers import PictureBuffer, PictureBuffers
from avatarify.compose.canvas import fit, own_size, shown_part
from avatarify.compose.closeups.feature_layers import FeatureLayers, mirrored
from avatarify.compose.layers import Background, split_layers
from avatarify.compose.overlay import Overlay
from avatarify.compose.paste import Paste
from avatarify.face.box import CropBox
from avatarify.frames import U8, Generated, Size

_ENLARGED_BLUR = 0.5  # pixels, for each time that a portrait is enlarged


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
        canvas, scale, (left, top) = fit(portrait, self.size)
        rows = slice(max(0, top), min(self.size.height, top + round(portrait.shape[0] * scale)))
        columns = slice(max(0, left), min(self.size.width, left + round(portrait.shape[1] * scale)))
        self._shown = rows, columns
        # From here on everything is in pixels of the visible part of the canvas, without the bars.
        x, y = box.x * scale + left - columns.start, box.y * scale + top - rows.start
        crop = CropBox(x, y, box.size * scale, box.angle)
        self._overlay: Overlay | None = None
        if matte is not None:
            layers = split_layers(canvas[self._shown], shown_part(matte, self.size)[0], background)
            canvas[self._shown] = layers.composite()
            self._overlay = Overlay(layers, crop)
        self._paste = Paste(canvas[self._shown], crop)
        self._closeups = FeatureLayers(canvas[self._shown], crop, _ENLARGED_BLUR * max(0.0, scale - 1))
        self._buffers = PictureBuffers(canvas)
        self._badge = Badge(self.size, corner) if badge else None
        self._idle = canvas.copy()
        if self._badge is not None:
            self._badge.stamp(self._idle)
        self._idle.flags.writeable = False

    def render(self, generated: Generated) -> U8:
        """Render the output picture of one frame.

        Args:
            generated: The generator's result for ``box``.

        Returns:
            (size.height, size.width, 3) uint8 RGB, read-only. Its memory is used again only when the array and all its
            views are gone.
        """
        buffer = self._buffers.take()
        method = self._method(generated)
        if buffer.method is not method:
            self._buffers.clear(buffer)
            buffer.method = method
        self._remove_badge(buffer)
        shown, made = buffer.pixels[self._shown], _flipped(generated) if self._mirror else generated
        buffer.drawn = method.into(shown, made, buffer.drawn)
        self._closeups.into(shown, made)
        self._add_badge(buffer)
        return self._buffers.lend(buffer)

    def idle_frame(self) -> U8:
        """Return the output picture of the unmoved portrait, (size.height, size.width, 3) uint8 RGB, read-only."""
        return self._idle

    def _method(self, generated: Generated) -> Paste | Overlay:
        """Return how to use a result: a generator that draws every pixel also draws the background."""
        return self._overlay if self._overlay is not None and generated.visible.any() else self._paste

    def _remove_badge(self, buffer: PictureBuffer) -> None:
        if self._badge is not None and buffer.below is not None:
            buffer.pixels[self._badge.region] = buffer.below

    def _add_badge(self, buffer: PictureBuffer) -> None:
        if self._badge is not None:
            buffer.below = buffer.pixels[self._badge.region].copy()
            self._badge.stamp(buffer.pixels)


def _flipped(generated: Generated) -> Generated:
    """Flip a generated crop left to right: the same as flipping the output picture, and faster."""
    import cv2

    deformation = cv2.multiply(cv2.flip(generated.deformation, 1), (-1.0, 1.0, 0.0, 0.0))
    image, visible = cv2.flip(generated.image, 1), cv2.flip(generated.visible, 1)
    matte = None if generated.matte is None else cv2.flip(generated.matte, 1)
    head = None if generated.head is None else generated.head * np.array([[1, -1, -1], [-1, 1, 1]], np.float32)
    points = None if generated.points is None else mirrored(generated.points)
    return Generated(
        np.asarray(image, np.uint8),
        np.asarray(deformation, np.float32),
        np.asarray(visible, np.float32),
        matte,
        head,
        points,
    )
