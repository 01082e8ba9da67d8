"""The parts of ``tools/package.py``: what a bundle contains, and each kind of package."""
