import os
import subprocess
import sys
from pathlib import Path

PROBE = """
import threading
from avatarify.runtimes.openvino_runtime import load_openvino
print(load_openvino().Core().available_devices, [thread.name for thread in threading.enumerate()])
"""


def test_openvino_sends_no_telemetry(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "TF_BUILD", "JENKINS_URL")}
    environment |= {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "MainThread" in done.stdout
    assert "ThreadPoolExecutor" not in done.stdout  # the sender's
    assert list(tmp_path.iterdir()) == []  # its identifier of the user
