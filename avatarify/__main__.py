"""``python -m avatarify`` is the ``avatarify`` command."""

from avatarify.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
