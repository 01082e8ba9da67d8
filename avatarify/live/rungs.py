"""What a live session can do without when a computer is too slow, from full quality down to half the frame rate."""

from __future__ import annotations

from dataclasses import dataclass

from avatarify.messages import Message

CALM_HZ, FEWEST_HZ = 8.0, 3.0  # looks of the face tracker at a head that rests (see ``face.cadence``)


@dataclass(frozen=True)
class Rung:
    """One step of the ladder.

    Attributes:
        name: In the report.
        cost: Processor time for one second of video, as a share of the full quality's (docs/benchmarks.md).
        calm_hz: Landmark detections a second while the head rests.
        stride: Every how many frames of the camera one is animated.
        between: Show a picture halfway between two animated frames, too; everything is shown one frame later.
    """

    name: str
    cost: float
    calm_hz: float = CALM_HZ
    stride: int = 1
    between: bool = False

    @property
    def shows(self) -> float:
        """Pictures for each frame of the camera."""
        return (1 + self.between) / self.stride

    def message(self, fps: float) -> Message:
        """Return what the status line says; empty at full quality.

        Args:
            fps: Frames per second of the camera.
        """
        if self.shows < 1:
            text = "This computer is too slow or too busy: showing every second frame ({fps:.0f} fps)."
            return Message(text, fps=fps * self.shows)
        if self.calm_hz < CALM_HZ:
            return Message("Reduced detail to keep {fps:.0f} fps.", fps=fps)
        return Message("")


LADDER = (
    Rung("full", 1.0),
    Rung("landmarks", 0.95, FEWEST_HZ),
    Rung("in-between", 0.65, FEWEST_HZ, stride=2, between=True),
    Rung("half-rate", 0.5, FEWEST_HZ, stride=2),
)
