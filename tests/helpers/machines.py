"""Linux machines drawn as folders: what ``inspect_linux`` reads of a real one."""

from __future__ import annotations

from pathlib import Path
from typing import Self

RELEASE = "6.8.0-45-generic"
_SECURE_BOOT = "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"


class DrawnMachine:
    """A machine without v4l2loopback; each method adds something that an administrator or a package would."""

    def __init__(self, root: Path, manager: str = "apt-get") -> None:
        self.root = root
        if manager:
            self.write(f"usr/bin/{manager}")

    def write(self, path: str, content: bytes | str = b"") -> Self:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def source(self) -> DrawnMachine:
        return self.write("usr/src/v4l2loopback-0.12.7/dkms.conf")

    def headers(self) -> DrawnMachine:
        return self.write(f"lib/modules/{RELEASE}/build/Makefile")

    def built(self) -> DrawnMachine:
        return self.source().write(f"lib/modules/{RELEASE}/modules.dep", "updates/dkms/v4l2loopback.ko: kernel/x.ko\n")

    def secure_boot(self, on: bool = True) -> DrawnMachine:
        return self.write(_SECURE_BOOT, b"\x06\0\0\0" + bytes([on]))

    def loaded(self, *devices: tuple[int, str], exclusive: str = "N,N") -> Self:
        self.write("sys/module/v4l2loopback/parameters/exclusive_caps", f"{exclusive}\n")
        for number, name in devices:
            self.write(f"sys/devices/virtual/video4linux/video{number}/name", f"{name}\n")
        return self
