"""``python -m avatarify`` is the ``avatarify`` command."""

INTERRUPTED = 130


def main() -> int:
    """Run the command; Ctrl-C ends it quietly, even while it is imported."""
    try:
        from avatarify.cli.main import main as run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main())
