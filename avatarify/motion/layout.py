"""The 81 key points of the built-in model: which index is which place on the face.

0-67 follow the common 68-point layout (jaw 0-16, brows 17-26, nose 27-35, eyes 36-47, outer lips 48-59, inner lips
60-67; the subject's right side first). Then: 68-70 forehead, 71 crown, 72 and 73 ears, 74-76 neck and shoulders, 77 and
78 cheeks, 79 and 80 pupils. "Left" and "right" of a pair of corners mean left and right in the image.
"""

from __future__ import annotations

COUNT = 81
CHIN = 8
CHIN_REGION = tuple(range(6, 11))  # moves with the lower jaw
BRIDGE = 27  # top of the nose
NOSE_BASE = 33
RIGID = (0, 16, BRIDGE, 28, 30, NOSE_BASE, 36, 45)  # what expressions hardly move
CROWN = 71
NECK, SHOULDERS = 74, (75, 76)
TORSO = (NECK, *SHOULDERS)
PUPILS = (79, 80)

# Of each eye: left corner, right corner, two points of the upper lid, two of the lower.
EYES = ((36, 39, (37, 38), (41, 40)), (42, 45, (43, 44), (47, 46)))
LIDS = tuple(sorted(k for _, _, upper, lower in EYES for k in upper + lower))

MOUTH = tuple(range(48, 68))
MOUTH_CORNERS = (48, 54)
OUTER_LIPS, INNER_LIPS = tuple(range(48, 60)), tuple(range(60, 68))
# Opposite points of the opening between the lips.
UPPER_INNER_LIP, LOWER_INNER_LIP = (61, 62, 63), (67, 66, 65)
# Each point of a lip, and the point of the inner lip next to it.
UPPER_LIP = {49: 61, 50: 61, 51: 62, 52: 63, 53: 63, 61: 61, 62: 62, 63: 63}
LOWER_LIP = {55: 65, 56: 65, 57: 66, 58: 67, 59: 67, 65: 65, 66: 66, 67: 67}

# Points that say little about the rigid motion of the head.
NOT_HEAD = (*CHIN_REGION, *LIDS, *MOUTH, CROWN, *TORSO, 77, 78, *PUPILS)

MIRROR_PAIRS = (
    *((i, 16 - i) for i in range(8)),
    *((i, 43 - i) for i in range(17, 22)),
    *((31, 35), (32, 34), (36, 45), (37, 44), (38, 43), (39, 42), (40, 47), (41, 46)),
    *((48, 54), (49, 53), (50, 52), (55, 59), (56, 58), (60, 64), (61, 63), (65, 67)),
    *((69, 70), (72, 73), (75, 76), (77, 78), (79, 80)),
)

# Vertices of MediaPipe's face mesh at the same places: jaw, brows, nose, eyes, lips, cheeks, pupils.
_MESH_FACE = (
    *(162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389),
    *(71, 63, 105, 66, 107, 336, 296, 334, 293, 301),
    *(168, 197, 5, 4, 75, 97, 2, 326, 305),
)
_MESH_FEATURES = (
    *(33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380),
    *(61, 40, 37, 0, 267, 270, 291, 321, 405, 17, 181, 91),
    *(78, 81, 13, 311, 308, 402, 14, 178),
)
MESH_FACE = {**dict(enumerate(_MESH_FACE)), 77: 205, 78: 425}  # key point: vertex
MESH_FEATURES = {**dict(enumerate(_MESH_FEATURES, 36)), 79: 468, 80: 473}
MESH_COUNT = 478
