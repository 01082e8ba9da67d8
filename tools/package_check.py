"""Tests built packages where users are: a Debian without Python and without network. Needs root, debootstrap, and Xvfb.

    python tools/package_check.py --packages DIR --root /var/tmp/avatarify-root

For each package: install it, ``--version``, ``doctor``, ``animate`` with the demo, the window with a screenshot, and
uninstall it, after which nothing is left but the user's own folders.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bundles.clean_root import USER, CleanRoot
from bundles.debian import dependencies
from bundles.screen import Screen, wait_for_window
from bundles.steps import megabytes, step

_OWN_FOLDERS = ("/home/user/.cache", "/home/user/.config", "/home/user/.local")
_RUN_PARTS = ("avatarify-app", "applications", "icons", "/bin")


@dataclass(frozen=True)
class Kind:
    """How a kind of package is used.

    Attributes:
        pattern: Of its file's name.
        installer: User that installs it.
        install: Shell command; ``{file}`` is the package.
        program: What starts it then.
        uninstall: Shell command.
    """

    pattern: str
    installer: int
    install: str
    program: str
    uninstall: str


KINDS = (
    Kind("*.deb", 0, "dpkg -i {file}", "avatarify", "dpkg --purge avatarify"),
    Kind(
        "*.run",
        USER,
        "sh {file} --nox11",
        "/home/user/.local/bin/avatarify",
        "/home/user/.local/share/avatarify-app/uninstall",
    ),
)


def main() -> None:
    """Test all packages in a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--packages", type=Path, required=True, help="folder with the packages")
    parser.add_argument("--root", type=Path, required=True, help="folder for the clean Debian; kept for the next time")
    args = parser.parse_args()
    tested = 0
    for kind in KINDS:
        for package in sorted(args.packages.glob(kind.pattern)):
            check(kind, package.resolve(), CleanRoot(args.root.resolve(), args.packages.resolve()))
            tested += 1
    if not tested:
        raise SystemExit(f"There are no packages in {args.packages}.")


def check(kind: Kind, package: Path, root: CleanRoot) -> None:
    """Install, use, and uninstall one package.

    Raises:
        SystemExit: A command failed, or files are left.
    """
    print(f"\n{package.name}: {megabytes(package):.0f} MB")
    root.prepare(dependencies())
    root.run("! command -v python3 && ! command -v python && ! ls /sys/class/net 2>/dev/null | grep -v lo")
    before = root.files()
    with step("Installing"):
        root.run(kind.install.format(file=f"/mnt/{package.name}"), kind.installer)
    print(f"Installed: {megabytes_of(root)} MB")
    use(kind.program, root, package)
    with step("Uninstalling"):
        root.run(kind.uninstall, kind.installer)
    left = sorted(name for name in root.files() - before if not _own(name))
    if left:
        raise SystemExit(f"{len(left)} files are left: {left[:10]}")
    print("Nothing is left but the user's own folders.")


def use(program: str, root: CleanRoot, package: Path) -> None:
    """Run the commands and open the window."""
    print(root.run(f"{program} --version").strip())
    with step("doctor"):  # its exit code is 1: there is no camera
        findings = root.run(f"{program} doctor; [ $? -le 1 ]")
    print(
        "".join(line for line in findings.splitlines(keepends=True) if line.startswith(("ok", "FAIL", "warn"))), end=""
    )
    if "FAIL  model" in findings or "ok    runtime: openvino" not in findings or "ok    packages" not in findings:
        raise SystemExit(findings)
    with step("animate, first run"):
        print(
            f" {root.run(f'cd && {program} animate mona-lisa demo -o out.mp4 && rm out.mp4').splitlines()[-1]}", end=""
        )
    loaded = root.run(f"cd && {program} devices --json; {program} build-engines --help >/dev/null; echo done")
    if "done" not in loaded:
        raise SystemExit(loaded)
    with Screen() as screen, step("Opening the window"):
        process = root.start(f"exec {program} gui --demo")
        seconds = wait_for_window(screen, process, package.with_suffix(".png"))
        process.kill()  # unshare ignores SIGTERM; the program ends with it
        process.wait()
    print(f"The window is on the screen {seconds:.1f} s after the start; see {package.with_suffix('.png')}")


def megabytes_of(root: CleanRoot) -> str:
    """Return the MB that the installed program takes."""
    places = root.run("du -scB1000000 /opt/avatarify /home/user/.local/share/avatarify-app 2>/dev/null || true")
    return places.split()[-2]


def _own(name: str) -> bool:
    """Return whether a file is the user's own: settings, cache, and data, which an uninstaller leaves."""
    inside = name.startswith(_OWN_FOLDERS) and not any(part in name for part in _RUN_PARTS)
    return inside or name in ("/home/user", "/home")


if __name__ == "__main__":
    started = time.monotonic()
    try:
        main()
    except subprocess.SubprocessError as error:
        raise SystemExit(str(error)) from error
    print(f"All packages passed in {time.monotonic() - started:.0f} s.")
