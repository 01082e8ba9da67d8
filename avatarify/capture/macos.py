"""What macOS reports about permission to use cameras."""

from __future__ import annotations

import importlib

_RESTRICTED, _DENIED = 1, 2  # AVAuthorizationStatus


def denied() -> bool:
    """Return whether macOS denies this program cameras; False before the user was asked, and on other systems."""
    try:
        foundation = importlib.import_module("AVFoundation")  # a dependency of cv2-enumerate-cameras
        status = foundation.AVCaptureDevice.authorizationStatusForMediaType_(foundation.AVMediaTypeVideo)
    except Exception:  # noqa: BLE001 - without an answer, opening the camera will show
        return False
    return int(status) in (_RESTRICTED, _DENIED)
