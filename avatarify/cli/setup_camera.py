"""``avatarify setup-camera``: gets a virtual camera on Linux; says how elsewhere."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from avatarify.cli.common import give
from avatarify.errors import DeviceError, UsageError, VirtualCameraError
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.output.camera_driver import LinuxCameraDriver
    from avatarify.output.setup import SetupStep

SUMMARY = "show what a virtual camera needs on this computer, and set it up"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--apply", action="store_true", help="run the printed commands (asks first)")
    parser.add_argument("--yes", action="store_true", help="with --apply: do not ask")
    parser.add_argument("--undo", action="store_true", help="undo the setup (the package stays installed)")


def run(args: argparse.Namespace) -> int:
    """Print the steps; with ``--apply`` run them and check that a camera exists afterwards."""
    from avatarify.output.camera_driver import LinuxCameraDriver, inspect_driver
    from avatarify.output.remedies import judge

    driver = inspect_driver()
    if not isinstance(driver, LinuxCameraDriver):
        return _tell_elsewhere(args)
    steps = _steps(driver, args.undo)
    if args.apply:
        _apply(steps, agreed=args.yes)
        driver = inspect_driver()
    readiness = judge(driver)
    if args.apply and not args.undo and not readiness.ready:
        raise VirtualCameraError(
            "There is still no virtual camera. {detail}", readiness.remedy, detail=readiness.detail
        )
    report = {
        "ready": readiness.ready,
        "detail": str(readiness.detail),
        "applied": args.apply,
        "steps": [{"why": str(step.why), "command": step.line(_sudo())} for step in steps],
    }
    give(args, report, "\n".join(_lines(steps, args, readiness.detail)))
    return 0


def _steps(driver: LinuxCameraDriver, undo: bool) -> list[SetupStep]:
    from avatarify.output.setup import steps_to_set_up, steps_to_undo

    if undo:
        return steps_to_undo(driver)
    steps = steps_to_set_up(driver)
    if not (driver.installed or driver.loaded or driver.manager):
        raise DeviceError("v4l2loopback is not installed, and no known package manager was found.", _BY_HAND)
    return steps


_BY_HAND = "Install it with your system's tools (github.com/umlaeute/v4l2loopback), then run this command again."


def _lines(steps: list[SetupStep], args: argparse.Namespace, detail: Message) -> list[str]:
    if args.apply:
        return [f"Done. Virtual camera: {detail}"]
    lines = [text for step in steps for text in (f"# {step.why}", step.line(_sudo()))]
    again = f"avatarify setup-camera{' --undo' if args.undo else ''} --apply"
    return [*lines, f"# or run '{again}'"]


def _apply(steps: list[SetupStep], agreed: bool) -> None:
    for step in steps:
        print(step.line(_sudo()), file=sys.stderr)
    if not agreed and not _asked():
        raise UsageError("Nothing was changed.", "Answer y, or run the commands yourself.")
    for step in steps:
        _do(step)


def _asked() -> bool:
    if not sys.stdin.isatty():
        raise UsageError("Cannot ask for confirmation: no terminal.", "Add --yes to run the commands above.")
    print("Run these commands now? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _do(step: SetupStep) -> None:
    command = [*_sudo().split(), *step.command]
    # Sudo asks on the terminal itself; what is written to a file goes in by the input.
    done = subprocess.run(
        command,
        input=step.input or None,
        stdout=subprocess.DEVNULL if step.input else sys.stderr.fileno(),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DeviceError(
            "'{command}' failed: {output}.",
            _remedy(done.stderr),
            command=step.line(_sudo()),
            output=" ".join(done.stderr.split()),
        )


def _remedy(output: str) -> Message:
    from avatarify.output.remedies import FAILED_COMMANDS

    return next((remedy for part, remedy in FAILED_COMMANDS.items() if part in output), _TRY_AGAIN)


_TRY_AGAIN = Message("Fix this, then run the command again.")


def _sudo() -> str:
    if os.geteuid() == 0:
        return ""
    return "doas " if not shutil.which("sudo") and shutil.which("doas") else "sudo "


def _tell_elsewhere(args: argparse.Namespace) -> int:
    from avatarify.output.camera_driver import inspect_driver
    from avatarify.output.remedies import judge

    readiness = judge(inspect_driver())
    if args.apply and not readiness.ready:
        raise DeviceError("--apply works on Linux only. {detail}", readiness.remedy, detail=readiness.detail)
    report = {"ready": readiness.ready, "detail": str(readiness.detail), "applied": False, "steps": []}
    give(args, report, f"{readiness.detail} {readiness.remedy}".strip())
    return 0
