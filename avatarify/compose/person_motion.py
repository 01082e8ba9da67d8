"""The motion of a person apart from that of the background, from a generator's motion field that has both in one."""

from __future__ import annotations

import numpy as np

from avatarify.compose.fill import fill
from avatarify.compose.upsampling import fade, identity, inner_sides
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

MARGIN = 4  # the motion is continued beyond the crop by its side divided by this
WIDER = 1 + 2 / MARGIN  # side of the square in which the motion is known then, in crops
_COARSE = 64  # cells a side of the crop in which the motion is continued
_EDGE = 2  # cells inside the matte's edge where a motion may be mixed with the background's
_NEAR = 0.08, 0.16  # from what is continued from further inside: there it counts all the same, or not
_FAR = 0.12, 0.25  # from the head's motion as one piece: perhaps parallax, or certainly wrong
_CHIN = 0.30, 0.45  # height in the portrait's crop above which all of the person is head, and below which nothing
_HAIR, _BODY = (
    (0.40, 0.60),
    (0.45, 0.65),
)  # distance above (below) the crop's middle from which, and fully, an edge holds
_ANYTHING = np.float32(4)  # a shift that none reaches
_AXES = (1, 0), (0, 1)
_STEEPEST = 0.4  # change of shift on a way: about that of a turn by 25 degrees
_FARTHEST = 0.2  # way on which a slope is followed
_SEEN = 0.4, 0.8  # share of visible portrait from which on, and at which fully, a motion is the person's
# Brows, eyes and mouth in the portrait's crop (see face.face.Face.portrait_box): middle, half width and height, and
# how far from the middle, in these, its features surely end.
_FACE, _FACE_EDGE = (0.0, 0.04, 0.36, 0.46), (0.9, 1.1)
_FAR_IN_FACE = 0.24, 0.34  # as _FAR, where lids shut and jaws drop


class PersonMotion:
    """Continues a person's motion beyond the outline.

    A generator mixes the motions of head and background along the outline, where hair would be torn. So its motion
    counts where it takes from the inside of the person, the portrait is visible, and, in the head, where it is not far
    from the motion of the head as one piece. From the last cells that count it is continued outwards, beyond outline
    and crop, and dies out towards sides that lie inside the picture.

    Args:
        alpha: (H, W) uint8, the person's share of each pixel of the picture.
        crop: The generator's square in the picture, pixels.
    """

    def __init__(self, alpha: U8, crop: CropBox) -> None:
        self.square = CropBox(crop.x, crop.y, crop.size * WIDER, crop.angle)
        self._sides = inner_sides(alpha, self.square)
        self._cut = _cut(alpha, crop)
        soft = self.square.cut(alpha, round(_COARSE * WIDER))
        self._person = _smooth(np.asarray(soft, np.float32), 100, 200)
        self._inside, self._head, self._face = _inside(soft), _head(soft), _face(soft)

    def of(self, generated: Generated) -> tuple[F32, F32]:
        """Separate the person's motion.

        Args:
            generated: With a motion field of (n, n, 2).

        Returns:
            Shifts in crop coordinates, (m, m, 2) with m = 1.5 n, for the crop and its margin: each place shows what
            stands shifted by so much. And (c, c) in [0, 1]: 1 where the crop shows the inside of the moved person.
        """
        import cv2

        shift = generated.deformation - identity(*generated.deformation.shape[:2])
        side = min(_COARSE, shift.shape[0])
        margin = side // MARGIN
        own = _framed(cv2.resize(shift, (side, side), interpolation=cv2.INTER_AREA), margin)
        seen = _framed(cv2.resize(generated.visible, (side, side), interpolation=cv2.INTER_AREA), margin)
        seen = _smooth(seen, *_SEEN)
        known = self._at(self._inside, own)
        known *= seen if generated.head is None else self._believed(own, seen, generated.head)
        wide = _continued(own, known)
        known = np.maximum(known, self._agreeing(own, wide) * seen)
        inside = self._at(self._inside, wide + known[..., None] * (own - wide))
        wide *= fade(*wide.shape[:2], self._sides, margin / wide.shape[0])[..., None]
        middle = slice(margin, margin + side)
        whole = _replaced(wide, shift, known[middle, middle])
        self._hold_cut_edges(whole)
        return whole, inside[middle, middle]

    def _hold_cut_edges(self, shift: F32) -> None:
        """Stretch what moves away from the edge of the picture that cuts it, in place; (m, m, 2)."""
        height = identity(*shift.shape[:2])[:, 0, 1] * np.float32(WIDER)
        for sign, edge, zone in self._cut:
            most = np.maximum(edge - sign * height, 0) / 2 + _ANYTHING * (1 - _smooth(sign * height, *zone))
            rows = most < (sign * shift[..., 1]).max()
            shift[rows, :, 1] = sign * np.minimum(sign * shift[rows, :, 1], most[rows, None])

    def _believed(self, shift: F32, seen: F32, head: F32) -> F32:
        """Return (c, c) in [0, 1]: how far shifts count if the head moves nearly as one piece.

        Where the head goes, and where a generator shows it, a motion far from the head's is a ghost of the unmoved
        head, or hair left behind. Not so in the middle of the face: lids and jaws move far, and what they uncover is
        drawn, but the portrait's pixels beside and under it have to move all the same.
        """
        places = identity(*shift.shape[:2]) * WIDER
        led = np.asarray(places @ head[:, :2].T + head[:, 2] - places, np.float32)
        concerned = np.maximum(self._at(self._head, led), self._at(self._head, shift))
        far = _length(shift - led)
        plausible = (1 - concerned * _smooth(far, *_FAR)) * seen
        face = np.minimum(self._at(self._face, led), self._at(self._face, shift)) * (1 - _smooth(far, *_FAR_IN_FACE))
        return np.asarray(np.maximum(plausible, face), np.float32)

    def _agreeing(self, shift: F32, continued: F32) -> F32:
        """Return (c, c) in [0, 1]: where a motion along the outline is near what was continued from inside."""
        near = 1 - _smooth(_length(shift - continued), *_NEAR)
        return np.asarray(near * self._at(self._person, shift), np.float32)

    def _at(self, cells: F32, shift: F32) -> F32:
        """Take from ``cells`` what shifts (c, c, 2) in crop coordinates bring to each cell; all over the square."""
        import cv2

        places = identity(*shift.shape[:2]) + shift / WIDER
        taken = np.asarray((places + 1) * (cells.shape[0] / 2) - 0.5, np.float32)
        return np.asarray(cv2.remap(cells, taken, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _cut(alpha: U8, crop: CropBox) -> list[tuple[int, np.float32, tuple[float, float]]]:
    """Return for the picture's upper and lower edge, if it cuts the person: its side, its distance, what it holds."""
    sides = ((-1, crop.y, alpha[0], _HAIR), (1, alpha.shape[0] - crop.y, alpha[-1], _BODY))
    half = crop.size / 2
    return [
        (sign, np.float32(far / half), zone) for sign, far, row, zone in sides if crop.angle == 0 and row.max() > 127
    ]


def _inside(alpha: U8) -> F32:
    """From the person's share of each cell of the square: 1 well inside, 0 along the outline and beyond."""
    import cv2

    shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * _EDGE + 1, 2 * _EDGE + 1))
    core = cv2.erode(alpha, shape, borderType=cv2.BORDER_REPLICATE)
    soft = np.asarray(cv2.GaussianBlur(core, (0, 0), 0.7), np.float32)
    return _smooth(soft, 0.6 * 255, 0.98 * 255)


def _head(alpha: U8) -> F32:
    """From the person's share of each cell of the square: 1 in what belongs to the head, hair included."""
    chin, neck = _CHIN
    height = identity(*alpha.shape)[..., 1] * WIDER
    return np.asarray(_smooth(np.asarray(alpha, np.float32), 50, 200) * (1 - _smooth(height, chin, neck)), np.float32)


def _face(soft: U8) -> F32:
    """Return (c, c) for the cells of the square: 1 on the portrait's brows, eyes and mouth."""
    x, y, width, height = _FACE
    away = (identity(*soft.shape[:2]) * np.float32(WIDER) - (x, y)) / (width, height)
    return 1 - _smooth(np.asarray((away**4).sum(-1) ** 0.25, np.float32), *_FACE_EDGE)  # squarer than an ellipse


def _continued(shift: F32, known: F32) -> F32:
    """Continue shifts (c, c, 2) from where they are known to everywhere, linearly: a turned head's hair turns with it.

    Filling gives the mean of the nearest known shifts, and the mean of their places; the rest of the way is what the
    shifts' slope, filled likewise, makes of it.
    """
    import cv2

    places = identity(*known.shape)
    mean = fill(np.concatenate([shift, places], axis=2), known)
    slope = np.concatenate([cv2.Sobel(shift, cv2.CV_32F, *axis, scale=known.shape[0] / 16) for axis in _AXES], axis=2)
    slope = fill(np.clip(slope, -_STEEPEST, _STEEPEST), cv2.erode(known, np.ones((3, 3), np.uint8)))
    way = np.clip(places - mean[..., 2:], -_FARTHEST, _FARTHEST)
    return np.asarray(mean[..., :2] + slope[..., :2] * way[..., :1] + slope[..., 2:] * way[..., 1:], np.float32)


def _framed(cells: F32, margin: int) -> F32:
    """Put zeros around (n, n) or (n, n, C)."""
    import cv2

    framed = cv2.copyMakeBorder(cells, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0.0)
    return np.asarray(framed, np.float32)


def _replaced(wide: F32, shift: F32, known: F32) -> F32:
    """Enlarge ``wide`` to the cells of ``shift`` and put that in its middle as far as it is known."""
    import cv2

    side = shift.shape[0]
    margin = side // MARGIN
    fine = cv2.resize(wide, (side + 2 * margin,) * 2, interpolation=cv2.INTER_LINEAR)
    middle = fine[margin : margin + side, margin : margin + side]
    share = cv2.resize(cv2.merge([known, known]), (side, side), interpolation=cv2.INTER_LINEAR)
    cv2.add(middle, cv2.multiply(share, cv2.subtract(shift, middle)), dst=middle)
    return np.asarray(fine, np.float32)


def _length(vectors: F32) -> F32:
    import cv2

    x, y = cv2.split(vectors)
    return np.asarray(cv2.magnitude(x, y), np.float32)


def _smooth(values: F32, low: float, high: float) -> F32:
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)
