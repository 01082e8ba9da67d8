"""What the window asks of the other packages; slow, so it runs in the background and imports them there."""

from __future__ import annotations

import contextlib
import importlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from avatarify import paths
from avatarify.errors import InputError
from avatarify.ui import engine_list, pixels, thumbnails
from avatarify.ui.choices import PortraitItem
from avatarify.ui.engine_list import EngineRow

if TYPE_CHECKING:
    from avatarify.capture.source import FrameSource
    from avatarify.cli.finding import Finding
    from avatarify.frames import U8
    from avatarify.live.build import LiveOptions
    from avatarify.live.session import Session

_LIVE = ("avatarify.live.build", "avatarify.frames", "cv2")
_HEAVY = ("mediapipe", "av")


@dataclass(frozen=True)
class Added:
    """A portrait that was added.

    Attributes:
        name: What ``--portrait`` accepts.
        warnings: What the user should know about it, one sentence each.
    """

    name: str
    warnings: list[str]


@dataclass(frozen=True)
class FoundFace:
    """A face in a picture: middle and height (brows to chin) in pixels, tilt in degrees, clockwise."""

    x: float
    y: float
    height: float
    tilt: float


class Services:
    """The real ones; tests hand the window others."""

    def open_session(self, options: LiveOptions, **callbacks: Callable[..., None]) -> Session:
        """Make a live session (see ``live.build.open_session``); quick after ``load_live``."""
        from avatarify.live.build import open_session

        return open_session(options, **callbacks)

    def load_live(self) -> None:
        """Import what a session is made of."""
        for name in _LIVE:
            importlib.import_module(name)

    def open_camera(self, value: str) -> FrameSource:
        """Open a camera for a look at it; raises AvatarifyError."""
        from avatarify.capture.registry import open_source
        from avatarify.frames import Size

        return open_source(value, pace=True, size=Size(640, 480), fps=30)

    def list_cameras(self) -> list[tuple[int, str]]:
        """Number and name of each connected camera."""
        from avatarify.capture.devices import list_cameras

        return [(camera.index, camera.name) for camera in list_cameras()]

    def list_virtual_cameras(self) -> tuple[list[str], str]:
        """Name of each virtual camera that could be opened, and how to get one."""
        from avatarify.output.virtual_devices import list_virtual_cameras, remedy

        return [camera.name for camera in list_virtual_cameras()], remedy()

    def show_test_pattern(self, seconds: float, stopped: Callable[[], bool]) -> str:
        """Send a test pattern to the virtual camera for a while; return the camera's name.

        Raises:
            DeviceError: there is none, or it was lost.
        """
        from avatarify.output.pattern import show

        return show(seconds, stopped)

    def list_portraits(self) -> list[PortraitItem]:
        """The carried portraits, then the user's own."""
        from avatarify.animate.portrait import list_portraits

        return [item(portrait.name, portrait.path) for portrait in list_portraits()]

    def find_faces(self, picture: QImage) -> list[FoundFace]:
        """Find the faces of a picture, largest first."""
        import math

        from avatarify.face.landmarker import FaceLandmarker

        with FaceLandmarker(mode="image", max_faces=10, expression=False) as landmarker:
            faces = landmarker.find_faces(pixels.array(picture))
        return [FoundFace(float(f.centre[0]), float(f.centre[1]), f.height, math.degrees(f.tilt)) for f in faces]

    def add_portrait(self, picture: QImage, name: str) -> Added:
        """Keep a picture with a face in the user's data folder.

        Raises:
            InputError: it shows no face, or cannot be kept.
        """
        from avatarify.animate.portrait import list_portraits
        from avatarify.live import shelf

        kept = _keep(picture, name, paths.data() / "portraits", taken={known.name for known in list_portraits()})
        try:
            portrait = shelf.load(str(kept))
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
        thumbnails.keep(kept, portrait)
        return Added(kept.stem, portrait.warnings)

    def rename_portrait(self, portrait: PortraitItem, name: str) -> str:
        """Give one of the user's own portraits another name; return it, with a number if it was taken.

        Raises:
            InputError: the file cannot be renamed.
        """
        from avatarify.animate.portrait import list_portraits

        wanted = _free(_plain(name), {known.name for known in list_portraits()} - {portrait.name})
        goal = portrait.file.with_name(wanted + portrait.file.suffix)
        with _told(f"{portrait.label} cannot be renamed"):
            before = thumbnails.place(portrait.file)
            portrait.file.rename(goal)
            if before.exists():
                before.rename(thumbnails.place(goal))
        return wanted

    def delete_portrait(self, portrait: PortraitItem) -> Path:
        """Take one of the user's own portraits away; return where it waits until the window is closed.

        Raises:
            InputError: the file cannot be moved.
        """
        bin_ = paths.data() / "deleted"
        with _told(f"{portrait.label} cannot be deleted"):
            bin_.mkdir(parents=True, exist_ok=True)
            return portrait.file.replace(bin_ / portrait.file.name)

    def restore_portrait(self, waits: Path) -> str:
        """Bring a deleted portrait back; return its name.

        Raises:
            InputError: the file cannot be moved.
        """
        from avatarify.animate.portrait import list_portraits

        name = _free(waits.stem, {known.name for known in list_portraits()})
        with _told(f"{waits.stem} cannot be brought back"):
            waits.replace(paths.data() / "portraits" / (name + waits.suffix))
        return name

    def forget_deleted(self) -> None:
        """Remove what was deleted for good."""
        bin_ = paths.data() / "deleted"
        for file in bin_.iterdir() if bin_.is_dir() else ():
            with contextlib.suppress(OSError):
                file.unlink()

    def find_thumbnails(self) -> bool:
        """Find the faces of portraits that have only a plain thumbnail; True if there are new ones."""
        from avatarify.animate.portrait import list_portraits
        from avatarify.live import shelf

        wanted = [info for info in list_portraits() if not thumbnails.place(info.path).exists()]
        for info in wanted:
            with contextlib.suppress(InputError):  # said when it is chosen
                thumbnails.keep(info.path, shelf.load(info.name))
        return bool(wanted)

    def load_still(self, file: Path) -> QImage:
        """Read a whole portrait for the preview; a null image if it cannot be read."""
        return thumbnails.read(file)

    def save_snapshot(self, picture: U8, file: Path) -> Path:
        """Write an output picture as PNG, with a note of its origin.

        Raises:
            InputError: it cannot be written.
        """
        from avatarify.output.recorder import PROVENANCE

        image = pixels.image(picture)
        image.setText("Comment", PROVENANCE)
        if not image.save(str(file), "PNG"):  # type: ignore[call-overload]
            raise InputError(f"The snapshot {file} cannot be written.", "Free some space or choose another folder.")
        return file

    def diagnose(self) -> list[Finding]:
        """Look at everything that ``avatarify doctor`` looks at."""
        from avatarify.cli.checks import all_findings

        return list(all_findings())

    def list_models_and_runtimes(self) -> tuple[list[str], list[str]]:
        """Names that ``--model`` and ``--runtime`` accept here."""
        from avatarify.runtimes.choose import list_runtimes
        from avatarify.zoo.registry import list_models

        return [entry.manifest.name for entry in list_models()], list_runtimes()

    def list_engines(self) -> list[EngineRow]:
        """Look at every model and every builder."""
        return engine_list.list_engines()

    def build_engines(
        self, model: str, target: str, progress: Callable[[str, float], None], cancelled: Callable[[], bool]
    ) -> dict[str, Any]:
        """Build what is missing (see ``engine_list.build_engines``)."""
        return engine_list.build_engines(model, target, progress, cancelled)

    def delete_engines(self, model: str, target: str) -> None:
        """Remove what was built."""
        engine_list.delete_engines(model, target)

    def warm_up(self) -> None:
        """Import the heavy libraries before they are needed, so that the first start is quick."""
        from avatarify.runtimes.openvino_runtime import load_openvino

        self.load_live()
        for name in _HEAVY:
            importlib.import_module(name)
        load_openvino()


def item(name: str, file: Path) -> PortraitItem:
    """Make a portrait's entry in the gallery; reads the picture."""
    label = " ".join(word[:1].upper() + word[1:] for word in name.replace("_", " ").replace("-", " ").split())
    own = file.parent == paths.data() / "portraits"
    return PortraitItem(name, label, file, thumbnails.thumbnail(file), own)


def _keep(picture: QImage, name: str, folder: Path, taken: set[str]) -> Path:
    """Write under the name, or one with a number if that is taken."""
    kind = "png" if picture.hasAlphaChannel() else "jpg"
    goal = folder / f"{_free(_plain(name), taken)}.{kind}"
    with _told(f"{name} cannot be kept in {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(goal), kind.upper(), 95):  # type: ignore[call-overload]
            raise OSError(0, "it cannot be written")
    return goal


def _plain(name: str) -> str:
    """Return a name that every file system takes."""
    kept = "".join(letter if letter.isalnum() or letter in " -_()." else "_" for letter in name)
    return kept.strip(" .") or "portrait"


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name} {number}" for number in itertools.count(2))
    return next(free for free in itertools.chain([name], numbered) if free not in taken)


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    """Put the system's reason into one sentence."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{what}: {error.strerror}.", "Free some room, or close what uses it.") from error
