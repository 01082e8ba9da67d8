"""What macOS tells about who may use cameras."""

from __future__ import annotations

import importlib

_RESTRICTED, _DENIED = 1, 2  # AVAuthorizationStatus


def denied() -> bool:
    """Say whether this program may not use cameras; False while the user was not asked, and on other systems."""
    try:
        foundation = importlib.import_module("AVFoundation")  # comes with cv2-enumerate-cameras
        status = foundation.AVCaptureDevice.authorizationStatusForMediaType_(foundation.AVMediaTypeVideo)
    except Exception:  # noqa: BLE001 - the answer is only a help
        return False
    return int(status) in (_RESTRICTED, _DENIED)
