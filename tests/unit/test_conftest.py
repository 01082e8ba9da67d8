import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
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


def run_inner(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the tests in a folder with this project's fixtures."""
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    options = ["-rs", "-p", "no:cacheprovider", "-o", f"pythonpath={ROOT / 'tests'}"]
    words = [sys.executable, "-m", "pytest", *options, "--rootdir", str(folder), str(folder)]
    return subprocess.run(
        words, capture_output=True, text=True, cwd=folder, env={**os.environ, **environment}, check=False
    )


def test_a_forgotten_thread_fails_the_test_that_started_it(tmp_path: Path) -> None:
    (tmp_path / "test_inner.py").write_text(TESTS, encoding="utf-8")
    done = run_inner(tmp_path)
    assert "test_leaves_a_thread left threads running: forgotten" in done.stdout
    assert "3 passed, 1 error" in done.stdout, done.stdout


LOGS = """
import logging
import pytest

def test_warns():
    logging.getLogger("avatarify.some").warning("all is lost")

def test_reads_what_is_logged(caplog):
    logging.getLogger("avatarify.some").warning("all is lost")

@pytest.mark.logs("is lost")
def test_announces():
    logging.getLogger("avatarify.some").warning("all is lost")

@pytest.mark.logs("is lost")
def test_announces_what_does_not_come():
    logging.getLogger("avatarify.some").info("all is lost")
"""


def test_an_unexpected_warning_fails_the_test_that_logs_it(tmp_path: Path) -> None:
    (tmp_path / "test_inner.py").write_text(LOGS, encoding="utf-8")
    done = run_inner(tmp_path)
    assert "test_warns logged: WARNING avatarify.some: all is lost" in done.stdout
    assert "test_announces_what_does_not_come did not log: is lost" in done.stdout
    assert "4 passed, 2 errors" in done.stdout, done.stdout


LOADER = 'raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")\n'


def test_what_lacks_a_system_library_is_skipped_with_the_command(tmp_path: Path) -> None:
    (tmp_path / "test_import.py").write_text(LOADER, encoding="utf-8")
    (tmp_path / "test_late.py").write_text(f"def test_late():\n    {LOADER}", encoding="utf-8")
    done = run_inner(tmp_path, AVATARIFY_TEST_ALL="")
    assert "2 skipped" in done.stdout, done.stdout
    assert done.stdout.count("libGL.so.1 is missing. Run: sudo apt install libgl1") == 2
    assert "skipped" not in run_inner(tmp_path, AVATARIFY_TEST_ALL="1").stdout


def test_an_error_of_another_kind_is_not_skipped(tmp_path: Path) -> None:
    (tmp_path / "test_import.py").write_text("import no_such_module_here\n", encoding="utf-8")
    assert "1 error" in run_inner(tmp_path, AVATARIFY_TEST_ALL="").stdout
