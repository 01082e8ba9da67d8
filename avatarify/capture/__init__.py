"""Stage 1 of 5: from a camera, a file or the demo clip to Frames (RGB, with the time they were grabbed)."""
