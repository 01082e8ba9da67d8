"""Ctrl-C while a command starts ends it with 130 and without a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from field.kit import Kit, expect

WAITS_S = (0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.2)


def check(kit: Kit) -> str:
    """Interrupt ``animate`` at different moments."""
    kit.driver()
    for wait_s in WAITS_S:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("avatarify"), "animate", "mona-lisa", "d.mp4", "-o", "o.mp4"],
            cwd=kit.folder,
            env=kit.environment(),
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        time.sleep(wait_s)
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=120)[1]
        # Before Avatarify's first lines, nothing can keep Python from showing what it was importing.
        early = process.returncode == -signal.SIGINT and "/avatarify/cli/" not in err
        expect(
            early or (process.returncode == 130 and "Traceback" not in err), f"{wait_s} s: {process.returncode}: {err}"
        )
    return f"{len(WAITS_S)} moments from {WAITS_S[0]} to {WAITS_S[-1]} s"
