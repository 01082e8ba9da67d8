"""A Debian machine for QEMU with v4l2loopback, a browser and the app's libraries; made once, kept in the cache."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

DEBIAN = "bookworm"
RECIPE = 2  # to be raised when the way it is made changes
PACKAGES = (
    "busybox-static", "ca-certificates", "chromium", "ffmpeg", "fonts-dejavu-core", "iproute2", "kmod", "libegl1",
    "libgl1", "libgles2", "libglib2.0-0", "procps", "python3", "v4l-utils",
)  # fmt: skip
MODULES = ("virtio_pci", "virtio_blk", "ext4", "crc32c_generic", "9p", "9pnet_virtio")  # what it takes to find the disk
HEAVY = {"torch", "pyside6-essentials", "onnx", "onnxslim"}  # a live session needs none of them
PYTHON = "3.11"  # Debian's
INITRD = Path(__file__).parent / "guest/initrd.sh"
TOOLS = (
    "qemu-system-x86_64", "mmdebstrap", "dpkg", "apt-get", "make", "gcc-12", "cpio", "mke2fs", "modprobe", "depmod",
    "bzip2",
)  # fmt: skip


@dataclass(frozen=True)
class Image:
    """What QEMU starts.

    Attributes:
        kernel: The kernel.
        initrd: Finds the disk and goes over to it.
        disk: The root file system, ext4.
    """

    kernel: Path
    initrd: Path
    disk: Path


def cache_folder() -> Path:
    """Where the image is kept: ``AVATARIFY_SYSTEM_CACHE``, or the user's cache."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("AVATARIFY_SYSTEM_CACHE") or base / "avatarify-system-test")


def what_is_missing() -> str:
    """Say why no image can be made or started here; empty if it can."""
    missing = [tool for tool in TOOLS if shutil.which(tool, path=_path()) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    return "" if os.geteuid() == 0 else "the guest's file system is made as root"


def build(folder: Path) -> Image:
    """Make the image, or take the one that is there if nothing it is made of has changed."""
    builder = _Builder(folder.resolve())
    return builder.build()


class _Builder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kernel_root = folder / "kernel"
        self.root = folder / "root"
        self.image = Image(folder / "vmlinuz", folder / "initrd.gz", folder / "disk.img")
        self.log = folder / "build.log"

    def build(self) -> Image:
        self.folder.mkdir(parents=True, exist_ok=True)
        version = _kernel_version()
        made_of = [str(RECIPE), version, *PACKAGES, *MODULES, *_wheels(), INITRD.read_text()]
        key = hashlib.sha256("\n".join(made_of).encode())
        stamp = self.folder / "key"
        if stamp.exists() and stamp.read_text() == key.hexdigest():
            return self.image
        stamp.unlink(missing_ok=True)
        self.log.write_text("")
        for step in (self._kernel, self._module, self._packages, self._python, self._modules, self._initrd, self._disk):
            began = time.monotonic()
            step(version)
            self._note(f"{step.__name__.strip('_')}: {time.monotonic() - began:.0f} s")
        stamp.write_text(key.hexdigest())
        return self.image

    def _kernel(self, version: str) -> None:
        """Unpack Debian's kernel and headers beside the system, which stays as it is."""
        debs = self.folder / "debs"
        for folder in (debs, self.kernel_root):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        number, series = version.removesuffix("-amd64"), ".".join(version.split(".")[:2])
        names = [
            f"linux-image-{version}",
            f"linux-headers-{version}",
            f"linux-headers-{number}-common",
            f"linux-kbuild-{series}",
            "v4l2loopback-source",
        ]
        self._run("apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", *names, cwd=debs)
        for deb in sorted(debs.glob("*.deb")):
            self._run("dpkg", "-x", deb, self.kernel_root)
        makefile = self.kernel_root / f"usr/src/linux-headers-{version}/Makefile"
        makefile.write_text(makefile.read_text().replace("/usr/src/", f"{self.kernel_root}/usr/src/"))
        shutil.copy(self.kernel_root / f"boot/vmlinuz-{version}", self.image.kernel)

    def _module(self, version: str) -> None:
        source = self.kernel_root / "usr/src"
        self._run("tar", "-xjf", source / "v4l2loopback.tar.bz2", "-C", source)
        here = source / "modules/v4l2loopback"
        self._run("make", "-C", source / f"linux-headers-{version}", f"M={here}", "modules")
        modules = self.kernel_root / "lib/modules" / version
        (modules / "extra").mkdir(exist_ok=True)
        self._run("strip", "--strip-debug", "-o", modules / "extra/v4l2loopback.ko", here / "v4l2loopback.ko")
        self._run("depmod", "-b", self.kernel_root, version)

    def _packages(self, version: str) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        lists = Path("/etc/apt/sources.list.d/debian.sources")
        sources = [lists if lists.exists() else Path("/etc/apt/sources.list")] if _is_debian() else []
        lean = "--aptopt=APT::Install-Recommends false"
        self._run(
            "mmdebstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", lean, DEBIAN, self.root, *sources
        )

    def _python(self, version: str) -> None:
        """Put the app's libraries in, for the guest's Python whatever ours is."""
        target = self.root / "opt/python"
        platforms = [f"--platform=manylinux_2_{minor}_x86_64" for minor in (28, 27, 17)]
        platforms.append("--platform=manylinux2014_x86_64")
        which = ["--only-binary=:all:", f"--python-version={PYTHON}", *platforms]
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile", "--no-deps"]
        self._run(*pip, "--root-user-action=ignore", f"--target={target}", *which, *_wheels())
        self._name_of("torch", target)
        compiling = ["-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "/opt/python"]
        self._run("chroot", self.root, "python3", *compiling, check=False)  # some files are templates

    def _name_of(self, package: str, target: Path) -> None:
        """Leave the name and version of a package that is not there: kept graphs are found by what exported them."""
        folder = target / f"{package}-{metadata.version(package)}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package}\nVersion: {metadata.version(package)}\n"
        )

    def _modules(self, version: str) -> None:
        """Put in the modules that are loaded there, and no others."""
        source, target = self.kernel_root / "lib/modules" / version, self.root / "lib/modules" / version
        for path in self._needed(version, "v4l2loopback"):
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target / path.relative_to(source))
        for name in ("modules.builtin", "modules.builtin.modinfo", "modules.order"):
            shutil.copy(source / name, target)
        self._run("depmod", "-b", self.root, version)

    def _initrd(self, version: str) -> None:
        tree = self.folder / "initrd"
        shutil.rmtree(tree, ignore_errors=True)
        for name in ("bin", "proc", "dev", "newroot", "modules"):
            (tree / name).mkdir(parents=True)
        shutil.copy(self.root / "bin/busybox", tree / "bin")
        for name in ("sh", "mount", "insmod", "switch_root", "sleep"):
            (tree / "bin" / name).symlink_to("busybox")
        paths = self._needed(version, *MODULES)
        for path in paths:
            shutil.copy(path, tree / "modules")
        (tree / "modules/list").write_text("".join(f"{path.name}\n" for path in paths))
        shutil.copy(INITRD, tree / "init")
        (tree / "init").chmod(0o755)
        self._run("sh", "-c", f"find . | cpio -o -H newc --quiet | gzip -1 > {self.image.initrd}", cwd=tree)

    def _disk(self, version: str) -> None:
        shutil.rmtree(self.root / "var/cache/apt", ignore_errors=True)
        used = int(subprocess.check_output(["du", "-sm", self.root]).split()[0])
        options = ["-q", "-F", "-t", "ext4", "-O", "^has_journal", "-m", "0"]
        self._run("mke2fs", *options, "-d", self.root, self.image.disk, f"{used * 9 // 8 + 300}M")
        for folder in (self.root, self.kernel_root, self.folder / "debs", self.folder / "initrd"):
            shutil.rmtree(folder)

    def _needed(self, version: str, *modules: str) -> list[Path]:
        """Return the files of the modules and of all they stand on, in loading order."""
        found: dict[Path, None] = {}
        for module in modules:
            asked = ["modprobe", "-S", version, "-d", str(self.kernel_root), "--show-depends", module]
            lines = subprocess.check_output(asked, text=True, env=_environment())
            found |= {Path(path): None for path in re.findall(r"^insmod (\S+)", lines, re.MULTILINE)}
        return list(found)

    def _run(self, *command: object, cwd: Path | None = None, check: bool = True) -> None:
        with self.log.open("a") as log:
            log.write(f"+ {' '.join(map(str, command))}\n")
            log.flush()
            done = subprocess.run([str(word) for word in command], cwd=cwd, stdout=log, stderr=log, env=_environment())
        if check and done.returncode:
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
            raise RuntimeError(f"{command[0]} failed with {done.returncode}:\n{tail}")

    def _note(self, line: str) -> None:
        print(line, flush=True)
        with (self.folder / "build-times.txt").open("a") as times:
            times.write(f"{line}\n")


def _wheels() -> list[str]:
    """Return what is installed here of the app's needs, with versions: the guest runs the same."""
    found: dict[str, str] = {}
    _collect("avatarify", found)
    del found["avatarify"]
    return sorted(f"{name}=={version}" for name, version in found.items())


def _collect(name: str, found: dict[str, str]) -> None:
    plain = re.sub(r"[-_.]+", "-", name).lower()
    if plain in found or plain in HEAVY:
        return
    found[plain] = metadata.version(name)
    for line in metadata.requires(name) or []:
        needed, _, marker = line.partition(";")
        if not re.search(r"extra|win32|Windows|darwin|Darwin|python_version *<", marker):
            _collect(re.split(r"[^A-Za-z0-9._-]", needed.strip(), maxsplit=1)[0], found)


def _kernel_version() -> str:
    output = subprocess.check_output(["apt-cache", "depends", "linux-image-amd64"], text=True)
    found = re.search(r"Depends: linux-image-(\S+)", output)
    if found is None:
        raise RuntimeError("Debian's package lists do not hold linux-image-amd64; run apt-get update.")
    return found[1]


def _is_debian() -> bool:
    return f"VERSION_CODENAME={DEBIAN}" in Path("/etc/os-release").read_text()


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": _path(), "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}


if __name__ == "__main__":
    print(build(cache_folder()))
