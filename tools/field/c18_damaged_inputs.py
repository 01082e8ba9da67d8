"""2,000 damaged files are read or refused with a sentence; closed and full consoles are no exceptions."""

from __future__ import annotations

import subprocess
import sys

from field.kit import Kit, expect
from field.tested import ROOT, passes

_CODE = """
import pathlib, sys, warnings
sys.path[:0] = sys.argv[1:3]
warnings.simplefilter("ignore")
import test_fuzz
seen = test_fuzz.Counter()
for kind in test_fuzz.KINDS:
    folder = pathlib.Path(kind)
    folder.mkdir()
    seen += test_fuzz.fuzz(kind, folder, test_fuzz.MANY // len(test_fuzz.KINDS))
print("found", seen.total(), len(test_fuzz.KINDS), seen["read"], seen["refused"])
"""


def check(kit: Kit) -> str:
    """Run the fuzzer of the tests, and the tests of consoles."""
    tests = ROOT / "tests"
    command = [sys.executable, "-P", "-c", _CODE, str(tests), str(tests / "unit")]
    done = subprocess.run(command, cwd=kit.folder, env=kit.environment(), capture_output=True, text=True, check=False)
    expect(done.returncode == 0, done.stderr[-300:])
    total, kinds, read, refused = done.stdout.rpartition("found")[2].split()
    expect(int(total) == int(read) + int(refused), done.stdout)
    consoles = passes(kit, "tests/unit/cli/test_console.py")
    return f"{total} inputs of {kinds} kinds: {read} read, {refused} refused, 0 unexpected; consoles: {consoles}"
