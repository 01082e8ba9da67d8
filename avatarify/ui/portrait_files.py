"""The user's portraits as files: list, add, rename, delete, restore."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from avatarify import paths
from avatarify.animate.cached import forget
from avatarify.animate.options import Controls
from avatarify.errors import InputError
from avatarify.files import atomic_path, private_folder
from avatarify.messages import N_, Message, Template
from avatarify.ui import pixels, thumbnails
from avatarify.ui.choices import PortraitItem


@dataclass(frozen=True)
class Added:
    """A portrait that was added.

    Attributes:
        name: Name that ``--portrait`` accepts.
        warnings: Warnings for the user.
    """

    name: str
    warnings: list[Message]


@dataclass(frozen=True)
class FoundFace:
    """A face in an image: center and height (brows to chin) in pixels, tilt in degrees clockwise."""

    x: float
    y: float
    height: float
    tilt: float


class PortraitFiles:
    """Portrait operations for the window; slow, so they run in the background and import the rest there."""

    def list_portraits(self) -> list[PortraitItem]:
        """The bundled portraits, then the user's own."""
        from avatarify.animate.portrait import list_portraits

        return [item(portrait.name, portrait.path) for portrait in list_portraits()]

    def find_faces(self, picture: QImage) -> list[FoundFace]:
        """Find the faces in an image, largest first."""
        import math

        from avatarify.face.landmarker import FaceLandmarker

        with FaceLandmarker(mode="image", max_faces=10, expression=False) as landmarker:
            faces = landmarker.find_faces(pixels.array(picture))
        return [FoundFace(float(f.center[0]), float(f.center[1]), f.height, math.degrees(f.tilt)) for f in faces]

    def add_portrait(self, picture: QImage, name: str) -> Added:
        """Save an image with a face in the user's data folder.

        Raises:
            InputError: it shows no face, or cannot be saved.
        """
        from avatarify.animate import portrait_cache
        from avatarify.animate.portrait import list_portraits

        kept = _keep(picture, name, paths.data() / "portraits", taken={known.name for known in list_portraits()})
        try:
            portrait = portrait_cache.load(str(kept))
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
        thumbnails.keep(kept, portrait)
        return Added(kept.stem, portrait.warnings)

    def rename_portrait(self, portrait: PortraitItem, name: str) -> str:
        """Rename one of the user's portraits; return the new name, with a number added if it was taken.

        Raises:
            InputError: the file cannot be renamed.
        """
        from avatarify.animate.portrait import list_portraits

        wanted = _free(_plain(name), {known.name for known in list_portraits()} - {portrait.name})
        goal = portrait.file.with_name(wanted + portrait.file.suffix)
        with _file_errors(N_("Cannot rename {portrait}: {reason}."), portrait.label):
            before = thumbnails.place(portrait.file)
            portrait.file.rename(goal)
            if before.exists():
                before.rename(thumbnails.place(goal))
            forget(portrait.file)
        return wanted

    def delete_portrait(self, portrait: PortraitItem) -> Path:
        """Delete one of the user's portraits; return where it is kept until the window is closed.

        Raises:
            InputError: the file cannot be moved.
        """
        bin_ = paths.data() / "deleted"
        forget(portrait.file)
        with _file_errors(N_("Cannot delete {portrait}: {reason}."), portrait.label):
            private_folder(bin_)
            return portrait.file.replace(bin_ / portrait.file.name)

    def restore_portrait(self, waits: Path) -> str:
        """Restore a deleted portrait; return its name.

        Raises:
            InputError: the file cannot be moved.
        """
        from avatarify.animate.portrait import list_portraits

        name = _free(waits.stem, {known.name for known in list_portraits()})
        with _file_errors(N_("Cannot restore {portrait}: {reason}."), waits.stem):
            waits.replace(paths.data() / "portraits" / (name + waits.suffix))
        return name

    def purge_deleted(self) -> None:
        """Remove deleted portraits permanently, and what is cached about them."""
        bin_ = paths.data() / "deleted"
        for file in bin_.iterdir() if bin_.is_dir() else ():
            forget(paths.data() / "portraits" / file.name)  # a session that still ran may have made it again
            with contextlib.suppress(OSError):
                file.unlink()

    def find_thumbnails(self) -> bool:
        """Create missing thumbnails of faces; return True if there are new ones."""
        from avatarify.animate import portrait_cache
        from avatarify.animate.portrait import list_portraits

        wanted = [info for info in list_portraits() if not thumbnails.place(info.path).exists()]
        for info in wanted:
            with contextlib.suppress(InputError):  # reported when it is selected
                thumbnails.keep(info.path, portrait_cache.load(info.name))
        return bool(wanted)

    def compose_idle(self, name: str, controls: Controls, size: str) -> QImage:
        """Return a portrait as others see it while no face is in view, of a size ``WIDTHxHEIGHT``.

        Raises:
            AvatarifyError: It shows no face, or cannot be read.
        """
        from avatarify.animate import portrait_cache
        from avatarify.animate.animation import make_compositor
        from avatarify.frames import Size

        compositor = make_compositor(portrait_cache.load(name), controls, Size.parse(size))
        return pixels.image(compositor.idle_frame())

    def load_still(self, file: Path) -> QImage:
        """Read a whole portrait for the preview; return a null image if it cannot be read."""
        return thumbnails.read(file)


def item(name: str, file: Path) -> PortraitItem:
    """Create a portrait's gallery entry; reads the image."""
    label = " ".join(word[:1].upper() + word[1:] for word in name.replace("_", " ").replace("-", " ").split())
    own = file.parent == paths.data() / "portraits"
    return PortraitItem(name, label, file, thumbnails.thumbnail(file), own)


def _keep(picture: QImage, name: str, folder: Path, taken: set[str]) -> Path:
    """Save an image under its name, with a number added if the name is taken."""
    kind = "png" if picture.hasAlphaChannel() else "jpg"
    goal = folder / f"{_free(_plain(name), taken)}.{kind}"
    with _file_errors(N_("Cannot save {portrait} to the portraits folder: {reason}."), name):
        private_folder(folder)
        with atomic_path(goal, private=True) as part:
            if not picture.save(str(part), kind.upper(), 95):  # type: ignore[call-overload]
                raise OSError(0, "the image cannot be written")
    return goal


def _plain(name: str) -> str:
    """Return a name that is valid on every file system."""
    kept = "".join(letter if letter.isalnum() or letter in " -_()." else "_" for letter in name)
    return kept.strip(" .") or "portrait"


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name} {number}" for number in itertools.count(2))
    return next(free for free in itertools.chain([name], numbered) if free not in taken)


@contextlib.contextmanager
def _file_errors(template: Template, portrait: str) -> Iterator[None]:
    """Report the system's errors in a sentence about a portrait, with the fields ``portrait`` and ``reason``."""
    try:
        yield
    except OSError as error:
        hint = "Free some disk space, or close the program that uses the file."
        raise InputError(template, hint, portrait=portrait, reason=error.strerror) from error
