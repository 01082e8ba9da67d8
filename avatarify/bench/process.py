"""Times each runtime in its own process, so that memory is measured apart and libraries cannot interfere."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Self

from avatarify.bench.arithmetic import measure_peak
from avatarify.bench.work import ON_GPU, FrameWork, Times
from avatarify.children import spawning
from avatarify.engines.target import Watch
from avatarify.errors import AvatarifyError, EngineError
from avatarify.frames import Size

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry

_CLOSE_TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Turn:
    """What a process measured in one turn.

    Attributes:
        times: Milliseconds by stage, one for each frame.
        memory_mb: Its resident memory afterwards; None if the system does not say.
    """

    times: Times
    memory_mb: float | None


@dataclass(frozen=True)
class Opening:
    """Something that the opening of a model reports to its ``Watch``, on its way to another process.

    Attributes:
        about: Name of the watch's attribute that is called.
        values: With these.
    """

    about: str
    values: tuple[object, ...]

    def tell(self, watch: Watch) -> None:
        """Report it."""
        getattr(watch, self.about)(*self.values)


class RuntimeProcess:
    """Runs ``FrameWork`` in another process.

    Args:
        entry: The model.
        runtime: Name of the runtime.
        portrait: Name or file.
        size: Of the output frames.
        watch: Follows the opening of the model.

    Attributes:
        name: The runtime's name.
        device: Name of the processor.
        start_s: Seconds until the first frame could be timed.

    Raises:
        AvatarifyError: The runtime or the portrait cannot be used, or the process died.
    """

    def __init__(self, entry: ModelEntry, runtime: str, portrait: str, size: Size, watch: Watch | None = None) -> None:
        self.name = runtime
        self._watch = watch or Watch()
        started = time.perf_counter()
        context = spawning()
        self._pipe, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far, entry, runtime, portrait, size), daemon=True)
        self._process.start()
        far.close()
        try:
            self.device: str = self._answer()
        except BaseException:
            self._process.terminate()  # it may be importing torch, for as long as anybody waits
            self.close()
            raise
        self.start_s = time.perf_counter() - started

    def run(self, count: int) -> Turn:
        """Time so many frames.

        Raises:
            EngineError: The process died, or the runtime failed.
        """
        self._ask(count)
        times, memory = self._answer()
        return Turn(times, memory)

    def peak(self) -> float:
        """Measure the peak rate of this runtime's processor (see ``arithmetic.measure_peak``)."""
        self._ask("peak")
        return float(self._answer())

    def close(self) -> None:
        """End the process; may be called twice."""
        self._pipe.close()
        self._process.join(_CLOSE_TIMEOUT_S)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(_CLOSE_TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if any(part is not None for part in exc):
            self._process.terminate()
        self.close()

    def _ask(self, question: object) -> None:
        try:
            self._pipe.send(question)
        except OSError as error:
            raise self._died() from error

    def _answer(self) -> Any:
        while isinstance(answer := self._received(), Opening):
            answer.tell(self._watch)
        result, error = answer
        if error is not None:
            raise error
        return result

    def _received(self) -> Any:
        try:
            return self._pipe.recv()
        except (EOFError, OSError) as gone:
            raise self._died() from gone

    def _died(self) -> EngineError:
        return EngineError(
            "The process that timed {runtime} crashed.", "Leave it out with --runtime.", runtime=self.name
        )


def _serve(pipe: Connection, entry: ModelEntry, runtime: str, portrait: str, size: Size) -> None:
    """Answer until the other side closes; every answer is a pair of result and error, one of them None."""
    with contextlib.ExitStack() as opened, contextlib.suppress(EOFError, OSError):  # the other side has closed
        try:
            frames = FrameWork(entry, runtime, portrait, size, _watch_through(pipe))
            work = opened.enter_context(contextlib.closing(frames))
        except Exception as error:  # noqa: BLE001 - raised on the other side
            pipe.send((None, _as_ours(error, runtime)))
            return
        pipe.send((work.device, None))
        while True:
            pipe.send(_answer(work, pipe.recv(), runtime))


def _watch_through(pipe: Connection) -> Watch:
    """Return a watch whose reports go to the other side."""

    def report(about: str, *values: object) -> None:
        pipe.send(Opening(about, values))

    return Watch(partial(report, "progress"), announce=partial(report, "announce"), warn=partial(report, "warn"))


def _answer(work: FrameWork, question: object, runtime: str) -> tuple[object, Exception | None]:
    try:
        if isinstance(question, int):
            return (work.run(question), work.memory_mb), None
        return measure_peak(cuda=runtime in ON_GPU), None
    except Exception as error:  # noqa: BLE001 - raised on the other side
        return None, _as_ours(error, runtime)


def _as_ours(error: Exception, runtime: str) -> AvatarifyError:
    if isinstance(error, AvatarifyError):
        return error
    return EngineError(
        "{runtime} cannot be timed: {kind}: {reason}.",
        "Leave it out with --runtime.",
        runtime=runtime,
        kind=type(error).__name__,
        reason=error,
    )
