"""What a host counts, as Prometheus reads it. No names, addresses, or pictures."""

from __future__ import annotations

from collections import Counter

from avatarify.metrics import Histogram

_QUANTILES = (50, 95)


class HostMetrics:
    """Counts; used by the event loop only.

    Attributes:
        counts: By name: ``sessions_total``, ``frames_total``, ``dropped_total``, ``batches_total``, ``rows_total``,
            ``portraits_total``, ``failures_total``.
        refusals: By reason.
        sessions: At the moment.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter(
            dict.fromkeys(("sessions", "frames", "dropped", "batches", "rows", "portraits", "failures"), 0)
        )
        self.refusals: Counter[str] = Counter()
        self.sessions = 0
        self._ms = Histogram()

    def batch(self, rows: int) -> None:
        """Count a batch."""
        self.counts["batches"] += 1
        self.counts["rows"] += rows

    def frame(self, ms: float) -> None:
        """Count a picture and the milliseconds from its pose to its end."""
        self.counts["frames"] += 1
        self._ms.add(ms)

    def text(self) -> str:
        """Return all of it in Prometheus' text format."""
        lines = ["# TYPE avatarify_sessions gauge", f"avatarify_sessions {self.sessions}"]
        for name, value in self.counts.items():
            lines += [f"# TYPE avatarify_{name}_total counter", f"avatarify_{name}_total {value}"]
        lines.append("# TYPE avatarify_refusals_total counter")
        lines += [f'avatarify_refusals_total{{reason="{reason}"}} {n}' for reason, n in sorted(self.refusals.items())]
        lines.append("# TYPE avatarify_frame_milliseconds summary")
        for percent in _QUANTILES:
            quantile = self._ms.percentile(percent)
            lines.append(f'avatarify_frame_milliseconds{{quantile="{percent / 100}"}} {quantile}')
        return "\n".join([*lines, f"avatarify_frame_milliseconds_count {self.counts['frames']}", ""])
