"""What the diagnostics find, as it stands in the code (see ``told``)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from avatarify.ui.text.words import QT_TRANSLATE_NOOP

NAMES = (  # apart from the sentences: a portrait may be called so
    QT_TRANSLATE_NOOP("Findings", "Python"),
    QT_TRANSLATE_NOOP("Findings", "packages"),
    QT_TRANSLATE_NOOP("Findings", "memory"),
    QT_TRANSLATE_NOOP("Findings", "window"),
    QT_TRANSLATE_NOOP("Findings", "folders"),
    QT_TRANSLATE_NOOP("Findings", "model"),
    QT_TRANSLATE_NOOP("Findings", "runtime"),
    QT_TRANSLATE_NOOP("Findings", "graphics card"),
    QT_TRANSLATE_NOOP("Findings", "TensorRT"),
    QT_TRANSLATE_NOOP("Findings", "camera"),
    QT_TRANSLATE_NOOP("Findings", "virtual camera"),
)

SENTENCES = (
    # Python and packages
    QT_TRANSLATE_NOOP("Findings", "{} is not tested."),
    QT_TRANSLATE_NOOP("Findings", "Use Python 3.11, 3.12 or 3.13."),
    QT_TRANSLATE_NOOP("Findings", "Missing: {}."),
    QT_TRANSLATE_NOOP("Findings", "all {} are installed"),
    # memory
    QT_TRANSLATE_NOOP("Findings", "unknown"),
    QT_TRANSLATE_NOOP("Findings", "{} MB, and a live session of the built-in model needs {} MB."),
    QT_TRANSLATE_NOOP("Findings", "Use a machine with more memory."),
    QT_TRANSLATE_NOOP("Findings", "{} MB are enough for the built-in model, not for the full one."),
    QT_TRANSLATE_NOOP("Findings", "Close other programs before a call."),
    # window
    QT_TRANSLATE_NOOP("Findings", "Qt lacks system libraries: {}."),
    QT_TRANSLATE_NOOP("Findings", "There is no screen."),
    QT_TRANSLATE_NOOP("Findings", "Use 'avatarify run', which needs none."),
    QT_TRANSLATE_NOOP("Findings", "the desktop app can open"),
    # folders
    QT_TRANSLATE_NOOP("Findings", "Make it writable, or set AVATARIFY_CACHE, _DATA and _CONFIG."),
    QT_TRANSLATE_NOOP("Findings", "Only {} MB are free in {}."),
    QT_TRANSLATE_NOOP("Findings", "Free some space."),
    QT_TRANSLATE_NOOP("Findings", "writable, {} GB free in {}"),
    # model
    QT_TRANSLATE_NOOP("Findings", "Install avatarify again."),
    QT_TRANSLATE_NOOP("Findings", "Import or download the model again."),
    QT_TRANSLATE_NOOP("Findings", "the built-in model is whole"),
    # graphics card
    QT_TRANSLATE_NOOP("Findings", "{} (compute capability {}, driver for CUDA {})"),
    QT_TRANSLATE_NOOP("Findings", "no NVIDIA driver answers"),
    QT_TRANSLATE_NOOP("Findings", "no NVIDIA driver answers; {} of ONNX Runtime is used"),
    QT_TRANSLATE_NOOP("Findings", "no NVIDIA driver answers; the built-in model runs on the CPU"),
    QT_TRANSLATE_NOOP("Findings", "{} has {} MB of memory, and {} MB are needed"),
    QT_TRANSLATE_NOOP("Findings", "{}: the CPU is used."),
    QT_TRANSLATE_NOOP("Findings", "Close programs that use it, or use another GPU."),
    QT_TRANSLATE_NOOP("Findings", "{}; {} can use it"),
    QT_TRANSLATE_NOOP("Findings", "{} stays unused: {}."),
    QT_TRANSLATE_NOOP(
        "Findings",
        "{} stays unused and everything runs on the CPU: torch {} is a CPU build, and TensorRT cannot be used, {}.",
    ),
    QT_TRANSLATE_NOOP("Findings", "Then run: {}"),
    QT_TRANSLATE_NOOP(
        "Findings", "Install NVIDIA's driver {} or newer (Ubuntu: sudo ubuntu-drivers install), and restart."
    ),
    QT_TRANSLATE_NOOP("Findings", "Install NVIDIA's driver {} or newer from nvidia.com/drivers, and restart."),
    # TensorRT
    QT_TRANSLATE_NOOP("Findings", "not used, there is no NVIDIA GPU ({}). {}"),
    QT_TRANSLATE_NOOP("Findings", "tensorrt-rtx is installed"),
    QT_TRANSLATE_NOOP("Findings", "tensorrt-rtx is not installed"),
    QT_TRANSLATE_NOOP(
        "Findings",
        "It would need: an NVIDIA GPU of compute capability 7.5 or newer (RTX 20 series, GTX 16 series) with "
        "{} MB of memory; a driver for CUDA {} (version {} or newer); and: {}",
    ),
    QT_TRANSLATE_NOOP("Findings", "{} can be used (engines are made by: avatarify build-engines)"),
    QT_TRANSLATE_NOOP("Findings", "the package is not installed"),
    QT_TRANSLATE_NOOP("Findings", "the NVIDIA driver runs CUDA {}, and {} is needed (driver {} or newer)"),
    QT_TRANSLATE_NOOP("Findings", "{} has compute capability {}, and it serves {}"),
    QT_TRANSLATE_NOOP("Findings", "{} has compute capability {}, and 7.5 (Turing) is the least"),
    # camera
    QT_TRANSLATE_NOOP("Findings", "The system's settings forbid Avatarify to use cameras."),
    QT_TRANSLATE_NOOP("Findings", "{}; one is in use by {}."),
    QT_TRANSLATE_NOOP("Findings", "in use by {}"),
    QT_TRANSLATE_NOOP("Findings", "Close {} before a call: most cameras serve one program at a time."),
    QT_TRANSLATE_NOOP("Findings", "No permission for {}."),
    QT_TRANSLATE_NOOP("Findings", "Cameras cannot be listed ({})."),
    QT_TRANSLATE_NOOP("Findings", "Run: pip install --force-reinstall cv2-enumerate-cameras; {}"),
    QT_TRANSLATE_NOOP("Findings", "'--camera demo' works without."),
    QT_TRANSLATE_NOOP("Findings", "Only {}, where Avatarify's own pictures go."),
    QT_TRANSLATE_NOOP("Findings", "Connect a camera that sees you; {}"),
    QT_TRANSLATE_NOOP("Findings", "None is connected."),
    QT_TRANSLATE_NOOP("Findings", "Connect one; {}"),
    # virtual camera
    QT_TRANSLATE_NOOP("Findings", "There is none for this system."),
    QT_TRANSLATE_NOOP("Findings", "Use '--sink mjpeg' and a browser source in OBS."),
    QT_TRANSLATE_NOOP("Findings", "v4l2loopback is loaded without a device."),
    QT_TRANSLATE_NOOP("Findings", "v4l2loopback is not loaded, and Secure Boot loads signed modules only."),
    QT_TRANSLATE_NOOP("Findings", "Run: sudo mokutil --import {}, {}; then: {}"),
    QT_TRANSLATE_NOOP("Findings", "restart, and choose 'Enroll MOK' on the blue screen"),
    QT_TRANSLATE_NOOP("Findings", "v4l2loopback is installed but not loaded."),
    QT_TRANSLATE_NOOP("Findings", "v4l2loopback is not built for the kernel {}: its headers are missing."),
    QT_TRANSLATE_NOOP("Findings", "Install it by your system's means; then: {}"),
    QT_TRANSLATE_NOOP("Findings", "{}, without exclusive_caps: Chrome and Meet do not list it."),
    QT_TRANSLATE_NOOP("Findings", "{}: Zoom does not see so high a number."),
    QT_TRANSLATE_NOOP("Findings", "Load v4l2loopback with a low video_nr."),
    QT_TRANSLATE_NOOP("Findings", "The camera extension of OBS is not approved."),
    QT_TRANSLATE_NOOP("Findings", "Allow it: {}; then restart."),
    QT_TRANSLATE_NOOP("Findings", "System Settings → General → Login Items & Extensions → Camera Extensions"),
    QT_TRANSLATE_NOOP("Findings", "The virtual camera of OBS was never started."),
    QT_TRANSLATE_NOOP("Findings", "Choose a name that 'avatarify devices' shows."),
)


def name_told(name: str) -> str:
    """Return what a finding is about in the user's language."""
    return QCoreApplication.translate("Findings", name)
