"""Says what the machine is: GPU, driver, versions, and who draws OpenGL."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from avatarify.runtimes.probe import probe


def renderer() -> str:
    """Return OpenGL's own words for what draws, or why nothing does."""
    try:
        import moderngl

        create: Any = moderngl.create_context
        info = create(standalone=True, backend="egl").info
        return f"{info['GL_RENDERER']}, {info['GL_VERSION']}"
    except Exception as error:  # noqa: BLE001  the library raises plain Exceptions, and this is what is asked
        return f"none: {type(error).__name__}: {error}"


def main() -> None:
    """Print one JSON object."""
    import cv2
    import torch

    cudnn: Any = torch.backends.cudnn

    seen = probe().as_dict() | {"cores": len(os.sched_getaffinity(0)), "cv2": cv2.__version__, "opengl": renderer()}
    seen |= {"torch": torch.__version__, "cuda": torch.cuda.is_available(), "cudnn": cudnn.version()}
    seen |= {"python": sys.version.split()[0]}
    sys.stdout.write(json.dumps(seen, indent=1) + "\n")


if __name__ == "__main__":
    main()
