"""Commands and the API work on any thread, and leave the host's signal handlers as they were."""

from __future__ import annotations

import subprocess
import sys

from field.kit import Kit, expect

_CODE = """
import signal, threading
from avatarify.cli.main import main
mine = lambda number, frame: None
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, mine)
codes = []
words = ["animate", "mona-lisa", "d.mp4", "-o", "o.mp4", "--size", "320x360"]
thread = threading.Thread(target=lambda: codes.extend([main(["devices"]), main(words)]))
thread.start()
thread.join()
codes.append(main(["devices"]))
kept = all(signal.getsignal(number) is mine for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
print("found", codes, kept)
"""


def check(kit: Kit) -> str:
    """Run two commands on a thread and one on the main thread."""
    kit.driver()
    command = [sys.executable, "-P", "-c", _CODE]
    done = subprocess.run(command, cwd=kit.folder, env=kit.environment(), capture_output=True, text=True, check=False)
    expect("found [0, 0, 0] True" in done.stdout, done.stdout[-100:] + done.stderr)
    return "3 commands, 3 handlers kept"
