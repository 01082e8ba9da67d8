"""What the bundled program runs: the command ``avatarify``, or a worker process that it started."""

import os
from multiprocessing import freeze_support


def restore_library_path() -> None:
    """Let programs of the system, such as modprobe, load the system's libraries: the bundle's are loaded already."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    restore_library_path()
    freeze_support()  # before any other import: worker processes end here
    from avatarify.__main__ import main

    raise SystemExit(main())
