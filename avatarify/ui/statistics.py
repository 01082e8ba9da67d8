"""Statistics of a running session, as the window shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.live.session import Session
    from avatarify.output.background import RecordingFacts

NOTHING = Message("")
_SLOW = 0.7  # of the frames


@dataclass(frozen=True)
class Statistics:
    """Statistics of a running session.

    Attributes:
        fps: Recent output frame rate.
        latency_ms: Added latency, median and 95th percentile.
        dropped: Frames that were captured but never sent.
        runtime: Executes the model; empty until the session is open.
        device: Processor it runs on.
        reason: Why this runtime was chosen.
        model: The model's name.
        size: Size of the output.
        match: How well the neutral frame matches the portrait's pose, 0 to 1; None until there is one.
        recording: State of the current recording; None if there is none.
        sink: Name of the output; empty until the session is open.
        camera_fps: Frame rate of the camera.
        quality: What is reduced because the computer cannot keep up; empty at full quality.
    """

    fps: float
    latency_ms: tuple[float, float]
    dropped: int
    runtime: str
    device: str
    reason: Message
    model: str
    size: str = ""
    match: float | None = None
    recording: RecordingFacts | None = None
    sink: str = ""
    camera_fps: float = 0.0
    quality: Message = NOTHING

    def slow(self, wanted_fps: float) -> bool:
        """Return whether far fewer frames are shown than the camera gives and the output takes."""
        return 0 < self.fps < _SLOW * min(self.camera_fps, wanted_fps)

    @classmethod
    def of(cls, session: Session, report: dict[str, Any]) -> Statistics:
        """Read the statistics from a session and its report."""
        latency = report["latency_ms"]
        facts = {name: str(report.get(name, "")) for name in ("runtime", "device", "model", "size")}
        return cls(
            fps=session.fps,
            latency_ms=(latency["p50"], latency["p95"]),
            dropped=report["dropped"],
            reason=session.runtime_reason,
            match=session.match,
            recording=session.recording,
            sink=session.sink,
            camera_fps=float(report.get("camera_fps", 0.0)),
            quality=session.quality,
            **facts,
        )
