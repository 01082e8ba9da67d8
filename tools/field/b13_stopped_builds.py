"""``build-engines`` ends soon after a signal, with the signal's exit code."""

from __future__ import annotations

import signal
import time

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Stop a build at different moments."""
    longest = 0.0
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for wait in (3.0, 8.0):
            words = ("build-engines", "--target", "openvino", "--force", "--model", "fomm-random")
            process = kit.start(*words, AVATARIFY_CACHE=str(kit.folder / "cache"))
            time.sleep(wait)
            began = time.monotonic()
            process.send_signal(number)
            _, err = process.communicate(timeout=120)
            longest = max(longest, time.monotonic() - began)
            expect(process.returncode in (128 + number, -number), f"exit code {process.returncode}: {err}")
    expect(longest < 10, f"{longest:.1f} s after the signal")
    return f"{longest:.1f} s at most"
