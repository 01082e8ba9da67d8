"""What a bundle leaves out: files that belong to a needed package, but that Avatarify never loads."""

from __future__ import annotations

import re

# Packages that no command of a bundle imports. Torch and its company are extras; they are named so that a build in
# an environment that has them leaves them out, too. MediaPipe imports matplotlib only for drawing.
EXCLUDED_MODULES = (
    "torch",
    "torchvision",
    "matplotlib",
    "sounddevice",
    "IPython",
    "tkinter",
    "unittest.mock",
    "onnxruntime",
    "onnxslim",
    "tensorrt",
    "tensorrt_rtx",
    "scipy",
    "tensorboard",
    "pip",
    "setuptools",
    "pkg_resources",
    "openvino_telemetry",
    "onnx.backend.test",
    "numpy.tests",
    "numpy.testing",
    "numpy.f2py",
)

_LANGUAGES = "de|es|ja|zh_CN"  # of the window; Qt's own words are English otherwise
_UNUSED_FILES = re.compile(
    "|".join(
        (
            # Qt: Avatarify uses Core, Gui, Widgets, and Network.
            r"PySide6/Qt/(lib/)?(qml|metatypes|resources|libexec)/",
            r"Qt6(Qml|Quick|Pdf|VirtualKeyboard|ShaderTools|Designer|Sql|Test|Help|Labs)",
            r"plugins/(platforminputcontexts/.*virtualkeyboard|imageformats/.*qpdf|tls/.*certonly|sqldrivers|qmltooling)",
            r"plugins/(egldeviceintegrations|platformthemes/.*gtk|platforms/.*(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc))",
            r"Qt6Egl",
            rf"PySide6/.*translations/(?!qtbase_({_LANGUAGES})\.qm$)",
            # OpenCV: the window plugin of its own Qt; its library is linked to that Qt's others, so those stay.
            r"cv2/qt/",
            r"Qt5(XcbQpa|DBus|Svg)",
            r"cv2/(data|samples)/",
            # OpenVINO reads its own format and ONNX.
            r"openvino_(tensorflow|tensorflow_lite|pytorch|paddle|jax|gguf)_frontend",
            r"openvino/(include|cmake)/",
            r"openvino/tools/",
            # What is only for tests, for C compilers, and for type checkers.
            r"(^|/)(tests?|testdata)/",
            r"\.(pyi|h|hpp|inc|pc|cmake|a|lib|debug|pdb|proto)$",
            r"onnx/backend/test/",
        )
    )
)


# Of the building system, a bundle takes what Python is linked to, and the XCB libraries that desktops lack. All others
# must be those of the user's system: they belong to its graphics drivers, fonts, and desktop.
_SYSTEM_FOLDER = re.compile(r"^(/usr)?/lib(64|32)?/")
_FROM_SYSTEM = re.compile(
    r"lib(python3|ssl|crypto|sqlite3|ffi|bz2|lzma|z|zstd|uuid|readline|tinfo|expat|xkbcommon|xkbcommon-x11"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util))[.-]"
)

BUNDLED_LIBRARIES = frozenset(
    {
        "libxcb-cursor.so.0",
        "libxcb-icccm.so.4",
        "libxcb-image.so.0",
        "libxcb-keysyms.so.1",
        "libxcb-render-util.so.0",
        "libxkbcommon.so.0",
        "libxkbcommon-x11.so.0",
    }
)
"""Libraries of Debian that are in a Linux bundle, by file name: its users need not install them."""


def needed(path: str, source: str = "") -> bool:
    """Return whether a bundle needs a file.

    Args:
        path: In the bundle, with forward slashes.
        source: Where it comes from; empty if that does not matter.
    """
    if _SYSTEM_FOLDER.match(source) and not _FROM_SYSTEM.match(source.rpartition("/")[2]):
        return False
    return path.startswith("avatarify/") or _UNUSED_FILES.search(path) is None
