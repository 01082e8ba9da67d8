"""How far a user's eyes open and shut in the key points, learned while they are seen.

The neutral frame alone does not say it: in it, eyes may be wide, or look down. And the learned key points of shut eyes
differ from user to user, by up to a quarter of the eye's width; the face mesh says when eyes are shut.
"""

from __future__ import annotations

from collections import OrderedDict, deque

import numpy as np

from avatarify.face.face import Face
from avatarify.frames import F32
from avatarify.motion import layout
from avatarify.motion.lids import SHUT_BELOW, openness

_MEMORY = 450  # frames: 15 to 20 seconds
_PRIOR = 30  # frames that the neutral one counts for
_USUAL = 0.6  # quantile of the openness that is usual: blinks and looks down are below it
_AROUND = 0.15  # by which the neutral openness may differ from the usual one
_EVERY = 15  # frames between two looks at the memory
_APPROACH = 0.05  # in each frame, so that lids at rest do not jump
_SMALLEST, _LARGEST = 0.15, 0.6  # of what can be an open eye
_MESH_SHUT = 0.08  # the mesh reads below 0 on shut eyes, about 0.2 on lowered ones
_MARGIN = 0.1  # of the range: blinks are quick, and frames seldom catch the eye fully shut
_SHUT_PRIOR, _SHUT_MEMORY = 2.0, 12.0  # looks at shut eyes
_REMEMBERED = 64  # frames until the mesh of a frame is known


class EyeRange:
    """Follows both eyes of one user from the neutral frame on.

    Args:
        neutral: (81, 2) key points of the neutral frame.
    """

    def __init__(self, neutral: F32) -> None:
        self._neutral = _both(neutral).clip(_SMALLEST, _LARGEST)
        self._seen = deque([self._neutral] * _PRIOR, _MEMORY)
        self._wide = self._goal = self._neutral
        self._shut = (SHUT_BELOW - _MARGIN) / (1 - _MARGIN) * self._neutral
        self._looks = np.full(2, _SHUT_PRIOR, np.float32)
        self._count = 0
        self._last_look = -1  # frame
        self._frames: OrderedDict[int, F32] = OrderedDict()

    @property
    def lids(self) -> F32:
        """The range as ``motion.lids.transfer_lids`` takes it, (2, 2) float32."""
        return np.stack([self._wide, self._shut + _MARGIN * (self._wide - self._shut)]).astype(np.float32)

    def follow(self, frame_index: int, points: F32, face: Face) -> None:
        """Take a frame.

        Args:
            frame_index: Number of the frame.
            points: (81, 2) the user's key points in it.
            face: The latest face; its mesh is of this frame, or of an earlier one.
        """
        now = _both(points)
        self._frames[frame_index] = now
        while len(self._frames) > _REMEMBERED:
            self._frames.popitem(last=False)
        self._look(face)
        self._seen.append(now)
        self._count += 1
        if self._count % _EVERY == 0:
            usual = np.quantile(np.array(self._seen), _USUAL, axis=0)
            self._goal = self._neutral.clip((1 - _AROUND) * usual, (1 + _AROUND) * usual).clip(_SMALLEST, _LARGEST)
        self._wide = self._wide + np.float32(_APPROACH) * (self._goal - self._wide)

    def _look(self, face: Face) -> None:
        """Learn how far the key points of a shut eye are apart, where the mesh sees one."""
        if face.frame_index == self._last_look or face.frame_index not in self._frames:
            return
        self._last_look = face.frame_index
        shut = _both(face.named_points()) < _MESH_SHUT
        change = (self._frames[face.frame_index] - self._shut) / (self._looks + 1)
        self._shut = np.where(shut, self._shut + change, self._shut).clip(0, 0.6 * self._wide)
        self._looks = np.where(shut, (self._looks + 1).clip(0, _SHUT_MEMORY), self._looks)


def _both(points: F32) -> F32:
    return np.array([openness(points, eye) for eye in range(len(layout.EYES))], np.float32)
