"""What the window asks of the other packages; slow, so it runs in the background and imports them there."""

from __future__ import annotations

import contextlib
import importlib
import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from avatarify import paths
from avatarify.errors import InputError
from avatarify.ui import thumbnails
from avatarify.ui.state import PortraitItem

if TYPE_CHECKING:
    from avatarify.live.build import LiveOptions
    from avatarify.live.session import Session

_HEAVY = ("avatarify.live.build", "cv2", "mediapipe")


@dataclass(frozen=True)
class Added:
    """A portrait that was added.

    Attributes:
        name: What ``--portrait`` accepts.
        warnings: What the user should know about it, one sentence each.
    """

    name: str
    warnings: list[str]


class Services:
    """The real ones; tests hand the window others."""

    def open_session(self, options: LiveOptions, **callbacks: Callable[..., None]) -> Session:
        """Make a live session (see ``live.build.open_session``)."""
        from avatarify.live.build import open_session

        return open_session(options, **callbacks)

    def list_cameras(self) -> list[tuple[int, str]]:
        """Number and name of each connected camera."""
        from avatarify.capture.devices import list_cameras

        return [(camera.index, camera.name) for camera in list_cameras()]

    def list_virtual_cameras(self) -> tuple[list[str], str]:
        """Name of each virtual camera that could be opened, and how to get one."""
        from avatarify.output.virtual_devices import list_virtual_cameras, remedy

        return [camera.name for camera in list_virtual_cameras()], remedy()

    def list_portraits(self) -> list[PortraitItem]:
        """The carried portraits, then the user's own."""
        from avatarify.animate.portrait import list_portraits

        return [item(portrait.name, portrait.path) for portrait in list_portraits()]

    def add_portrait(self, file: Path) -> Added:
        """Copy a picture with a face into the user's data folder.

        Raises:
            InputError: it is no picture, shows no face, or cannot be copied.
        """
        from avatarify.animate.portrait import list_portraits, load_portrait

        portrait = load_portrait(str(file))
        kept = _copy(file, paths.data() / "portraits", taken={known.name for known in list_portraits()})
        thumbnails.keep(kept, portrait)
        return Added(kept.stem, portrait.warnings)

    def find_thumbnails(self) -> bool:
        """Find the faces of portraits that have only a plain thumbnail; True if there are new ones."""
        from avatarify.animate.portrait import list_portraits, load_portrait

        wanted = [info for info in list_portraits() if not thumbnails.place(info.path).exists()]
        for info in wanted:
            with contextlib.suppress(InputError):  # said when it is chosen
                thumbnails.keep(info.path, load_portrait(info.name, matte=False))
        return bool(wanted)

    def load_still(self, file: Path) -> QImage:
        """Read a whole portrait for the preview; a null image if it cannot be read."""
        return thumbnails.read(file)

    def warm_up(self) -> None:
        """Import the heavy libraries before they are needed, so that the first start is quick."""
        from avatarify.runtimes.openvino_runtime import load_openvino

        for name in _HEAVY:
            importlib.import_module(name)
        load_openvino()


def item(name: str, file: Path) -> PortraitItem:
    """Make a portrait's entry in the gallery; reads the picture."""
    label = " ".join(word[:1].upper() + word[1:] for word in name.replace("_", " ").replace("-", " ").split())
    return PortraitItem(name, label, file, thumbnails.thumbnail(file))


def _copy(file: Path, folder: Path, taken: set[str]) -> Path:
    """Copy under the same name, or one with a number if that is taken."""
    numbered = (f"{file.stem} {number}" for number in itertools.count(2))
    name = next(name for name in itertools.chain([file.stem], numbered) if name not in taken)
    goal = folder / f"{name}{file.suffix.lower()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, goal)
    except OSError as error:
        raise InputError(f"{file.name} cannot be copied to {folder}: {error.strerror}.", "Free some room.") from error
    return goal
