"""A minimal Debian without Python, and commands that run in a throwaway copy of it, without network."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from bundles.steps import run, step

USER = 1000
_MIRROR = "http://deb.debian.org/debian"

# Mounts in a namespace of its own: they end with the command. $1 is the folder, $2 the packages, $3 the user; the rest
# is the command. The clean root stays as it is: all that is written goes to the overlay.
_ENTER = """
set -e
mount --make-rprivate /
mount -t overlay overlay -o lowerdir=$1/clean,upperdir=$1/upper,workdir=$1/work $1/merged
mount -t proc proc $1/merged/proc
mount --rbind /dev $1/merged/dev
mount --bind "$2" $1/merged/mnt
mkdir -p $1/merged/tmp/.X11-unix
mount --bind /tmp/.X11-unix $1/merged/tmp/.X11-unix
folder=$1 user=$3
shift 3
home=/root
[ "$user" = 0 ] || home=/home/user
exec chroot --userspec=$user:$user $folder/merged /usr/bin/env -i HOME=$home LANG=C.UTF-8 DISPLAY="$DISPLAY" \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
"""


class CleanRoot:
    """A Debian 12 with the packages that a bundle declares, no Python, and no network.

    Args:
        folder: Where it is kept; the first use fills it with debootstrap.
        packages: Where the packages to test are; seen as ``/mnt``.
    """

    def __init__(self, folder: Path, packages: Path) -> None:
        self._folder, self._packages = folder, packages

    def prepare(self, dependencies: list[str]) -> None:
        """Make the root, once, and empty the overlay."""
        clean = self._folder / "clean"
        if not (clean / "usr").is_dir():
            with step("Making a clean Debian"):
                run(["debootstrap", "--variant=minbase", "bookworm", clean, _MIRROR])
        names = [name.split()[0] for name in dependencies]
        with step("Installing the declared dependencies"):
            run(["chroot", clean, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *names])
        if "\nuser:" not in (clean / "etc" / "passwd").read_text(encoding="utf-8"):
            run(["chroot", clean, "useradd", "--no-create-home", "--uid", str(USER), "user"])
        for name in ("upper", "work", "merged"):
            shutil.rmtree(self._folder / name, ignore_errors=True)
            (self._folder / name).mkdir()
        home = self._folder / "upper" / "home" / "user"
        home.mkdir(parents=True)
        os.chown(home, USER, USER)

    def start(self, command: str, user: int = USER) -> subprocess.Popen[str]:
        """Start a shell command in the root, without network; it ends with this process."""
        words = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "bash", "-c", _ENTER, "_"]
        words += [str(self._folder), str(self._packages), str(user), "sh", "-c", command]
        return subprocess.Popen(words, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, command: str, user: int = USER) -> str:
        """Run a shell command in the root, without network; return what it printed.

        Raises:
            SystemExit: It failed.
        """
        process = self.start(command, user)
        output, _ = process.communicate()
        if process.returncode:
            raise SystemExit(f"\n{shlex.quote(command)} failed with exit code {process.returncode}:\n{output[-4000:]}")
        return output

    def files(self) -> set[str]:
        """Return all files and folders of the root, without what dpkg and ldconfig keep."""
        listed = self.run("find / -xdev -mindepth 1", user=0).splitlines()
        kept = ("/var/lib/dpkg", "/var/log", "/var/cache", "/tmp", "/mnt", "/dev", "/proc", "/etc/ld.so.cache")
        return {name for name in listed if not name.startswith(kept)}
