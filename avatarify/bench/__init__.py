"""Times every stage of a frame on every runtime of this machine, side by side."""
