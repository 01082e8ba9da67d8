"""``avatarify doctor``: what works here, what does not, and what to do about it."""

from __future__ import annotations

import argparse

from avatarify.cli.colors import GREEN, RED, YELLOW, colored
from avatarify.cli.common import give
from avatarify.pasteable import pasteable

SUMMARY = "check what works on this computer and how to fix what does not"
_MARK = {"ok": "ok  ", "warn": "WARN", "fail": "FAIL"}
_COLOR = {"ok": GREEN, "warn": YELLOW, "fail": RED}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare nothing: everything is looked at."""


def run(args: argparse.Namespace) -> int:
    """Print all findings; 1 if a live session cannot run."""
    from avatarify.doctor.checks import all_findings
    from avatarify.doctor.finding import FAIL

    findings = list(all_findings())
    live = all(finding.status != FAIL for finding in findings)
    lines = []
    for finding in findings:
        mark = colored(_MARK[finding.status], _COLOR[finding.status])
        lines.append(f"{mark}  {finding.name}: {finding.detail}")
        if finding.remedy:
            lines.append(f"      {pasteable(str(finding.remedy))}")
    lines.append(
        "A live session can run on this computer."
        if live
        else "A live session cannot run on this computer yet: see FAIL above."
    )
    give(args, {"live": live, "findings": [finding.to_dict() for finding in findings]}, "\n".join(lines))
    return 0 if live else 1
