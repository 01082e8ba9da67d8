"""Methods behind one interface: source and driving frames in, result and intermediate maps out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from avatarify.animate import drawing
from avatarify.errors import InputError, MotionError
from avatarify.frames import F32, U8, Frame

if TYPE_CHECKING:
    from torch import Tensor

    from avatarify.animate.animator import Animator
    from avatarify.animate.model import AnimationModel
    from avatarify.animate.options import MotionOptions
    from avatarify.compose.compositor import Compositor
    from avatarify.face.landmarker import FaceLandmarker
    from avatarify.networks.motion_model import MotionModel, Prediction

_FPS = 25.0
_SMALL = 128  # pixels


@dataclass(frozen=True)
class Shown:
    """The result of one driving frame and its intermediate maps; None for what the method does not have.

    Attributes:
        image: (S, S, 3) uint8 RGB, the whole result.
        source: (s, s, 3) uint8 RGB, the animated crop.
        driving: (s, s, 3), the driving frame in its own crop.
        result: (s, s, 3), the result in the source's crop.
        deformed: (s, s, 3), the warped source, before inpainting.
        displacement: (h, w, 2) backward flow minus the identity grid, in [-1, 1].
        occlusion: (m, m) float32 in [0, 1]; 1 where the warped source is used, 0 where pixels are inpainted.
        source_points: (K, 2) key points (x, y) in [-1, 1].
        driving_points: (K, 2) key points of the driving frame.
        masks: (K + 1, h, w) weight of each local motion, background first.
        motions: (K + 1, h, w, 2) local motions as positions in the source, background first.
    """

    image: U8
    source: U8
    driving: U8
    result: U8
    deformed: U8
    displacement: F32
    occlusion: F32 | None = None
    source_points: F32 | None = None
    driving_points: F32 | None = None
    masks: F32 | None = None
    motions: F32 | None = None


class Performer(Protocol):
    """One method that animates one source at a time.

    Attributes:
        name: Its name in tables.
        size: Side of its native images, pixels.
        about: Facts for reports: kind, hash of the weights, runtime.
    """

    name: str
    size: int
    about: dict[str, Any]

    def begin(self, source: U8, first: U8 | None = None) -> None:
        """Set the source (S, S, 3) uint8 RGB, and the first driving frame for relative motion.

        Raises:
            InputError: the method needs a face and the source shows none.
        """
        ...

    def follow(self, driving: U8) -> Shown | None:
        """Animate the source with a driving frame (S, S, 3); None if it cannot be used."""
        ...

    def close(self) -> None:
        """Release resources; may be called twice."""
        ...


class NetworkPerformer:
    """A method of ``avatarify.networks``, run by torch at its native size.

    Args:
        method: The network, in evaluation mode.
        name: Its name in tables.
        about: Facts for reports.
    """

    def __init__(self, method: MotionModel, name: str, about: dict[str, Any]) -> None:
        self.name, self.size = name, method.size
        self.about = {"kind": method.kind, "size": method.size, "runtime": "torch", **about}
        self._method = method
        self._source: Tensor | None = None
        self._first: Tensor | None = None

    def begin(self, source: U8, first: U8 | None = None) -> None:
        """Set the source; without ``first``, within one clip, motion is absolute."""
        self._source = _tensor(source, self.size)
        self._first = None if first is None else _tensor(first, self.size)

    def follow(self, driving: U8) -> Shown:
        """Move the source."""
        import torch

        assert self._source is not None  # for the type checker: ``begin`` comes first
        there = _tensor(driving, self.size)
        with torch.no_grad(), one_thread(self.size):
            drawn = self._method.animate(self._source, there, self._first)
            deformed = _pixels(drawn.deformed(self._source))
            points = self._method.find(there).points if self._method.points else None
        return _shown(drawn, _pixels(self._source), _pixels(there), deformed, points)

    def close(self) -> None:
        """Nothing to release."""


class FacePerformer:
    """A model as the app runs it: find the face, animate its crop, composite the whole image.

    Args:
        model: On a runtime that is closed together with this object.
        name: Its name in tables.
        about: Facts for reports.
        options: How motion is transferred.
    """

    def __init__(
        self, model: AnimationModel, name: str, about: dict[str, Any], options: MotionOptions | None = None
    ) -> None:
        self.name, self.size, self._model, self._options = name, model.portrait_size, model, options
        runtime = model.runtime
        self.about = {"size": self.size, "runtime": runtime.name, "device": runtime.device, **about}
        self._eye: FaceLandmarker | None = None
        self._animator: Animator | None = None
        self._compositor: Compositor | None = None
        self._count = 0

    def begin(self, source: U8, first: U8 | None = None) -> None:
        """Find the source's face; ``first`` is the user's neutral frame, by default the source itself."""
        from avatarify.animate.animator import Animator
        from avatarify.animate.portrait import Portrait, with_matte
        from avatarify.compose.compositor import Compositor
        from avatarify.face.landmarker import FaceLandmarker

        with FaceLandmarker(mode="image") as eye:
            faces = eye.find_faces(source)
        if not faces:
            raise InputError(
                "{name} animates faces, but no face was found in the source.", "Use another model.", name=self.name
            )
        portrait = with_matte(Portrait("source", source, faces[0]))
        self._animator = Animator(self._model, portrait, self._options)
        self._compositor = Compositor(source, portrait.box, None, badge=False, matte=portrait.matte)
        self._source, self._box = source, portrait.box
        if self._eye is not None:
            self._eye.close()
        self._eye, self._count = FaceLandmarker(), 0
        self.follow(source if first is None else first)

    def follow(self, driving: U8) -> Shown | None:
        """Animate the source; None if no face is found or no motion can be computed."""
        assert self._eye is not None, "begin comes first"
        assert self._animator is not None
        assert self._compositor is not None
        frame = Frame(driving, self._count, self._count / _FPS, self._count / _FPS)
        self._count += 1
        face = self._eye.find(frame)
        if face is None:
            return None
        try:
            generated = self._animator.animate(frame, face)
        except MotionError:
            return None
        image, seen = self._compositor.render(generated), self._animator.frame_keypoints
        assert seen is not None  # it has just animated
        side, box = self.size, self._box
        source = box.cut(self._source, side)
        return Shown(
            image=image,
            source=source,
            driving=seen.box.cut(driving, side),
            result=box.cut(image, side),
            deformed=drawing.warp_image(source, generated.deformation),
            displacement=generated.deformation - drawing.identity_grid(generated.deformation.shape[0]),
            occlusion=generated.visible,
            source_points=seen.source.points,
            driving_points=seen.driving.points,
        )

    def close(self) -> None:
        """Close the landmarker and the runtime."""
        if self._eye is not None:
            self._eye.close()
            self._eye = None
        self._model.runtime.close()


@contextlib.contextmanager
def one_thread(side: int) -> Iterator[None]:
    """Let torch use one thread for small images.

    On a busy machine, waiting for a second thread takes ten times as long as the work itself.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1 if side <= _SMALL else before)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def sized(image: U8, side: int) -> U8:
    """Resize a square image (S, S, 3) to (side, side, 3)."""
    import cv2

    if image.shape[0] == side:
        return image
    way = cv2.INTER_AREA if image.shape[0] > side else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, (side, side), interpolation=way))


def _shown(drawn: Prediction, source: U8, driving: U8, deformed: U8, points: Tensor | None) -> Shown:
    flow = _first(drawn.deformation.permute(0, 2, 3, 1))
    image = _pixels(drawn.image)
    return Shown(
        image=image,
        source=source,
        driving=driving,
        result=image,
        deformed=deformed,
        displacement=flow - drawing.identity_grid(flow.shape[0], corners=True),
        occlusion=None if drawn.occlusion is None else _first(drawn.occlusion)[0],
        source_points=None if drawn.source is None else _first(drawn.source.points),
        driving_points=None if points is None else _first(points),
        masks=None if drawn.mask is None else _first(drawn.mask),
        motions=None if drawn.sparse is None else _first(drawn.sparse),
    )


def _first(batch: Tensor) -> F32:
    return np.asarray(batch[0].float().numpy(), np.float32)


def _tensor(image: U8, side: int) -> Tensor:
    import torch

    return torch.from_numpy(np.ascontiguousarray(sized(image, side))).permute(2, 0, 1)[None].float() / 255


def _pixels(image: Tensor) -> U8:
    return np.asarray((image[0].clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy(), np.uint8)
