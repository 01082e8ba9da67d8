"""A small image file with many pixels takes little memory, or is refused by its header."""

from __future__ import annotations

import subprocess
import sys

from PIL import Image

from field.kit import Kit, expect

_CODE = """
import pathlib, sys, cv2
from avatarify.errors import InputError
from avatarify.images import load_rgba
peak = lambda: int(pathlib.Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
before = peak()
try:
    load_rgba(sys.argv[1])
    said = "read"
except InputError as error:
    said = str(error)
print(peak() - before, said)
"""


def _load(kit: Kit, name: str) -> tuple[int, str]:
    command = [sys.executable, "-P", "-c", _CODE, name]
    done = subprocess.run(command, cwd=kit.folder, env=kit.environment(), capture_output=True, text=True, check=True)
    grown, _, said = done.stdout.partition(" ")
    return int(grown) // 1024, said.strip()


def check(kit: Kit) -> str:
    """Load 64 megapixels with transparency, and 900 megapixels of one bit."""
    Image.new("RGBA", (8000, 8000), (200, 100, 50, 180)).save(kit.folder / "a.png")
    Image.new("1", (30000, 30000)).save(kit.folder / "b.png")
    grown, said = _load(kit, "a.png")
    expect(said == "read" and grown < 12 * 64, f"8000 x 8000: {grown} MB, {said}")
    huge, said = _load(kit, "b.png")
    expect("megapixels" in said and huge < 100, f"30000 x 30000: {huge} MB, {said}")
    return f"8000 x 8000 in {grown} MB; 30000 x 30000 refused"
