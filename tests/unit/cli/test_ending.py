"""Signals end a command in order; a step that takes too long is not waited for."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import threading

import pytest

from avatarify.cli.ending import ENDING, ended_by_signals, interrupted_import

WAIT = """
import sys, time
from avatarify.cli.ending import ended_by_signals
with ended_by_signals():
    try:
        print("ready", flush=True)
        time.sleep(600)
    finally:
        print("again", flush=True)
        sys.stdin.readline()
        print("finished", flush=True)
"""
# OpenSSL's key derivation stands for a compiler: one call into a library that takes seconds and cannot be interrupted.
BUILD = """
import hashlib, sys, time
from avatarify.cli.stopping import stoppable
from avatarify.locks import Cancelled
with stoppable() as stop:
    print("ready", flush=True)
    if sys.argv[1] == "long":
        hashlib.pbkdf2_hmac("sha512", b"a", b"b", 2_000_000_000)
    while not stop.requested():
        time.sleep(0.01)
    raise Cancelled
"""
LIBRARY = """
import hashlib
from avatarify.cli.ending import ended_by_signals
with ended_by_signals(promptly=True):
    print("ready", flush=True)
    hashlib.pbkdf2_hmac("sha512", b"a", b"b", 2_000_000_000)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")


def start(code: str, *words: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
def test_a_signal_that_comes_twice_does_not_interrupt_what_is_finished(number: signal.Signals) -> None:
    process = start(WAIT)
    assert process.stdout is not None
    process.send_signal(number)
    assert process.stdout.readline() == "again\n"
    process.send_signal(number)
    out, err = process.communicate("\n")
    assert out == "finished\n"
    assert process.returncode == 128 + number
    assert err == ""


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_by_signals():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in ENDING]
    with ended_by_signals():
        assert signal.getsignal(signal.SIGTERM) != before[0]
    assert [signal.getsignal(number) for number in ENDING] == before


def test_another_thread_leaves_signals_alone() -> None:
    problems: list[Exception] = []

    def work() -> None:
        try:
            with ended_by_signals():
                pass
        except ValueError as error:
            problems.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert problems == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
@pytest.mark.parametrize("length", ["short", "long"])
def test_a_build_stops_with_the_signals_code(number: signal.Signals, length: str) -> None:
    process = start(BUILD, length)
    process.send_signal(number)
    _, err = process.communicate()
    assert process.returncode == 128 + number
    assert err.startswith("avatarify: stopping\n")
    assert "Traceback" not in err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_library_at_work_is_not_waited_for(number: signal.Signals) -> None:
    process = start(LIBRARY)
    process.send_signal(number)
    _, err = process.communicate()
    assert process.returncode == 128 + number
    assert err == ""


def chained(*errors: BaseException) -> BaseException:
    """Return the last of errors that were each raised from the one before."""
    for cause, error in itertools.pairwise(errors):
        error.__cause__ = cause
    return errors[-1]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (chained(KeyboardInterrupt(), ImportError("initialization failed")), 130),
        (chained(KeyboardInterrupt(), SystemError("error return"), ImportError("initialization failed")), 130),
        (chained(SystemExit(143), ImportError("initialization failed")), 143),
        (ImportError("libGL.so.1 is missing"), None),
        (chained(KeyboardInterrupt(), ValueError("x")), None),
    ],
)
def test_a_signal_during_an_import_is_no_missing_library(error: BaseException, code: int | None) -> None:
    assert interrupted_import(error) == code
