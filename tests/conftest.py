"""Fixtures for all tests: folders of their own, no window on the screen, no thread left behind.

Where a system library is missing, the tests that need it are skipped and the reason names the package to install;
with AVATARIFY_TEST_ALL=1, as in CI, they fail instead.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from helpers.log_watch import LogWatch
from helpers.system_libraries import qt_error, reason_to_skip

SCREENS = Path(__file__).parent / "helpers" / "screens.json"  # the first is the largest; Qt's own would be 800x800
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={SCREENS}")

# As in an activated environment: messages name commands by the short names that a shell finds.
os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))

GRACE_S = 2.0  # libraries' own threads may need a moment to wind up


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Do without pytest-qt where Qt cannot be loaded; it would end the whole run."""
    if reason_to_skip(qt_error()):
        pluginmanager.unregister(name="pytest-qt")


def pytest_configure() -> None:
    """Let signals reach the commands that tests start, even if the tests run in the background or under ``nohup``."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Skip what cannot be imported because a system library is missing."""
    report = yield
    if report.failed and (reason := reason_to_skip(str(report.longrepr))):
        report.outcome, report.longrepr = "skipped", (str(collector.path), 0, f"Skipped: {reason}")
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Skip a test that loads something for which a system library is missing."""
    report = yield
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, ImportError | OSError) and (reason := reason_to_skip(error)):
        report.outcome, report.longrepr = "skipped", (str(item.path), 0, f"Skipped: {reason}")
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that opens a window in another process where Qt cannot be loaded."""
    if item.get_closest_marker("gui") and (reason := reason_to_skip(qt_error())):
        pytest.skip(reason)


QUICK = ("motion", "compose", "doctor", "test_messages.py", "test_files.py", "test_settings.py", "test_class_names.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick: mathematics, messages, and contracts that need no model."""
    unit = Path(__file__).parent / "unit"
    for item in items:
        inside = item.path.relative_to(unit).parts[0] if item.path.is_relative_to(unit) else ""
        if inside in QUICK and "slow" not in item.keywords:
            item.add_marker(pytest.mark.quick)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the user's cache, data and settings."""
    base = tmp_path_factory.mktemp("home")
    for name in ("CACHE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"AVATARIFY_{name}", str(base / name.lower()))
    return base


@pytest.fixture(scope="session")
def graphs_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for tests of engines and runtimes: the bundled model's graphs are made once."""
    return tmp_path_factory.mktemp("graphs")


@pytest.fixture(autouse=True)
def no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves one of our threads running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE_S
    while (left := _ours(set(threading.enumerate()) - before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    if left:
        pytest.fail(f"{request.node.name} left threads running: {', '.join(thread.name for thread in left)}")


@pytest.fixture(autouse=True)
def no_unexpected_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning, unless it uses ``caplog`` or announces it with the marker ``logs``."""
    announced = [text for marker in request.node.iter_markers("logs") for text in marker.args]
    with LogWatch() as watch:
        yield
    if (unexpected := watch.unexpected(announced)) and "caplog" not in request.fixturenames:
        pytest.fail(f"{request.node.name} logged: {'; '.join(unexpected)}")
    if missing := watch.missing(announced):
        pytest.fail(f"{request.node.name} did not log: {'; '.join(missing)}")


def _ours(threads: set[threading.Thread]) -> list[threading.Thread]:
    """Leave out threads that libraries keep for the whole process: tqdm starts one where CUDA's packages use it."""
    own = [thread for thread in threads if thread.name != "tqdm_monitor"]
    return [thread for thread in own if thread.is_alive() and not isinstance(thread, threading._DummyThread)]
