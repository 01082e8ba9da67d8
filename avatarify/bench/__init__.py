"""Times every stage on every runtime of this machine, side by side."""
