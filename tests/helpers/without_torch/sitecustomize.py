"""Python runs this first where its folder is in PYTHONPATH: torch is not installed, as in the base install."""

import sys
from importlib import metadata

_version = metadata.version


def version(distribution_name: str) -> str:
    """Return the version of an installed package."""
    if distribution_name == "torch":
        raise metadata.PackageNotFoundError(distribution_name)
    return _version(distribution_name)


sys.modules["torch"] = None  # type: ignore[assignment]  # makes its import fail
metadata.version = version
