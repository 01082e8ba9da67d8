"""The stages of a frame on one runtime, timed one by one."""

from __future__ import annotations

import contextlib
import itertools
import time
from typing import TYPE_CHECKING

from avatarify.errors import InputError, MotionError
from avatarify.frames import Frame, Size
from avatarify.memory import resident_mb

if TYPE_CHECKING:
    from avatarify.engines.target import Watch
    from avatarify.zoo.manifest import ModelEntry

ON_GPU = ("tensorrt", "tensorrt-rtx", "torch-cuda", "directml", "coreml", "openvino-gpu", "openvino-npu")
STAGES = ("face", "keypoints", "encode", "generate", "compose")
CORE = "core"  # processor time of a frame on all cores, without ``encode``
Times = dict[str, list[float]]
_FRAMES = 25  # of the bundled clip, repeated
_WARM_UP = 3


class FrameWork:
    """A model on a runtime with a portrait, driven by the bundled clip.

    Args:
        entry: The model.
        runtime: Name of the runtime.
        portrait: Name or file.
        size: Of the output frames.
        watch: Follows the opening of the model.

    Raises:
        EngineError: The runtime cannot be used on this machine.
    """

    def __init__(self, entry: ModelEntry, runtime: str, portrait: str, size: Size, watch: Watch | None = None) -> None:
        from avatarify.animate.animator import Animator
        from avatarify.animate.model import AnimationModel
        from avatarify.animate.opening import use_one_opencv_thread
        from avatarify.animate.portrait import load_portrait
        from avatarify.compose.compositor import Compositor
        from avatarify.engines.choose import choose_runtime
        from avatarify.face.landmarker import FaceLandmarker

        self._opened = contextlib.ExitStack()
        self._runtime = choose_runtime(entry, runtime, watch=watch).runtime
        self._opened.callback(self._runtime.close)
        self.device = self._runtime.device
        self._landmarker = self._opened.enter_context(FaceLandmarker())
        self._portrait = load_portrait(portrait)
        self._model = AnimationModel(self._runtime, tight_keypoints=entry.manifest.kind == "mobile")
        self._animator = Animator(self._model, self._portrait)
        self._crops = self._portrait.crops(self._model.portrait_size)
        self._source = self._model.keypoints(self._portrait.image, self._portrait.face, self._portrait.box)
        look = self._portrait
        self._compositor = Compositor(look.image, look.box, size, matte=look.matte)
        self._frames = itertools.cycle(_demo_frames())
        use_one_opencv_thread()
        self.run(_WARM_UP)

    def run(self, count: int) -> Times:
        """Time so many frames; return milliseconds by stage, and under ``CORE``."""
        times: Times = {stage: [] for stage in (*STAGES, CORE)}
        for frame in itertools.islice(self._frames, count):
            for stage, ms in self._one(frame).items():
                times[stage].append(ms)
        return times

    @property
    def memory_mb(self) -> float | None:
        """Resident memory of this process now, in MB."""
        return resident_mb()

    def close(self) -> None:
        """Free everything; may be called twice."""
        self._opened.close()

    def _one(self, frame: Frame) -> dict[str, float]:
        started, cpu = time.perf_counter(), time.process_time()
        face = self._landmarker.find(frame)
        found, cpu = time.perf_counter(), time.process_time() - cpu
        if face is None:
            raise InputError("A frame of the demo clip shows no face.", "Reinstall Avatarify.")
        self._model.encode(*self._crops, self._source)
        encoded, cpu = time.perf_counter(), cpu - time.process_time()
        try:
            generated = self._animator.animate(frame, face)
        except MotionError as error:
            raise InputError(
                "The model cannot follow the demo clip: {reason}", "Time another model.", reason=error
            ) from error
        animated = time.perf_counter()
        self._compositor.render(generated)
        done, cpu = time.perf_counter(), cpu + time.process_time()
        outside = {"face": found - started, "encode": encoded - found, "compose": done - animated, CORE: cpu}
        return {stage: seconds * 1000 for stage, seconds in outside.items()} | self._animator.timings


def _demo_frames() -> list[Frame]:
    from avatarify.capture.demo import DemoSource

    with DemoSource(pace=False) as source:
        frames = [source.read() for _ in range(_FRAMES)]
    return [frame for frame in frames if frame is not None]
