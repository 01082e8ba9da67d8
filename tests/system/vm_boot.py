"""Starts the machine of ``vm_image`` in QEMU, emulated, and waits until it has switched itself off."""

from __future__ import annotations

import subprocess
from pathlib import Path

from system.vm_image import Image

REPOSITORY = Path(__file__).resolve().parents[2]
# A processor with AVX: OpenVINO without it was not ready after 400 s.
MACHINE = ("-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max", "-smp", "2", "-m", "4096")
BARE = ("-display", "none", "-monitor", "none", "-no-reboot", "-nodefaults")


def boot(image: Image, results: Path, limit_s: float) -> None:
    """Run the guest's checks; what they find is in ``results`` afterwards.

    Raises:
        TimeoutExpired: it did not end in time; it is gone then.
    """
    disk = f"file={image.disk},format=raw,if=virtio,snapshot=on"
    command = ["qemu-system-x86_64", *MACHINE, *BARE, "-serial", f"file:{results / 'serial.log'}"]
    command += ["-kernel", str(image.kernel), "-initrd", str(image.initrd)]
    # A busy host delivers the timer late, which the kernel would take for a broken one and wait for ever.
    command += ["-append", "console=ttyS0 quiet panic=-1 mitigations=off no_timer_check", "-drive", disk]
    command += _shared(REPOSITORY, "repository", ",readonly=on") + _shared(results, "results", "")
    subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, timeout=limit_s, check=True)


def _shared(folder: Path, tag: str, options: str) -> list[str]:
    return ["-virtfs", f"local,path={folder},mount_tag={tag},id={tag},security_model=none{options}"]
