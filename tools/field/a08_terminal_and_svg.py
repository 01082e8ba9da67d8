"""Control characters do not reach the terminal, and the window reads no SVG."""

from __future__ import annotations

import subprocess
import sys

from field.kit import Kit, expect

_CODE = "from avatarify.ui.thumbnails import read; import pathlib; print(read(pathlib.Path('a.png')).isNull())"


def check(kit: Kit) -> str:
    """Name a file with an escape sequence, and read an SVG that would be drawn for ever."""
    name = "\x1b]0;evil\x07\x1b[2J.png"
    (kit.folder / name).write_bytes(b"")
    for words in (
        ("animate", name, "d.mp4", "-o", "o.mp4"),
        ("models", "import", f"{name}.pth"),
        ("devices", "\x1b[2J"),
    ):
        done = kit.avatarify(*words)
        text = done.stdout + done.stderr
        expect(done.returncode != 0 and "\x1b" not in text and "\x07" not in text, ascii(text))
    uses = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 30))
    (kit.folder / "a.png").write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><g id="a0"><rect/></g>{uses}</svg>')
    done = subprocess.run(
        [sys.executable, "-P", "-c", _CODE],
        cwd=kit.folder,
        env=kit.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    expect(done.stdout.strip() == "True", done.stdout + done.stderr)
    return "3 commands"
