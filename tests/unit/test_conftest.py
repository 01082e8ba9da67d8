import shutil
import subprocess
import sys
from pathlib import Path

TESTS = """
import threading
from avatarify import paths

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, args=(60,), name="forgotten", daemon=True).start()

def test_leaves_nothing():
    threading.Thread(target=threading.Event().wait, args=(0.2,)).start()

def test_has_its_own_folders():
    assert "home" in str(paths.cache()) and "home" in str(paths.config()) and "home" in str(paths.data())
"""


def test_a_forgotten_thread_fails_the_test_that_started_it(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parents[1] / "conftest.py", tmp_path)
    (tmp_path / "test_inner.py").write_text(TESTS, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert "test_leaves_a_thread left threads running: forgotten" in done.stdout
    assert "3 passed, 1 error" in done.stdout, done.stdout
