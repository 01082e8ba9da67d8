"""What the window needs from other packages; slow, so it runs in the background and imports them there."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify.errors import InputError
from avatarify.files import atomic_path
from avatarify.messages import Message
from avatarify.ui import camera_setup, engine_list, pixels
from avatarify.ui.engine_list import EngineRow
from avatarify.ui.portrait_files import PortraitFiles

if TYPE_CHECKING:
    from avatarify.capture.source import FrameSource
    from avatarify.doctor.finding import Finding
    from avatarify.engines.target import Watch
    from avatarify.frames import U8
    from avatarify.live.options import LiveOptions
    from avatarify.live.session import Session

_LIVE = ("avatarify.live.build", "avatarify.frames", "cv2")
_HEAVY = ("av",)
SPEED_FRAMES = 240  # the governor needs some seconds


class Services(PortraitFiles):
    """The real services; tests replace them."""

    def open_session(self, options: LiveOptions, watch: Watch, **callbacks: Callable[..., None]) -> Session:
        """Create a live session (see ``live.build.open_session``); fast after ``load_live``."""
        from avatarify.live.build import open_session

        return open_session(options, watch=watch, **callbacks)

    def load_live(self) -> None:
        """Import the modules of a session."""
        for name in _LIVE:
            importlib.import_module(name)

    def open_camera(self, value: str) -> FrameSource:
        """Open a camera for its preview; raises AvatarifyError."""
        from avatarify.capture.registry import open_source
        from avatarify.frames import Size

        return open_source(value, pace=True, size=Size(640, 480), fps=30)

    def list_cameras(self) -> list[tuple[int, str]]:
        """Return number and name of each connected camera."""
        from avatarify.capture.devices import list_cameras

        return [(camera.index, camera.name) for camera in list_cameras()]

    def list_virtual_cameras(self) -> tuple[list[str], Message]:
        """Return the names of usable virtual cameras, and how to get one."""
        from avatarify.output.virtual_devices import list_virtual_cameras, remedy

        return [camera.name for camera in list_virtual_cameras()], remedy()

    def show_test_pattern(self, seconds: float, stopped: Callable[[], bool]) -> str:
        """Send a test pattern to the virtual camera; return the camera's name.

        Raises:
            DeviceError: there is no virtual camera, or it was lost.
        """
        from avatarify.output.pattern import show

        return show(seconds, stopped)

    def save_snapshot(self, picture: U8, file: Path) -> Path:
        """Write an output frame as PNG, with a note of its origin.

        Raises:
            InputError: it cannot be written.
        """
        from avatarify.output.recorder import PROVENANCE

        image = pixels.image(picture)
        image.setText("Comment", PROVENANCE)
        try:
            with atomic_path(file) as part:
                image.save(str(part), "PNG")  # type: ignore[call-overload]  # what is not there cannot be moved
        except OSError as error:
            raise InputError(
                "Cannot write the snapshot {file}.", "Free some disk space or choose another folder.", file=file
            ) from error
        return file

    def set_up_commands(self) -> list[str]:
        """Return the commands that set up a virtual camera (see ``camera_setup``)."""
        return camera_setup.commands()

    def can_set_up(self) -> bool:
        """Return whether ``set_up_camera`` can ask for the administrator's password."""
        return camera_setup.can_ask()

    def set_up_camera(self, commands: Sequence[str]) -> None:
        """Run them as the administrator.

        Raises:
            VirtualCameraError: one of them failed, or the user did not agree.
        """
        camera_setup.run(commands)

    def prepare(self, model: str, runtime: str, portrait: str, watch: Watch) -> None:
        """Open a model and load a portrait once, which keeps on disk what takes long.

        Raises:
            AvatarifyError: one of them cannot be used.
        """
        from avatarify.animate import portrait_cache
        from avatarify.engines.choose import choose_runtime
        from avatarify.zoo.registry import find_model

        choose_runtime(find_model(model), runtime, watch=watch).runtime.close()
        if portrait and not watch.cancelled():
            portrait_cache.load(portrait)

    def check_speed(self, model: str, runtime: str, portrait: str, stopped: Callable[[], bool]) -> Message:
        """Measure a live session with the demo clip in another process, some seconds long, and judge it.

        Raises:
            EngineError: it failed.
            Cancelled: ``stopped`` returned True.
        """
        from avatarify.bench.live_run import Checkout, LiveRunOptions, run_live
        from avatarify.bench.verdict import verdict

        options = LiveRunOptions(model, runtime, portrait, "1280x720")
        return verdict(run_live(Checkout(), options, SPEED_FRAMES, stopped).report)

    def diagnose(self) -> list[Finding]:
        """Run the checks of ``avatarify doctor``."""
        from avatarify.doctor.checks import all_findings

        return list(all_findings())

    def list_models_and_runtimes(self) -> tuple[list[str], list[str]]:
        """Return the names that ``--model`` and ``--runtime`` accept here."""
        from avatarify.engines.choose import list_runtimes
        from avatarify.zoo.registry import list_models

        return [entry.manifest.name for entry in list_models()], list_runtimes()

    def list_engines(self) -> list[EngineRow]:
        """List the engines of every model for every builder."""
        return engine_list.list_engines()

    def build_engines(
        self, model: str, target: str, progress: Callable[[Message, float], None], cancelled: Callable[[], bool]
    ) -> dict[str, Any]:
        """Build what is missing (see ``engine_list.build_engines``)."""
        return engine_list.build_engines(model, target, progress, cancelled)

    def delete_engines(self, model: str, target: str) -> None:
        """Delete the engines of a model for a builder."""
        engine_list.delete_engines(model, target)

    def warm_up(self) -> None:
        """Import heavy libraries early, so that the first start is fast."""
        from avatarify.face.mediapipe_library import load_mediapipe
        from avatarify.runtimes.openvino_runtime import load_openvino

        self.load_live()
        for name in _HEAVY:
            importlib.import_module(name)
        load_mediapipe()
        load_openvino()
