"""Stage 1 of 5: takes a camera, a file or the demo clip, gives Frames (RGB, with the time they were grabbed)."""
