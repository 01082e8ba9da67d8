"""Avatarify: real-time portrait animation into a virtual camera.

Importing this package is cheap: neither torch, OpenCV nor Qt is loaded before a command needs it.
"""

__version__ = "0.1.0"
