import platform
import subprocess
import sys
from pathlib import Path

import pytest

ARENAS = """
import ctypes, threading
from avatarify.memory import share_arenas
share_arenas()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
together = threading.Barrier(12)
def work():
    kept = [bytearray(3000) for _ in range(200)]
    together.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
file = ctypes.c_void_p(libc.fopen(b"{file}", b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="cheap only on Linux")
def test_resident_memory_grows_by_what_is_touched() -> None:
    """In a process of its own: here, memory that earlier tests gave back would be taken again."""
    code = (
        "from avatarify.memory import resident_mb; before = resident_mb(); block = bytearray(b'1') * 50_000_000;"
        "print(resident_mb() - before)"
    )
    grown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert 40 < float(grown) < 70


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="arenas are glibc's")
def test_threads_share_two_arenas(tmp_path: Path) -> None:
    file = tmp_path / "malloc.xml"
    subprocess.run([sys.executable, "-c", ARENAS.replace("{file}", str(file))], check=True)
    assert 1 <= file.read_text().count("<heap nr=") <= 2


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the address space")
@pytest.mark.parametrize("limit_kb", [2_000_000, 1_000_000])
def test_too_little_memory_is_said_before_a_library_crashes(limit_kb: int) -> None:
    command = f"ulimit -v {limit_kb}; {sys.executable} -P -m avatarify animate mona-lisa demo -o o.mp4"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"avatarify: Programs may use only {limit_kb * 1024 // 1_000_000} MB of memory here")
    assert done.stderr.count("\n") == 1
