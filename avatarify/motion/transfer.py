"""From the user's key points to the portrait's: Eq. 13-14, and what the built-in model adds to them.

Numpy arrays or torch tensors (see ``arrays``).
"""

from __future__ import annotations

from avatarify.frames import F32, Keypoints
from avatarify.motion.amplitude import enlarge, turn_further, unlike
from avatarify.motion.arrays import Number
from avatarify.motion.first_order import local_motion, moved
from avatarify.motion.layout import BRIDGE, COUNT
from avatarify.motion.lids import transfer_lids
from avatarify.motion.lips import transfer_lips
from avatarify.motion.shoulders import follow_head


def transfer(source: Keypoints, neutral: Keypoints, driving: Keypoints, scale: Number, lids: F32) -> Keypoints:
    """Move the portrait from its own pose as the user moved from the neutral one.

    Args:
        source: Key points of the portrait, S1.
        neutral: Key points of the user's neutral frame, D1.
        driving: Key points of the current frame, Dt.
        scale: Size of the portrait's face over the user's (see ``first_order.movement_scale``).
        lids: (2, 2) range of the user's eyes (see ``transfer_lids``); only for the built-in model's key points.

    Returns:
        Unchecked; callers pass them through ``first_order.checked``.
    """
    motion = local_motion(neutral, driving)
    found = Keypoints(moved(source, neutral, driving, scale).points, motion @ source.jacobians)
    if len(source.points) != COUNT:  # another model's key points have no names
        return found
    amount = unlike(source, neutral)
    found = enlarge(source, turn_further(source, found, amount), motion[BRIDGE], amount)
    found = transfer_lips(source, neutral, follow_head(source, found), scale, amount)
    return transfer_lids(source, neutral, driving, found, lids)
